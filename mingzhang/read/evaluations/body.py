"""The indicator lines of a table that lost its columns → indicators with their levels."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import combinations

from mingzhang.read.evaluations.align import align
from mingzhang.read.evaluations.pieces import MOST_LINES, Piece, Row, cells, cost_of_cell, glued, width
from mingzhang.read.evaluations.vocabulary import Words, column_of, unpointed

DEFAULT = ("level1", "level2", "name", "target", "actual", "weight", "score", "reason")
_FORMAT = ("name", "target", "actual")
_LONG = 24
_NARROW = 8


@dataclass(slots=True)
class Entry:
    """One indicator row while it is put together."""

    row: Row
    values: dict[str, str]
    level1: str = ""
    level2: str = ""
    head: list[Piece] = field(default_factory=list)
    tail: list[Piece] = field(default_factory=list)


@dataclass(slots=True)
class _Level:
    rank: int
    name: str


_Item = Entry | Piece | _Level


def _value_columns(columns: Sequence[str]) -> tuple[str, ...]:
    """The columns to the right of the levels, in printed order; a name first where none is printed."""
    right = tuple(c for c in columns if c not in ("banner", "level1", "level2", "project", "goal"))
    return right if "name" in right else ("name", *right)


def _anchors(columns: Sequence[str]) -> tuple[str, ...]:
    """The columns whose figures tell that a line carries an indicator."""
    return tuple(c for c in ("weight", "score") if c in columns) or ("target",)


@dataclass(slots=True)
class _Reader:
    """Reads the rows into items. ``widths`` are those of the columns, where every row has its name on its own line:

    then lines below continue the cells that are full; else wrapped cells take lines of their own, cell by cell.
    """

    rows: Sequence[Row]
    words: Words
    columns: tuple[str, ...]
    anchors: tuple[str, ...]
    items: list[_Item] = field(default_factory=list)
    widths: dict[str, int] = field(default_factory=dict)

    def pending(self) -> bool:
        return bool(self.items) and isinstance(self.items[-1], Piece)

    def level_at(self, at: int, start: int) -> tuple[int, str, int] | None:
        """The level name that begins with piece ``start`` of row ``at``: rank, name, and the row it ends in."""
        joined = ""
        found: tuple[int, str, int] | None = None
        for k in range(min(3, len(self.rows) - at)):
            pieces = self.rows[at + k].pieces
            piece = pieces[start if k == 0 else 0]
            joined += piece.text
            rank = self.words.level(joined)
            last = k == 0 or not found or rank in (1, 2)
            if rank in (1, 2) and last:
                found = (rank, unpointed(joined), at + k)
            elif rank == 3 and k == 0 and len(pieces) - start == 1 and "explanation" not in self.columns:
                found = (3, unpointed(joined), at)
            if len(pieces) - (start if k == 0 else 0) > 1 or len(joined) > 12:
                break
        return found

    def read(self) -> list[_Item]:
        at, start, levelled = 0, 0, 0
        while at < len(self.rows):
            row = self.rows[at]
            rest = row.pieces[start:]
            if not rest:
                at, start, levelled = at + 1, 0, 0
                continue
            if column_of(rest[0].text, self.words.columns) == "banner" and not (
                len(rest) > 1 and self.words.is_quantity(rest[1].text)
            ):
                start += 1
                continue
            level = self.level_at(at, start)
            if level is not None and self.takes(level, levelled, at, start):
                rank = self.rank(level, levelled)
                self.items.append(_Level(rank, level[1]))
                start = start + 1 if level[2] == at else 1
                levelled = rank if level[2] == at else 0
                at = level[2]
                continue
            self.line(row, rest)
            at, start, levelled = at + 1, 0, 0
        return self.items

    def rank(self, level: tuple[int, str, int], levelled: int) -> int:
        rank, name, _ = level
        above = self.items[-1] if self.items else None
        if rank == 1 and isinstance(above, _Level) and above.rank == 1:
            return 2 if above.name in self.words.level2.get(name, ()) else 1
        return 2 if rank == 3 else rank

    def takes(self, level: tuple[int, str, int], levelled: int, at: int, start: int) -> bool:
        """Whether a level name at that place is a level, and not an indicator of that name."""
        rank, name, end = level
        if levelled == 2:
            return False
        rest = self.rows[end].pieces[start + 1 if end == at else 1 :]
        if rank == 2 and not name.endswith("指标") and rest:
            values = align([p.text for p in rest], self.columns, self.words, False)
            return (values is not None and "name" in values) or not self.full(values)
        return True

    def full(self, values: dict[str, str] | None) -> bool:
        return values is not None and all(a in values for a in self.anchors)

    def line(self, row: Row, rest: tuple[Piece, ...]) -> None:
        """One line behind its levels: an indicator, or pieces of one."""
        if self.words.placeholder.fullmatch(rest[0].text):
            self.items.append(Entry(row, {"name": rest[0].text}))
            return
        texts = [p.text for p in rest]
        values = align(texts, self.columns, self.words, self.pending())
        if values is not None and self.holds(values, texts):
            self.items.append(Entry(row, values))
            return
        self.items.extend(rest)

    def holds(self, values: dict[str, str], texts: Sequence[str]) -> bool:
        """Whether the values make an indicator row: its anchor columns are filled by what suits them."""
        words = self.words
        if self.anchors != ("target",):
            if all(a in values for a in self.anchors):
                return True
            target, actual = values.get("target", ""), values.get("actual", "")
            return bool(values.get("name")) and words.is_quantity(target) and words.is_quantity(actual)
        target = values.get("target", "")
        if len(texts) == 1:
            return target != "" and words.is_quantity(target) and self.pending()
        name = values.get("name", "")
        if not target or words.sentence(name) or words.sentence(target) or len(target) > 2 * _LONG:
            return False
        return bool(name) or (self.pending() and (words.is_quantity(target) or bool(words.quality.fullmatch(target))))


def _wants_reason(entry: Entry, columns: Sequence[str]) -> bool:
    """Whether the printed deviation or score asks for a reason that is not printed in the row itself."""
    if "reason" not in columns or entry.values.get("reason"):
        return False
    deviation = entry.values.get("deviation", "").strip("%％")
    if deviation:
        return deviation.strip("-−0.") != ""
    return entry.values.get("score", "") != entry.values.get("weight", "")


def _missing(entry: Entry, columns: Sequence[str]) -> int:
    """How many columns from the name on have no word in the row itself."""
    count = 0
    for column in columns:
        if column not in _FORMAT or column in entry.values:
            break
        count += 1
    return count


def _parted(pieces: list[Piece], before: Entry, after: Entry, columns: Sequence[str], reader: "_Reader") -> int:
    """Where between two rows under one level the tail of the first ends and the head of the next begins."""
    need = _missing(after, columns)
    own = _continued(before, pieces, columns, reader)
    if own and (need == 0 or own == len(pieces)):
        return own
    tail = next((c for c in ("reason", "explanation") if c in columns and not before.values.get(c)), "")
    if need == 0:
        if tail == "explanation" or _wants_reason(before, columns):
            return len(pieces)
        return _by_gaps(pieces, after, bool(tail))
    if not tail or (tail == "reason" and not _wants_reason(before, columns)):
        return 0
    best, where = 1e9, 0
    for cut in range(max(0, len(pieces) - MOST_LINES), len(pieces)):
        cost = _group_cost(pieces[:cut]) + _group_cost(pieces[cut:])
        if cut and pieces[cut - 1].text[-1] in "。；;.":
            cost -= 1.5
        if cut == 0:
            cost += 3.0
        if any(p.width > _LONG for p in pieces[cut:]):
            cost += 4.0
        if cost < best:
            best, where = cost, cut
    return where


def _group_cost(pieces: Sequence[Piece]) -> float:
    return cost_of_cell(pieces) if pieces else 0.0


def _by_gaps(pieces: list[Piece], after: Entry, tail: bool) -> int:
    """Between whole rows, a line set tight against one of them continues its name, others are a remark of the first."""
    above_tight, below_tight = pieces[0].gap == 0, after.row.gap == 0
    if below_tight and not above_tight:
        return 0
    if above_tight and not below_tight:
        return len(pieces)
    return len(pieces) if tail else 0


def entries(rows: Sequence[Row], columns: Sequence[str], words: Words) -> list[Entry]:
    """The indicators that the rows print, with the level names in force where they stand."""
    right = _value_columns(columns or DEFAULT)
    reader = _Reader(rows, words, right, _anchors(right))
    items = reader.read()
    found = [i for i in items if isinstance(i, Entry)]
    if not any(_missing(entry, right) for entry in found):
        for entry in found:
            for column, text in entry.values.items():
                reader.widths[column] = max(reader.widths.get(column, 0), width(text))
    return _levelled(_gathered(items, reader, right), reader)


def _gathered(items: list[_Item], reader: _Reader, columns: Sequence[str]) -> list[Entry | _Level]:
    """Every loose piece given to the row whose name, target or reason it is."""
    out: list[Entry | _Level] = []
    pieces: list[Piece] = []
    last: Entry | None = None
    fresh = False  # a level stands between the last row and here
    for item in [*items, _Level(0, "")]:
        if isinstance(item, Piece):
            pieces.append(item)
            continue
        if isinstance(item, _Level):
            if pieces:
                whole = _whole(pieces, columns, reader) if fresh or last is None else None
                if whole is not None:
                    out.append(whole)
                elif last is not None:
                    _append(last, pieces, columns, reader)
                pieces = []
            fresh = True
            if item.rank:
                out.append(item)
            continue
        cut = _parted(pieces, last, item, columns, reader) if pieces and last is not None and not fresh else 0
        if cut and last is not None:
            _append(last, pieces[:cut], columns, reader)
        _prepend(item, pieces[cut:], columns)
        out.append(item)
        pieces, last, fresh = [], item, False
    return out


def _whole(pieces: list[Piece], columns: Sequence[str], reader: _Reader) -> Entry | None:
    """An indicator of a goal table whose name and target both take lines of their own."""
    if reader.anchors != ("target",) or len(pieces) < 2:
        return None
    parts = [glued(c) for c in cells(pieces, 2)]
    if reader.words.sentence(parts[-1]) or len(parts[-1]) > _LONG:
        return None
    row = next(r for r in reader.rows if r.index == pieces[0].line)
    return Entry(row, dict(zip(("name", "target"), parts, strict=False)))


def _full(entry: Entry, columns: Sequence[str], reader: _Reader) -> dict[str, int]:
    """The columns of a row whose text fills the column, so that it may go on below, with that width."""
    if not any(c in columns and entry.values.get(c) for c in ("reason", "explanation")) and (
        "explanation" in columns or _wants_reason(entry, columns)
    ):
        return {}
    return {
        c: reader.widths[c]
        for c in (*_FORMAT, "reason", "explanation")
        if entry.values.get(c)
        and reader.widths.get(c, 0) >= _NARROW
        and width(entry.values[c]) >= reader.widths[c] - 2
        and not reader.words.is_quantity(entry.values[c])
    }


def _going_on(entry: Entry, pieces: Sequence[Piece], columns: Sequence[str], reader: _Reader) -> list[tuple[str, Piece]]:
    """The pieces that continue full cells of the row above them line by line, each with its column."""
    full = _full(entry, columns, reader)
    out: list[tuple[str, Piece]] = []
    at = 0
    while at < len(pieces) and full:
        line = [p for p in pieces[at:] if p.line == pieces[at].line]
        fitting = (
            c for c in combinations(full, len(line)) if all(p.width <= full[n] + 2 for n, p in zip(c, line, strict=True))
        )
        names = next(fitting, None)
        if names is None:
            break
        out += zip(names, line, strict=True)
        full = {c: full[c] for c, p in zip(names, line, strict=True) if p.width >= full[c] - 2} | (
            {c: w for c, w in full.items() if c not in names} if len(line) < len(full) else {}
        )
        at += len(line)
    return out


def _continued(entry: Entry, pieces: Sequence[Piece], columns: Sequence[str], reader: _Reader) -> int:
    return len(_going_on(entry, pieces, columns, reader))


def _append(entry: Entry, pieces: Sequence[Piece], columns: Sequence[str], reader: _Reader) -> None:
    """Lines behind a row: the rest of its full cells, its explanation or reason, or else the rest of its name."""
    going = _going_on(entry, pieces, columns, reader)
    for column, piece in going:
        entry.values[column] += piece.text
    pieces = pieces[len(going) :]
    if not pieces:
        return
    for column in ("explanation", "reason"):
        if column in columns:
            entry.values[column] = entry.values.get(column, "") + glued(pieces)
            return
    entry.values["name"] = entry.values.get("name", "") + glued(pieces)


def _prepend(entry: Entry, pieces: list[Piece], columns: Sequence[str]) -> None:
    """Lines before a row: the cells that it lacks, from the name on; where it lacks none, the beginning of its name."""
    if not pieces:
        return
    need = _missing(entry, columns)
    if need == 0:
        entry.values["name"] = glued(pieces) + entry.values.get("name", "")
        return
    missing = [c for c in columns if c in _FORMAT][:need]
    parts = [glued(c) for c in cells(pieces, need)]
    entry.values.update(zip(missing, parts, strict=False))


def _levelled(items: list[Entry | _Level], reader: _Reader) -> list[Entry]:
    """The rows with their levels: those printed before them, put right by which level 2 belongs to which level 1."""
    words = reader.words
    printed = {i.name for i in items if isinstance(i, _Level)}
    level1 = level2 = ""
    seen: set[str] = set()
    costs = any(words.level2.get(n, ()) == ("成本指标",) for n in printed)
    out: list[Entry] = []
    for item in items:
        if isinstance(item, _Level):
            parents = words.level2.get(item.name, ())
            nested = item.rank == 1 and level1 in parents and bool(seen) and not costs
            if item.rank == 1 and not nested:
                level1, level2 = item.name, ""
                seen = set()
            else:
                level2 = item.name
                seen.add(level2)
                if parents and level1 not in parents and (not level1 or level1 in words.level1):
                    level1 = next((p for p in parents if p in printed), parents[0])
            continue
        item.level1, item.level2 = level1, level2
        out.append(item)
    for entry in out:
        own = words.standard.get(entry.values.get("name", ""), "")
        if own and own in printed and own != entry.level2:
            entry.level2 = own
        if not entry.level1 or (own and own == entry.level2):
            parents = words.level2.get(entry.level2, ())
            entry.level1 = next((p for p in parents if p in printed), entry.level1)
    return out
