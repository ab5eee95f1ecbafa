"""Lines in the order they stand on the page, where wrapped cells lie beside each other → rows.

A row is a band of lines around the one that carries its figures. Cells are
centred in it, so that a cell with lines above that line has as many below,
or they all begin at its top. What the band's words give under the columns
decides where one band ends and the next begins.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from mingzhang.read.evaluations.align import FIGURES, empty, fit
from mingzhang.read.evaluations.names import Named, labels, projects
from mingzhang.read.evaluations.pieces import Piece, Row, joint
from mingzhang.read.evaluations.stream import LABEL, SHORT, SKIP, Found, Label, Reading, Sheet, base_of
from mingzhang.read.evaluations.vocabulary import Words

_NEVER = -1e9
_TEXTS = ("name", "target", "actual", "reason", "explanation", "other")
_MOST = 5
_MOST_LINES = 4
_LONGEST = 1_000
"""Lines of the longest table that is read as bands; a table of one department has a few hundred."""
_GOOD = 1.15
_TABBED = 0.9
_BEAM = 4
_UNEVEN = 1.5
_HOLLOW = 3.0
_WHOLE_LINE = 0.4
_LINE = 0.25

_Cells = dict[int, list[Piece]]


@dataclass(slots=True)
class _Band:
    """A row: the cells of its columns (by number), how well they fit, and its first and last line."""

    cells: _Cells
    value: float
    first: int = 0
    last: int = 0


def read(rows: Sequence[Row], sheet: Sheet, words: Words, other: Reading) -> Reading | None:
    """The rows as bands; None where no line carries figures, or the ``other`` reading leaves nothing to better."""
    if len(rows) > _LONGEST:
        return None
    lines = [list(row.pieces) for row in rows]
    names = sorted([*labels(lines, words), *projects(lines, sheet, words)], key=lambda x: x[0])
    known_names = {label.name for label in other.labels}
    if other.rows and not other.skipped and all(label.name in known_names for _, _, label in names):
        own = other.value - LABEL * len(other.labels)
        tabbed = all(len(line) > 1 and all(p.apart for p in line[1:]) for line in lines)
        if own >= (_TABBED if tabbed else _GOOD) * base_of(sheet.columns) * len(other.rows):
            return None
    taken = {id(p) for _, pieces, _ in names for p in pieces}
    rest = [[p for p in line if id(p) not in taken] for line in lines]
    reader = _Reader(sheet, words)
    cores = [n for n, line in enumerate(rest) if line and reader.core(line)]
    if not cores or len([line for line in rest if line]) > _MOST_LINES * len(cores):
        return None
    placed = reader.bands(rest, cores)
    if placed is None:
        return None
    reading = _reading(placed[1], names, sheet)
    reading.value += placed[0]
    known = {id(p) for row in reading.rows for cell in row.cells.values() for p in cell}
    reading.skipped = [p for line in rest for p in line if id(p) not in known]
    return reading


def _reading(bands: Sequence[_Band], names: Sequence[Named], sheet: Sheet) -> Reading:
    """Bands and level names as a reading; a name stands on the row in whose band its line lies."""
    out = Reading(value=_WHOLE_LINE * len(bands) + LABEL * len(names))
    for n, band in enumerate(bands):
        found = Found(n, n)
        for j in sorted(band.cells):
            found.cells.setdefault(sheet.columns[j], []).extend(band.cells[j])
        out.rows.append(found)
    for k, (line, _, label) in enumerate(names):
        own = Label(k, label.rank, label.printed)
        out.labels.append(own)
        out.places[own] = _place(line, bands)
    return out


def _place(line: float, bands: Sequence[_Band]) -> float:
    """Where a line lies among the rows, in rows: in the middle of row 3 is 3, between rows 2 and 3 is 2.5."""
    for n, band in enumerate(bands):
        if line < band.first:
            return n - 0.5
        if line <= band.last:
            return n + (line - (band.first + band.last) / 2) / (band.last - band.first + 1)
    return len(bands) - 0.5


class _Reader:
    """Fits bands of lines under the columns of one table."""

    def __init__(self, sheet: Sheet, words: Words) -> None:
        self.columns = sheet.columns
        self.words = words
        self.base = base_of(sheet.columns)
        self.texts = [j for j, c in enumerate(sheet.columns) if c in _TEXTS]
        self.anchors = [j for j, c in enumerate(sheet.columns) if c in ("weight", "score")]
        self.blank = [empty(c, False) for c in sheet.columns]

    def fit(self, j: int, text: str) -> float:
        return fit(self.columns[j], text, self.words)

    def core(self, line: Sequence[Piece]) -> bool:
        """Whether a line carries the figures of a row."""
        if self.anchors:
            numbers = sum(1 for p in line if self.words.number(p.text))
            if numbers < len(self.anchors):
                return False
            band = self.aligned(line, {}, {}, True)
            return band is not None and band.value > 0 and all(j in band.cells for j in self.anchors) and not any(
                self.words.prose.search("".join(p.text for p in cell))
                for j, cell in band.cells.items()
                if self.columns[j] in ("name", "target", "actual")
            )
        band = self.aligned(line, {}, {}, True)
        if band is None:
            return False
        target = next((j for j, c in enumerate(self.columns) if c == "target"), -1)
        text = "".join(p.text for p in band.cells.get(target, ()))
        return self.words.is_quantity(text) or (len(line) > 1 and len(text) < 9 and bool(self.words.quality.fullmatch(text)))

    def aligned(
        self, core: Sequence[Piece], heads: Mapping[int, list[Piece]], tails: Mapping[int, list[Piece]], open: bool
    ) -> _Band | None:
        """The pieces of the core line under the columns, between the lines above and below of each cell.

        ``open`` says that cells may still be missing.
        """
        n, m = len(core), len(self.columns)
        best = [[_NEVER] * (m + 1) for _ in range(n + 1)]
        back = [[0] * (m + 1) for _ in range(n + 1)]
        best[0][0] = 0.0
        for j in range(m):
            head = "".join(p.text for p in heads.get(j, ()))
            tail = "".join(p.text for p in tails.get(j, ()))
            without = self.blank[j]
            if head or tail:
                without = self.fit(j, head + tail)
            elif open and self.columns[j] not in FIGURES:
                without = max(without, -0.2)
            figures = self.columns[j] in FIGURES
            for i in range(n + 1):
                here = best[i][j]
                if here <= _NEVER:
                    continue
                if here + without > best[i][j + 1]:
                    best[i][j + 1], back[i][j + 1] = here + without, 0
                text, cost = "", 0.0
                for k in range(1, min(1 if figures else _MOST, n - i) + 1):
                    piece = core[i + k - 1]
                    cost -= joint(core[i + k - 2], piece) if k > 1 else 0.0
                    text += piece.text
                    suits = self.fit(j, head + text + tail)
                    if suits > _NEVER and here + suits + cost > best[i + k][j + 1]:
                        best[i + k][j + 1], back[i + k][j + 1] = here + suits + cost, k
        if best[n][m] <= _NEVER / 2:
            return None
        cells: _Cells = {}
        i = n
        for j in range(m, 0, -1):
            k = back[i][j]
            own = [*heads.get(j - 1, ()), *core[i - k : i], *tails.get(j - 1, ())]
            if own:
                cells[j - 1] = own
            i -= k
        return _Band(cells, best[n][m])

    def band(self, core: Sequence[Piece], above: list[list[Piece]], below: list[list[Piece]]) -> _Band | None:
        """The best band with these lines above and below; None where they cannot stand so."""
        if not above and not below:
            return self.aligned(core, {}, {}, False)
        options: list[tuple[dict[int, list[Piece]], dict[int, list[Piece]]]] = [({}, {})]
        if len(above) == len(below):
            for n, (up, down) in enumerate(zip(reversed(above), below, strict=True), 1):
                options = self._paired(options, up, down)
                options = self._best(core, options, [*above[len(above) - n :], core, *below[:n]])
        elif not above:
            for n, down in enumerate(below, 1):
                options = self._best(core, self._hung(options, down), [core, *below[:n]])
        else:
            return None
        best: _Band | None = None
        for heads, tails in options:
            found = self.aligned(core, heads, tails, False)
            if found is not None:
                found.value -= _LINE * (len(above) + len(below)) + self._ragged(found.cells) + self._unasked(found.cells)
                found.value -= self._hollow(found.cells, core, [*above, core, *below])
                if best is None or found.value > best.value:
                    best = found
        return best

    def _paired(
        self,
        options: list[tuple[dict[int, list[Piece]], dict[int, list[Piece]]]],
        up: list[Piece],
        down: list[Piece],
    ) -> list[tuple[dict[int, list[Piece]], dict[int, list[Piece]]]]:
        """One line more above and below: the same cells reach into both."""
        out = []
        for ups, downs in _matched(up, down):
            for heads, tails in options:
                for chosen in combinations(self.texts, len(ups)):
                    more = {**heads}, {**tails}
                    for j, a, b in zip(chosen, ups, downs, strict=True):
                        more[0][j] = [*a, *heads.get(j, ())]
                        more[1][j] = [*tails.get(j, ()), *b]
                    out.append(more)
        return out

    def _hung(
        self,
        options: list[tuple[dict[int, list[Piece]], dict[int, list[Piece]]]],
        down: list[Piece],
    ) -> list[tuple[dict[int, list[Piece]], dict[int, list[Piece]]]]:
        """One line more below, where cells begin at the top of their row."""
        out = []
        for heads, tails in options:
            for groups in _grouped(down):
                for chosen in combinations(self.texts, len(groups)):
                    more = {**tails}
                    for j, own in zip(chosen, groups, strict=True):
                        more[j] = [*tails.get(j, ()), *own]
                    out.append((heads, more))
        return out

    def _best(
        self,
        core: Sequence[Piece],
        options: list[tuple[dict[int, list[Piece]], dict[int, list[Piece]]]],
        lines: Sequence[Sequence[Piece]],
    ) -> list[tuple[dict[int, list[Piece]], dict[int, list[Piece]]]]:
        """The few options that fit best so far."""
        rated = []
        for n, (heads, tails) in enumerate(options):
            found = self.aligned(core, heads, tails, True)
            if found is not None:
                cost = self._ragged(found.cells) + self._unasked(found.cells) + self._hollow(found.cells, core, lines)
                rated.append((found.value - cost, -n))
        rated.sort(reverse=True)
        return [options[-n] for _, n in rated[:_BEAM]]

    def _hollow(self, cells: _Cells, core: Sequence[Piece], lines: Sequence[Sequence[Piece]]) -> float:
        """What it costs that a cell has lines at the edges of its band and none inside."""
        order = {line[0].line: n for n, line in enumerate(lines)}
        middle = order[core[0].line]
        cost = 0.0
        for own in cells.values():
            away = [abs(order.get(p.line, middle) - middle) for p in own]
            if min(away) > 1:
                cost += _HOLLOW
        return cost

    def _unasked(self, cells: _Cells) -> float:
        """What it costs that a reason is printed where the figures ask for none, or none where they do."""
        reason = next((j for j, c in enumerate(self.columns) if c == "reason"), -1)
        if reason < 0 or not all(j in cells for j in self.anchors):
            return 0.0
        own = {self.columns[j]: "".join(p.text for p in cell) for j, cell in cells.items()}
        rate = own.get("deviation") or own.get("rate", "")
        wanted = rate.strip("-−0.%％") != "" if rate else own.get("score") != own.get("weight")
        if reason in cells:
            return 0.0 if wanted or len(own["reason"]) < 3 else 1.2
        return 0.7 if wanted else 0.0

    def _ragged(self, cells: _Cells) -> float:
        """What it costs that lines of wrapped cells are not full."""
        cost = 0.0
        for own in cells.values():
            runs: list[tuple[int, int]] = []
            line = -1
            for piece in own:
                if piece.line == line:
                    runs[-1] = (runs[-1][0] + piece.width + piece.slack, runs[-1][1])
                else:
                    runs.append((piece.width + piece.slack, piece.first))
                line = piece.line
            if len(runs) > 1:
                widest = max(w for w, _ in runs)
                for (wide, _), (_, start) in zip(runs, runs[1:]):
                    if wide + start <= widest:
                        cost += SHORT + 0.1 * (widest - wide - start)
        return cost

    def bands(self, lines: list[list[Piece]], cores: list[int]) -> tuple[float, list[_Band]] | None:
        """How well the rows fit, and the rows from the top, such that all fit best together."""
        spaces = []
        edges = [-1, *cores, len(lines)]
        for a, b in zip(edges, edges[1:]):
            spaces.append([n for n in range(a + 1, b) if lines[n]])
        known: dict[tuple[int, int, int], _Band | None] = {}

        def band(k: int, up: int, down: int) -> _Band | None:
            """Row ``k`` with its nearest ``up`` lines above and ``down`` lines below."""
            key = (k, up, down)
            if key not in known:
                above = [lines[n] for n in spaces[k][len(spaces[k]) - up :]] if up else []
                below = [lines[n] for n in spaces[k + 1][:down]]
                known[key] = self.band(lines[cores[k]], above, below)
            return known[key]

        count = len(cores)
        # how many of the lines below the last row it took; the rest of them go to the next row or nowhere
        states: dict[int, tuple[float, list[tuple[int, int]]]] = {0: (0.0, [])}
        for k in range(count):
            following: dict[int, tuple[float, list[tuple[int, int]]]] = {}
            for used, (value, path) in states.items():
                free = len(spaces[k]) - used
                for up in range(min(free, _MOST) + 1):
                    lost = SKIP * sum(len(lines[n]) for n in spaces[k][used : len(spaces[k]) - up])
                    for down in {up, 0} if up else range(min(len(spaces[k + 1]), _MOST) + 1):
                        if down > len(spaces[k + 1]):
                            continue
                        found = band(k, up, down)
                        if found is None:
                            continue
                        total = value + lost + found.value - self.base - (_UNEVEN if up != down else 0.0)
                        if down not in following or total > following[down][0]:
                            following[down] = (total, [*path, (up, down)])
            states = following
            if not states:
                return None
        ends = {
            used: (value + SKIP * sum(len(lines[n]) for n in spaces[count][used:]), path)
            for used, (value, path) in states.items()
        }
        value, path = max(ends.values(), key=lambda x: x[0])
        out = []
        for k, (up, down) in enumerate(path):
            found = band(k, up, down)
            if found is None:
                return None
            first = spaces[k][len(spaces[k]) - up] if up else cores[k]
            last = spaces[k + 1][down - 1] if down else cores[k]
            out.append(_Band(found.cells, found.value, first, last))
        return value, out


def _grouped(line: list[Piece]) -> list[list[list[Piece]]]:
    """The ways to see a line as cells: every piece one, or pieces that only a loose blank parts together."""
    every = [[p] for p in line]
    loose: list[list[Piece]] = []
    for n, piece in enumerate(line):
        if n and joint(line[n - 1], piece) < 0.2:
            loose[-1].append(piece)
        else:
            loose.append([piece])
    return [every] if len(loose) == len(every) else [loose, every]


def _matched(up: list[Piece], down: list[Piece]) -> list[tuple[list[list[Piece]], list[list[Piece]]]]:
    """The ways to see two lines as the same number of cells."""
    return [(a, b) for a in _grouped(up) for b in _grouped(down) if len(a) == len(b)]
