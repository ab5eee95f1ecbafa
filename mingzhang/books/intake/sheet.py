"""What stands in a file before it is understood: sheets of rows of cells, each cell as its own text."""

from dataclasses import dataclass
from typing import NamedTuple


class Cell(NamedTuple):
    """One cell: its text without outer white space, and what the file says it is.

    ``kind`` is ``text``, ``number`` (the digits as stored, exact), ``dated``
    (a number whose format shows a date), ``truth``, ``error``, or ``formula``
    (``text`` is then the value stored with it; it is never computed).
    """

    text: str
    kind: str = "text"


class Row(NamedTuple):
    """A row by its number in the file (from 1), its cells by column (from 0), and whether the file hides it."""

    number: int
    cells: dict[int, Cell]
    hidden: bool = False


class Merge(NamedTuple):
    """A merged range: first and last row (from 1), first and last column (from 0)."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of a workbook or one CSV file. ``epoch`` is 1900 or 1904: what serial dates count from."""

    name: str
    rows: tuple[Row, ...]
    merges: tuple[Merge, ...] = ()
    hidden: bool = False
    epoch: int = 1900


class Unreadable(Exception):
    """The file could not be read at all: ``reason`` names the words of ``data/faults.toml``, ``figures`` what they say."""

    def __init__(self, file: str, reason: str, **figures: object) -> None:
        self.file, self.reason, self.figures = file, reason, figures
        super().__init__(self.words())

    def words(self, lang: str = "zh") -> str:
        """The reason as a clerk reads it, in ``zh`` or ``en``."""
        from mingzhang.books.intake.fault import said

        return (
            f"{self.file}：{said(self.reason, lang, self.figures)}"
            if lang == "zh"
            else (f"{self.file}: {said(self.reason, lang, self.figures)}")
        )
