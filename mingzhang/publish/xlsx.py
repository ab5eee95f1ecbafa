"""A disclosure as an Excel workbook: a sheet a statement, figures as numbers in their printed format, text as text."""

import re
from collections.abc import Sequence
from pathlib import Path

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from mingzhang.disclosure import Disclosure, Evaluation, Heading, Printed, Statement
from mingzhang.forms import load
from mingzhang.publish import evaluation, flow
from mingzhang.publish.layout import Layout, layouts
from mingzhang.publish.sheet import Box, Sheet

_FORBIDDEN = re.compile(r"[\[\]:*?/\\']")
_WIDE = 8
_TEXT_WIDTH = 96


def write(disclosure: Disclosure, path: str | Path, layout: str | Layout = "ruled") -> None:
    """Write the workbook: running text and tables in printed order, each table on a sheet of its own."""
    chosen = layouts()[layout] if isinstance(layout, str) else layout
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(str(path), options) as book:
        _Workbook(book, chosen).fill(disclosure)


class _Workbook:
    """The open workbook with its formats and the names its sheets have taken."""

    def __init__(self, book: xlsxwriter.Workbook, layout: Layout) -> None:
        self.book, self.layout = book, layout
        self._names: set[str] = set()
        self._formats: dict[tuple[tuple[str, object], ...], Format] = {}

    def fill(self, disclosure: Disclosure) -> None:
        forms = load(disclosure.year)
        text: list[tuple[str, bool]] = [(flow.title(disclosure), True)]
        for part in flow.flow(disclosure):
            if isinstance(part, Heading):
                text.append((part.text, True))
            elif isinstance(part, Statement):
                self._text(text)
                text = []
                self._statement(flow.sheet(part, forms, self.layout))
            elif isinstance(part, Evaluation):
                self._text(text)
                text = []
                self._evaluation(evaluation.table(part, forms))
            else:
                text.append((part.text, False))
        self._text(text)

    def format(self, **look: object) -> Format:
        key = tuple(sorted(look.items()))
        if key not in self._formats:
            self._formats[key] = self.book.add_format(dict(look))
        return self._formats[key]

    def _sheet(self, name: str) -> Worksheet:
        base = _FORBIDDEN.sub(" ", name).strip()[:26] or "表"
        unique, n = base, 2
        while unique.lower() in self._names:
            unique, n = f"{base} {n}", n + 1
        self._names.add(unique.lower())
        sheet = self.book.add_worksheet(unique)
        sheet.set_paper(9)
        return sheet

    def _text(self, lines: Sequence[tuple[str, bool]]) -> None:
        if not lines:
            return
        sheet = self._sheet("说明")
        sheet.set_column(0, 0, _TEXT_WIDTH)
        for r, (line, heading) in enumerate(lines):
            sheet.write_string(r, 0, line, self.format(text_wrap=True, valign="top", bold=heading))

    def _statement(self, made: Sheet) -> None:
        sheet = self._sheet(made.title)
        last = len(made.widths) - 1
        if last >= _WIDE:
            sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        for c, width in enumerate(made.widths):
            sheet.set_column(c, c, width * 2)
        self._over(sheet, 0, last, made.title, self.format(bold=True, font_size=16, align="center"))
        number, whose, unit = flow.facts(made, self.layout)
        at = 1
        if number:
            self._over(sheet, at, last, number, self.format(align="right"))
            at += 1
        sheet.write_string(at, 0, whose)
        if last:
            sheet.write_string(at, last, unit, self.format(align="right"))
        at = self._rows(sheet, at + 1, made.header, True)
        sheet.freeze_panes(at, 0)
        sheet.repeat_rows(at - len(made.header), at - 1)
        at = self._rows(sheet, at, made.body or (tuple(Box() for _ in made.widths),), False)
        for n, note in enumerate(made.notes):
            self._over(sheet, at + n, last, note, self.format(text_wrap=True, valign="top"))

    def _evaluation(self, made: evaluation.Goals) -> None:
        sheet = self._sheet(made.title)
        for c, width in enumerate(made.widths):
            sheet.set_column(c, c, width * 2)
        self._over(sheet, 0, len(made.widths) - 1, made.title, self.format(bold=True, font_size=16, align="center"))
        self._rows(sheet, 1, made.rows, False)

    def _over(self, sheet: Worksheet, row: int, last: int, text: str, look: Format) -> None:
        """A line over the whole width of the table."""
        if last:
            sheet.merge_range(row, 0, row, last, "", look)
        sheet.write_string(row, 0, text, look)

    def _rows(self, sheet: Worksheet, at: int, rows: Sequence[Sequence[Box]], heading: bool) -> int:
        """Set the boxes from row ``at`` on; the row behind them."""
        taken: set[tuple[int, int]] = set()
        for r, row in enumerate(rows, start=at):
            c = 0
            for box in row:
                while (r, c) in taken:
                    c += 1
                look = self._look(box, heading)
                if box.columns > 1 or box.rows > 1:
                    sheet.merge_range(r, c, r + box.rows - 1, c + box.columns - 1, "", look)
                self._write(sheet, r, c, box, look)
                taken |= {(y, x) for y in range(r, r + box.rows) for x in range(c, c + box.columns)}
                c += box.columns
        return at + len(rows)

    def _look(self, box: Box, heading: bool) -> Format:
        shared = {"border": 1, "text_wrap": True, "valign": "vcenter"}
        if box.figure is not None:
            return self.format(**shared, align="right", num_format=number_format(box.figure))
        return self.format(**shared, align="center" if heading else box.align, bold=heading, num_format="@")

    def _write(self, sheet: Worksheet, row: int, column: int, box: Box, look: Format) -> None:
        if box.figure is not None:
            sheet.write_number(row, column, float(box.figure.value), look)
        elif box.text:
            sheet.write_string(row, column, box.text, look)
        else:
            sheet.write_blank(row, column, None, look)


def number_format(figure: Printed) -> str:
    """The number format that shows a figure with its printed digits: ``#,##0.00`` for 1,234.50."""
    whole = "#,##0" if "," in figure.text else "0"
    return whole + ("." + "0" * figure.decimals if figure.decimals else "")
