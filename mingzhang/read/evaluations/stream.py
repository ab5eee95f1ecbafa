"""Pieces in the order of their cells → rows and level names: the likeliest way to read the whole run at once.

Nothing but order and look tells which piece is which: each row takes its
columns from left to right, a cell takes one piece or several that go on over
line breaks, level names stand between the rows. What fits nowhere is skipped
and reported.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial

from mingzhang.read.evaluations.align import FIGURES, empty, fit
from mingzhang.read.evaluations.pieces import Piece, joint
from mingzhang.read.evaluations.vocabulary import Words, column_of, unpointed

_NEVER = -1e9
_SKIP = -4.0
_BROKEN_LEVEL = -1.5
_BEAM = 14.0
_LINES = {"reason": 16, "explanation": 60, "name": 10, "target": 7, "actual": 7}
_WORDS = 14
_TEXTS = frozenset(("name", "target", "actual", "reason", "explanation", "other"))


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
    name: str


@dataclass(slots=True)
class Reading:
    """What a run of pieces was read as: rows, labels, and skipped pieces; ``value`` says how well it fits."""

    rows: list[Found] = field(default_factory=list)
    labels: list[Label] = field(default_factory=list)
    skipped: list[Piece] = field(default_factory=list)
    value: float = 0.0


@dataclass(frozen=True, slots=True)
class Sheet:
    """What the header says: the columns right of the levels in order, and whether a project column leads them."""

    columns: tuple[str, ...]
    projects: bool = False
    amounts: bool = False


def labels(pieces: Sequence[Piece], words: Words) -> dict[int, list[tuple[int, int, str]]]:
    """At which piece a level name begins, with the piece it ends before, its rank and its text."""
    out: dict[int, list[tuple[int, int, str]]] = {}
    for at, piece in enumerate(pieces):
        joined = ""
        for end in range(at + 1, min(at + 6, len(pieces)) + 1):
            joined += pieces[end - 1].text
            if len(joined) > 20 or (end > at + 1 and pieces[end - 1].line == pieces[end - 2].line):
                break
            rank = words.level(joined)
            banner = not rank and column_of(joined, words.columns) == "banner"
            if rank in (1, 2) or (rank == 3 and (end == at + 1 or joined.endswith("指标"))) or banner:
                out.setdefault(at, []).append((end, -1 if banner else rank, unpointed(joined)))
        del piece
    return out


def _wanted(pieces: Sequence[Piece], at: int, columns: Sequence[str]) -> bool:
    """Whether the figures just before a piece (deviation, or score and weight) ask for a reason."""
    if at < 2:
        return False
    if "deviation" in columns or "rate" in columns:
        return pieces[at - 1].text.strip("-−0.%％") != ""
    return pieces[at - 1].text != pieces[at - 2].text


def read(pieces: Sequence[Piece], sheet: Sheet, words: Words) -> Reading:
    """The likeliest reading of the pieces under the columns."""
    columns = sheet.columns
    n, m = len(pieces), len(columns)
    gaps = sum(1 for p in pieces if p.bol and p.gap) * 3 < 2 * sum(1 for p in pieces if p.bol)
    starts = labels(pieces, words)
    best = [[_NEVER] * (m + 1) for _ in range(n + 1)]
    back: list[list[tuple[int, int, str, str] | None]] = [[None] * (m + 1) for _ in range(n + 1)]
    best[0][0] = 0.0
    pendings = [empty(c, False) for c in columns]
    fits: list[Callable[[str], float]] = [_Fit(partial(fit, c, words=words)) for c in columns]

    def offer(i: int, j: int, value: float, came: tuple[int, int, str, str]) -> None:
        if value > best[i][j]:
            best[i][j], back[i][j] = value, came

    for i in range(n + 1):
        here = best[i]
        for j in range(m):
            if here[j] > _NEVER:
                offer(i, j + 1, here[j] + _blank(columns[j], pendings[j], pieces, i, columns), (i, j, "empty", ""))
        if i and here[m] > _NEVER:
            offer(i, 0, here[m] + (0.4 if pieces[i - 1].eol else 0.0), (i, m, "row", ""))
            for j in range(m):
                if here[j] > _NEVER:
                    value = here[j] + _blank(columns[j], pendings[j], pieces, i, columns)
                    if value > here[j + 1] and back[i][0] is not None and back[i][0][2] == "row" and j + 1 < m:
                        here[j + 1], back[i][j + 1] = value, (i, j, "empty", "")
        if i == n:
            break
        top = max(here)
        if top <= _NEVER:
            continue
        for end, rank, name in starts.get(i, ()):
            for j in range(m + 1):
                if here[j] > top - _BEAM:
                    cost = 0.6 if rank in (1, 2) else 0.2
                    cost += 0.0 if j in (0, m) else _BROKEN_LEVEL
                    cost -= 0.3 * (end - i - 1)
                    offer(end, j, here[j] + cost, (i, j, "level", f"{rank}{name}"))
        piece = pieces[i]
        if words.placeholder.fullmatch(piece.text) and here[0] > top - _BEAM and "name" in columns:
            offer(i + 1, m, here[0] + 1.0, (i, 0, "name", ""))
        if sheet.projects:
            _project(pieces, i, here, m, sheet, words, offer)
        for j in range(m + 1):
            if here[j] <= top - _BEAM:
                continue
            offer(i + 1, j, here[j] + _SKIP, (i, j, "skip", ""))
            if j < m:
                _cell(pieces, i, j, here[j], columns, fits[j], words, gaps, offer)
    last = m if best[n][m] >= best[n][0] else 0
    return _traced(pieces, n, last, best[n][last], back)


class _Fit:
    """How well texts suit one column, looked up once each."""

    __slots__ = ("_ask", "_known")

    def __init__(self, ask: Callable[[str], float]) -> None:
        self._ask = ask
        self._known: dict[str, float] = {}

    def __call__(self, text: str) -> float:
        if text not in self._known:
            self._known[text] = self._ask(text)
        return self._known[text]


def _blank(column: str, cost: float, pieces: Sequence[Piece], at: int, columns: Sequence[str]) -> float:
    if column == "reason" and _wanted(pieces, at, columns):
        return -0.7
    return cost


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
    gaps: bool,
    offer: Callable[[int, int, float, tuple[int, int, str, str]], None],
) -> None:
    """Every cell that may begin with piece ``i`` in column ``j``."""
    column = columns[j]
    most = _LINES.get(column, 1)
    lines, run = 1, 0
    text, cost = "", 0.0
    full = ended = 0
    start = 0.3 if j == 0 and pieces[i].bol else 0.0
    if column == "reason" and not _wanted(pieces, i, columns):
        start -= 0.4
    for end in range(i + 1, len(pieces) + 1):
        piece = pieces[end - 1]
        if end > i + 1:
            if column in FIGURES:
                return
            before = pieces[end - 2]
            if piece.bol:
                lines += 1
                if lines > most:
                    return
                full = max(full, run)
                ended += max(0, full - run - 2)
                cost -= 0.25 + (0.3 * min(piece.gap, 2) if gaps else 0.0)
                if before.text[-1] in "。；;":
                    cost -= 0.4
                run = 0
            else:
                cost -= joint(before, piece)
        run += piece.width
        text += piece.text
        shape = 0.15 * (ended + max(0, run - full - 2)) if lines > 1 else 0.0
        if cost - shape < -9.0 or end - i > 4 * _WORDS:
            return
        fitting = suits(text)
        if fitting <= _NEVER:
            if column in FIGURES:
                return
            continue
        bonus = start
        if words.level(text) in (1, 2) and column == "name":
            bonus -= 1.5
        offer(end, j + 1, value + fitting + cost - shape + bonus, (i, j, column, ""))


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
