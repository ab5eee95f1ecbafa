"""Lines of a region → its tables, and the parts of each: head, budget, management, goal, tasks, indicators, total."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from mingzhang.read.evaluations.pieces import Piece, Row
from mingzhang.read.evaluations.vocabulary import Words, bare_name, column_of, columns_in

_LONGEST_HEADER = 90
_LONGEST_REST = 12
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
        if columns and len(_INDICATOR & set(columns)) >= 2:
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


def _spread(row: Row, below: Row | None, words: Words) -> _Anchor | None:
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
        rest = below.texts if below is not None else []
        wrapped = bool(rest) and all(
            any(column_of(p + q, header) or column_of(p + q, words.sections) for p in row.texts) for q in rest
        )
        label = "" if ids[0] else row.pieces[0].text + (rest[0] if wrapped else "")
        return _Anchor(kind, tuple(i for i in ids if i), 2 if wrapped else 1, label)
    return None


def _known(text: str, words: Words) -> bool:
    return bool(
        words.level(text) in (1, 2)
        or column_of(text, words.sections)
        or column_of(text, words.labels)
        or words.money_name(text)
        or words.management_line.fullmatch(text)
    )


def mended(rows: Sequence[Row], words: Words) -> list[Row]:
    """The rows with names that are wrapped beside other words made whole: ``可持续影响指 …`` over ``标``."""
    out = list(rows)
    for n in range(len(out) - 1):
        above, below = list(out[n].pieces), list(out[n + 1].pieces)
        if len(above) < 2 or not below or below[0].width > _LONGEST_REST:
            continue
        for k in (1, 0):
            q = next((i for i, piece in enumerate(below[: k + 1]) if _mends(above[k], piece, words)), None)
            if q is None:
                continue
            above[k] = replace(above[k], text=above[k].text + below.pop(q).text)
        if len(below) < len(out[n + 1].pieces):
            out[n], out[n + 1] = replace(out[n], pieces=tuple(above)), replace(out[n + 1], pieces=tuple(below))
    return [row for row in out if row.pieces]


def _mends(above: Piece, below: Piece, words: Words) -> bool:
    whole = above.text + below.text
    return len(whole) <= 16 and _known(whole, words) and (not _known(above.text, words) or below.text == "指标")


def _anchor(rows: Sequence[Row], at: int, state: str, words: Words) -> _Anchor | None:
    """What begins at a row: a header, a section label, a line of the head, or the total."""
    row = rows[at]
    section, label, rest = _headed(row, words)
    first = "".join(p.text for p in rest)
    found: _Anchor | None = None
    joined = ""
    for k in range(min(5, len(rows) - at)):
        joined += first if k == 0 else rows[at + k].joined
        if len(joined) > _LONGEST_HEADER:
            break
        kind, columns = _header(joined, words)
        if kind and (found is None or len(columns) >= len(found.columns)):
            found = _Anchor(kind, columns, k + 1, label)
    if found is not None:
        return found
    found = _spread(row, rows[at + 1] if at + 1 < len(rows) else None, words)
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


def is_total(pieces: Sequence[Piece], words: Words) -> bool:
    """Whether the pieces are a 总分 line: its word, then only figures (and 无)."""
    if len(pieces) < 2 or not words.total.fullmatch(pieces[0].text):
        return False
    return all(words.percent(p.text) or words.dash(p.text) or len(p.text) <= 2 for p in pieces[1:])


def tables(rows: Sequence[Row], words: Words) -> tuple[list[list[Part]], int]:
    """The tables that the rows print, each as its parts, and how many rows they use (of ``mended`` rows)."""
    found: list[list[Part]] = []
    parts: list[Part] = []
    part = Part("head")
    used = at = 0
    done = False

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
            if anchor.rest:
                part.rows.append(Row(row.index, anchor.rest, row.gap, row.starts_page, row.source))
            at += max(anchor.rows, 1)
        used = at
    close()
    return found, used
