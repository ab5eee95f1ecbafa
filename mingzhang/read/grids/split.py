"""Rows and columns that a ruled table leaves without lines, found by the numbers that stand in them."""

from collections.abc import Sequence
from itertools import groupby, pairwise

from mingzhang.read.grids.lines import Level, levels
from mingzhang.read.grids.pieces import NUMBER, Piece, Row, bands_of, columns_of, row_of, solid
from mingzhang.read.grids.ruled import Mesh
from mingzhang.read.pages.page import Word

_TALL = 2.2  # times the height of its words: a row that can hold several lines


def split(mesh: Mesh, words: Sequence[Word]) -> None:
    """Add to a mesh the rows and columns that its words show and its lines do not."""
    cells = _cells(mesh, words)
    for r in range(mesh.rows - 1, -1, -1):
        cuts = _row_cuts(mesh, cells[r])
        if cuts:
            mesh.cut_row(r, cuts, [list(cell) for cell in cells[r]])
            cells = _cells(mesh, words)
    for c in range(mesh.columns - 1, -1, -1):
        cuts = _column_cuts(mesh, c, [row[c] for row in cells])
        if cuts:
            mesh.cut_column(c, cuts, [row[c] for row in cells])
            cells = _cells(mesh, words)


def _cells(mesh: Mesh, words: Sequence[Word]) -> list[list[list[Word]]]:
    out: list[list[list[Word]]] = [[[] for _ in range(mesh.columns)] for _ in range(mesh.rows)]
    for word in words:
        at = mesh.at((word.x0 + word.x1) / 2, (word.top + word.bottom) / 2)
        if at:
            out[at[0]][at[1]].append(word)
    return out


def _row_cuts(mesh: Mesh, row: Sequence[Sequence[Word]]) -> list[float]:
    """Where a row with numbers one under another in several columns is to be cut."""
    stacks: list[list[float]] = []
    for cell in row:
        lone = [level for level in levels(cell) if all(NUMBER.match(w.text) for w in level)] if len(cell) > 1 else []
        if len(lone) > 1:
            stacks.append([level[0].top + level[0].bottom for level in lone])
    deepest = max(map(len, stacks), default=0)
    tall = sum(len(levels(cell)) >= 3 for cell in row if len(cell) >= 3)
    abreast = any(
        len(a) == len(b) and all(abs(x - y) < 4 for x, y in zip(a, b, strict=True)) for a, b in pairwise(stacks)
    )
    if not (abreast or deepest >= 3 and (len(stacks) > 1 or tall > 1)):
        return []
    column = {id(w): c for c, cell in enumerate(row) for w in cell}
    lines: list[Row] = []
    for level in levels([w for cell in row for w in cell]):
        groups = [list(g) for _, g in groupby(level, key=lambda w: column[id(w)])]
        pieces = [p for group in groups for p in row_of(group).pieces]
        number = any(NUMBER.match(w.text) for w in level)
        lines.append(Row(level, pieces, min(p.top for p in pieces), max(p.bottom for p in pieces), number))
    bands = bands_of(lines, ())
    return [
        (max(r.bottom for r in above) + min(r.top for r in below)) / 2
        for above, below in zip(bands, bands[1:], strict=False)
    ]


def _column_cuts(mesh: Mesh, c: int, column: Sequence[Sequence[Word]]) -> list[float]:
    """Where a column whose cells hold several aligned numbers or a label and a number is to be cut."""
    body: list[Row] = []
    for r, cell in enumerate(column):
        if len(cell) < 2 or not (mesh.upright[r][c] or c == 0) or not (mesh.upright[r][c + 1] or c + 1 == mesh.columns):
            continue
        first: Level = levels(cell)[0]
        row = row_of(first)
        if row.data:
            body.append(row)
    if len(body) < 3:
        return []
    columns = columns_of(body)
    if len(columns) < 2 or not solid(body, columns, True) or not _several(body):
        return []
    return [(a[1] + b[0]) / 2 for a, b in zip(columns, columns[1:], strict=False)]


def _several(body: Sequence[Row]) -> bool:
    """Whether most lines hold nothing but numbers, or a label before them."""

    def sound(pieces: Sequence[Piece]) -> bool:
        return all(p.number for p in pieces[1:])

    return sum(sound(row.pieces) for row in body) >= 0.7 * len(body)
