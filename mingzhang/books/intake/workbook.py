"""An Excel workbook (xlsx) as sheets of cells: digits exactly as stored, no formula computed, no link or entity followed."""

import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO
from xml.parsers.expat import ExpatError

from lxml import etree

from mingzhang.books.intake import worksheet
from mingzhang.books.intake.sheet import Cell, Sheet, Unreadable

MOST_BYTES = 768 << 20
"""Bytes that the parts of one workbook may unpack to."""

RATIO = 400
"""How many times larger than packed a part of more than a megabyte may be (a zip bomb is larger)."""

MOST_SHEETS = 200

_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')
_DATED = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}
_PACKED = b"PK\x03\x04"
_OLD = b"\xd0\xcf\x11\xe0"


def read(path: Path) -> list[Sheet]:
    """Every sheet of the workbook, in order. Raises Unreadable."""
    try:
        with path.open("rb") as file:
            start = file.read(4)
        if start != _PACKED:
            raise Unreadable(path.name, "file_old" if start == _OLD else "file_other" if start else "file_void")
        with zipfile.ZipFile(path) as parts:
            _bounded(path.name, parts)
            return list(_Workbook(path.name, parts).sheets())
    except (zipfile.BadZipFile, zlib.error, etree.XMLSyntaxError, ExpatError, EOFError, OSError) as error:
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
            with self.parts.open(part) as stream:
                rows, merges = worksheet.read(stream, self.name, self.shared, self.dated)
            yield Sheet(name, rows, merges, state in ("hidden", "veryHidden"), epoch)


def _text(item: etree._Element) -> str:
    """The text of a rich string, without phonetic hints."""
    parts = []
    for t in item.iter("{*}t"):
        parent = t.getparent()
        if parent is None or etree.QName(parent).localname != "rPh":
            parts.append(t.text or "")
    return worksheet.clean("".join(parts))
