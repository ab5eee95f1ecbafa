"""Grids from ruled lines: where lines are missing, cells are merged."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence

from mingzhang.read.block import Box, Grid, GridCell
from mingzhang.read.grids.lines import levels
from mingzhang.read.pages.page import Rule, Word

NEAR = 3.0  # points: lines closer than this are one (double lines, boxes drawn for each cell)
OPEN = 6.0  # points: lines that reach this far beyond the last upright have an open side
_MOST = 200_000  # cells of a table
_RULES = 3000  # of a page: the longest

Wall = list[list[bool]]


def meshes(rules: Sequence[Rule]) -> list["Mesh"]:
    """Every connected set of horizontal and vertical rules that encloses cells, from the top."""
    if len(rules) > _RULES:
        rules = sorted(rules, key=lambda r: r.x0 - r.x1 + r.top - r.bottom)[:_RULES]
    across = sorted((r for r in rules if r.top == r.bottom), key=lambda r: r.top)
    down = [r for r in rules if r.x0 == r.x1 and r.top != r.bottom]
    tops = [r.top for r in across]
    parent = list(range(len(across) + len(down)))

    def root(k: int) -> int:
        while parent[k] != k:
            parent[k] = parent[parent[k]]
            k = parent[k]
        return k

    for n, v in enumerate(down, len(across)):
        for k in range(bisect_right(tops, v.top - NEAR), len(across)):
            h = across[k]
            if h.top > v.bottom + NEAR:
                break
            if h.x0 - NEAR <= v.x0 <= h.x1 + NEAR:
                parent[root(k)] = root(n)
    groups: dict[int, tuple[list[Rule], list[Rule]]] = defaultdict(lambda: ([], []))
    for k, h in enumerate(across):
        groups[root(k)][0].append(h)
    for k, v in enumerate(down, len(across)):
        groups[root(k)][1].append(v)
    _adopt(groups)
    found = [Mesh(hs, vs) for hs, vs in groups.values() if len(hs) >= 1 and len(vs) >= 1 and len(hs) + len(vs) >= 3]
    return sorted((m for m in found if m.rows and m.columns), key=lambda m: (m.ys[0], m.xs[0]))


def _adopt(groups: dict[int, tuple[list[Rule], list[Rule]]]) -> None:
    """Give lines that touch no other line to the table they lie in."""
    whole = [(hs, vs) for hs, vs in groups.values() if len(hs) > 1 and len(vs) > 1]
    for hs, vs in [g for g in groups.values() if not (g[0] and g[1])]:
        for rule in (*hs, *vs):
            for others, uprights in whole:
                top, bottom = min(h.top for h in others), max(h.top for h in others)
                left, right = min(v.x0 for v in uprights), max(v.x0 for v in uprights)
                if left <= rule.x0 and rule.x1 <= right and top <= rule.top and rule.bottom <= bottom:
                    (others if rule.top == rule.bottom else uprights).append(rule)
                    break


def snapped(places: list[float]) -> list[float]:
    """Places that lie close together become one."""
    out: list[list[float]] = []
    for at in sorted(places):
        if out and at - out[-1][-1] <= NEAR and at - out[-1][0] <= 2 * NEAR:
            out[-1].append(at)
        else:
            out.append([at])
    return [sum(group) / len(group) for group in out]


class Mesh:
    """Lines of a table: places of the uprights and levels, and which pieces of them are drawn.

    ``upright[r][j]`` says that the line ``xs[j]`` is drawn beside row ``r``,
    ``level[i][c]`` that the line ``ys[i]`` is drawn over column ``c``.
    """

    __slots__ = ("columns", "level", "rows", "upright", "xs", "ys")

    def __init__(self, across: Sequence[Rule], down: Sequence[Rule]) -> None:
        xs, ys = snapped([v.x0 for v in down]), snapped([h.top for h in across])
        for far, at, end in (
            (sorted(h.x0 for h in across), 0, -1),
            (sorted((h.x1 for h in across), reverse=True), len(xs), 1),
        ):
            if len(far) > 1 and end * (far[1] - xs[min(at, len(xs) - 1)]) > OPEN:
                xs.insert(at if end < 0 else len(xs), far[1])
        for reach, end in (
            (sorted(v.top for v in down), -1),
            (sorted((v.bottom for v in down), reverse=True), 1),
        ):
            if len(reach) > 1 and end * (reach[1] - ys[0 if end < 0 else -1]) > OPEN:
                ys.insert(0 if end < 0 else len(ys), reach[1])
        self.xs, self.ys = xs, ys
        self.rows, self.columns = len(ys) - 1, len(xs) - 1
        if self.rows * self.columns > _MOST or self.rows < 1 or self.columns < 1:
            self.rows = self.columns = 0
            return
        self.level = _drawn(((h.top, h.x0, h.x1) for h in across), ys, xs)
        walls = _drawn(((v.x0, v.top, v.bottom) for v in down), xs, ys)
        self.upright = [[walls[j][r] for j in range(len(xs))] for r in range(self.rows)]

    @property
    def box(self) -> Box:
        return (self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])

    def at(self, x: float, y: float) -> tuple[int, int] | None:
        """The row and column of the smallest cell at a place."""
        r, c = bisect_right(self.ys, y) - 1, bisect_right(self.xs, x) - 1
        return (r, c) if 0 <= r < self.rows and 0 <= c < self.columns else None

    def cut_row(self, r: int, at: Sequence[float], cells: Sequence[Sequence[Word]]) -> None:
        """Add lines across a row at these heights, except through words."""
        self.ys[r + 1 : r + 1] = at
        self.level[r + 1 : r + 1] = [
            [not any(w.top + 2 < y < w.bottom - 2 for w in cell) for cell in cells] for y in at
        ]
        self.upright[r:r] = [list(self.upright[r]) for _ in at]
        self.rows += len(at)

    def cut_column(self, c: int, at: Sequence[float], cells: Sequence[Sequence[Word]]) -> None:
        """Add uprights in a column at these places, except through words and merged cells."""
        self.xs[c + 1 : c + 1] = at
        for level in self.level:
            level[c:c] = [level[c]] * len(at)
        for r, upright in enumerate(self.upright):
            closed = (upright[c] or c == 0) and (upright[c + 1] or c + 1 == self.columns)
            upright[c + 1 : c + 1] = [closed and not any(w.x0 + 1 < x < w.x1 - 1 for w in cells[r]) for x in at]
        self.columns += len(at)

    def regions(self) -> list[tuple[int, int, int, int]]:
        """The cells as (row, column, rows, columns), in reading order; what lies outside the drawn shape is left out."""
        out = []
        running: dict[tuple[int, int], list[int]] = {}
        for r in range(self.rows):
            now: dict[tuple[int, int], list[int]] = {}
            c = 0
            while c < self.columns:
                end = c + 1
                while end < self.columns and not self.upright[r][end]:
                    end += 1
                above = running.get((c, end))
                if above is not None and not any(self.level[r][c:end]):
                    above[2] += 1
                    now[c, end] = above
                else:
                    cell = [r, c, 1, end - c]
                    out.append(cell)
                    now[c, end] = cell
                c = end
            running = now
        return [(r, c, rows, columns) for r, c, rows, columns in out if self._enclosed(r, c, rows, columns)]

    def _enclosed(self, r: int, c: int, rows: int, columns: int) -> bool:
        """Whether a cell at the edge is closed there, or no cell of that edge is."""
        if r == 0 and not any(self.level[0][c : c + columns]) and any(self.level[0]):
            return False
        return not (r + rows == self.rows and not any(self.level[-1][c : c + columns]) and any(self.level[-1]))


def _drawn(pieces: object, lines: list[float], bands: list[float]) -> Wall:
    """For each line, over which bands between the cross lines enough of it is drawn."""
    width = len(bands) - 1
    cover = [[0.0] * width for _ in lines]
    for at, lo, hi in pieces:  # type: ignore[attr-defined]
        k = min(range(len(lines)), key=lambda n: abs(lines[n] - at)) if len(lines) < 8 else _nearest(lines, at)
        row = cover[k]
        b = max(0, bisect_right(bands, lo) - 1)
        while b < width and bands[b] < hi:
            row[b] += min(hi, bands[b + 1]) - max(lo, bands[b])
            b += 1
    return [[row[b] >= 0.6 * (bands[b + 1] - bands[b]) - 0.5 for b in range(width)] for row in cover]


def _nearest(lines: list[float], at: float) -> int:
    k = bisect_right(lines, at)
    if k == 0:
        return 0
    if k == len(lines) or at - lines[k - 1] <= lines[k] - at:
        return k - 1
    return k


def fill(mesh: Mesh, words: Sequence[Word], page: int | None) -> tuple[Grid, list[Word]] | None:
    """The grid of a mesh with the words whose centres lie in its cells, and the words that lie in none.

    None where it is a frame or a list of boxes rather than a table: fewer
    than two columns of cells.
    """
    cells = mesh.regions()
    if len(cells) < 2 or mesh.columns < 2 or all(columns == mesh.columns for _, _, _, columns in cells):
        return None
    place = [[-1] * mesh.columns for _ in range(mesh.rows)]
    for k, (r, c, rows, columns) in enumerate(cells):
        for line in place[r : r + rows]:
            line[c : c + columns] = [k] * columns
    held: list[list[Word]] = [[] for _ in cells]
    rest: list[Word] = []
    x0, top, x1, bottom = mesh.box
    for word in words:
        x, y = (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2
        if x0 <= x <= x1 and top <= y <= bottom:
            at = mesh.at(x, y)
            k = place[at[0]][at[1]] if at else -1
            if k >= 0:
                held[k].append(word)
                continue
        rest.append(word)
    if not any(held):
        return None
    made = tuple(
        GridCell(
            r,
            c,
            rows,
            columns,
            tuple(" ".join(w.text for w in level) for level in levels(inside)) if inside else (),
            (mesh.xs[c], mesh.ys[r], mesh.xs[c + columns], mesh.ys[r + rows]),
        )
        for (r, c, rows, columns), inside in zip(cells, held, strict=True)
    )
    return Grid(page, mesh.rows, mesh.columns, made, mesh.box), rest
