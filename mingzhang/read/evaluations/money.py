"""The budget and funds-management lines of a performance table that lost its columns."""

import re
from collections.abc import Sequence
from dataclasses import replace

from mingzhang.disclosure import Indicator
from mingzhang.read.evaluations.align import align
from mingzhang.read.evaluations.parts import Part
from mingzhang.read.evaluations.pieces import Piece, Row, glued, place
from mingzhang.read.evaluations.vocabulary import Words, bare_name, column_of
from mingzhang.read.words import bare

FUNDS = "资金"
MANAGEMENT = "资金管理情况"
TOTAL = "总分"
WHOLE = "年度资金总额"
BUDGET = ("initial", "full", "outturn", "weight", "rate", "score")
_GROUP = re.compile(r"(.{2,8})[:：]\s*[（(]")
_AMOUNTS = ("initial", "full", "outturn")


def figure(text: str, words: Words) -> str:
    """The text where it is a figure, else nothing (a dash stands for none)."""
    return text if words.number(text) else ""


def funds_row(name: str, values: dict[str, str], words: Words, goal: bool) -> Indicator | None:
    """A budget line as an indicator; None where no amount is printed in it."""
    amounts = {c: figure(values.get(c, ""), words) for c in _AMOUNTS}
    if not any(amounts.values()):
        return None
    plain_name = bare_name(name)
    if not goal and words.money_total.fullmatch(plain_name):
        plain_name = WHOLE
    return Indicator(
        level1=FUNDS,
        level2=group_of(name) if goal else "",
        name=plain_name,
        target="/".join(a for a in (amounts["initial"], amounts["full"]) if a),
        actual=amounts["outturn"],
        weight=values.get("weight", ""),
        score=values.get("score", ""),
        deviation=values.get("rate", ""),
        reason=values.get("reason", ""),
    )


def group_of(name: str) -> str:
    """The group that a budget line opens: 2、资金结构：（1）基本支出 opens 资金结构."""
    hit = _GROUP.match(bare(name))
    return hit.group(1) if hit else ""


def _named(pieces: Sequence[Piece], words: Words) -> int:
    """How many pieces from the first make up the name of a budget line (0 where none does)."""
    joined = ""
    for n, piece in enumerate(pieces[:3], 1):
        joined += piece.text
        if words.money_name(joined):
            return n
    return 0


def funds(part: Part, words: Words, goal: bool, file: str) -> list[Indicator]:
    """The budget lines of a part: those with a name and at least one amount."""
    columns = tuple(c for c in part.columns if c != "banner") or (("full",) if goal else BUDGET)
    out: list[Indicator] = []
    group = ""
    for row in part.rows:
        pieces = row.pieces
        while len(pieces) > 1 and column_of(pieces[0].text, words.sections) and not words.money_name(pieces[0].text):
            pieces = pieces[1:]
        for name, texts in _lines(pieces, words):
            group = group_of(name) or group
            values = align(texts, columns, words, True) if texts else None
            indicator = funds_row(name, values, words, goal) if values else None
            if indicator is None:
                continue
            inside = group if goal and not words.money_total.fullmatch(indicator.name) else ""
            out.append(_with(indicator, inside, row, file))
    return out


def _with(indicator: Indicator, level2: str, row: Row, file: str) -> Indicator:
    return replace(indicator, level2=level2, place=place(row.source, file))


def _lines(pieces: Sequence[Piece], words: Words) -> list[tuple[str, list[str]]]:
    """The name and figures of each budget line in a row of pieces (some rows hold several)."""
    out: list[tuple[str, list[str]]] = []
    at = 0
    while at < len(pieces):
        size = _named(pieces[at:], words)
        if size:
            out.append((glued(pieces[at : at + size]), []))
            at += size
            continue
        text = pieces[at].text
        if out and (words.percent(text) or words.dash(text)):
            out[-1][1].append(text)
        elif out and not out[-1][1]:
            out.pop()
        at += 1
    return out


def management(part: Part, words: Words, file: str) -> list[Indicator]:
    """The funds-management lines: name, explanation, weight, score, and what is to be done."""
    columns = tuple(c for c in part.columns if c != "banner") or ("actual", "weight", "score", "reason")
    out: list[Indicator] = []
    name, texts, first = "", [], None
    closed = False
    for row in [*part.rows, None]:
        pieces = row.pieces if row is not None else ()
        start = row is None or words.management_line.fullmatch(pieces[0].text) is not None
        if start:
            if name and first is not None:
                values = align(texts, ("actual", *[c for c in columns if c != "actual"]), words, True) or {}
                out.append(_managed(name, values, first, file))
            if row is None:
                break
            name, texts, first = pieces[0].text, [p.text for p in pieces[1:]], row
            closed = _ends(texts, words)
        elif name and not closed:
            if texts and not (words.percent(texts[-1]) or words.dash(texts[-1])) and not words.number(pieces[0].text):
                texts[-1] += pieces[0].text
                texts += [p.text for p in pieces[1:]]
            else:
                texts += [p.text for p in pieces]
            closed = _ends(texts, words)
    return out


def _ends(texts: Sequence[str], words: Words) -> bool:
    return sum(1 for t in texts if words.number(t)) >= 2


def _managed(name: str, values: dict[str, str], row: Row, file: str) -> Indicator:
    return Indicator(
        level1=MANAGEMENT,
        name=name,
        actual=values.get("actual", ""),
        weight=values.get("weight", ""),
        score=values.get("score", ""),
        reason=values.get("reason", ""),
        place=place(row.source, file),
    )


def total(part: Part, columns: Sequence[str], words: Words, file: str) -> list[Indicator]:
    """The 总分 line."""
    kept = tuple(c for c in columns if c in ("weight", "score", "deviation", "rate", "reason")) or ("weight", "score")
    out = []
    for row in part.rows:
        texts = row.texts[1:]
        values = align(texts, kept, words, True) or align(texts, ("weight", "score", "reason"), words, True)
        if values is None:
            continue
        if len(row.pieces) == 2 and "score" in kept and "weight" in values and "score" not in values:
            values = {"score": values["weight"]}
        out.append(
            Indicator(
                level1=TOTAL,
                weight=values.get("weight", ""),
                score=values.get("score", ""),
                deviation=values.get("deviation", ""),
                reason=values.get("reason", ""),
                place=place(row.source, file),
            )
        )
    return out
