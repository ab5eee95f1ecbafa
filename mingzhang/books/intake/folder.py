"""A folder of CSV files (or one of them) as sheets: each file is the sheet of its name."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from mingzhang.books.intake.sheet import Cell, Row, Sheet, Unreadable

MOST_BYTES = 256 << 20
"""Bytes of one file."""

MOST_ROWS, MOST_COLUMNS, MOST_FIELD = 2_000_000, 200, 200_000

_SEEN = 10_000
"""Texts of a file that are remembered, since most of them repeat."""

GUARDED = ("=", "+", "-", "@", "\t", "'")
"""How a text begins that a spreadsheet program would run as a formula; it is written with an apostrophe before it."""


def read(path: Path) -> list[Sheet]:
    """The CSV files of a folder, or the one file. Raises Unreadable."""
    files = sorted(path.glob("*.csv")) + sorted(path.glob("*.CSV")) if path.is_dir() else [path]
    if not files:
        raise Unreadable(path.name, "file_empty")
    return [Sheet(file.stem, tuple(_rows(file))) for file in dict.fromkeys(files)]


def _decoded(file: Path) -> str:
    if file.stat().st_size > MOST_BYTES:
        raise Unreadable(file.name, "file_large", most=f"{MOST_BYTES >> 20} MB")
    data = file.read_bytes()
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        encodings: tuple[str, ...] = ("utf-16",)
    else:
        encodings = ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise Unreadable(file.name, "file_encoding")


def _rows(file: Path) -> Iterator[Row]:
    text = _decoded(file)
    first = text[: text.find("\n")] if "\n" in text else text
    delimiter = max(",\t;", key=first.count)
    limit = csv.field_size_limit(MOST_FIELD)
    seen: dict[str, Cell] = {}
    number = 0
    try:
        for number, fields in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True), 1):
            if number > MOST_ROWS or len(fields) > MOST_COLUMNS:
                raise Unreadable(file.name, "file_large", most=f"{MOST_ROWS:,} × {MOST_COLUMNS}")
            cells = {}
            for n, field in enumerate(fields):
                if field:
                    cell = seen.get(field)
                    if cell is None:
                        cell = _cell(field)
                        if len(seen) < _SEEN:
                            seen[field] = cell
                    if cell.text:
                        cells[n] = cell
            if cells:
                yield Row(number, cells)
    except csv.Error as error:
        raise Unreadable(file.name, "file_csv", row=number + 1, detail=error) from None
    finally:
        csv.field_size_limit(limit)


def _cell(field: str) -> Cell:
    text = field.replace("\r\n", "\n").replace("\r", "\n").strip()
    if text[:1] == "'" and text[1:2] in GUARDED:
        text = text[1:]
    return Cell(text)


def guarded(text: str) -> str:
    """The text as it is written into a CSV file, harmless to a spreadsheet program; ``read`` gives it back."""
    return f"'{text}" if text.startswith(GUARDED) else text
