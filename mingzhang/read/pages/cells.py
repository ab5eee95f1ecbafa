"""Rows of texts with spans (Word, Excel, HTML) → a Grid with boxes on an even raster."""

from dataclasses import dataclass

from mingzhang.read.block import Grid, GridCell

WIDE, HIGH = 60.0, 16.0


@dataclass(slots=True)
class Spot:
    """A cell with its lines of text, at a row and column, over so many rows and columns."""

    row: int
    column: int
    rows: int
    columns: int
    lines: tuple[str, ...]


def grid(spots: list[Spot], page: int | None = None, top: float = 0.0) -> Grid | None:
    """The grid of the spots (None where there are none); cells that are missing are filled with empty ones."""
    if not spots:
        return None
    rows = max(s.row + s.rows for s in spots)
    columns = max(s.column + s.columns for s in spots)
    taken = {(r, c) for s in spots for r in range(s.row, s.row + s.rows) for c in range(s.column, s.column + s.columns)}
    filled = spots + [Spot(r, c, 1, 1, ()) for r in range(rows) for c in range(columns) if (r, c) not in taken]
    cells = tuple(
        GridCell(
            s.row,
            s.column,
            s.rows,
            s.columns,
            s.lines,
            (s.column * WIDE, top + s.row * HIGH, (s.column + s.columns) * WIDE, top + (s.row + s.rows) * HIGH),
        )
        for s in sorted(filled, key=lambda s: (s.row, s.column))
    )
    return Grid(page, rows, columns, cells, (0.0, top, columns * WIDE, top + rows * HIGH))


def lines_of(text: str) -> tuple[str, ...]:
    return tuple(t for t in (" ".join(part.split()) for part in text.splitlines()) if t)
