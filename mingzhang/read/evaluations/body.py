"""The indicator lines of a table that lost its columns → indicators with their levels and projects."""

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import accumulate, combinations

from mingzhang.read.evaluations import bands, spans, stream
from mingzhang.read.evaluations.parts import tabular
from mingzhang.read.evaluations.pieces import Piece, Row
from mingzhang.read.evaluations.stream import Found, Label, Reading, Sheet
from mingzhang.read.evaluations.vocabulary import Words, column_of, core, points_of

DEFAULT = ("level1", "level2", "name", "target", "actual", "weight", "score", "reason")
_LEFT = frozenset(("banner", "level1", "level2", "project", "goal", "amount"))
_HUNDRED = Decimal(100)
_PLAIN = 2.0
_MOST_UNKNOWN = 14
_MOST_PIECES = 6_000
_LEAST = 0.35


@dataclass(slots=True)
class Entry:
    """One indicator row: the line it stands on, its values by column, its levels and its project."""

    row: Row
    values: dict[str, str]
    level1: str = ""
    level2: str = ""
    project: str = ""


@dataclass(slots=True)
class Body:
    """The rows of a table, the pieces that stand in none of them, and whether their levels could be told."""

    entries: list[Entry] = field(default_factory=list)
    skipped: list[Piece] = field(default_factory=list)
    levelled: bool = True


def sheet_of(columns: Sequence[str]) -> Sheet:
    """The columns to the right of the levels, in printed order; a name first where none is printed."""
    right = [c for c in columns if c not in _LEFT]
    if "name" not in right:
        right.insert(1 if right[:1] == ["serial"] else 0, "name")
    seen: list[str] = []
    for column in right:
        seen.append("explanation" if column == "name" and "name" in seen else column)
    return Sheet(tuple(seen), "project" in columns, "amount" in columns)


def entries(rows: Sequence[Row], columns: Sequence[str], words: Words) -> Body:
    """The indicators that the rows print, with the level names in force where they stand."""
    sheet = sheet_of(columns or DEFAULT)
    pieces = [p for row in rows for p in row.pieces]
    if len(pieces) > _MOST_PIECES:
        return Body([], pieces)
    reading = stream.read(pieces, sheet, words)
    other = bands.read(rows, sheet, words, reading)
    if other is not None and other.value > reading.value:
        reading = other
    if not reading.rows:
        return Body([], list(pieces))
    last = max((row.index for row in rows if tabular(row, words)), default=-1)
    while reading.rows and min(p.line for c in reading.rows[-1].cells.values() for p in c) > last:
        reading.skipped = [*reading.skipped, *(p for c in reading.rows.pop().cells.values() for p in c)]
    if not reading.rows or not _sound(reading, sheet):
        return Body([], list(pieces))
    by_line = {row.index: row for row in rows}
    out = Body(skipped=reading.skipped)
    for found in reading.rows:
        values = {c: found.text(c) for c in found.cells if c not in ("serial", "other")}
        out.entries.append(Entry(by_line.get(_line(found), rows[0]), values))
    _level(out.entries, reading, pieces, words)
    known = [e for e in out.entries if e.level1 and words.parents(e.level2) and core(e.level1) in words.level1]
    if sum(1 for e in known if core(e.level1) not in words.parents(e.level2)) * 2 > len(known):
        out.levelled = False
        for entry in out.entries:
            entry.level1 = entry.level2 = ""
    return out


def _sound(reading: Reading, sheet: Sheet) -> bool:
    """Whether the rows are more than an accident of figures and words whose order was lost."""
    count = len(reading.rows)
    if not {"target", "weight", "score"} & set(sheet.columns):
        return False
    needed: list[str] = [c for c in ("weight", "score") if c in sheet.columns] or ["target"]
    whole = sum(1 for r in reading.rows if "name" in r.cells and (len(r.cells) == 1 or all(c in r.cells for c in needed)))
    base = stream.base_of(sheet.columns)
    value = reading.value - stream.SKIP * len(reading.skipped)
    return whole * 2 >= count and (base < _PLAIN or value >= _LEAST * base * count)


def _line(found: Found) -> int:
    """The line that a row is said to stand on: that of its figures, else of its first cell."""
    for column in ("score", "weight", "target", "name"):
        if found.cells.get(column):
            return found.cells[column][0].line
    return next(iter(found.cells.values()))[0].line


def _places(labels: Sequence[Label], reading: Reading, pieces: Sequence[Piece]) -> list[float]:
    """Where each label stands among the rows: on the line of row 3 is 3, between rows 2 and 3 is 2.5."""
    if reading.places:
        return [reading.places[label] for label in labels]
    out = []
    firsts = [row.first for row in reading.rows]
    for label in labels:
        after = bisect_left(firsts, label.at)
        inside = after and reading.rows[after - 1].last > label.at
        if inside:
            out.append(float(after - 1))
            continue
        start = label.at
        while start and not pieces[start].bol and pieces[start - 1].line == pieces[label.at].line:
            start -= 1
        own = not any(start <= reading.rows[k].last < label.at for k in range(max(0, after - 1), after))
        beside = own and after < len(reading.rows) and pieces[reading.rows[after].first].line == pieces[label.at].line
        out.append(float(after) if beside else after - 0.5)
    return out


def _ranked(labels: Sequence[Label], words: Words) -> list[tuple[Label, int]]:
    """Every level name with its level, where a name may stand on either."""
    names = list(dict.fromkeys(label.name for label in labels if label.rank > 0))
    printed = {core(name) for name in names}
    full = any(label.rank == 1 and label.name.endswith("指标") and label.name not in words.level2 for label in labels)
    out: list[tuple[Label, int]] = []
    for label in labels:
        rank = label.rank
        banner = column_of(label.printed, words.columns) == "banner"
        if rank == 2 and banner and not any(p in printed for p in words.parents(label.name)):
            continue
        if rank == 1 and label.name in words.level2:
            children = any(core(label.name) in words.parents(name) for name in names if name != label.name)
            above = [p for p in words.parents(label.name) if p in printed and p != core(label.name)]
            last = out[-1] if out else None
            twin = last is not None and last[1] == 1 and last[0].name == label.name
            short = full and not label.name.endswith("指标")
            rank = 2 if twin or ((above or short) and not children) else 1
        out.append((label, rank))
    return out


def _weighed(ranked: list[tuple[Label, int]], weight: Decimal) -> list[tuple[Label, int]]:
    """Names that no form knows: level 1 are those whose points make up all points with the known ones, else level 2."""
    unknown = [label for label, rank in ranked if rank == 3]
    points = [points_of(label.printed) for label in unknown]
    known = [points_of(label.printed) for label, rank in ranked if rank == 1]
    first: set[Label] = set()
    if unknown and len(unknown) <= _MOST_UNKNOWN and None not in points and None not in known:
        every = [points_of(label.printed) for label, _ in ranked]
        if None not in every:
            weight = sum((p for p in every if p is not None), Decimal(0)) / 2
        need = weight - sum((p for p in known if p is not None), Decimal(0))
        first = next(
            (
                set(chosen)
                for size in range(len(unknown) + 1)
                for chosen in combinations(unknown, size)
                if sum((points_of(x.printed) or Decimal(0) for x in chosen), Decimal(0)) == need
            ),
            set(),
        )
    return [(label, (1 if label in first else 2) if rank == 3 else rank) for label, rank in ranked]


def _level(found: Sequence[Entry], reading: Reading, pieces: Sequence[Piece], words: Words) -> None:
    """Give every row its level 1, level 2 and project."""
    size = len(found)
    weights = [_decimal(e.values.get("weight", "")) for e in found]
    total = sum((w for w in weights if w is not None), Decimal(0))
    ranked = _weighed(_ranked([label for label in reading.labels if label.rank >= 0], words), total)
    twos = [label for label, rank in ranked if rank == 2]
    ones = [label for label, rank in ranked if rank == 1]
    projects = [label for label, rank in ranked if rank == 0]
    at = dict(zip(reading.labels, _places(reading.labels, reading, pieces), strict=True))
    second = _starts([at[x] for x in twos], found, twos)
    centred = second[0]
    for k, label in enumerate(twos):
        for n in range(second[1][k], second[1][k + 1]):
            found[n].level2 = label.name
    _first(found, ones, [at[x] for x in ones], centred, words)
    _standard(found, words)
    if projects:
        places = [at[x] for x in projects]

        def whole(name: int, start: int, end: int) -> float:
            return _apart(found, start, end)

        _, starts = min((spans.cover(places, size, way, whole) for way in (True, False)), key=lambda x: x[0])
        for k, start in enumerate(starts):
            for n in range(start, starts[k + 1] if k + 1 < len(starts) else size):
                found[n].project = projects[k].name


def _starts(
    places: Sequence[float], found: Sequence[Entry], twos: Sequence[Label]
) -> tuple[bool, list[int]]:
    """Whether names stand in the middle of their rows, and the first row of each level-2 name, and the end."""
    size = len(found)
    strange = _unequal(twos, found)
    options = []
    for way in (False, True):
        cost, starts = spans.cover(places, size, way, strange)
        options.append((cost, way, starts))
    cost, way, starts = min(options, key=lambda x: (x[0], x[1]))
    if not starts:
        return way, [size] * (len(places) + 1)
    return way, [*starts, size]


def _unequal(labels: Sequence[Label], found: Sequence[Entry]) -> Callable[[int, int, int], float]:
    """What speaks against rows under a level name whose points are printed: that theirs do not make them up."""
    points = [points_of(label.printed) for label in labels]
    sums = list(accumulate((_decimal(e.values.get("weight", "")) or Decimal(0) for e in found), initial=Decimal(0)))

    def cost(name: int, start: int, end: int) -> float:
        own = points[name]
        if own is None or start == end:
            return 0.0
        return -1.5 if sums[end] - sums[start] == own else 0.5

    return cost


def _first(
    found: Sequence[Entry], ones: Sequence[Label], places: Sequence[float], centred: bool, words: Words
) -> None:
    """Level 1 of every row: the printed names in order, each over the level-2 names that belong under it."""
    size = len(found)
    if not ones:
        return
    unequal = _unequal(ones, found)
    parents = [words.parents(e.level2) for e in found]
    foreign = {
        name: list(accumulate((bool(p) and name not in p for p in parents), initial=0))
        for name in {core(label.name) for label in ones}
    }
    strangers = [foreign[core(label.name)] for label in ones]

    def strange(name: int, start: int, end: int) -> float:
        cost = unequal(name, start, end) + 2.0 * (strangers[name][end] - strangers[name][start])
        if 0 < start < end and found[start].level2 and found[start].level2 == found[start - 1].level2:
            cost += 2.0
        return cost

    _, starts = min((spans.cover(places, size, way, strange) for way in (centred, not centred)), key=lambda x: x[0])
    for k, start in enumerate(starts):
        for n in range(start, starts[k + 1] if k + 1 < len(starts) else size):
            found[n].level1 = ones[k].name


def _standard(found: Sequence[Entry], words: Words) -> None:
    """Levels put right by what the form fixes.

    The common indicators of a form have their level 2 where it is printed at
    all; a level 2 that belongs under one level 1 only stands under it, though
    its name was left out.
    """
    printed = {e.level2: e.level1 for e in reversed(found)}
    own = {core(e.level1) for e in found if core(e.level1) in words.parents(e.level2)}
    if any(core(e.level1) not in words.level1 for e in found if e.level1):
        own = set()
    inferred: set[str] = set()
    for entry in found:
        fixed = words.standard.get(entry.values.get("name", ""), "")
        if fixed and fixed in printed and fixed != entry.level2:
            entry.level2, entry.level1 = fixed, printed[fixed]
        parents = words.parents(entry.level2)
        if core(entry.level1) in own and core(entry.level1) not in parents:
            likely = parents if len(parents) == 1 else [p for p in parents if p in inferred]
            if likely:
                inferred.add(likely[0])
                entry.level1 = words.level1[likely[0]]


def _apart(found: Sequence[Entry], start: int, end: int) -> float:
    """What speaks against rows being one project: level names that come back, and points that do not make a hundred."""
    cost = 0.0
    seen: list[str] = []
    for n in range(start, end):
        name = found[n].level1
        if name and (not seen or seen[-1] != name):
            cost += 2.0 * (name in seen)
            seen.append(name)
    if 0 < start < end and found[start].level1 and found[start].level1 == found[start - 1].level1:
        same = found[start].level2 == found[start - 1].level2
        cost += 2.0 if same else 0.5
    weights = [_decimal(found[n].values.get("weight", "")) for n in range(start, end)]
    if all(w is not None for w in weights):
        cost -= 3.0 * (sum((w for w in weights if w is not None), Decimal(0)) == _HUNDRED)
    return cost


def _decimal(text: str) -> Decimal | None:
    try:
        return Decimal(text.replace(",", ""))
    except ArithmeticError:
        return None
