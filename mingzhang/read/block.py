"""What a page holds in reading order: lines of words, and grids of cells."""

from dataclasses import dataclass

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text outside every grid.

    ``text`` keeps single spaces between words; ``parts`` are the pieces that
    wide gaps or tabs set apart (one piece where there are none). ``number``
    is the line of a text file, ``box`` the place on a page.
    """

    text: str
    page: int | None = None
    box: Box | None = None
    number: int | None = None
    parts: tuple[str, ...] = ()
    size: float = 0.0
    starts_page: bool = False


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell of a grid: its first row and column, how many it spans, its lines of text from the top, its box."""

    row: int
    column: int
    rows: int
    columns: int
    lines: tuple[str, ...]
    box: Box

    @property
    def text(self) -> str:
        """The text without white space and line breaks."""
        return "".join("".join(self.lines).split())


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows of cells on one page, from ruled lines or, where there are none, from aligned words (``ruled`` False).

    Without lines each header piece is a cell of its own, and the box of a
    cell is that of its words.
    """

    page: int | None
    rows: int
    columns: int
    cells: tuple[GridCell, ...]
    box: Box
    ruled: bool = True


Block = Line | Grid
