"""The template, empty or filled: an Excel workbook with notes and drop-down lists, or a folder of CSV files.

Numbers go to the workbook as decimals, which are written with all their digits; no float is made of them.
"""

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from mingzhang.books.draft import Draft
from mingzhang.books.intake.folder import guarded
from mingzhang.books.intake.guide import guide
from mingzhang.books.intake.layout import Column, SheetForm, Template, template
from mingzhang.books.intake.records import Records
from mingzhang.books.intake.terms import labelled
from mingzhang.codes import LENGTHS, every

LISTS = {"zh": "列表", "en": "Lists"}
ROOM = 5000
"""Rows below the header in which the drop-down lists work."""

_OPTIONS = {
    "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True,
}  # fmt: skip
_AMOUNT, _COUNT, _DATE = "#,##0.00", "0.######", "yyyy-mm-dd"


def write(records: Records, path: Path, lang: str = "zh", of: Template | None = None, example: bool = True) -> None:
    """Writes what ``records`` hold into ``path``: a workbook where it ends in .xlsx, else a folder of CSV files.

    Raises OSError where it cannot be written.
    """
    pages = list(_pages(records, lang, of or template(), example))
    if path.suffix.lower() == ".xlsx":
        _workbook(pages, records, path, lang, of or template())
    else:
        _folder(pages, path, lang)


Page = tuple[SheetForm, list[dict[str, Any]]]
"""A sheet and its rows: values by column id as they are written (int fen for amounts)."""


def _pages(records: Records, lang: str, of: Template, example: bool) -> Iterator[Page]:
    names = {u.code: u.name for u in records.units}
    if records.department:
        names.setdefault(records.department.code, records.department.name)
    show = _Show(of, lang, records.year, names, {p.code: p.name for p in records.projects})
    for form in of.sheets:
        rows: list[dict[str, Any]] = []
        if example and form.example:
            rows.append({"mark": of.word("marks", "example", lang), **_example(form, show)})
        rows += [show.row(form, row) for row in _ROWS[form.record](form, records, lang, of)]
        yield form, rows


class _Show:
    """How values are written into cells."""

    def __init__(
        self, of: Template, lang: str, year: int | None, units: Mapping[str, str], projects: Mapping[str, str]
    ) -> None:
        self.of, self.lang, self.year, self.units, self.projects = of, lang, year, units, projects

    def row(self, form: SheetForm, values: Mapping[str, Any]) -> dict[str, Any]:
        """The row's cells by column id, from values by field; fields that hold nothing are left out."""
        out = {}
        for column in form.columns:
            value = values.get(column.key)
            if value not in (None, ""):
                out[column.id] = self.cell(column, value)
        return out

    def cell(self, column: Column, value: Any) -> Any:
        match column.type:
            case "unit" | "project":
                name = (self.units if column.type == "unit" else self.projects).get(value, "")
                return f"{value} {name}" if name else value
            case "functional" | "economic" | "governmental":
                return labelled(value, column.type, self.year)
            case "choice":
                return self.of.word(column.choice, value, self.lang)
            case "yes":
                return self.of.word("yes", "yes" if value else "no", self.lang)
        return value


def _example(form: SheetForm, show: _Show) -> dict[str, Any]:
    """The example row of a sheet; its units and projects are not those of the records."""
    columns = {c.id: c for c in form.columns}
    plain = _Show(show.of, show.lang, None, {}, {})
    out = {}
    for id, value in (form.example or {}).items():
        if columns[id].type == "date":
            value = f"{show.year or 2024}-{value}"
        out[id] = plain.cell(columns[id], value)
    return out


def _settings(form: SheetForm, records: Records, lang: str, of: Template) -> Iterator[dict[str, Any]]:
    own = records.department
    values = {"year": str(records.year or ""), "money": of.word("money", "yuan", lang)}
    if own:
        values |= {"department_code": own.code, "department_name": own.name, "region_code": own.region_code}
        values |= {"level": own.level, "superior": own.superior, "nature": of.word("natures", own.nature, lang)}
    for id in of.choices["settings"]:
        yield {"setting": id, "content": values.get(id, ""), "guide": guide(lang)["settings"].get(id, "")}
    for line in guide(lang)["lines"]:
        yield {"mark": of.word("marks", "note", lang), "guide": line}


def _units(form: SheetForm, records: Records, lang: str, of: Template) -> Iterator[dict[str, Any]]:
    for u in records.units:
        yield {name: getattr(u, name) for name in u.__slots__}


def _projects(form: SheetForm, records: Records, lang: str, of: Template) -> Iterator[dict[str, Any]]:
    for p in records.projects:
        yield {name: getattr(p, name) for name in p.__slots__ if name != "costing"}


def _costing(form: SheetForm, records: Records, lang: str, of: Template) -> Iterator[dict[str, Any]]:
    for p in records.projects:
        for line in p.costing:
            yield {
                "project": p.code, "name": line.name, "count": line.count, "measure": line.unit, "standard": line.standard,
                "times": line.times, "basis": line.basis,
            }  # fmt: skip


def _entries(form: SheetForm, records: Records, lang: str, of: Template) -> Iterator[dict[str, Any]]:
    for number, draft in enumerate(records.drafts, start=1):
        if draft.kind in form.kinds:
            yield _entry(draft, number)


def _entry(d: Draft, number: int) -> dict[str, Any]:
    line = d.line._asdict()
    line["appropriation"] = None if d.line.appropriation else False
    return line | {
        "date": d.date, "document": d.document, "kind": d.kind, "amount": d.amount, "consent": d.consent, "words": d.words,
        "voucher": d.voucher, "order": number,
    }  # fmt: skip


def _procurement(form: SheetForm, records: Records, lang: str, of: Template) -> Iterator[dict[str, Any]]:
    for p in records.procurement:
        yield {name: getattr(p, name) for name in p.__slots__}


def _counts(form: SheetForm, records: Records, lang: str, of: Template) -> Iterator[dict[str, Any]]:
    for c in records.counts:
        if not c.id.startswith("asset:"):
            yield {"unit": c.unit, "counted": c.id, "number": c.number}


def _assets(form: SheetForm, records: Records, lang: str, of: Template) -> Iterator[dict[str, Any]]:
    for c in records.counts:
        if c.id.startswith("asset:"):
            yield {"unit": c.unit, "counted": c.id.removeprefix("asset:"), "number": c.number}


def _texts(form: SheetForm, records: Records, lang: str, of: Template) -> Iterator[dict[str, Any]]:
    units = {u.code for u in records.units} | ({records.department.code} if records.department else set())
    for kind, texts in (("paragraph", records.paragraphs), ("reason", records.reasons)):
        for key, text in texts.items():
            head, _, unit = key.rpartition("@")
            whole = not head or unit not in units
            yield {"kind": kind, "key": key if whole else head, "unit": "" if whole else unit, "text": text}


_ROWS = {
    "setting": _settings, "unit": _units, "project": _projects, "costing": _costing, "entry": _entries,
    "procurement": _procurement, "count": _counts, "asset": _assets, "text": _texts,
}  # fmt: skip


def yuan(fen: int) -> str:
    """Fen as yuan with two decimals, without separators."""
    whole, rest = divmod(abs(fen), 100)
    return f"{'-' * (fen < 0)}{whole}.{rest:02}"


def _header(column: Column, lang: str) -> str:
    money = {"zh": "（元）", "en": " (yuan)"}[lang] if column.type == "amount" else ""
    return column.name(lang) + money


# CSV


def _folder(pages: Sequence[Page], path: Path, lang: str) -> None:
    path.mkdir(parents=True, exist_ok=True)
    for form, rows in pages:
        with (path / f"{form.name(lang)}.csv").open("w", encoding="utf-8-sig", newline="") as file:
            out = csv.writer(file, lineterminator="\r\n")
            out.writerow([_header(c, lang) for c in form.columns])
            for row in rows:
                out.writerow([_plain(c, row.get(c.id, "")) for c in form.columns])


def _plain(column: Column, value: Any) -> str:
    if column.type == "amount" and isinstance(value, int):
        return yuan(value)
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, int) or column.type == "date":
        return str(value)
    return guarded(str(value))


# XLSX


def _workbook(pages: Sequence[Page], records: Records, path: Path, lang: str, of: Template) -> None:
    with xlsxwriter.Workbook(str(path), _OPTIONS) as book:
        made = _Book(book, records, lang, of)
        for form, rows in pages:
            made.sheet(form, rows)
        made.lists()


class _Book:
    """The open workbook: its formats, and the hidden sheet of what the lists offer."""

    def __init__(self, book: xlsxwriter.Workbook, records: Records, lang: str, of: Template) -> None:
        self.book, self.records, self.lang, self.of = book, records, lang, of
        self.head = book.add_format(
            {"bold": True, "bg_color": "#DCE6F1", "border": 1, "text_wrap": True, "valign": "vcenter"}
        )
        self.must = book.add_format(
            {"bold": True, "bg_color": "#FCE4D6", "border": 1, "text_wrap": True, "valign": "vcenter"}
        )
        self.gray = {"font_color": "#808080", "italic": True}
        self.formats: dict[tuple[str, bool], Format] = {}
        self.offered: dict[str, list[str]] = {}

    def format(self, column: Column, gray: bool) -> Format:
        """How the cells of a column look."""
        looks: dict[str, dict[str, Any]] = {
            "amount": {"num_format": _AMOUNT}, "count": {"num_format": _COUNT}, "whole": {"num_format": "0"},
            "date": {"num_format": _DATE}, "long": {"num_format": "@", "text_wrap": True, "valign": "top"},
            "ignored": {"text_wrap": True, "valign": "top"},
        }  # fmt: skip
        look = looks.get(column.type, {"num_format": "@"})
        key = (column.type, gray)
        if key not in self.formats:
            self.formats[key] = self.book.add_format(look | (self.gray if gray else {}))
        return self.formats[key]

    def sheet(self, form: SheetForm, rows: Sequence[Mapping[str, Any]]) -> None:
        sheet = self.book.add_worksheet(form.name(self.lang))
        sheet.freeze_panes(1, 0)
        sheet.set_row(0, 32)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        for place, column in enumerate(form.columns):
            sheet.set_column(place, place, column.width, self.format(column, False))
            sheet.write_string(0, place, _header(column, self.lang), self.must if column.required else self.head)
            note = column.note_zh if self.lang == "zh" else column.note_en
            sheet.write_comment(0, place, note, {"x_scale": 1.6, "author": "mingzhang"})
            self._validate(sheet, form, column, place, len(rows))
        for number, row in enumerate(rows, start=1):
            gray = "mark" in row
            for place, column in enumerate(form.columns):
                if column.id in row:
                    self._cell(sheet, number, place, column, row[column.id], gray)

    def _cell(self, sheet: Worksheet, row: int, place: int, column: Column, value: Any, gray: bool) -> None:
        look = self.format(column, gray)
        if column.type == "amount" and isinstance(value, int):
            sheet.write_number(row, place, Decimal(value).scaleb(-2), look)
        elif column.type == "date" and not isinstance(value, str):
            sheet.write_datetime(row, place, value, look)
        elif isinstance(value, int | Decimal):
            sheet.write_number(row, place, Decimal(value), look)
        else:
            sheet.write_string(row, place, str(value), look)

    def _validate(self, sheet: Worksheet, form: SheetForm, column: Column, place: int, rows: int) -> None:
        last = max(ROOM, rows + ROOM)
        offered = self._offers(form, column)
        if offered:
            name = f"{form.id}_{column.id}" if column.id == "kind" else column.choice or column.type
            self.offered[name] = offered
            strict = column.type in ("choice", "yes") and not column.open
            rule: dict[str, Any] = {"validate": "list", "source": f"=list_{name}", "ignore_blank": True}
            rule |= {"error_type": "stop" if strict else "information"}
            sheet.data_validation(1, place, last, place, rule)
        elif column.type in ("unit", "project"):
            id = "units" if column.type == "unit" else "projects"
            target = self.of.by_id(id)
            rule = {"validate": "list", "ignore_blank": True, "error_type": "information"}
            rule["source"] = f"='{target.name(self.lang)}'!$B$2:$B$2000"
            sheet.data_validation(1, place, last, place, rule)
        elif column.type == "amount":
            least = -(10**12) if column.signed else 0
            rule = {"validate": "decimal", "criteria": "between", "minimum": least, "maximum": 10**12}
            sheet.data_validation(1, place, last, place, rule | {"error_type": "warning"})

    def _offers(self, form: SheetForm, column: Column) -> list[str]:
        match column.type:
            case "choice":
                ids: Iterable[str] = form.kinds if column.id == "kind" else self.of.choices[column.choice]
                return [self.of.word(column.choice, id, self.lang) for id in ids]
            case "yes":
                return [self.of.word("yes", id, self.lang) for id in ("yes", "no")]
            case "mark":
                return [self.of.word("marks", id, self.lang) for id in self.of.choices["marks"]]
            case "functional" | "economic" | "governmental":
                last = LENGTHS[column.type][-1]
                codes = {c.code: c for c in every(column.type) if len(c.code) == last and c.in_force(self.records.year)}
                return [f"{code} {c.name}" for code, c in sorted(codes.items())]
        return []

    def lists(self) -> None:
        """The hidden sheet that the drop-down lists take their words from."""
        sheet = self.book.add_worksheet(LISTS[self.lang])
        sheet.hide()
        for place, (name, words) in enumerate(self.offered.items()):
            sheet.write_string(0, place, name)
            sheet.write_column(1, place, words)
            letters = xlsxwriter.utility.xl_col_to_name(place, col_abs=True)
            self.book.define_name(f"list_{name}", f"='{LISTS[self.lang]}'!{letters}$2:{letters}${len(words) + 1}")
