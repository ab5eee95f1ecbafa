"""Sheets of texts as Excel and CSV files that a clerk fills in, and as they come back."""

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path

import xlsxwriter

from mingzhang.books.intake.folder import guarded
from mingzhang.books.intake.sheet import Unreadable
from mingzhang.books.intake.take import sheets_of
from mingzhang.performance import goalbook

Row = Sequence[str]
_WIDTHS = (18, 22, 30, 16, 12, 40, 14, 30, 10, 12)
_FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))


def read(path: Path) -> dict[str, list[tuple[int, list[str]]]]:
    """The rows of every sheet with their numbers, but for the notes. Raises Unreadable."""
    found = {}
    for sheet in sheets_of(path):
        if not sheet.hidden and sheet.name not in goalbook.words()["notes"]["sheet"]:
            wide = max((n + 1 for row in sheet.rows for n in row.cells), default=0)
            found[sheet.name] = [
                (row.number, [row.cells[n].text if n in row.cells else "" for n in range(wide)]) for row in sheet.rows
            ]
    return found


def write(path: Path, sheets: Mapping[str, Sequence[Row]], heads: Sequence[str], notes: Sequence[str] = ()) -> None:
    """Writes .xlsx (the notes on a sheet of their own, what is empty shaded) or .csv (one sheet). ``heads``: how rows begin
    that are headings.

    Raises Unreadable for another suffix.
    """
    if path.suffix.lower() == ".csv":
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            for rows in sheets.values():
                csv.writer(file).writerows([[guarded(cell) for cell in row] for row in rows])
        return
    if path.suffix.lower() != ".xlsx":
        raise Unreadable(path.name, "file_type")
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False, "strings_to_numbers": False}) as book:
        plain = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@", "border": 1, "border_color": "#c8d0d9"})
        blank = book.add_format({"num_format": "@", "border": 1, "border_color": "#c8d0d9", "bg_color": "#fff8dc", "text_wrap": True})
        head = book.add_format({"bold": True, "bg_color": "#e8eef4", "border": 1, "border_color": "#c8d0d9", "text_wrap": True})
        for name, rows in sheets.items():
            made = book.add_worksheet(name.translate(_FORBIDDEN)[:31].strip() or "1")
            for n, width in enumerate(_WIDTHS):
                made.set_column(n, n, width)
            made.set_landscape()
            made.fit_to_pages(1, 0)
            for r, row in enumerate(rows):
                heading = bool(row) and row[0] in heads
                if len(row) == 2 and not heading:
                    made.merge_range(r, 1, r, 5, row[1], plain if row[1] else blank)
                for c, cell in enumerate(row[:1] if len(row) == 2 and not heading else row):
                    made.write_string(r, c, cell, head if heading else plain if cell else blank)
        if notes:
            made = book.add_worksheet(goalbook.words()["notes"]["sheet"][0])
            made.set_column(0, 0, 110)
            for r, note in enumerate(notes):
                made.write_string(r, 0, note, book.add_format({"text_wrap": True}))
