"""One worksheet of a workbook: its rows of cells and merged ranges, in one pass over the XML."""

import re
from decimal import Decimal, InvalidOperation
from typing import IO, Any
from xml.parsers import expat

from mingzhang.books.intake.sheet import Cell, Merge, Row, Unreadable

MOST_ROWS, MOST_COLUMNS, MOST_TEXT = 1_048_576, 200, 40_000

_REFERENCE = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_EMPTY = Cell("")
_SPACE = " "


def read(
    stream: IO[bytes], file: str, shared: list[Cell], dated: list[bool]
) -> tuple[tuple[Row, ...], tuple[Merge, ...]]:
    """The rows that hold something and the merged ranges. ``shared`` are the workbook's strings, ``dated`` tells of each
    style whether it shows a date. Raises Unreadable for too many rows, ExpatError and ValueError for broken XML."""
    made = _Reader(file, shared, dated)
    parser = expat.ParserCreate(namespace_separator=_SPACE)
    parser.buffer_text = True
    parser.StartElementHandler = made.start
    parser.EndElementHandler = made.end
    parser.CharacterDataHandler = made.characters
    parser.StartDoctypeDeclHandler = _doctype
    parser.ParseFile(stream)
    return tuple(made.rows), tuple(made.merges)


def _doctype(*_: object) -> None:
    raise ValueError("DOCTYPE")


class _Reader:
    """What was read so far, and the open row and cell."""

    def __init__(self, file: str, shared: list[Cell], dated: list[bool]) -> None:
        self.file, self.shared, self.dated = file, shared, dated
        self.rows: list[Row] = []
        self.merges: list[Merge] = []
        self.number, self.hidden, self.column = 0, False, -1
        self.cells: dict[int, Cell] = {}
        self.given: dict[str, Any] = {}
        self.text: list[str] | None = None
        self.value: str = ""
        self.formula = False
        self.phonetic = 0
        self._locals: dict[str, str] = {}
        self._columns: dict[str, int] = {}

    def start(self, name: str, given: dict[str, str]) -> None:
        local = self._locals.get(name)
        if local is None:
            local = self._locals[name] = name.rpartition(_SPACE)[2]
        if local == "c":
            self.given, self.value, self.formula = given, "", False
        elif local == "v" or (local == "t" and not self.phonetic):
            self.text = []
        elif local == "f":
            self.formula = True
        elif local == "row":
            self.number = int(given.get("r") or self.number + 1)
            if self.number > MOST_ROWS:
                raise Unreadable(self.file, "file_large", most=f"{MOST_ROWS:,} rows")
            self.hidden, self.column, self.cells = given.get("hidden") in ("1", "true"), -1, {}
        elif local == "rPh":
            self.phonetic += 1
        elif local == "mergeCell" and (merge := _range(given.get("ref") or "")):
            self.merges.append(merge)

    def characters(self, text: str) -> None:
        if self.text is not None:
            self.text.append(text)

    def end(self, name: str) -> None:
        local = self._locals.get(name)
        if local == "c":
            self._close()
        elif local in ("v", "t"):
            if self.text is not None:
                self.value += "".join(self.text)
            self.text = None
        elif local == "row":
            if self.cells:
                self.rows.append(Row(self.number, self.cells, self.hidden))
        elif local == "rPh":
            self.phonetic -= 1

    def _close(self) -> None:
        letters = self.given.get("r", "").rstrip("0123456789")
        column = self._columns.get(letters, -1) if letters else self.column + 1
        if column < 0:
            if not _REFERENCE.fullmatch(f"{letters}1"):
                raise ValueError(f"cell {letters!r}")
            column = self._columns[letters] = _number(letters)
        self.column = column
        if column < MOST_COLUMNS and (self.value or self.formula):
            cell = self._cell(self.value, self.given.get("t") or "n")
            if cell.text or cell.kind == "formula":
                self.cells[column] = cell

    def _cell(self, raw: str, kind: str) -> Cell:
        if kind == "s" and raw:
            found = self.shared[int(raw)] if raw.isdigit() else _EMPTY
            return Cell(found.text, "formula") if self.formula else found
        if self.formula:
            return Cell(clean(raw), "formula")
        if kind in ("str", "inlineStr", "d"):
            return Cell(clean(raw))
        if kind in ("b", "e"):
            return Cell(clean(raw), "truth" if kind == "b" else "error")
        style = int(self.given.get("s") or 0)
        return Cell(digits(raw), "dated" if 0 <= style < len(self.dated) and self.dated[style] else "number")


def digits(raw: str) -> str:
    """The number as a person would write it: the shortest digits of the stored double, without exponent.

    Spreadsheets store doubles, with up to 17 digits; what was typed is the
    shortest decimal that gives the same double.
    """
    if len(raw) <= 15 and raw.isdigit():
        return raw
    raw = raw.strip()
    try:
        exact = Decimal(raw)
        if len(exact.as_tuple().digits) > 15:
            exact = Decimal(repr(float(raw)))
    except (InvalidOperation, ValueError):
        return clean(raw)
    if not exact.is_finite() or abs(exact.adjusted()) > 40:
        return clean(raw)
    text = f"{exact:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def clean(text: str) -> str:
    """A text of a cell: escapes (``_x000D_``) undone, line ends as one character, at most ``MOST_TEXT`` characters."""
    if len(text) > MOST_TEXT:
        text = text[:MOST_TEXT]
    if "_x" in text:
        text = _ESCAPED.sub(lambda hit: chr(int(hit.group(1), 16)), text)
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def _number(letters: str) -> int:
    n = 0
    for letter in letters:
        n = n * 26 + ord(letter) - 64
    return n - 1


def _range(reference: str) -> Merge | None:
    ends = [_REFERENCE.fullmatch(end) for end in reference.split(":")]
    if len(ends) != 2 or ends[0] is None or ends[1] is None:
        return None
    (a, b), (c, d) = ends[0].groups(), ends[1].groups()
    return Merge(int(b), _number(a), int(d), _number(c))
