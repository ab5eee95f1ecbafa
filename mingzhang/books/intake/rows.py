"""A sheet's rows as values by column, and everything that is wrong with them."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from mingzhang.books.intake import terms, values
from mingzhang.books.intake.fault import Fault
from mingzhang.books.intake.layout import Column, SheetForm, Template
from mingzhang.books.intake.sheet import Cell, Row, Sheet
from mingzhang.books.intake.terms import Named
from mingzhang.books.intake.values import Wrong
from mingzhang.books.refusal import yuan

HEADER_WITHIN = 20
"""Rows among which the header must stand."""

_MONEY = re.compile(r"(?:金额)?单位[:：]\s*(人民币)?\s*(\S+)")
_LISTED = 12


@dataclass
class Context:
    """What cells are understood by: the template, the year, the units and projects, the unit of money that the file sets."""

    template: Template
    year: int | None
    units: Named
    projects: Named
    money: str = ""
    lang: str = "zh"

    def word(self, column: Column, text: str, form: SheetForm) -> Any:
        """What a word of a cell names. Raises Wrong."""
        match column.type:
            case "unit":
                return self.units.code(text)
            case "project":
                return self.projects.code(text)
            case "functional" | "economic" | "governmental":
                return terms.coded(text, column.type, self.year)
            case "yes":
                id = self.template.id("yes", text)
                if not id:
                    raise Wrong("yes")
                return id == "yes"
        if column.open and not self.template.id(column.choice, text):
            return values.words(Cell(text), 180)
        allowed = form.kinds if column.id == "kind" else ()
        return terms.chosen(text, column.choice, self.template, self.lang, allowed)


@dataclass
class Found:
    """What a sheet gave: (row, values by field) of each sound row, the faults, hidden and example rows; ``names`` by code of
    all rows, also of those with a fault, so that nothing that names them is blamed for it."""

    form: SheetForm
    name: str
    rows: list[tuple[int, dict[str, Any]]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    hidden: list[int] = field(default_factory=list)
    examples: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)


def take(sheet: Sheet, form: SheetForm, context: Context) -> Found:
    """The rows of a sheet that could be read, and what is wrong with the others. Rows with a fault are not among them."""
    found = Found(form, sheet.name)
    header = _header(sheet, form)
    if header is None:
        wanted = "、".join(c.name(context.lang) for c in form.columns if c.required)
        found.faults.append(Fault(sheet.name, 0, "", "", "header_missing", {"rows": HEADER_WITHIN, "wanted": wanted}))
        return found
    columns = _columns(sheet, form, header, found)
    for merge in sheet.merges:
        if merge.bottom >= header.number and merge.left <= max(header.cells):
            at = f"{_letters(merge.left)}{merge.top}:{_letters(merge.right)}{merge.bottom}"
            found.faults.append(Fault(sheet.name, merge.top, "", "", "merged", {"range": at}))
    money = _money(sheet, header, columns, found, context)
    incomplete = any(f.reason in ("column_missing", "money_unknown", "money_other") for f in found.faults)
    _Rows(sheet, form, context, columns, money, found).read(header.number)
    if incomplete:
        found.rows.clear()
    return found


def _header(sheet: Sheet, form: SheetForm) -> Row | None:
    """The row that names the most columns; at least two."""
    best, most = None, 1
    for row in sheet.rows:
        if row.number > HEADER_WITHIN:
            break
        named = len({hit[0].id for cell in row.cells.values() if (hit := form.column(cell.text))})
        if named > most:
            best, most = row, named
    return best


def _columns(sheet: Sheet, form: SheetForm, header: Row, found: Found) -> dict[int, tuple[Column, str, str]]:
    """By place: the column, its unit of money, its header word; what does not fit is a fault."""
    columns: dict[int, tuple[Column, str, str]] = {}
    taken: set[str] = set()
    twice: set[int] = set()
    unknown = dict(header.cells)
    for place, cell in header.cells.items():
        hit = form.column(cell.text)
        if hit is None:
            continue
        del unknown[place]
        if hit[0].id in taken:
            found.faults.append(Fault(sheet.name, header.number, cell.text, cell.text, "column_twice"))
            twice.add(place)
            continue
        taken.add(hit[0].id)
        columns[place] = (hit[0], hit[1], cell.text)
        found.headers[hit[0].key] = cell.text
    for column in form.columns:
        if column.required and column.id not in taken:
            figures = {"column": column.zh}
            found.faults.append(Fault(sheet.name, header.number, "", "", "column_missing", figures))
    filled: dict[int, int] = {}
    for row in sheet.rows:
        if row.number > header.number:
            for place in row.cells:
                if place not in columns and place not in twice:
                    filled.setdefault(place, row.number)
    for place, number in sorted(filled.items()):
        name = unknown[place].text if place in unknown else _letters(place)
        value = next(r for r in sheet.rows if r.number == number).cells[place].text
        found.faults.append(Fault(sheet.name, number, name, value, "column_unknown"))
    return columns


def _money(
    sheet: Sheet, header: Row, columns: dict[int, tuple[Column, str, str]], found: Found, context: Context
) -> dict[int, str]:
    """The unit of each column of amounts: its header's, else the sheet's (单位：万元 above the header), else the file's."""
    own = context.money
    for row in sheet.rows:
        if row.number >= header.number:
            break
        for cell in row.cells.values():
            if hit := _MONEY.search(cell.text):
                own = context.template.id("money", hit.group(2)) or own
    units = {}
    for place, (column, given, name) in columns.items():
        if column.type != "amount":
            continue
        unit = context.template.id("money", given) if given else own
        if not unit:
            reason = "money_other" if given else "money_unknown"
            figures = {"unit": given, "column": column.zh}
            found.faults.append(Fault(sheet.name, header.number, name, name, reason, figures))
        units[place] = unit
    return units


@dataclass
class _Rows:
    sheet: Sheet
    form: SheetForm
    context: Context
    columns: dict[int, tuple[Column, str, str]]
    money: dict[int, str]
    found: Found

    def read(self, header: int) -> None:
        readers = [
            (place, column.key, column.required, read)
            for place, (column, _, _) in self.columns.items()
            if (read := self._reader(column, place)) is not None
        ]
        sums = dict.fromkeys(self.money, 0)
        sound = dict.fromkeys(self.money, True)
        for row in self.sheet.rows:
            if row.number <= header or not any(place in row.cells for place in self.columns):
                continue
            if row.hidden:
                self.found.hidden.append(row.number)
            mark = self._mark(row)
            if mark in ("example", "note"):
                self.found.examples += 1
            elif mark == "total":
                self._total(row, sums, sound)
            elif mark is not None:
                before = len(self.found.faults)
                values = self._values(row, readers)
                if "code" in values:
                    self.found.names[values["code"]] = values.get("name", "")
                if len(self.found.faults) == before:
                    self.found.rows.append((row.number, values))
                for place in self.money:
                    value = values.get(self.columns[place][0].key)
                    sums[place] += value or 0
                    sound[place] = sound[place] and (value is not None or place not in row.cells)

    def _fault(self, row: int, place: int, cell: Cell, reason: str, figures: dict[str, Any] | None = None) -> None:
        self.found.faults.append(Fault(self.sheet.name, row, self.columns[place][2], cell.text, reason, figures or {}))

    def _mark(self, row: Row) -> str | None:
        """Empty for a row as any other; None for a mark that is not known."""
        for place, (column, _, _) in self.columns.items():
            if column.type == "mark" and place in row.cells:
                cell = row.cells[place]
                id = self.context.template.id("marks", cell.text)
                if not id or cell.kind == "formula":
                    self._fault(row.number, place, cell, "mark" if cell.kind != "formula" else "formula")
                    return None
                return id
        return ""

    def _values(self, row: Row, readers: list[tuple[int, str, bool, Callable[[Cell], Any]]]) -> dict[str, Any]:
        out: dict[str, Any] = {}
        cells = row.cells
        for place, key, required, read in readers:
            cell = cells.get(place)
            if cell is None:
                if required:
                    self._fault(row.number, place, Cell(""), "empty")
            elif cell.kind in ("formula", "error"):
                self._fault(row.number, place, cell, cell.kind)
            else:
                try:
                    out[key] = read(cell)
                except Wrong as wrong:
                    self._fault(row.number, place, cell, wrong.reason, wrong.figures)
        return out

    def _reader(self, column: Column, place: int) -> Callable[[Cell], Any] | None:
        """How the cells of a column are read; None for one that is not."""
        match column.type:
            case "mark" | "ignored":
                return None
            case "amount":
                money = self.money[place]
                if not money:
                    return None
                return lambda cell: values.amount(cell, money, signed=column.signed, zero=column.zero)
            case "count":
                return values.count
            case "whole":
                return values.whole
            case "date":
                return self._day
            case "text" | "long":
                return lambda cell: values.words(cell, column.most, column.type == "long")
        return self._naming(column)

    def _day(self, cell: Cell) -> Any:
        found = values.day(cell, self.sheet.epoch)
        if self.context.year is not None and found.year != self.context.year:
            raise Wrong("date_year", year=self.context.year, value=found.isoformat())
        return found

    def _naming(self, column: Column) -> Callable[[Cell], Any]:
        """Reads the cells of a column of words; each word is looked up once."""
        found: dict[str, Any] = {}

        def read(cell: Cell) -> Any:
            if cell.kind == "dated":
                raise Wrong("date_for_text")
            if cell.text not in found:
                found[cell.text] = self.context.word(column, cell.text, self.form)
            return found[cell.text]

        return read

    def _total(self, row: Row, sums: dict[int, int], sound: dict[int, bool]) -> None:
        for place, unit in self.money.items():
            cell = row.cells.get(place)
            if cell is None or not unit:
                continue
            if cell.kind in ("formula", "error"):
                self._fault(row.number, place, cell, cell.kind)
                continue
            try:
                total = values.amount(cell, unit, signed=True, zero=True)
            except Wrong as wrong:
                self._fault(row.number, place, cell, wrong.reason, wrong.figures)
                continue
            if sound[place] and total != sums[place]:
                figures = {"value": yuan(total), "sum": yuan(sums[place]), "difference": yuan(abs(total - sums[place]))}
                self._fault(row.number, place, cell, "total", figures)


def _letters(column: int) -> str:
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def listed(numbers: list[int]) -> str:
    """Row numbers as they are told, the first dozen."""
    return "、".join(map(str, numbers[:_LISTED])) + ("…" if len(numbers) > _LISTED else "")


def repeated(found: Found, *fields: str) -> Iterator[Fault]:
    """A fault for each row whose fields together stand in an earlier row."""
    seen: dict[tuple[Any, ...], int] = {}
    for number, values_ in found.rows:
        key = tuple(values_.get(f) for f in fields)
        if key in seen:
            shown = " ".join(str(k) for k in key if k)
            yield Fault(found.name, number, found.headers.get(fields[-1], ""), shown, "duplicate", {"other": seen[key]})
        seen.setdefault(key, number)
