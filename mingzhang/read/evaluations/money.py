"""The budget and funds-management lines of a performance table that lost its columns."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import combinations, product

from mingzhang.disclosure import Indicator, NotANumber, Printed, Remark
from mingzhang.read.evaluations import indicator
from mingzhang.read.evaluations.align import align
from mingzhang.read.evaluations.parts import Part
from mingzhang.read.evaluations.pieces import KIND, Piece, Row, glued, place
from mingzhang.read.evaluations.vocabulary import Words, bare_name, column_of
from mingzhang.read.words import bare

FUNDS = "资金"
WHOLE = "年度资金总额"
BUDGET = ("initial", "full", "outturn", "weight", "rate", "score")
_GROUP = re.compile(r"(.{2,8})[:：]\s*[（(]")
_AMOUNTS = ("initial", "full", "outturn")
_MOST_SHORT = 4
UNPROVEN = "金额少于表头的列数，合计也不能证明它们各属哪一列，按从左到右的顺序放置"


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


@dataclass(slots=True)
class _Draft:
    """A budget line while its amounts are placed: the row, its name and group, and its values by column."""

    row: Row
    name: str
    group: str
    values: dict[str, str]

    def amounts(self) -> list[str]:
        return [self.values[c] for c in _AMOUNTS if c in self.values]


def funds(part: Part, words: Words, goal: bool, file: str) -> tuple[list[Indicator], list[Remark]]:
    """The budget lines of a part (those with a name and at least one amount), and what of them is not proven."""
    columns = tuple(c for c in part.columns if c != "banner") or (("full",) if goal else BUDGET)
    drafts: list[_Draft] = []
    group = ""
    for row in part.rows:
        pieces = row.pieces
        while len(pieces) > 1 and column_of(pieces[0].text, words.sections) and not words.money_name(pieces[0].text):
            pieces = pieces[1:]
        for name, texts in _lines(pieces, words, columns):
            group = group_of(name) or group
            values = align(texts, columns, words, True) if texts else None
            if values and any(figure(values.get(c, ""), words) for c in _AMOUNTS):
                drafts.append(_Draft(row, name, group, values))
    remarks = _proven(drafts, [c for c in _AMOUNTS if c in columns], words, file)
    out: list[Indicator] = []
    for draft in drafts:
        line = funds_row(draft.name, draft.values, words, goal)
        if line is not None:
            inside = draft.group if goal and not words.money_total.fullmatch(line.name) else ""
            out.append(replace(line, level2=inside, place=place(draft.row.source, file)))
    return out, remarks


def _proven(drafts: Sequence[_Draft], columns: Sequence[str], words: Words, file: str) -> list[Remark]:
    """Put the amounts of lines with blank columns where the total needs them; say which stay where they are unproven."""
    short = [d for d in drafts if len(d.amounts()) < len(columns)]
    if not short:
        return []
    total = next((d for d in drafts if words.money_total.fullmatch(bare_name(d.name)) and d not in short), None)
    if total is not None and len(short) <= _MOST_SHORT:
        parts = [d for d in drafts if d is not total]
        fitting = []
        for chosen in product(*(combinations(columns, len(d.amounts())) for d in short)):
            placed = dict(zip(map(id, short), chosen, strict=True))
            sums = {c: Decimal(0) for c in columns}
            for part in parts:
                for column, text in zip(placed.get(id(part), columns), part.amounts(), strict=False):
                    sums[column] += amount(text)
            if all(sums[c] == amount(total.values[c]) for c in columns):
                fitting.append(chosen)
        if len(fitting) == 1:
            for draft, names in zip(short, fitting[0], strict=True):
                texts = draft.amounts()
                for column in _AMOUNTS:
                    draft.values.pop(column, None)
                draft.values.update(zip(names, texts, strict=True))
            return []
    return [Remark(KIND, glued(d.row.pieces), UNPROVEN, place(d.row.source, file)) for d in short]


def amount(text: str) -> Decimal:
    """The amount that a text prints; nothing for a dash or a blank."""
    try:
        return Printed.parse(text).value
    except NotANumber:
        return Decimal(0)


def _lines(pieces: Sequence[Piece], words: Words, columns: Sequence[str]) -> list[tuple[str, list[str]]]:
    """The name and figures of each budget line in a row of pieces (some rows hold several).

    Under a header with several columns of amounts a line may have any name.
    """
    out: list[tuple[str, list[str]]] = []
    at = 0
    many = len(set(_AMOUNTS) & set(columns)) > 1
    while at < len(pieces):
        size = _named(pieces[at:], words)
        if not size and many:
            size = _any_name(pieces[at:], words)
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


def _any_name(pieces: Sequence[Piece], words: Words) -> int:
    """How many pieces from the first are a name with at least two figures behind it (0 where they are none)."""
    size = next((n for n, p in enumerate(pieces) if words.percent(p.text) or words.dash(p.text)), 0)
    figures = sum(1 for p in pieces[size : size + 2] if words.number(p.text))
    return size if 0 < size <= 2 and figures == 2 and not words.sentence(glued(pieces[:size])) else 0


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
                out.append(indicator.managed(name, values, place(first.source, file)))
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
        out.append(indicator.total(values, place(row.source, file)))
    return out
