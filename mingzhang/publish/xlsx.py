"""A disclosure as an Excel workbook: an index, a sheet a statement with live totals, performance tables, running text."""

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import groupby
from pathlib import Path

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from mingzhang.disclosure import Disclosure, Evaluation, Heading, Printed, Statement
from mingzhang.forms import load
from mingzhang.publish import evaluation, flow
from mingzhang.publish.escape import plain
from mingzhang.publish.layout import Layout, layouts
from mingzhang.publish.sheet import Box, Sheet, width
from mingzhang.publish.totals import Spot, Total, totals

_FORBIDDEN = re.compile(r"[\[\]:*?/\\']")
_WIDE = 8
_TEXT_WIDTH = 84
_LINE = 15.0
_ARGUMENTS = 200
"""Excel takes 255 arguments of a function."""


def write(disclosure: Disclosure, path: Path | str, layout: Layout | str | None = None) -> Path:
    """Write the workbook, its statements set in the layout (None: ruled); the path is given back.

    A total is a formula over its parts, with its printed value stored beside it; where the printed digits do not
    add up it stays a value with a comment that says by how much.
    """
    chosen = layout if isinstance(layout, Layout) else layouts()[layout or "ruled"]
    options = {
        "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
        "default_format_properties": {"font_name": "宋体", "font_size": 11},
    }  # fmt: skip
    target = Path(path)
    with xlsxwriter.Workbook(str(target), options) as book:
        book.set_properties(
            {"title": plain(flow.title(disclosure))[:255], "author": plain(disclosure.publisher.name)[:255]}
        )
        _Workbook(book, chosen).fill(disclosure)
    return target


class _Workbook:
    """The open workbook with its formats and the names its sheets have taken."""

    def __init__(self, book: xlsxwriter.Workbook, layout: Layout) -> None:
        self.book, self.layout = book, layout
        self.names: dict[str, str] = {}
        self.index: list[tuple[str, str, str, str]] = []
        self._formats: dict[tuple[tuple[str, object], ...], Format] = {}

    def fill(self, disclosure: Disclosure) -> None:
        forms = load(disclosure.year)
        statements = tuple(flow.labelled(s, forms) for s in disclosure.statements)
        disclosure = replace(disclosure, statements=statements)
        sums = totals(disclosure, forms)
        index = self._sheet("目录")
        text: list[tuple[str, bool]] = []
        for part in flow.flow(disclosure):
            if isinstance(part, Heading):
                text.append((flow.shown(part), True))
            elif isinstance(part, Statement):
                self._text(text)
                text = []
                self._statement(flow.sheet(part, forms, self.layout), sums)
            elif isinstance(part, Evaluation):
                self._text(text)
                text = []
                self._evaluation(evaluation.table(part, forms))
            else:
                text.append((part.text, False))
        self._text(text)
        self._index(index, flow.title(disclosure))

    def format(self, **look: object) -> Format:
        key = tuple(sorted(look.items()))
        if key not in self._formats:
            self._formats[key] = self.book.add_format(dict(look))
        return self._formats[key]

    def _sheet(self, name: str) -> Worksheet:
        base = _FORBIDDEN.sub(" ", plain(name)).strip()[:26] or "表"
        unique, n = base, 2
        while unique.lower() in self.names:
            unique, n = f"{base} {n}", n + 1
        self.names[unique.lower()] = unique
        sheet = self.book.add_worksheet(unique)
        sheet.set_paper(9)
        sheet.set_margins(0.6, 0.6, 0.7, 0.7)
        sheet.fit_to_pages(1, 0)
        sheet.center_horizontally()
        sheet.set_footer("&C&P / &N")
        return sheet

    def _index(self, sheet: Worksheet, title: str) -> None:
        """The first sheet: what the workbook holds, each with a link to its sheet."""
        for c, wide in enumerate((6, 56, 14, 12)):
            sheet.set_column(c, c, wide)
        sheet.write_string(0, 0, plain(title), self.format(bold=True, font_size=16))
        head = self.format(bold=True, border=1, align="center", bg_color="#F0F2F4")
        for c, word in enumerate(("序号", "内容", "编号", "金额单位")):
            sheet.write_string(2, c, word, head)
        link = self.format(border=1, font_color="#0B57A4", underline=1)
        plain_cell, middle = self.format(border=1), self.format(border=1, align="center")
        for r, (name, shown, number, unit) in enumerate(self.index, start=3):
            sheet.write_number(r, 0, r - 2, middle)
            sheet.write_url(r, 1, f"internal:'{name}'!A1", link, string=shown[:255])
            sheet.write_string(r, 2, number, plain_cell)
            sheet.write_string(r, 3, unit, middle)

    def _text(self, lines: Sequence[tuple[str, bool]]) -> None:
        if not lines:
            return
        sheet = self._sheet("说明")
        self.index.append((sheet.get_name(), plain(lines[0][0])[:40] if lines[0][1] else "文字说明", "", ""))
        sheet.set_column(0, 0, _TEXT_WIDTH)
        for r, (line, heading) in enumerate(lines):
            look = self.format(text_wrap=True, valign="top", bold=heading, indent=0 if heading else 1)
            sheet.set_row(r, _LINE * max(1, math.ceil(width(line) * 2.1 / _TEXT_WIDTH)) + 3)
            sheet.write_string(r, 0, plain(line), look)

    def _statement(self, made: Sheet, sums: dict[Spot, list[Total]]) -> None:
        sheet = self._sheet(made.title)
        self.index.append((sheet.get_name(), plain(made.title), plain(made.number), plain(made.unit)))
        last = len(made.widths) - 1
        if last >= _WIDE:
            sheet.set_landscape()
        for c, em in enumerate(made.widths):
            sheet.set_column(c, c, em * 2)
        self._over(sheet, 0, last, made.title, self.format(bold=True, font_size=16, align="center"))
        facts = flow.facts(made, self.layout)
        at = 1
        if facts.under:
            self._over(sheet, at, last, facts.under, self.format(align="center"))
            at += 1
        if facts.number:
            self._over(sheet, at, last, facts.number, self.format(align="right"))
            at += 1
        sheet.write_string(at, 0, plain(facts.whose))
        if last:
            sheet.write_string(at, last, plain(facts.unit), self.format(align="right"))
        top = at + 1
        at = self._rows(sheet, top, made.widths, (*flow.unit_row(made, self.layout), *made.header), True)
        sheet.freeze_panes(at, 0)
        sheet.repeat_rows(0, at - 1)
        body = made.body or (tuple(Box() for _ in made.widths),)
        formulas = _formulas(body, at, sums)
        at = self._rows(sheet, at, made.widths, body, False, formulas)
        for spot, total in _misses(body, at - len(body), sums):
            sheet.write_comment(*spot, _said(total), {"author": "明账", "x_scale": 1.6})
        for n, note in enumerate(made.notes):
            self._over(sheet, at + n, last, note, self.format(text_wrap=True, valign="top"))
            sheet.set_row(at + n, _LINE * max(1, math.ceil(width(note) * 1.05 / sum(made.widths))))

    def _evaluation(self, made: evaluation.Goals) -> None:
        sheet = self._sheet(made.title)
        self.index.append((sheet.get_name(), plain(made.title), "", ""))
        if len(made.widths) > _WIDE:
            sheet.set_landscape()
        for c, em in enumerate(made.widths):
            sheet.set_column(c, c, em * 2)
        self._over(sheet, 0, len(made.widths) - 1, made.title, self.format(bold=True, font_size=16, align="center"))
        self._rows(sheet, 1, made.widths, made.rows, False)

    def _over(self, sheet: Worksheet, row: int, last: int, text: str, look: Format) -> None:
        """A line over the whole width of the table."""
        if last:
            sheet.merge_range(row, 0, row, last, "", look)
        sheet.write_string(row, 0, plain(text), look)

    def _rows(
        self,
        sheet: Worksheet,
        at: int,
        widths: Sequence[float],
        rows: Sequence[Sequence[Box]],
        heading: bool,
        formulas: dict[tuple[int, int], str] | None = None,
    ) -> int:
        """Set the boxes from row ``at`` on; the row behind them. Rows are as high as their wrapped text needs."""
        usual = next((number_format(b.figure) for row in rows for b in row if b.figure is not None), "0.00")
        high = [1.0] * len(rows)
        for r, c, box in _placed(rows):
            # A column of two characters an em is a little wider than that em.
            room = max(1.0, sum(widths[c : c + box.columns]) * 1.06)
            lines = sum(max(1, math.ceil(width(line) / room)) for line in box.text.split("\n"))
            for y in range(r, min(r + box.rows, len(rows))):
                high[y] = max(high[y], lines / box.rows)
            look = self._look(box, heading, usual)
            y = r + at
            if box.columns > 1 or box.rows > 1:
                sheet.merge_range(y, c, y + box.rows - 1, c + box.columns - 1, "", look)
            if box.figure is not None and formulas and (y, c) in formulas:
                sheet.write_formula(y, c, formulas[(y, c)], look, Decimal(box.figure.plain))
            elif box.figure is not None:
                sheet.write_number(y, c, box.figure.value, look)
            elif box.text:
                sheet.write_string(y, c, plain(box.text), look)
            else:
                sheet.write_blank(y, c, None, look)
        for r, tall in enumerate(high, start=at):
            sheet.set_row(r, _LINE * min(tall, 26))
        return at + len(rows)

    def _look(self, box: Box, heading: bool, usual: str) -> Format:
        shared = {"border": 1, "text_wrap": True, "valign": "vcenter"}
        if box.row is not None:
            shown = number_format(box.figure) if box.figure is not None else usual
            return self.format(**shared, align="right", num_format=shown)
        head = heading or isinstance(box, evaluation.Label)
        return self.format(**shared, align="center" if heading else box.align, bold=head, num_format="@")


def _placed(rows: Sequence[Sequence[Box]]) -> Iterable[tuple[int, int, Box]]:
    """Every box with its row and first column, beside what spans from above."""
    taken: set[tuple[int, int]] = set()
    for r, row in enumerate(rows):
        c = 0
        for box in row:
            while (r, c) in taken:
                c += 1
            if box.columns > 1 or box.rows > 1:
                taken |= {(y, x) for y in range(r, r + box.rows) for x in range(c, c + box.columns)}
            yield r, c, box
            c += box.columns


def _spots(body: Sequence[Sequence[Box]], at: int) -> dict[Spot, tuple[int, int]]:
    """Where the numbers of a body that begins in row ``at`` stand."""
    return {(id(b.row), b.column): (r + at, c) for r, c, b in _placed(body) if b.row is not None}


def _formulas(body: Sequence[Sequence[Box]], at: int, sums: dict[Spot, list[Total]]) -> dict[tuple[int, int], str]:
    """The formula of every total whose printed digits add up; no formula leads back to itself."""
    spots = _spots(body, at)
    parts: dict[Spot, tuple[Spot, ...]] = {}
    out: dict[tuple[int, int], str] = {}
    for spot, place in spots.items():
        for total in sums.get(spot, ()):
            every = (*total.plus, *total.less)
            if total.off or not total.plus or _reaches(every, spot, parts):
                continue
            plus = [spots[p] for p in total.plus if p in spots]
            less = [spots[p] for p in total.less if p in spots]
            formula = "=" + "+".join(_sum(plus)) + "".join(f"-{s}" for s in _sum(less))
            if len(formula) <= 8000:
                parts[spot] = every
                out[place] = formula
                break
    return out


def _reaches(spots: Iterable[Spot], goal: Spot, parts: dict[Spot, tuple[Spot, ...]]) -> bool:
    seen: set[Spot] = set()
    held = list(spots)
    while held:
        spot = held.pop()
        if spot == goal:
            return True
        if spot not in seen:
            seen.add(spot)
            held += parts.get(spot, ())
    return False


def _sum(places: Sequence[tuple[int, int]]) -> list[str]:
    """SUM over the places, neighbours in a column or a row as one range."""
    down = _ranges(sorted(places, key=lambda p: (p[1], p[0])), 0)
    across = _ranges(sorted(places), 1)
    names = min(down, across, key=len)
    return [f"SUM({','.join(names[n : n + _ARGUMENTS])})" for n in range(0, len(names), _ARGUMENTS)]


def _ranges(places: Sequence[tuple[int, int]], axis: int) -> list[str]:
    """Runs of neighbours along an axis (0: down a column, 1: across a row)."""
    out = []
    for _, run in groupby(enumerate(places), key=lambda p: (p[1][axis] - p[0], p[1][1 - axis])):
        ends = [place for _, place in run]
        names = dict.fromkeys((xl_rowcol_to_cell(*ends[0]), xl_rowcol_to_cell(*ends[-1])))
        out.append(":".join(names))
    return out


def _misses(
    body: Sequence[Sequence[Box]], at: int, sums: dict[Spot, list[Total]]
) -> Iterable[tuple[tuple[int, int], Total]]:
    """The totals whose printed digits miss a sum."""
    for spot, place in _spots(body, at).items():
        for total in sums.get(spot, ()):
            if total.off:
                yield place, total
                break


def _said(total: Total) -> str:
    more = "多" if total.off > 0 else "少"
    return f"{total.words}：印出的数比各部分之和{more} {abs(total.off):f}。为保留印出的数，此处不设公式。"


def number_format(figure: Printed) -> str:
    """The number format that shows a figure with its printed digits: ``#,##0.00`` for 1,234.50."""
    whole = "#,##0" if "," in figure.text else "0"
    return whole + ("." + "0" * figure.decimals if figure.decimals else "")


