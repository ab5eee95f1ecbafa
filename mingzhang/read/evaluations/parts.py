"""Lines of a region → its tables, and the parts of each: head, budget, management, goal, tasks, indicators, total."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from mingzhang.read.evaluations.pieces import Piece, Row
from mingzhang.read.evaluations.vocabulary import Header, Words, bare_name, column_of, columns_in

_LONGEST_HEADER = 90
_HEADER_LINES = 8
_HEADING = re.compile(
    r"第[一二三四五六七八九十]{1,3}(?:部分|章|节)|[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[)）]|附[件表录]"
)
_PARAGRAPH = 56
_TAIL = 4
_LONG_TAIL = 40
_USUAL = (
    "serial", "level1", "level2", "name", "nature", "target", "measure", "actual", "initial", "full", "outturn",
    "weight", "rate", "score", "deviation", "reason", "explanation",
)  # fmt: skip
_AMOUNTS = {"initial", "full", "outturn"}
_INDICATOR = {"level1", "level2", "name", "target"}


@dataclass(slots=True)
class Part:
    """One part of a table: what it is, its printed label, the columns of its header, and its rows."""

    kind: str
    label: str = ""
    columns: tuple[str, ...] = ()
    rows: list[Row] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Anchor:
    kind: str
    columns: tuple[str, ...]
    rows: int
    label: str = ""
    rest: tuple[Piece, ...] = ()
    above: bool = False


def _headed(row: Row, words: Words) -> tuple[str, str, tuple[Piece, ...]]:
    """The section label that begins a row, and the pieces behind it."""
    if len(row.pieces) > 1:
        kind = column_of(row.pieces[0].text, words.sections)
        if kind:
            return kind, row.pieces[0].text, row.pieces[1:]
    return "", "", row.pieces


def _header(joined: str, words: Words) -> tuple[str, tuple[str, ...]]:
    """What kind of header a text is, and its columns; empty where it is none."""
    if len(joined) > _LONGEST_HEADER:
        return "", ()
    if "指标" in joined:
        columns = columns_in(joined, words.columns)
        if columns and len(_INDICATOR & set(columns)) >= 2 and {"name", "target"} & set(columns):
            return "indicators", columns
    columns = columns_in(joined, words.budget)
    if columns and len(_AMOUNTS & set(columns)) >= 2:
        return "budget", columns
    columns = columns_in(joined, words.management)
    if columns and "actual" in columns and len(columns) >= 2:
        return "management", columns
    columns = columns_in(joined, words.tasks)
    if columns and {"task", "content"} <= set(columns):
        return "tasks", columns
    columns = columns_in(joined, words.goals)
    if columns == ("goal", "done"):
        return "goal", columns
    return "", ()


def _around(above: Row | None, below: Row | None, header: Header) -> tuple[str, ...]:
    """The columns whose header words are broken over the lines above and below the other words."""
    if above is None or below is None or len(above.pieces) != len(below.pieces):
        return ()
    ids = tuple(column_of(a + b, header) for a, b in zip(above.texts, below.texts, strict=True))
    return ids if all(ids) else ()


def _completed(columns: tuple[str, ...], more: Sequence[str]) -> tuple[str, ...]:
    """The columns with those whose place in the header was lost: remarks stand last, others in the usual order."""
    out = list(columns)
    for id in more:
        if id in out:
            continue
        before = _USUAL.index(id) if id in _USUAL else len(_USUAL)
        at = next((n for n, c in enumerate(out) if c in _USUAL and _USUAL.index(c) > before), len(out))
        out.insert(at, id)
    return tuple(out)


def _spread(row: Row, below: Row | None, words: Words, above: Row | None = None) -> _Anchor | None:
    """A header whose words stand apart on one line while a label beside them, or one of them, is wrapped."""
    if len(row.pieces) < 3:
        return None
    for kind, header, need, enough in (
        ("indicators", words.columns, _INDICATOR, 3),
        ("budget", words.budget, _AMOUNTS, 2),
        ("goal", words.goals, {"goal", "done"}, 2),
        ("tasks", words.tasks, {"task", "content"}, 2),
    ):
        ids = [column_of(t, header) for t in row.texts]
        if len(need & set(ids)) < enough or ids.count("") > (2 if kind == "indicators" else 1) or not any(ids[:2]):
            continue
        around = _around(above, below, header)
        if around:
            columns = _completed(_filled(ids), around)
            return _Anchor(kind, columns, 2, "" if ids[0] else row.pieces[0].text, above=True)
        rest = below.texts if below is not None else []
        wrapped = bool(rest) and all(
            any(column_of(p + q, header) or column_of(p + q, words.sections) for p in row.texts) for q in rest
        )
        label = "" if ids[0] else row.pieces[0].text + (rest[0] if wrapped else "")
        return _Anchor(kind, _filled(ids), 2 if wrapped else 1, label)
    return None


def _filled(ids: Sequence[str]) -> tuple[str, ...]:
    """The columns of a header, where words that no form knows are columns of their own."""
    first = next((n for n, id in enumerate(ids) if id), 0)
    return tuple(id or "other" for id in ids[first:])


def _anchor(rows: Sequence[Row], at: int, state: str, words: Words) -> _Anchor | None:
    """What begins at a row: a header, a section label, a line of the head, or the total."""
    row = rows[at]
    if state == "indicators" and not is_total(row.pieces, words) and _full(row, words):
        return None
    section, label, rest = _headed(row, words)
    first = "".join(p.text for p in rest)
    found: _Anchor | None = None
    joined = ""
    headers = (words.columns, words.budget, words.management, words.tasks, words.goals)
    for k in range(min(_HEADER_LINES, len(rows) - at) if any(h.begins(first) for h in headers) else 0):
        own = first if k == 0 else rows[at + k].joined
        joined += own
        if len(joined) > _LONGEST_HEADER or (k and (words.level(own) in (1, 2) or column_of(own, words.columns) == "banner")):
            break
        kind, columns = _header(joined, words)
        if kind and (found is None or len(columns) >= len(found.columns)):
            found = _Anchor(kind, columns, k + 1, label)
    above = rows[at - 1] if at else None
    if found is not None and found.rows == 1 and found.kind in ("indicators", "budget"):
        header = words.columns if found.kind == "indicators" else words.budget
        around = _around(above, rows[at + 1] if at + 1 < len(rows) else None, header)
        if around:
            found = _Anchor(found.kind, _completed(found.columns, around), 2, found.label, above=True)
    if found is not None:
        return found
    found = _spread(row, rows[at + 1] if at + 1 < len(rows) else None, words, above)
    if found is not None:
        return found
    if section and state != "indicators":
        return _Anchor(section, (), 1, label, rest)
    joined = ""
    for k in range(min(4, len(rows) - at)):
        if len(rows[at + k].pieces) > 2:
            break
        joined += rows[at + k].joined
        kind = column_of(joined, words.sections)
        if kind and not (state == "indicators" and kind != "indicators"):
            found = _Anchor(kind, (), k + 1, joined)
    if found is not None:
        return found
    label_kind = column_of(row.pieces[0].text.split("：")[0].split(":")[0], words.labels)
    if label_kind == "project" or (label_kind and state in ("head", "") and len(row.pieces) > 1):
        return _Anchor("head", (), 0)
    if state == "indicators" and is_total(row.pieces, words):
        return _Anchor("total", (), 0)
    if state in ("goal", "tasks", "head") and len(row.pieces) > 1:
        name = bare_name(row.pieces[0].text)
        if words.money_total.fullmatch(name) and all(words.number(t) or words.dash(t) for t in row.texts[1:2]):
            return _Anchor("budget", (), 0)
    return None


def _full(row: Row, words: Words) -> bool:
    """Whether a row carries so many figures that it can only be a row of indicators."""
    return sum(1 for p in row.pieces[1:] if words.percent(p.text) or words.is_quantity(p.text)) > 1


def is_total(pieces: Sequence[Piece], words: Words) -> bool:
    """Whether the pieces are a 总分 line: its word, then only figures (and 无)."""
    if len(pieces) < 2 or not words.total.fullmatch(pieces[0].text):
        return False
    return all(words.percent(p.text) or words.dash(p.text) or len(p.text) <= 2 for p in pieces[1:])


def _ended(rows: Sequence[Row], at: int, part: Part, words: Words) -> bool:
    """Whether a heading or a paragraph ends a table that has no 总分 line, and no row of it follows."""
    row = rows[at]
    if not (_HEADING.match(row.joined) or _paragraph(row, part)) or _figured(row, words):
        return False
    return not any(_figured(r, words) for r in rows[at + 1 : at + 13]) and not any(
        _header(r.joined, words)[0] in ("indicators", "budget") or column_of(r.pieces[0].text, words.labels) == "project"
        for r in rows[at + 1 :]
    )


def _paragraph(row: Row, part: Part) -> bool:
    """Whether a row is a sentence alone, wider than anything in the part before it."""
    if len(row.pieces) != 1 or "。" not in row.joined or row.pieces[0].width <= _PARAGRAPH:
        return False
    return row.pieces[0].width > max((p.width for r in part.rows for p in r.pieces), default=0) + 8


def tabular(row: Row, words: Words) -> bool:
    """Whether a row carries figures beside words, a level name, or a value alone, as rows of a table do."""
    if len(row.pieces) == 1:
        text = row.pieces[0].text
        return words.level(text) in (1, 2) or words.is_quantity(text)
    return _figured(row, words) or any(words.level(p.text) in (1, 2) for p in row.pieces)


def _figured(row: Row, words: Words) -> bool:
    """Whether a row carries figures beside words, as a row of a table does."""
    return len(row.pieces) > 1 and any(words.is_quantity(p.text) or words.number(p.text) for p in row.pieces)


def tables(rows: Sequence[Row], words: Words) -> tuple[list[list[Part]], int]:
    """The tables that the rows print, each as its parts, and how many rows they use (of mended rows)."""
    found: list[list[Part]] = []
    parts: list[Part] = []
    part = Part("head")
    used = at = 0
    done = False
    last = max((n for n, row in enumerate(rows) if tabular(row, words)), default=0)

    def close() -> None:
        nonlocal parts
        if part.rows or part.columns:
            parts.append(part)
        if any(p.kind in ("indicators", "budget", "total") for p in parts):
            found.append(parts)
        parts = []

    while at < len(rows):
        anchor = _anchor(rows, at, part.kind, words)
        row = rows[at]
        if anchor is None and part.kind == "indicators" and part.rows:
            tail = _LONG_TAIL if {"explanation", "reason"} & set(part.columns) else _TAIL
            if at > last + tail or _ended(rows, at, part, words):
                break
        if done and not (anchor is not None and anchor.kind in ("head", "indicators", "budget")):
            if words.footer.fullmatch(row.joined):
                at += 1
                used = at
                continue
            break
        if anchor is None:
            part.rows.append(row)
            at += 1
            used = at
            continue
        if anchor.above and part.rows and part.rows[-1].index == rows[at - 1].index:
            part.rows.pop()
        if done or (anchor.kind == "head" and part.kind != "head"):
            close()
            part = Part("head")
            done = False
        if anchor.kind == "total":
            parts.append(part)
            part = Part("total", rows=[row])
            done = True
            at += 1
        elif anchor.kind == "head":
            part.rows.append(row)
            at += 1
        else:
            if not (anchor.kind == "indicators" and part.kind == "indicators"):
                keep = part.kind == anchor.kind and not part.rows
                if not keep:
                    parts.append(part)
                    part = Part(anchor.kind, anchor.label)
                part.label = part.label or anchor.label
            part.columns = anchor.columns or part.columns
            if not anchor.rows:
                part.rows.append(row)
            elif anchor.rest:
                part.rows.append(Row(row.index, anchor.rest, row.gap, row.starts_page, row.source))
            at += max(anchor.rows, 1)
        used = at
    close()
    return found, used
