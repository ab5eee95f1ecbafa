"""Grids drawn as text, for tests: one string a row, cells between ``|``; ``<`` continues to the left, ``^`` upwards."""

from collections.abc import Iterator, Sequence

from mingzhang.read.block import Grid, GridCell, Line

WIDE, HIGH = 60.0, 20.0


def spans(table: Sequence[Sequence[str]]) -> Iterator[tuple[int, int, int, int, str]]:
    """Row, column, rows and columns covered, and text of every cell of a drawn table."""
    for r, row in enumerate(table):
        for c, text in enumerate(row):
            if text in ("<", "^"):
                continue
            wide = 1
            while c + wide < len(row) and row[c + wide] == "<":
                wide += 1
            high = 1
            while r + high < len(table) and table[r + high][c] == "^":
                high += 1
            yield r, c, high, wide, text


def grid(drawing: str, page: int = 1, top: float = 100.0) -> Grid:
    rows = [[c.strip() for c in row.strip().strip("|").split("|")] for row in drawing.strip().splitlines()]
    cells = []
    for r, c, high, wide, text in spans(rows):
        box = (c * WIDE, top + r * HIGH, (c + wide) * WIDE, top + (r + high) * HIGH)
        cells.append(GridCell(r, c, high, wide, tuple(text.split("/")) if text else (), box))
    count = max(len(row) for row in rows)
    return Grid(page, len(rows), count, tuple(cells), (0.0, top, count * WIDE, top + len(rows) * HIGH))


def line(text: str, page: int = 1, top: float = 50.0) -> Line:
    return Line(text, page, (0.0, top, 300.0, top + 12))
