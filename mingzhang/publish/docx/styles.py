"""The styles, fonts, paper, page numbers and properties of the Word document, out of looks.toml."""

from typing import Any

from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.shared import Cm, Pt
from docx.styles.style import ParagraphStyle
from lxml import etree

from mingzhang.disclosure import Disclosure
from mingzhang.publish import flow
from mingzhang.publish.docx.elements import POINT, child, element, field, looks, name, words
from mingzhang.publish.escape import plain

_ALIGN = {"center": WD_ALIGN_PARAGRAPH.CENTER, "both": WD_ALIGN_PARAGRAPH.JUSTIFY}

_IDS = {"表格文字": "TableText", "toc 1": "TOC1", "toc 2": "TOC2"}
"""Identifiers that Word or our own code asks for."""


def styles(document: WordDocument) -> None:
    """The styles of looks.toml; headings stay Word's own, so that the outline shows them."""
    for key, look in looks()["styles"].items():
        _style(document.styles[key], look)
    for part, builtin in (("builtin", True), ("own", False)):
        for key, look in looks()[part].items():
            style = document.styles.add_style(key, WD_STYLE_TYPE.PARAGRAPH, builtin)
            style.base_style = document.styles[look["base"]]
            if key in _IDS:
                style.element.set(name("w:styleId"), _IDS[key])
            _style(style, look)


def _style(style: ParagraphStyle, look: dict[str, Any]) -> None:
    font = style.font
    font.size, font.bold, font.italic = Pt(look["size"]), look.get("bold", False), False
    properties = style.element.get_or_add_rPr()
    for tag in ("w:rFonts", "w:color", "w:lang", "w:spacing", "w:kern"):
        for old in properties.findall(name(tag)):
            properties.remove(old)
    face = look["font"]
    properties.insert(0, element("w:rFonts", ascii=face, hAnsi=face, eastAsia=face, cs=face))
    if "tight" in look:
        properties.find(name("w:sz")).addprevious(element("w:spacing", val=-round(look["tight"] * POINT)))
    properties.append(element("w:lang", val="en-US", eastAsia="zh-CN"))
    for border in list(style.element.iter(name("w:pBdr"))):
        border.getparent().remove(border)
    form = style.paragraph_format
    form.alignment = _ALIGN.get(look.get("align", ""))
    form.space_before, form.space_after = Pt(look.get("before", 0)), Pt(look.get("after", 0))
    if look.get("line"):
        form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(look["line"])
    else:
        form.line_spacing = 1.0
    form.first_line_indent = Pt(look["size"] * look["indent"]) if "indent" in look else None
    if "left" in look:
        form.left_indent = Pt(look["size"] * look["left"])
    form.page_break_before = look.get("new_page", False)
    form.widow_control = True


def fonts(document: WordDocument) -> None:
    """The table of fonts: what stands in for a face that a machine does not have."""
    for part in document.part.package.iter_parts():
        if str(part.partname) == "/word/fontTable.xml":
            root = etree.fromstring(part.blob)
            for old in list(root):
                if old.get(name("w:name")) in looks()["fonts"]:
                    root.remove(old)
            for face, look in looks()["fonts"].items():
                made = child(root, "w:font", name=face)
                child(made, "w:altName", val=look["instead"])
                child(made, "w:panose1", val=look["panose"])
                child(made, "w:charset", val="86")
                child(made, "w:family", val="auto")
                child(made, "w:pitch", val="default")
            part._blob = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def paper(section: Any, page: str) -> None:
    """The paper and margins of a section for text, or for tables upright or across."""
    sizes = looks()["page"]
    short, long = Cm(sizes["short"]), Cm(sizes["long"])
    across = page == "across"
    section.orientation = WD_ORIENT.LANDSCAPE if across else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (long, short) if across else (short, long)
    for side, centimetres in sizes["text" if page == "text" else "tables"].items():
        setattr(section, f"{side}_margin", Cm(centimetres))


def room(page: str) -> tuple[float, float]:
    """Width and height between the margins of such a page, in points."""
    sizes = looks()["page"]
    wide, high = (sizes["long"], sizes["short"]) if page == "across" else (sizes["short"], sizes["long"])
    sides = sizes["text" if page == "text" else "tables"]
    wide, high = wide - sides["left"] - sides["right"], high - sides["top"] - sides["bottom"]
    return round(wide * 72 / 2.54, 2), round(high * 72 / 2.54, 2)


def numbers(document: WordDocument) -> None:
    """Page numbers on all pages but the cover: odd pages at the right, even pages at the left."""
    section = document.sections[0]
    section.different_first_page_header_footer = True
    document.settings.odd_and_even_pages_header_footer = True
    look = looks()["number"]
    before, _, after = look["shown"].partition("{}")
    for footer, side in ((section.footer, "right"), (section.even_page_footer, "left")):
        paragraph = footer.paragraphs[0]._p
        for old in list(paragraph):
            paragraph.remove(old)
        form = child(paragraph, "w:pPr")
        child(form, "w:spacing", line=round(look["size"] * 1.2 * POINT), lineRule="exact")
        child(form, "w:ind", **{side: look["size"] * POINT})
        child(form, "w:jc", val=side)
        words(paragraph, before)
        field(paragraph, "PAGE", "1")
        words(paragraph, after)
        for run in paragraph.iter(name("w:r")):
            letters = element("w:rPr")
            run.insert(0, letters)
            face = look["font"]
            child(letters, "w:rFonts", ascii=face, hAnsi=face, eastAsia=face, cs=face)
            child(letters, "w:sz", val=look["size"] * 2)
            child(letters, "w:szCs", val=look["size"] * 2)


def properties(document: WordDocument, disclosure: Disclosure) -> None:
    """Title, author and language of the document."""
    core = document.core_properties
    core.title, core.author = plain(flow.title(disclosure))[:255], plain(disclosure.publisher.name)[:255]
    core.language = "zh-CN"
    core.comments = core.keywords = core.subject = core.last_modified_by = ""
