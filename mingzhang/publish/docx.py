"""A disclosure as a Word document: headings, running text, statements and performance tables as real Word tables."""

import tomllib
from collections.abc import Sequence
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Any

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.styles.style import ParagraphStyle
from lxml import etree

from mingzhang.disclosure import Disclosure, Evaluation, Heading, Statement
from mingzhang.forms import Book, load
from mingzhang.publish import evaluation, flow
from mingzhang.publish.escape import plain
from mingzhang.publish.layout import Layout, layouts
from mingzhang.publish.sheet import Box

_POINT = 20
"""Twentieths of a point, in which Word counts."""


@lru_cache(maxsize=1)
def _looks() -> dict[str, Any]:
    return tomllib.loads((resources.files("mingzhang.publish") / "docx.toml").read_text("utf-8"))


def write(disclosure: Disclosure, path: Path | str, layout: Layout | str | None = None) -> Path:
    """Write the disclosure as docx with its statements set in the layout (None: ruled); the path is given back.

    Where pages break is left to Word: ``rows_on_page``, ``total_alone``, ``continuation`` and ``turned`` of the
    layout do not apply; header rows repeat, statements of more than eight columns stand on landscape pages.
    """
    chosen = layouts()[layout or "ruled"] if not isinstance(layout, Layout) else layout
    document = Document()
    _styles(document)
    _properties(document, disclosure)
    writer = _Writer(document, chosen, load(disclosure.year))
    writer.paragraph(flow.title(disclosure), "Title")
    for part in flow.flow(disclosure):
        if isinstance(part, Heading):
            writer.text_page()
            writer.paragraph(part.text, f"Heading {min(max(part.depth, 1), 6)}")
        elif isinstance(part, Statement):
            writer.statement(part)
        elif isinstance(part, Evaluation):
            writer.evaluation(part)
        else:
            writer.text_page()
            writer.paragraph(part.text, "正文段落")
    target = Path(path)
    document.save(str(target))
    return target


class _Writer:
    """A Word document in the making; ``page`` is what its last section is for: text, upright or across."""

    def __init__(self, document: WordDocument, layout: Layout, book: Book) -> None:
        self.document, self.layout, self.book = document, layout, book
        self.page = "text"
        section = document.sections[0]
        _paper(section, "text")
        if layout.page_number:
            _footer(section, layout.page_number)

    def text_page(self) -> None:
        self.turn("text")

    def turn(self, page: str) -> None:
        """The following stands on pages of that kind: a new section where the last one is of another kind."""
        if page != self.page:
            _paper(self.document.add_section(WD_SECTION.NEW_PAGE), page)
            self.page = page

    def paragraph(self, text: str, style: str) -> Any:
        return self.document.add_paragraph(plain(text), style)

    def statement(self, statement: Statement) -> None:
        made = flow.sheet(statement, self.book, self.layout)
        wide = len(made.widths) > _looks()["page"]["widest"] or self.layout.orientation == "landscape"
        self.turn("across" if wide else "upright")
        self.paragraph(made.title, "表标题")
        facts = flow.facts(made, self.layout)
        if facts.under:
            self.paragraph(facts.under, "表头信息").alignment = WD_ALIGN_PARAGRAPH.CENTER
        if facts.number:
            self.paragraph(facts.number, "表头信息").alignment = WD_ALIGN_PARAGRAPH.RIGHT
        if facts.whose and facts.unit:
            line = self.paragraph(f"{facts.whose}\t{facts.unit}", "表头信息")
            line.paragraph_format.tab_stops.add_tab_stop(Pt(self._room()), WD_TAB_ALIGNMENT.RIGHT)
        elif facts.unit:
            self.paragraph(facts.unit, "表头信息").alignment = WD_ALIGN_PARAGRAPH.RIGHT
        elif facts.whose:
            self.paragraph(facts.whose, "表头信息")
        header = (*flow.unit_row(made, self.layout), *made.header)
        body = made.body or (tuple(Box() for _ in made.widths),)
        self._table(header, body, made.widths, made.title, made.totals)
        for note in made.notes:
            self.paragraph(note, "表注")

    def evaluation(self, evaluated: Evaluation) -> None:
        made = evaluation.table(evaluated, self.book)
        self.turn("across" if len(made.widths) > _looks()["page"]["widest"] else "upright")
        self.paragraph(made.title, "附表标题")
        labels = frozenset(n for n, row in enumerate(made.rows) if all(isinstance(b, evaluation.Label) for b in row))
        self._table((), made.rows, made.widths, made.title, labels)

    def _room(self) -> float:
        """The width between the margins, in points."""
        page = _looks()["page"]
        whole = page["long"] if self.page == "across" else page["short"]
        sides = page["text" if self.page == "text" else "tables"]
        return round((whole - sides["left"] - sides["right"]) * 72 / 2.54, 2)

    def _table(
        self,
        header: Sequence[Sequence[Box]],
        body: Sequence[Sequence[Box]],
        widths: Sequence[float],
        title: str,
        bold: frozenset[int] = frozenset(),
    ) -> None:
        """A table over the whole width; ``bold`` are the body rows that stand out."""
        room = self._room()
        inset = 4.0
        size = min(self.layout.size, (room - inset * len(widths)) / sum(widths))
        size = max(_looks()["page"]["smallest"], int(size * 2) / 2)
        scale = room / sum(widths)
        columns = [round(w * scale * _POINT) for w in widths]
        table = _element("w:tbl")
        table.append(_table_properties(self.layout, sum(columns), title, inset / 2))
        grid = _child(table, "w:tblGrid")
        for width in columns:
            _child(grid, "w:gridCol", w=width)
        held: dict[int, Box] = {}
        left: dict[int, int] = {}
        for n, row in enumerate((*header, *body)):
            line = _child(table, "w:tr")
            properties = _child(line, "w:trPr")
            _child(properties, "w:cantSplit")
            if n < len(header):
                _child(properties, "w:tblHeader")
            heavy = n < len(header) or n - len(header) in bold
            for at, box, going in _placed(row, held, left, len(columns)):
                width = sum(columns[at : at + box.columns])
                stands_out = heavy or (isinstance(box, evaluation.Label) and box.align == "center")
                _cell(line, box, width, going, size, stands_out, self.layout)
        self.document.element.body[-1].addprevious(table)


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


def _cell(line: Any, box: Box, width: int, going: bool, size: float, heavy: bool, layout: Layout) -> None:
    cell = _child(line, "w:tc")
    properties = _child(cell, "w:tcPr")
    _child(properties, "w:tcW", w=width, type="dxa")
    if box.columns > 1:
        _child(properties, "w:gridSpan", val=box.columns)
    if box.rows > 1:
        _child(properties, "w:vMerge", **({} if going else {"val": "restart"}))
    _child(properties, "w:vAlign", val="top" if layout.vertical == "top" and box.figure else "center")
    lines = [""] if going else plain(box.text).split("\n")
    for text in lines:
        paragraph = _child(cell, "w:p")
        look = _child(paragraph, "w:pPr")
        _child(look, "w:pStyle", val="TableText")
        _child(look, "w:jc", val=box.align)
        if not text:
            continue
        run = _child(paragraph, "w:r")
        letters = _child(run, "w:rPr")
        if heavy and box.figure is None:
            _child(letters, "w:b")
        _child(letters, "w:sz", val=round(size * 2))
        _child(letters, "w:szCs", val=round(size * 2))
        words = _child(run, "w:t")
        words.text = text
        words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


def _table_properties(layout: Layout, width: int, title: str, inset: float) -> etree._Element:
    properties: etree._Element = _element("w:tblPr")
    _child(properties, "w:tblW", w=width, type="dxa")
    _child(properties, "w:jc", val="center")
    borders = _child(properties, "w:tblBorders")
    for edge, thickness in _edges(layout.ruling):
        _child(borders, f"w:{edge}", val="single" if thickness else "nil", sz=thickness, space=0, color="000000")
    _child(properties, "w:tblLayout", type="fixed")
    margins = _child(properties, "w:tblCellMar")
    for edge, points in (
        ("top", layout.row_space / 3),
        ("left", inset),
        ("bottom", layout.row_space / 3),
        ("right", inset),
    ):
        _child(margins, f"w:{edge}", w=round(points * _POINT), type="dxa")
    _child(
        properties,
        "w:tblLook",
        val="0420",
        firstRow="1",
        lastRow="0",
        firstColumn="0",
        lastColumn="0",
        noHBand="0",
        noVBand="1",
    )
    _child(properties, "w:tblCaption", val=plain(title))
    return properties


def _edges(ruling: str) -> tuple[tuple[str, int], ...]:
    """Thickness of each edge in eighths of a point."""
    outer = {"full": 8, "frame": 12, "horizontal": 8, "none": 0}[ruling]
    sides = {"full": 8, "frame": 12, "horizontal": 0, "none": 0}[ruling]
    across = {"full": 4, "frame": 0, "horizontal": 4, "none": 0}[ruling]
    down = {"full": 4, "frame": 2, "horizontal": 0, "none": 0}[ruling]
    edges = (("top", outer), ("left", sides), ("bottom", outer), ("right", sides))
    return (*edges, ("insideH", across), ("insideV", down))


_name = lru_cache(maxsize=256)(qn)


def _element(tag: str, **attributes: object) -> Any:
    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(_name(f"w:{name}"), str(value))
    return element


def _child(parent: Any, tag: str, **attributes: object) -> Any:
    element = etree.SubElement(parent, _name(tag))
    for name, value in attributes.items():
        element.set(_name(f"w:{name}"), str(value))
    return element


def _paper(section: Any, page: str) -> None:
    looks = _looks()["page"]
    short, long = Cm(looks["short"]), Cm(looks["long"])
    across = page == "across"
    section.orientation = WD_ORIENT.LANDSCAPE if across else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (long, short) if across else (short, long)
    for side, centimetres in looks["text" if page == "text" else "tables"].items():
        setattr(section, f"{side}_margin", Cm(centimetres))


def _footer(section: Any, shown: str) -> None:
    """The page number in the middle of the foot, as a field."""
    paragraph = section.footer.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    before, _, after = shown.partition("{}")
    for text, field in ((before, ""), ("", "begin"), ("PAGE", "code"), ("", "end"), (after, "")):
        run = paragraph.add_run(text if field != "code" else "")
        run.font.size = Pt(10.5)
        if field == "code":
            run._r.append(_element("w:instrText"))
            run._r[-1].text = text
        elif field:
            run._r.append(_element("w:fldChar", fldCharType=field))


def _styles(document: WordDocument) -> None:
    """The styles of docx.toml; headings stay Word's own, so that the outline shows them."""
    looks = _looks()
    for name, look in looks["styles"].items():
        _style(document.styles[name], look)
    for name, look in looks["own"].items():
        style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = document.styles[look["base"]]
        if name == "表格文字":
            style.element.set(qn("w:styleId"), "TableText")
        _style(style, look)


def _style(style: ParagraphStyle, look: dict[str, Any]) -> None:
    font = style.font
    font.size, font.bold, font.italic = Pt(look["size"]), look.get("bold", False), False
    properties = style.element.get_or_add_rPr()
    for tag in ("w:rFonts", "w:color", "w:lang", "w:spacing", "w:kern"):
        for old in properties.findall(qn(tag)):
            properties.remove(old)
    properties.insert(
        0, _element("w:rFonts", ascii=look["font"], hAnsi=look["font"], eastAsia=look["font"], cs=look["font"])
    )
    properties.append(_element("w:lang", val="en-US", eastAsia="zh-CN"))
    for border in list(style.element.iter(qn("w:pBdr"))):
        border.getparent().remove(border)
    form = style.paragraph_format
    form.alignment = WD_ALIGN_PARAGRAPH.CENTER if look.get("align") == "center" else None
    form.space_before, form.space_after = Pt(look.get("before", 0)), Pt(look.get("after", 0))
    if look.get("line"):
        form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(look["line"])
    else:
        form.line_spacing = 1.0
    form.first_line_indent = Pt(look["size"] * look["indent"]) if "indent" in look else None
    form.page_break_before = look.get("new_page", False)
    form.widow_control = True


def _properties(document: WordDocument, disclosure: Disclosure) -> None:
    core = document.core_properties
    core.title, core.author, core.language = (
        plain(flow.title(disclosure))[:255],
        plain(disclosure.publisher.name)[:255],
        "zh-CN",
    )
    core.comments = core.keywords = core.subject = core.last_modified_by = ""
