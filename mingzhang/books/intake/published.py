"""What a published document says, as far as the books can use it: whose it is, its figures in fen, the interval of each."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from mingzhang.books.draft import Draft
from mingzhang.books.intake.fault import ALL, Fault, Rejected
from mingzhang.books.intake.layout import folded
from mingzhang.books.intake.records import Known, Records
from mingzhang.disclosure import Cell, Disclosure, Row, Statement
from mingzhang.forms import Book, load

_PLACES = {"元": 2, "万元": 6, "人民币元": 2, "人民币万元": 6}


@dataclass(frozen=True, slots=True)
class Amount:
    """A printed amount in fen, and the least and greatest that its digits stand for."""

    fen: int
    low: int
    high: int

    def __add__(self, other: "Amount") -> "Amount":
        return Amount(self.fen + other.fen, self.low + other.low, self.high + other.high)

    def __sub__(self, other: "Amount") -> "Amount":
        return Amount(self.fen - other.fen, self.low - other.high, self.high - other.low)

    def allows(self, other: "Amount | int") -> bool:
        """Whether both may stand for the same amount."""
        if isinstance(other, int):
            return self.low <= other <= self.high
        return self.low <= other.high and other.low <= self.high

    @property
    def nothing(self) -> bool:
        """Whether it may be rounding only."""
        return self.low <= 0 <= self.high


NOTHING = Amount(0, 0, 0)


def total(amounts: Iterable[Amount]) -> Amount:
    """Their sum; nothing of none."""
    whole = NOTHING
    for amount in amounts:
        whole += amount
    return whole


@dataclass(frozen=True, slots=True)
class Told:
    """What a document gave: records to enter, and what it does not say (``open``), which the clerk must fill in.

    ``gaps`` are the lines that could not be entered, with what is known of
    them, as rows of the template to be completed.
    """

    records: Records
    open: tuple[Fault, ...] = ()
    gaps: tuple[Draft, ...] = ()


class Paper:
    """A disclosure being read for the books. Raises Rejected where it is not the document asked for."""

    def __init__(self, disclosure: Disclosure, kind: str, year: int) -> None:
        self.disclosure, self.name = disclosure, disclosure.title or (disclosure.sources or ("",))[0]
        if disclosure.kind != kind:
            raise Rejected([self.fault("", "paper_kind", wanted={"budget": "预算", "final": "决算"}[kind])])
        if disclosure.year != year:
            raise Rejected([self.fault("", "paper_year", given=disclosure.year or "？", wanted=year)])
        self.forms: Book = load(year)

    def fault(self, statement: str, reason: str, value: str = "", **figures: object) -> Fault:
        """A fault, or something open, of a statement (empty: of the document)."""
        form = load().by_id.get(statement)
        return Fault(f"{statement} {form.name}" if form else self.name or ALL, 0, "", value, reason, figures)

    def statement(self, id: str) -> Statement | None:
        """A statement that prints figures in a unit of money that is known. Raises Rejected for another unit."""
        found = self.disclosure.statement(id)
        if found is None or found.empty:
            return None
        if found.unit not in _PLACES:
            raise Rejected([self.fault(id, "paper_money", unit=found.unit)])
        return found

    def line(self, id: str, line: str, side: str, column: str, after: str = "") -> Amount | None:
        """The amount of a fixed line of a two-sided statement, nothing where its cell is blank; the first one below the line
        ``after``. None without such a line."""
        statement = self.statement(id)
        below = not after
        for row in statement.rows if statement else ():
            hit = self.forms.by_id[id].line(row.label, side) if row.side in ("", side) else None
            if hit is not None and below and hit.id == line:
                assert statement is not None
                cell = row.get(column)
                return amount(statement, cell) if cell else NOTHING
            below = below or (hit is not None and hit.id == after)
        return None

    def items(self, id: str) -> Iterator[tuple[str, dict[str, Amount]]]:
        """The rows of the last level of a classified statement: code and amounts by column, without those of nothing."""
        statement = self.statement(id)
        last = {"functional": 7, "economic": 5}.get(self.forms.by_id[id].codes, 0)
        for row in statement.rows if statement else ():
            if len(row.code) == last:
                assert statement is not None
                yield row.code, _row(statement, row)

    def projects(self, id: str, known: Known) -> Iterator[tuple[Row, dict[str, Amount]]]:
        """The rows of a statement of projects that are projects: neither totals nor units."""
        names = {folded(u.name) for u in known.units} | {folded(self.disclosure.publisher.name), "合计", "总计", "小计"}
        codes = {u.code for u in known.units}
        if known.department:
            names.add(folded(known.department.name))
            codes.add(known.department.code)
        statement = self.statement(id)
        for row in statement.rows if statement else ():
            if folded(row.label) not in names and row.label and row.code not in codes:
                assert statement is not None
                yield row, _row(statement, row)

    def unit(self, known: Known, unit: str = "") -> str:
        """The code of the unit whose document it is; empty where it is that of a department with several. Raises Rejected."""
        every = {u.code: u for u in known.units}
        own = known.department
        if unit:
            if unit not in every and (own is None or unit != own.code):
                raise Rejected([self.fault("", "unit_unknown", unit)])
            return unit
        publisher = self.disclosure.publisher
        named = [u.code for u in known.units if folded(u.name) == folded(publisher.name)]
        if publisher.unit_code in every:
            return publisher.unit_code
        if len(named) == 1:
            return named[0]
        if own is not None and folded(own.name) == folded(publisher.name):
            return own.code if not every else next(iter(every)) if len(every) == 1 else ""
        raise Rejected([self.fault("", "paper_publisher", publisher.name)])


def amount(statement: Statement, cell: Cell) -> Amount:
    """A cell of a statement in fen."""
    places = _PLACES[statement.unit]
    printed = cell.printed
    fen = int(printed.value.scaleb(places).to_integral_value())
    if printed.decimals >= places:
        return Amount(fen, fen, fen)
    low, high = (Decimal(end).scaleb(places) for end in (printed.low, printed.high))
    return Amount(fen, int(low.to_integral_value(ROUND_CEILING)), int(high.to_integral_value(ROUND_FLOOR)))


def _row(statement: Statement, row: Row) -> dict[str, Amount]:
    amounts = {c.column: amount(statement, c) for c in row.cells}
    return {column: value for column, value in amounts.items() if value.fen}
