"""Looking cells up: each statement with its rows by line, code and total, and what a reference names."""

import re
from dataclasses import dataclass, field

from mingzhang.disclosure import UNDECIDED, Cell, Disclosure, Row, Statement
from mingzhang.figures.interval import Interval
from mingzhang.forms import Book, Form

TOTALS = frozenset({"合计", "总计", "支出合计", "收入合计", "本年支出合计", "本年收入合计"})
_FUNCTION = re.compile(r"2\d\d(?:old)?\Z")
_ORDINAL = re.compile(r"(.+):(\d)\Z")


@dataclass(frozen=True, slots=True)
class Term:
    """One printed number as it stands in a sum: its statement, row and cell, its sign, and its interval in 元."""

    statement: Statement
    row: Row
    cell: Cell
    amount: Interval
    sign: int = 1

    @property
    def name(self) -> str:
        """Code and label of the row, for words."""
        return f"{self.row.code} {self.row.label}".strip() or "合计"


@dataclass(slots=True)
class Sheet:
    """One statement with its form and its rows by line id, by code, and its total rows."""

    statement: Statement
    form: Form | None
    lines: dict[str, list[Row]] = field(default_factory=dict)
    codes: dict[str, list[Row]] = field(default_factory=dict)
    totals: list[Row] = field(default_factory=list)
    undecided: bool = False
    unknown_columns: bool = False
    terms: dict[int, dict[str, Term]] = field(default_factory=dict)

    @property
    def id(self) -> str:
        return self.statement.id

    def cell(self, row: Row, column: str) -> Cell | None:
        term = self.terms[id(row)].get(column)
        return term.cell if term is not None else None

    def term(self, row: Row, column: str, sign: int = 1) -> Term | None:
        """The number of that row and column, or None where nothing is printed."""
        term = self.terms[id(row)].get(column)
        return term if term is None or sign == 1 else Term(term.statement, term.row, term.cell, term.amount, sign)

    def open(self, row: Row, columns: tuple[str, ...]) -> bool:
        """Whether a number of the row that has no certain column could belong to one of ``columns``."""
        loose = (cell for cell in row.cells if cell.column == UNDECIDED)
        return any(not cell.candidates or any(c in cell.candidates for c in columns) for cell in loose)

    def rows(self, name: str, side: str = "") -> list[Row]:
        """The rows that a reference names: a line id (``general``, ``general:2``), a code, 合计, or ``@functions``."""
        if name == "合计":
            return self.totals[:1]
        if name == "@functions":
            found = [r for key, rows in self.lines.items() if _FUNCTION.match(key) for r in rows[:1]]
            return found or [rows[0] for code, rows in self.codes.items() if len(code) == 3]
        ordinal = _ORDINAL.match(name)
        if ordinal:
            every = self._named(ordinal[1], side)
            place = int(ordinal[2])
            return every[place - 1 : place]
        if name[:1].isdigit():
            return self.codes.get(name) or self.lines.get(name, [])[:1] or self._under(name)
        return self._named(name, side)[:1]

    def _under(self, code: str) -> list[Row]:
        """The rows that make up a class which has no row of its own."""
        if len(code) != 3:
            return []
        for length in (5, 7):
            found = [r for c, rows in self.codes.items() if len(c) == length and c.startswith(code) for r in rows]
            if found:
                return found
        return []

    def _named(self, name: str, side: str) -> list[Row]:
        every = self.codes.get(name) if name[:1].isdigit() else None
        every = every or self.lines.get(name, [])
        return [r for r in every if not side or r.side in ("", side)]


def _sheet(statement: Statement, form: Form | None) -> Sheet:
    sheet = Sheet(statement, form)
    fixed = form is not None and form.shape not in ("classified", "projects")
    known = form.by_column if form else {}
    sheet.unknown_columns = any(c not in known for c in statement.columns)
    unit = statement.unit
    for row in statement.rows:
        terms: dict[str, Term] = {}
        for cell in row.cells:
            column = cell.column
            if column == UNDECIDED:
                sheet.undecided = True
            elif column not in terms:
                terms[column] = Term(statement, row, cell, Interval.of(cell.printed, unit))
        sheet.terms[id(row)] = terms
        if row.code:
            sheet.codes.setdefault(row.code, []).append(row)
        elif not fixed and row.label in TOTALS:
            sheet.totals.append(row)
        if form is not None and not row.code and form.lines:
            line = form.line(row.label, row.side)
            if line is not None:
                sheet.lines.setdefault(line.id, []).append(row)
    if fixed and not sheet.totals:
        sheet.totals = [r for r in statement.rows if not r.code and r.label in TOTALS]
    return sheet


class Ledger:
    """Every statement of a disclosure with its form, by id; of several copies the first stands for references."""

    def __init__(self, disclosure: Disclosure, book: Book) -> None:
        self.disclosure = disclosure
        self.book = book
        self.sheets = [_sheet(s, book.by_id.get(s.id)) for s in disclosure.statements]
        self.by_id: dict[str, Sheet] = {}
        for sheet in self.sheets:
            first = self.by_id.get(sheet.id)
            if first is None or (first.statement.empty and not sheet.statement.empty):
                self.by_id[sheet.id] = sheet

    def terms(self, reference: str, sign: int = 1) -> list[Term]:
        """The numbers that ``STATEMENT/ROW/COLUMN`` names; none where nothing is printed."""
        statement, row, column = reference.split("/")
        sheet = self.by_id.get(statement)
        if sheet is None:
            return []
        terms = (sheet.term(r, column, sign) for r in sheet.rows(row, _side(sheet, column)))
        return [t for t in terms if t is not None]


def _side(sheet: Sheet, column: str) -> str:
    found = sheet.form.by_column.get(column) if sheet.form else None
    return found.side if found else ""
