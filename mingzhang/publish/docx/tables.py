"""Set rows as Word tables: repeated header rows, merged cells, ruling, and how high each row will be."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from lxml import etree

from mingzhang.publish import evaluation
from mingzhang.publish.docx.elements import POINT, child, element, looks, words
from mingzhang.publish.escape import plain
from mingzhang.publish.layout import Layout
from mingzhang.publish.sheet import Box, width

_INSET = 4.0
"""Between text and the rules at its sides, both together, in points."""


@dataclass(frozen=True, slots=True)
class Made:
    """A table as Word's XML, the heights of its rows in points, and how many of them are repeated on each page."""

    xml: Any
    heights: tuple[float, ...]
    repeated: int


def table(
    header: Sequence[Sequence[Box]],
    body: Sequence[Sequence[Box]],
    widths: Sequence[float],
    title: str,
    room: float,
    layout: Layout,
    bold: frozenset[int] = frozenset(),
) -> Made:
    """A table over ``room`` points; ``bold`` are the body rows that stand out."""
    size = min(layout.size, (room - _INSET * len(widths)) / sum(widths))
    size = max(looks()["page"]["smallest"], int(size * 2) / 2)
    scale = room / sum(widths)
    columns = [round(w * scale * POINT) for w in widths]
    line_height = round(size * looks()["page"]["table_line"], 1)
    made = element("w:tbl")
    made.append(_properties(layout, sum(columns), title))
    grid = child(made, "w:tblGrid")
    for wide in columns:
        child(grid, "w:gridCol", w=wide)
    held: dict[int, Box] = {}
    left: dict[int, int] = {}
    heights = []
    for n, row in enumerate((*header, *body)):
        line = child(made, "w:tr")
        properties = child(line, "w:trPr")
        child(properties, "w:cantSplit")
        if n < len(header):
            child(properties, "w:tblHeader")
        heavy = n < len(header) or n - len(header) in bold
        high = 1.0
        for at, box, going in _placed(row, held, left, len(columns)):
            wide = sum(columns[at : at + box.columns])
            stands_out = heavy or (isinstance(box, evaluation.Label) and box.align == "center")
            _cell(line, box, wide, going, size, line_height, stands_out, layout)
            high = max(high, _lines(box.text, (wide / POINT - _INSET) / size) / box.rows)
        # A little more than the text needs: then the height is the same wherever the document is opened.
        height = math.ceil(high - 0.01) * line_height + layout.row_space * 2 / 3 + 1.0
        child(properties, "w:trHeight", val=round(height * POINT), hRule="atLeast")
        heights.append(round(height * POINT) / POINT)
    return Made(made, tuple(heights), len(header))


def _lines(text: str, room: float) -> int:
    return sum(max(1, math.ceil(width(line) / max(1.0, room) - 0.02)) for line in text.split("\n"))


def _placed(row: Sequence[Box], held: dict[int, Box], left: dict[int, int], wide: int) -> list[tuple[int, Box, bool]]:
    """The boxes of a row with their first column, and whether they only go on from a row above."""
    out: list[tuple[int, Box, bool]] = []
    boxes = iter(row)
    at = 0
    while at < wide:
        if left.get(at):
            left[at] -= 1
            out.append((at, held[at], True))
            at += held[at].columns
            continue
        box = next(boxes, None)
        if box is None:
            break
        if box.rows > 1:
            held[at], left[at] = box, box.rows - 1
        out.append((at, box, False))
        at += box.columns
    return out


def _cell(
    line: Any, box: Box, wide: int, going: bool, size: float, line_height: float, heavy: bool, layout: Layout
) -> None:
    cell = child(line, "w:tc")
    properties = child(cell, "w:tcPr")
    child(properties, "w:tcW", w=wide, type="dxa")
    if box.columns > 1:
        child(properties, "w:gridSpan", val=box.columns)
    if box.rows > 1:
        child(properties, "w:vMerge", **({} if going else {"val": "restart"}))
    child(properties, "w:vAlign", val="top" if layout.vertical == "top" and box.figure else "center")
    for text in [""] if going else plain(box.text).split("\n"):
        paragraph = child(cell, "w:p")
        look = child(paragraph, "w:pPr")
        child(look, "w:pStyle", val="TableText")
        child(look, "w:spacing", line=round(line_height * POINT), lineRule="exact")
        child(look, "w:jc", val=box.align)
        if not text:
            continue
        run = words(paragraph, text)
        letters = element("w:rPr")
        run.insert(0, letters)
        if heavy and box.figure is None:
            child(letters, "w:b")
        child(letters, "w:sz", val=round(size * 2))
        child(letters, "w:szCs", val=round(size * 2))


def _properties(layout: Layout, wide: int, title: str) -> etree._Element:
    properties: etree._Element = element("w:tblPr")
    child(properties, "w:tblW", w=wide, type="dxa")
    child(properties, "w:jc", val="center")
    borders = child(properties, "w:tblBorders")
    for edge, thickness in _edges(layout.ruling):
        child(borders, f"w:{edge}", val="single" if thickness else "nil", sz=thickness, space=0, color="000000")
    child(properties, "w:tblLayout", type="fixed")
    margins = child(properties, "w:tblCellMar")
    up, aside = layout.row_space / 3, _INSET / 2
    for edge, points in (("top", up), ("left", aside), ("bottom", up), ("right", aside)):
        child(margins, f"w:{edge}", w=round(points * POINT), type="dxa")
    child(
        properties, "w:tblLook", val="0420", firstRow="1", lastRow="0", firstColumn="0", lastColumn="0", noHBand="0",
        noVBand="1",
    )  # fmt: skip
    child(properties, "w:tblCaption", val=plain(title))
    return properties


def _edges(ruling: str) -> tuple[tuple[str, int], ...]:
    """Thickness of each edge in eighths of a point."""
    outer = {"full": 8, "frame": 12, "horizontal": 8, "none": 0}[ruling]
    sides = {"full": 8, "frame": 12, "horizontal": 0, "none": 0}[ruling]
    across = {"full": 4, "frame": 0, "horizontal": 4, "none": 0}[ruling]
    down = {"full": 4, "frame": 2, "horizontal": 0, "none": 0}[ruling]
    edges = (("top", outer), ("left", sides), ("bottom", outer), ("right", sides))
    return (*edges, ("insideH", across), ("insideV", down))
