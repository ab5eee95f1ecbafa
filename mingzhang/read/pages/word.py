"""Word documents (docx) → lines and grids. Deleted and hidden text is not read; automatic numbering is."""

from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from mingzhang.read.block import Block, Line
from mingzhang.read.errors import ReadError
from mingzhang.read.pages.cells import Spot, grid, lines_of
from mingzhang.read.pages.numbering import Numbering
from mingzhang.read.pages.package import Package

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_TEXT, _TAB, _BREAK, _RUN, _HYPHEN = _W + "t", _W + "tab", _W + "br", _W + "r", _W + "noBreakHyphen"
_P, _TABLE, _ROW, _CELL = _W + "p", _W + "tbl", _W + "tr", _W + "tc"
_GONE = {_W + "del", _W + "moveFrom", _W + "instrText", _W + "delText", _W + "txbxContent"}
_THROUGH = {_W + "sdt", _W + "sdtContent", _W + "customXml", _W + "ins", _W + "smartTag"}


def blocks(path: str | Path) -> Iterator[Block]:
    """The paragraphs and tables of a docx file in order. Raises ReadError where it is broken or empty."""
    package = Package(path)
    try:
        root = package.xml("word/document.xml")
        body = root.find(_W + "body") if root is not None else None
        if body is None:
            raise ReadError(str(path), "broken", "Word 文档里没有正文；请用 Word 或 WPS 打开后另存")
        yield from _flow(body, Numbering(package.xml("word/numbering.xml"), package.xml("word/styles.xml")))
    finally:
        package.close()


def _flow(parent: etree._Element, numbering: Numbering) -> Iterator[Block]:
    for child in parent:
        if child.tag == _P:
            text = numbering.mark(child) + _text(child)
            for part in text.split("\n"):
                if part.strip():
                    pieces = tuple(p.strip() for p in part.split("\t"))
                    yield Line(" ".join(part.split()), parts=pieces)
        elif child.tag == _TABLE:
            yield from _table(child, numbering)
        elif child.tag in _THROUGH:
            yield from _flow(child, numbering)


def _text(element: etree._Element) -> str:
    """The visible text of a paragraph, tabs and breaks kept."""
    out: list[str] = []
    for node in element:
        if node.tag in _GONE:
            continue
        if node.tag == _TEXT:
            out.append(node.text or "")
        elif node.tag == _TAB:
            out.append("\t")
        elif node.tag == _BREAK:
            out.append("\n")
        elif node.tag == _HYPHEN:
            out.append("-")
        elif node.tag == _RUN:
            properties = node.find(_W + "rPr")
            vanish = properties.find(_W + "vanish") if properties is not None else None
            if vanish is None or vanish.get(_W + "val") in ("0", "false"):
                out.append(_text(node))
        elif node.tag != _W + "pPr":
            out.append(_text(node))
    return "".join(out)


def _table(table: etree._Element, numbering: Numbering) -> Iterator[Block]:
    spots: list[Spot] = []
    open_spots: dict[int, Spot] = {}
    rows = [r for r in table.iter(_ROW) if _owner(r) is table]
    for r, row in enumerate(rows):
        column = int(_value(row, "trPr/gridBefore") or 0)
        for cell in row.iter(_CELL):
            if _owner(cell) is not table:
                continue
            wide = max(1, int(_value(cell, "tcPr/gridSpan") or 1))
            merge = cell.find(f"{_W}tcPr/{_W}vMerge")
            if merge is not None and merge.get(_W + "val") != "restart" and column in open_spots:
                open_spots[column].rows = r - open_spots[column].row + 1
            else:
                text = "\n".join(numbering.mark(p) + _text(p) for p in cell.iter(_P))
                spot = Spot(r, column, 1, wide, lines_of(text))
                spots.append(spot)
                open_spots.pop(column, None)
                if merge is not None:
                    open_spots[column] = spot
            column += wide
    made = grid(spots)
    if made is not None:
        yield made


def _owner(element: etree._Element) -> etree._Element | None:
    """The table that a row or cell belongs to."""
    parent = element.getparent()
    while parent is not None and parent.tag != _TABLE:
        parent = parent.getparent()
    return parent


def _value(element: etree._Element, path: str) -> str:
    found = element.find("/".join(_W + step for step in path.split("/")))
    value = found.get(_W + "val") if found is not None else None
    return value if value and value.isdigit() else ""
