"""Pieces in the order of their cells → rows and level names: the likeliest way to read the whole run at once.

Nothing but order and look tells which piece is which: each row takes its
columns from left to right, a cell takes one piece or several that go on over
line breaks, level names stand between the rows. What fits nowhere is skipped
and reported.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from mingzhang.read.evaluations.align import FIGURES, empty, fit
from mingzhang.read.evaluations.pieces import Piece, joint
from mingzhang.read.evaluations.vocabulary import Words, column_of, only_points, unpointed

_NEVER = -1e9
_TIGHT = 0.2
_TAILS = ("标", "指标", "分）", "）")
_IDEAL = {"name": 1.0, "target": 2.0, "actual": 2.0, "weight": 3.0, "score": 3.0, "deviation": 2.0, "rate": 2.0}
SKIP = -5.0
_BROKEN_LEVEL = -2.5
_ROW = 0.5
_LEVEL_INSIDE = 2.5
_BEAM = 10.0
_HOPELESS = -9.0
SHORT = 1.2
_VAGUE = 1.5
_ANCHORS = {"weight", "score"}
LABEL = 0.6
_WRAP = {"explanation": 0.05, "target": 0.35, "actual": 0.35}
_LINES = {"reason": 16, "explanation": 60, "name": 10, "target": 7, "actual": 7}
_WORDS = 14
_MOST_JOINS = 4


@dataclass(slots=True)
class Found:
    """One indicator row while it is put together: the first and last piece of it, and its cells by column."""

    first: int
    last: int
    cells: dict[str, list[Piece]] = field(default_factory=dict)

    def text(self, column: str) -> str:
        return "".join(p.text for p in self.cells.get(column, ()))


@dataclass(frozen=True, slots=True)
class Label:
    """A level name (or the name of a project) that stands at a piece: its rank (0 for a project) and its text."""

    at: int
    rank: int
    printed: str

    @property
    def name(self) -> str:
        return unpointed(self.printed)


@dataclass(slots=True)
class Reading:
    """What a run of pieces was read as: rows, labels, and skipped pieces; ``value`` says how well it fits.

    ``places`` says where labels stand among the rows, where lines tell.
    """

    rows: list[Found] = field(default_factory=list)
    labels: list[Label] = field(default_factory=list)
    skipped: list[Piece] = field(default_factory=list)
    value: float = 0.0
    places: dict[Label, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Sheet:
    """What the header says: the columns right of the levels in order, and whether a project column leads them."""

    columns: tuple[str, ...]
    projects: bool = False
    amounts: bool = False


def base_of(columns: Sequence[str]) -> float:
    """What every row costs, so that no row is made of stray figures."""
    return _ROW * sum(_IDEAL.get(c, 0.0) for c in columns)


def labels(pieces: Sequence[Piece], words: Words) -> dict[int, list[tuple[int, int, str]]]:
    """At which piece a level name begins, with the piece it ends before, its rank and its text."""
    out: dict[int, list[tuple[int, int, str]]] = {}
    for at in range(len(pieces)):
        joined = ""
        for end in range(at + 1, min(at + 6, len(pieces)) + 1):
            joined += pieces[end - 1].text
            if len(joined) > 20:
                break
            if end > at + 1 and not pieces[end - 1].bol and joint(pieces[end - 2], pieces[end - 1]) > _TIGHT:
                break
            rank = words.level(joined)
            banner = not rank and (only_points(joined) or column_of(joined, words.columns) == "banner")
            if rank in (1, 2) or (rank == 3 and (end == at + 1 or pieces[end - 1].text in _TAILS)) or banner:
                out.setdefault(at, []).append((end, -1 if banner else rank, joined))
    return sifted(out)


def sifted(
    found: dict[int, list[tuple[int, int, str]]], adjacent: bool = True
) -> dict[int, list[tuple[int, int, str]]]:
    """Level names without those that are printed in full elsewhere: 满意度 is a level where 满意度指标 is none.

    A name that does not end in 指标 is none right behind another such name (where the order is that of the cells).
    """
    names = {printed: unpointed(printed) for every in found.values() for _, _, printed in every}
    full = {name for name in names.values() if name.endswith("指标")}
    ends = {
        end for every in found.values() for end, rank, printed in every if rank == 2 and names[printed] not in full
    }
    out: dict[int, list[tuple[int, int, str]]] = {}
    for at, every in found.items():
        kept = [
            (end, rank, printed)
            for end, rank, printed in every
            if names[printed] in full
            or (names[printed] + "指标" not in full and not (adjacent and rank == 2 and at in ends))
        ]
        if kept:
            out[at] = kept
    return out


def _wanted(pieces: Sequence[Piece], at: int, columns: Sequence[str]) -> bool:
    """Whether the figures just before a piece (deviation, or score and weight) ask for a reason."""
    if at < 2:
        return False
    if "deviation" in columns or "rate" in columns:
        return pieces[at - 1].text.strip("-−0.%％") != ""
    return pieces[at - 1].text != pieces[at - 2].text


def read(pieces: Sequence[Piece], sheet: Sheet, words: Words) -> Reading:
    """The likeliest reading of the pieces under the columns, once the widths of the columns are known."""
    first = _read(pieces, sheet, words, {}, {})
    widths, limits = _widths(first, sheet.columns, words)
    return _read(pieces, sheet, words, widths, limits) if widths else first


def _widths(reading: Reading, columns: Sequence[str], words: Words) -> tuple[dict[str, int], dict[str, int]]:
    """The widths of the columns, from the rows that are beyond doubt: of those with wrapped cells, and of all."""
    found: dict[str, int] = {}
    wrapped: set[str] = set()
    for row in reading.rows:
        target = row.text("target")
        sure = row.cells.get("score") or words.is_quantity(target) or (len(target) < 7 and words.quality.fullmatch(target))
        for column, cell in row.cells.items() if sure else ():
            if column not in _LINES or columns.count(column) > 1:
                continue
            run = 0
            for piece in cell:
                run = piece.width if piece.bol else run + piece.width
                found[column] = max(found.get(column, 0), run)
            if any(p.bol for p in cell[1:]):
                wrapped.add(column)
    return {c: w for c, w in found.items() if c in wrapped}, found


def _read(
    pieces: Sequence[Piece], sheet: Sheet, words: Words, widths: Mapping[str, int], limits: Mapping[str, int]
) -> Reading:
    """The likeliest reading where wrapped cells fill ``widths`` and no line of a cell is wider than its limit."""
    columns = sheet.columns
    n, m = len(pieces), len(columns)
    gaps = sum(1 for p in pieces if p.bol and p.gap) * 3 < 2 * sum(1 for p in pieces if p.bol)
    starts = labels(pieces, words)
    levels = {
        k: _LEVEL_INSIDE
        for at, found in starts.items()
        for end, rank, _ in found
        for k in range(at, end)
        if rank in (1, 2) or (rank == 3 and end == at + 1)
    }
    best = [[_NEVER] * (m + 1) for _ in range(n + 1)]
    back: list[list[tuple[int, int, str, str] | None]] = [[None] * (m + 1) for _ in range(n + 1)]
    best[0][0] = 0.0
    base = base_of(columns)
    pendings = [empty(c, False) for c in columns]
    fits: list[Callable[[str], float]] = [partial(fit, c, words=words) for c in columns]

    def offer(i: int, j: int, value: float, came: tuple[int, int, str, str]) -> None:
        if value > best[i][j]:
            best[i][j], back[i][j] = value, came

    for i in range(n + 1):
        here = best[i]
        _blanks(pieces, i, here, columns, pendings, offer)
        if i and here[m] > _NEVER:
            offer(i, 0, here[m] - base + (0.4 if pieces[i - 1].eol else 0.0), (i, m, "row", ""))
            _blanks(pieces, i, here[:-1], columns, pendings, offer)
        if i == n:
            break
        top = max(here)
        if top <= _NEVER:
            continue
        for end, rank, name in starts.get(i, ()):
            for j in range(m + 1):
                if here[j] > top - _BEAM:
                    cost = LABEL * (end - i) if rank in (1, 2) else 0.2
                    cost += 0.0 if j in (0, m) or (j == 1 and columns[0] == "serial") else _BROKEN_LEVEL
                    offer(end, j, here[j] + cost, (i, j, "level", f"{rank}{name}"))
        piece = pieces[i]
        if words.placeholder.fullmatch(piece.text) and here[0] > top - _BEAM and "name" in columns:
            offer(i + 1, m, here[0] + 1.0 + base, (i, 0, "name", ""))
        if sheet.projects:
            _project(pieces, i, here, m, sheet, words, offer)
        for j in range(m + 1):
            if here[j] <= top - _BEAM:
                continue
            offer(i + 1, j, here[j] + SKIP, (i, j, "skip", ""))
            if j < m:
                _cell(pieces, i, j, here[j], columns, fits[j], words, levels, widths, limits, gaps, offer)
    best[n][m] -= base
    last = m if best[n][m] >= best[n][0] else 0
    return _traced(pieces, n, last, best[n][last], back)


def _blanks(
    pieces: Sequence[Piece],
    i: int,
    here: Sequence[float],
    columns: Sequence[str],
    costs: Sequence[float],
    offer: Callable[[int, int, float, tuple[int, int, str, str]], None],
) -> None:
    """Leave columns without a piece, from every column that is reached before piece ``i``."""
    for j in range(len(here) - 1):
        if here[j] > _NEVER:
            wanted = columns[j] == "reason" and _wanted(pieces, i, columns)
            offer(i, j + 1, here[j] + (-0.7 if wanted else costs[j]), (i, j, "empty", ""))


def _begins(pieces: Sequence[Piece], at: int) -> float:
    """How likely a row begins with a piece: with a line, or right behind figures, rather than behind text."""
    if pieces[at].bol:
        return 0.3
    last = pieces[at - 1].text[-1]
    if last.isdigit() and pieces[at].loose:
        return -1.0
    return -0.3 if last in "0123456789%％—-标）)" else -2.0


def _more(score: str, weight: str) -> bool:
    """Whether more points are given than there are."""
    try:
        return float(score) > float(weight)
    except ValueError:
        return False


def _project(
    pieces: Sequence[Piece],
    i: int,
    here: Sequence[float],
    m: int,
    sheet: Sheet,
    words: Words,
    offer: Callable[[int, int, float, tuple[int, int, str, str]], None],
) -> None:
    """The name of a project (and its amount) that stands between the rows or before the first piece of one."""
    name = ""
    for end in range(i + 1, min(i + 4, len(pieces)) + 1):
        piece = pieces[end - 1]
        if words.is_quantity(piece.text) or words.level(piece.text) in (1, 2) or words.dash(piece.text):
            return
        if end > i + 1 and not piece.bol:
            return
        name += piece.text
        if len(name) < 3:
            continue
        stop, bonus = end, -2.5
        if sheet.amounts and end < len(pieces) and words.number(pieces[end].text) and not pieces[end].bol:
            stop, bonus = end + 1, 1.5
        for j in (0, m):
            if here[j] > _NEVER:
                offer(stop, j, here[j] + bonus - 0.3 * (end - i - 1), (i, j, "level", f"0{name}"))


def _cell(
    pieces: Sequence[Piece],
    i: int,
    j: int,
    value: float,
    columns: Sequence[str],
    suits: Callable[[str], float],
    words: Words,
    levels: Mapping[int, float],
    widths: Mapping[str, int],
    limits: Mapping[str, int],
    gaps: bool,
    offer: Callable[[int, int, float, tuple[int, int, str, str]], None],
) -> None:
    """Every cell that may begin with piece ``i`` in column ``j``."""
    column = columns[j]
    if column in FIGURES:
        fitting = suits(pieces[i].text)
        if fitting > _NEVER:
            more = column == "score" and columns[j - 1] == "weight" and _more(pieces[i].text, pieces[i - 1].text)
            offer(i + 1, j + 1, value + fitting - (3.0 if more else 0.0), (i, j, column, ""))
        return
    most = _LINES.get(column, 1)
    lines, run, widest, joins = 1, 0, widths.get(column, 0), 0
    text, cost = "", _begins(pieces, i) if column == "name" else 0.0
    if column == "target" and pieces[i].bol and not _ANCHORS & set(columns):
        text_of = pieces[i].text
        if not (words.is_quantity(text_of) or words.quality.fullmatch(text_of)):
            cost -= _VAGUE
    ends: list[int] = []
    seen, ragged = 0, 0.0
    limit = limits[column] + 2 if column in limits and column not in ("explanation", "reason") else 999
    if column == "reason" and not _wanted(pieces, i, columns) and len(pieces[i].text) > 2:
        cost -= 1.2
    for end in range(i + 1, min(len(pieces), i + 4 * _WORDS) + 1):
        piece = pieces[end - 1]
        if end > i + 1:
            if piece.bol:
                lines += 1
                if lines > most:
                    return
                cost -= _WRAP.get(column, 0.25) + (0.3 * min(piece.gap, 2) if gaps else 0.0)
                if pieces[end - 2].text[-1] in "。；;":
                    cost -= 0.4
                ends.append(run + piece.first + pieces[end - 2].slack)
                if column not in ("reason", "explanation") and words.is_quantity(piece.text):
                    cost -= 0.0 if words.is_quantity(text + piece.text) else 1.5
                run = 0
            else:
                join = joint(pieces[end - 2], piece)
                joins += join > _TIGHT
                if joins > _MOST_JOINS:
                    return
                cost -= join
        cost -= levels.get(end - 1, 0.0)
        run += piece.width
        if run > limit:
            cost -= 0.3 * min(run - limit, piece.width)
        text += piece.text
        if run > widest:
            widest, seen, ragged = run, 0, 0.0
        while seen < len(ends):
            if ends[seen] <= widest:
                ragged += SHORT + 0.1 * (widest - ends[seen])
            seen += 1
        shape = ragged + (0.3 if ends and column == "name" and run >= widest - 1 else 0.0)
        if cost - (ragged if most <= 10 else 0.0) < _HOPELESS:
            return
        fitting = suits(text)
        if fitting > _NEVER:
            offer(end, j + 1, value + fitting + cost - shape, (i, j, column, ""))


def _traced(
    pieces: Sequence[Piece], i: int, j: int, value: float, back: Sequence[Sequence[tuple[int, int, str, str] | None]]
) -> Reading:
    """The steps that led to the best end, as rows, labels and skipped pieces."""
    steps: list[tuple[int, int, int, str, str]] = []
    while True:
        came = back[i][j]
        if came is None:
            break
        steps.append((came[0], i, came[1], came[2], came[3]))
        i, j = came[0], came[1]
    out = Reading(value=value)
    row = Found(0, 0)
    for start, end, _, kind, said in reversed(steps):
        if kind == "row":
            if row.cells:
                out.rows.append(row)
            row = Found(start, start)
        elif kind == "level":
            out.labels.append(Label(start, int(said[:2]) if said[0] == "-" else int(said[0]), said.lstrip("-")[1:]))
        elif kind == "skip":
            out.skipped += pieces[start:end]
        elif kind != "empty":
            if not row.cells:
                row.first = start
            row.last = end - 1
            row.cells.setdefault(kind, []).extend(pieces[start:end])
    if row.cells:
        out.rows.append(row)
    return out
