"""Grids of one table → rows of cells that know what covers them, over page breaks."""

from collections.abc import Sequence
from dataclasses import dataclass

from mingzhang.disclosure import Place
from mingzhang.read.block import Grid, GridCell
from mingzhang.read.evaluations.vocabulary import Header, column_of


@dataclass(frozen=True, slots=True)
class Span:
    """A column of a header: its id and its reach from left to right, in points (or columns where there are none)."""

    id: str
    x0: float
    x1: float

    def holds(self, cell: GridCell) -> bool:
        """Whether the middle of the cell lies in the column, or the middle of the column in the cell."""
        a, b = reach(cell)
        return self.x0 <= (a + b) / 2 <= self.x1 or a <= (self.x0 + self.x1) / 2 <= b


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row of a grid: the cells that begin in it, and all that cover it, from the left."""

    grid: int
    number: int
    page: int | None
    ruled: bool
    own: tuple[GridCell, ...]
    cover: tuple[GridCell, ...]

    @property
    def texts(self) -> list[str]:
        return [c.text for c in self.own if c.text]

    def place(self, file: str) -> Place:
        boxes = [c.box for c in self.own] or [c.box for c in self.cover]
        if not boxes:
            return Place(file, self.page)
        x0, top, x1, bottom = (f(b[k] for b in boxes) for k, f in enumerate((min, min, max, min)))
        return Place(file, self.page, (x0, top, x1, bottom))

    def at(self, span: Span, covering: bool = False) -> str:
        """The text of the row under a column; with ``covering`` also of a cell that began in a row above."""
        cells = self.cover if covering else self.own
        return "".join(c.text for c in cells if c.text and span.holds(c) and not _wider(c, span))

    def cell(self, span: Span) -> GridCell | None:
        """The cell that covers the row under a column."""
        for cell in self.cover:
            if span.holds(cell):
                return cell
        return None


def reach(cell: GridCell) -> tuple[float, float]:
    if cell.box[2] > cell.box[0]:
        return cell.box[0], cell.box[2]
    return float(cell.column), float(cell.column + cell.columns)


def _wider(cell: GridCell, span: Span) -> bool:
    """Whether a cell reaches far beyond a column: it then belongs to a line of another make-up."""
    a, b = reach(cell)
    return b - a > 2.2 * (span.x1 - span.x0) and not (span.x0 <= (a + b) / 2 <= span.x1)


def rows(grids: Sequence[Grid]) -> list[SheetRow]:
    """The rows of all grids in order."""
    out: list[SheetRow] = []
    for n, grid in enumerate(grids):
        own: list[list[GridCell]] = [[] for _ in range(grid.rows)]
        cover: list[list[GridCell]] = [[] for _ in range(grid.rows)]
        for cell in sorted(grid.cells, key=lambda c: c.column):
            own[cell.row].append(cell)
            for r in range(cell.row, min(cell.row + cell.rows, grid.rows)):
                cover[r].append(cell)
        for r in range(grid.rows):
            out.append(SheetRow(n, r, grid.page, grid.ruled, tuple(own[r]), tuple(cover[r])))
    return out


def spans(cells: Sequence[GridCell], header: Header) -> list[Span]:
    """The columns that the cells of a header row name."""
    found = []
    for cell in cells:
        id = column_of(cell.text, header) if cell.text else ""
        if id:
            a, b = reach(cell)
            found.append(Span(id, a, b))
    return found
