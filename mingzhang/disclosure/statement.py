"""A statement (表): its rows, and the figures printed in them."""

from collections.abc import Iterator
from dataclasses import dataclass

from mingzhang.disclosure.place import Place
from mingzhang.disclosure.printed import Printed

UNDECIDED = "?"


@dataclass(frozen=True, slots=True)
class Cell:
    """One printed number in its column.

    ``column`` is a column id of the form, or ``?`` where it could not be
    decided; then ``candidates`` names the columns it may stand in.
    ``placed`` says how the column was found: empty where the page shows it,
    else the ids of the identities and evidence that were used; such an
    identity is never counted as passed.
    """

    column: str
    printed: Printed
    place: Place | None = None
    placed: tuple[str, ...] = ()
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """One printed row (or one side of one): code as digits, label without numbering and white space.

    ``printed_label`` keeps the numbering (``一、``, ``其中：``); ``line`` is
    the printed row number (行次), ``block`` the copy or second code the row
    belongs to. A row without figures is kept: that it is empty is a fact.
    """

    code: str = ""
    label: str = ""
    side: str = ""
    block: str = ""
    printed_label: str = ""
    line: int | None = None
    cells: tuple[Cell, ...] = ()
    place: Place | None = None

    def get(self, column: str) -> Cell | None:
        for cell in self.cells:
            if cell.column == column:
                return cell
        return None


@dataclass(frozen=True, slots=True)
class Note:
    """A line printed under or beside a statement (注, 说明)."""

    text: str
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement of a disclosure.

    ``id`` is that of the open form (F01 … B13, X1 …); ``unit`` as declared
    (万元, 元); ``columns`` the column ids the header shows, in printed order;
    ``headers`` the printed header of each; ``unknown_columns`` are those of
    ``columns`` that the form does not describe.
    """

    id: str
    title: str = ""
    number: str = ""
    unit: str = ""
    publisher: str = ""
    year: int | None = None
    columns: tuple[str, ...] = ()
    headers: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    notes: tuple[Note, ...] = ()
    place: Place | None = None

    def cells(self) -> Iterator[tuple[Row, Cell]]:
        """Every number of the statement with its row, in printed order."""
        for row in self.rows:
            for cell in row.cells:
                yield row, cell

    @property
    def empty(self) -> bool:
        """Whether no number is printed in it."""
        return not any(row.cells for row in self.rows)
