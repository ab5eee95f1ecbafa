"""An Excel workbook (xlsx) as sheets of cells: digits exactly as stored, no formula computed, no link or entity followed."""

import re
import zipfile
import zlib
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import IO

from lxml import etree

from mingzhang.books.intake.sheet import Cell, Merge, Row, Sheet, Unreadable

MOST_BYTES = 768 << 20
"""Bytes that the parts of one workbook may unpack to."""

RATIO = 400
"""How many times larger than packed a part of more than a megabyte may be (a zip bomb is larger)."""

MOST_ROWS, MOST_COLUMNS, MOST_SHEETS, MOST_TEXT = 1_048_576, 200, 200, 40_000

_REFERENCE = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')
_DATED = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}
_OLD = b"\xd0\xcf\x11\xe0"


def read(path: Path) -> list[Sheet]:
    """Every sheet of the workbook, in order. Raises Unreadable."""
    try:
        with path.open("rb") as file:
            if file.read(4) == _OLD:
                raise Unreadable(path.name, "file_old")
        with zipfile.ZipFile(path) as parts:
            _bounded(path.name, parts)
            return list(_Workbook(path.name, parts).sheets())
    except (zipfile.BadZipFile, zlib.error, etree.XMLSyntaxError, EOFError, OSError) as error:
        raise Unreadable(path.name, "file_broken", detail=_brief(error)) from None
    except (ValueError, LookupError, NotImplementedError, RuntimeError, ArithmeticError) as error:
        raise Unreadable(path.name, "file_broken", detail=_brief(error)) from None


def _brief(error: Exception) -> str:
    return " ".join(str(error).split())[:80] or type(error).__name__


def _bounded(name: str, parts: zipfile.ZipFile) -> None:
    infos = parts.infolist()
    if any(i.flag_bits & 1 for i in infos):
        raise Unreadable(name, "file_old")
    bomb = any(i.file_size > (1 << 20) and i.file_size > RATIO * max(1, i.compress_size) for i in infos)
    if bomb or sum(i.file_size for i in infos) > MOST_BYTES:
        raise Unreadable(name, "file_large", most=f"{MOST_BYTES >> 20} MB")


class _Workbook:
    """The parts of an open workbook: its shared strings, its number formats, its sheets."""

    def __init__(self, name: str, parts: zipfile.ZipFile) -> None:
        self.name, self.parts = name, parts
        self.names = {info.filename for info in parts.infolist()}
        self.shared = [Cell(text) for text in self._strings()]
        self.dated = self._formats()

    def _open(self, part: str) -> IO[bytes]:
        with self.parts.open(part) as start:
            if b"<!DOCTYPE" in start.read(2048):
                raise ValueError("DOCTYPE")
        return self.parts.open(part)

    def _elements(self, part: str, *tags: str) -> Iterator[etree._Element]:
        """The elements of a part as they end, without those before them in memory."""
        with self._open(part) as stream:
            wanted = [f"{{*}}{tag}" for tag in tags]
            for _, element in etree.iterparse(
                stream, tag=wanted, resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True
            ):
                yield element
                element.clear()
                while element.getprevious() is not None:
                    del element.getparent()[0]

    def _strings(self) -> Iterator[str]:
        if "xl/sharedStrings.xml" in self.names:
            for item in self._elements("xl/sharedStrings.xml", "si"):
                yield _text(item)

    def _formats(self) -> list[bool]:
        """Of each cell style whether it shows a number as a date."""
        if "xl/styles.xml" not in self.names:
            return []
        with self._open("xl/styles.xml") as stream:
            parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
            root = etree.parse(stream, parser).getroot()
        own = {
            int(f.get("numFmtId") or 0): bool(re.search("[ymdYMD]", _QUOTED.sub("", f.get("formatCode") or "")))
            for f in root.iterfind(".//{*}numFmt")
        }
        styles = root.find("{*}cellXfs")
        ids = [int(style.get("numFmtId") or 0) for style in (styles if styles is not None else ())]
        return [own.get(id, id in _DATED) for id in ids]

    def sheets(self) -> Iterator[Sheet]:
        links = {}
        for link in self._elements("xl/_rels/workbook.xml.rels", "Relationship"):
            links[link.get("Id")] = link.get("Target") or ""
        epoch, listed = 1900, []
        for element in self._elements("xl/workbook.xml", "workbookPr", "sheet"):
            if etree.QName(element).localname == "workbookPr":
                epoch = 1904 if element.get("date1904") in ("1", "true") else 1900
                continue
            id = next((value for key, value in element.attrib.items() if key.endswith("}id")), "")
            listed.append((element.get("name") or "", element.get("state") or "", links.get(id, "").lstrip("/")))
        if not listed or len(listed) > MOST_SHEETS:
            raise ValueError(f"{len(listed)} sheets")
        for name, state, target in listed:
            part = target if target.startswith("xl/") else f"xl/{target}"
            if "chartsheet" in part or "dialogsheet" in part:
                continue
            rows, merges = self._rows(part)
            yield Sheet(name, rows, merges, state in ("hidden", "veryHidden"), epoch)

    def _rows(self, part: str) -> tuple[tuple[Row, ...], tuple[Merge, ...]]:
        rows: list[Row] = []
        merges: list[Merge] = []
        number = 0
        for element in self._elements(part, "row", "mergeCell"):
            if etree.QName(element).localname == "mergeCell":
                if merge := _range(element.get("ref") or ""):
                    merges.append(merge)
                continue
            number = int(element.get("r") or number + 1)
            if number > MOST_ROWS:
                raise Unreadable(self.name, "file_large", most=f"{MOST_ROWS:,} rows")
            cells = dict(self._cells(element))
            if cells:
                rows.append(Row(number, cells, element.get("hidden") in ("1", "true")))
        return tuple(rows), tuple(merges)

    def _cells(self, row: etree._Element) -> Iterator[tuple[int, Cell]]:
        column = -1
        for element in row:
            hit = _REFERENCE.fullmatch(element.get("r") or "")
            column = _number(hit.group(1)) if hit else column + 1
            if column >= MOST_COLUMNS:
                return
            cell = self._cell(element)
            if cell.text or cell.kind == "formula":
                yield column, cell

    def _cell(self, element: etree._Element) -> Cell:
        kind = element.get("t") or "n"
        raw = formula = None
        for part in element:
            tag = part.tag
            if not isinstance(tag, str):
                continue
            if tag.endswith("}v"):
                raw = part.text
            elif tag.endswith("}f"):
                formula = True
            elif tag.endswith("}is"):
                raw = _text(part)
        if formula:
            stored = self.shared[int(raw)].text if kind == "s" and raw else (raw or "")
            return Cell(stored, "formula")
        if not raw:
            return _EMPTY
        if kind == "s":
            return self.shared[int(raw)]
        if kind in ("str", "inlineStr", "d"):
            return Cell(_clean(raw))
        if kind in ("b", "e"):
            return Cell(raw, "truth" if kind == "b" else "error")
        style = int(element.get("s") or 0)
        return Cell(_digits(raw), "dated" if style < len(self.dated) and self.dated[style] else "number")


_EMPTY = Cell("")


def _digits(raw: str) -> str:
    """The number as a person would write it: the shortest digits of the stored double, without exponent.

    Spreadsheets store doubles, with up to 17 digits; what was typed is the
    shortest decimal that gives the same double.
    """
    raw = raw.strip()
    try:
        exact = Decimal(raw)
        if len(exact.as_tuple().digits) > 15:
            exact = Decimal(repr(float(raw)))
    except (InvalidOperation, ValueError):
        return raw
    if not exact.is_finite() or abs(exact.adjusted()) > 40:
        return raw
    text = f"{exact:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _text(item: etree._Element) -> str:
    """The text of a rich string, without phonetic hints."""
    parts = []
    for t in item.iter("{*}t"):
        parent = t.getparent()
        if parent is None or etree.QName(parent).localname != "rPh":
            parts.append(t.text or "")
    return _clean("".join(parts))


def _clean(text: str) -> str:
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
