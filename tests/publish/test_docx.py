"""The Word document: real headings, real tables, the paper and type that officials use."""

import re
import shutil
import subprocess
import zipfile
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml.ns import qn
from lxml import etree

from mingzhang.disclosure import Cell, Disclosure, Heading, Printed, Publisher, Row, Sentence, Statement
from mingzhang.forms import random
from mingzhang.publish import docx
from mingzhang.publish.layout import layouts
from mingzhang.read import read_file
from tests.publish import made


@pytest.fixture(scope="module")
def document(tmp_path_factory: pytest.TempPathFactory):
    return Document(str(docx.write(made.disclosure(3, "final"), tmp_path_factory.mktemp("docx") / "a.docx")))


def _styled(document, name: str):
    return [p for p in document.paragraphs if p.style.name == name]


def _base(style) -> list[str]:
    return [style.name, *(_base(style.base_style) if style.base_style else [])]


def test_headings_are_headings(document) -> None:
    told = made.disclosure(3, "final")
    parts = [p.text.replace("\u3000", "") for p in _styled(document, "Heading 1")]
    assert parts == [h.text for h in told.headings if h.depth == 1]
    assert [p.text for p in _styled(document, "Heading 2")] == [h.text for h in told.headings if h.depth == 2]
    titles = _styled(document, "表标题")
    assert [p.text for p in titles] == [s.title for s in told.statements]
    assert "Heading 2" in _base(titles[0].style)
    assert [p.text for p in _styled(document, "附表标题")] == [e.title for e in told.evaluations]


def test_title_in_the_middle_and_unit_at_the_right(document) -> None:
    assert document.styles["表标题"].paragraph_format.alignment == WD_ALIGN_PARAGRAPH.CENTER
    facts = [p for p in _styled(document, "表头信息") if "单位：" in p.text]
    assert len(facts) == 10
    for paragraph in facts:
        (stop,) = paragraph.paragraph_format.tab_stops
        assert stop.alignment == WD_TAB_ALIGNMENT.RIGHT
        assert re.fullmatch(r"部门：\S+\t单位：\S+", paragraph.text)
    numbers = [p for p in _styled(document, "表头信息") if p.text.startswith("公开")]
    assert all(p.alignment == WD_ALIGN_PARAGRAPH.RIGHT for p in numbers)


def test_the_header_repeats_and_merges(document) -> None:
    for table in document.tables[:10]:
        rows = table._tbl.tr_lst
        repeated = [row.trPr is not None and row.trPr.find(qn("w:tblHeader")) is not None for row in rows]
        assert repeated[0] and repeated == sorted(repeated, reverse=True) and not all(repeated)
        assert all(row.trPr.find(qn("w:cantSplit")) is not None for row in rows)
    classified = document.tables[1]._tbl
    assert [c.grid_span for c in classified.tr_lst[0].tc_lst][:2] == [2, 1]
    assert classified.tr_lst[0].tc_lst[1].vMerge == "restart" and classified.tr_lst[1].tc_lst[2].vMerge == "continue"


def test_every_row_of_a_table_covers_its_columns(document) -> None:
    for table in document.tables:
        columns = len(table._tbl.tblGrid.gridCol_lst)
        assert {sum(c.grid_span for c in row.tc_lst) for row in table._tbl.tr_lst} == {columns}


def test_wide_statements_lie_across_a4(document) -> None:
    wide = {len(t._tbl.tblGrid.gridCol_lst) > 8 for t in document.tables}
    assert wide == {True, False}
    for section in document.sections:
        across = section.orientation == WD_ORIENT.LANDSCAPE
        assert (round(section.page_width.cm, 1), round(section.page_height.cm, 1)) == (
            (29.7, 21.0) if across else (21.0, 29.7)
        )
    # Each table lies in the section that its width asks for, and within its margins.
    body = document.element.body
    sections = iter(document.sections)
    section = next(sections)
    for element in body:
        if element.tag == qn("w:tbl"):
            columns = [int(c.get(qn("w:w"))) for c in element.tblGrid.gridCol_lst]
            assert (len(columns) > 8) == (section.orientation == WD_ORIENT.LANDSCAPE)
            room = section.page_width - section.left_margin - section.right_margin
            assert abs(sum(columns) * 635 - room) < 635 * len(columns)
        elif element.find(qn("w:pPr")) is not None and element.pPr.find(qn("w:sectPr")) is not None:
            section = next(sections)


def test_official_fonts(document) -> None:
    fonts = {}
    for name in ("Normal", "Title", "Heading 1", "Heading 2", "Heading 3", "表格文字"):
        own = document.styles[name].element.rPr.rFonts
        fonts[name] = own.get(qn("w:eastAsia"))
        assert not [a for a in own.attrib if a.endswith("Theme")]
    assert fonts == {
        "Normal": "仿宋_GB2312", "Title": "方正小标宋简体", "Heading 1": "黑体", "Heading 2": "黑体",
        "Heading 3": "楷体_GB2312",
        "表格文字": "宋体",
    }  # fmt: skip


def test_tables_name_themselves_and_the_document_its_author(document) -> None:
    captions = [t._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val")) for t in document.tables]
    assert captions[0] == "收入支出决算总表"
    assert document.core_properties.author and document.core_properties.language == "zh-CN"
    assert document.core_properties.comments == ""


def _package(path: Path) -> dict[str, etree._Element]:
    with zipfile.ZipFile(path) as package:
        return {n: etree.fromstring(package.read(n)) for n in package.namelist() if n.endswith(".xml")}


ORDERS = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs"
    " suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd"
    " snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment"
    " textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange",
    "rPr": "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid"
    " vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em"
    " lang eastAsianLayout specVanish oMath",
    "tblPr": "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing"
    " tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription",
    "tcPr": "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark",
    "sectPr": "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType"
    " pgNumType cols formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid printerSettings",
    "style": "name aliases basedOn next link autoRedefine hidden uiPriority semiHidden unhideWhenUsed qFormat locked"
    " personal personalCompose personalReply rsid pPr rPr tblPr trPr tcPr tblStylePr",
    "font": "altName panose1 charset family notTrueType pitch sig",
}
"""The order of elements that the schema of WordprocessingML asks for (ECMA-376, part 1, annex A)."""


@pytest.mark.parametrize("layout", ["ruled", "framed", "turned"])
def test_elements_stand_in_the_order_of_the_schema(tmp_path: Path, layout: str) -> None:
    parts = _package(docx.write(made.disclosure(3, "final"), tmp_path / "a.docx", layout))
    seen = set()
    for name, root in parts.items():
        if not name.startswith("word/") or "theme" in name:
            continue
        for element in root.iter():
            tag = etree.QName(element).localname
            if tag in ORDERS:
                order = ORDERS[tag].split()
                places = [order.index(etree.QName(child).localname) for child in element]
                assert places == sorted(places), (name, tag, [etree.QName(c).localname for c in element])
                seen.add(tag)
        for cell in root.iter(qn("w:tc")):
            assert cell[-1].tag == qn("w:p")
        for table in root.iter(qn("w:tbl")):
            following = table.getnext()
            assert following is not None and following.tag == qn("w:p"), "two tables would run together"
    assert seen == set(ORDERS)


def test_every_style_that_is_used_is_there(tmp_path: Path) -> None:
    parts = _package(docx.write(made.disclosure(3, "final"), tmp_path / "a.docx"))
    known = {s.get(qn("w:styleId")) for s in parts["word/styles.xml"].iter(qn("w:style"))}
    used = {s.get(qn("w:val")) for s in parts["word/document.xml"].iter(qn("w:pStyle"))}
    assert {"TOC1", "TOC2", "TableText", "Heading1", "Title"} <= used <= known


def test_the_contents_are_a_field_that_is_filled_in(tmp_path: Path) -> None:
    told = made.disclosure(3, "final")
    root = _package(docx.write(told, tmp_path / "a.docx"))["word/document.xml"]
    codes = [c.text.split() for c in root.iter(qn("w:instrText"))]
    assert codes[0][:3] == ["TOC", "\\o", '"1-2"']
    links = list(root.iter(qn("w:hyperlink")))
    shown = ["".join(t.text for t in link.iter(qn("w:t"))) for link in links]
    titles = [h.text for h in told.headings if h.depth <= 2]
    assert len(links) == len(titles) + len(told.statements) + len(told.evaluations)
    marks = {b.get(qn("w:name")): b.getparent() for b in root.iter(qn("w:bookmarkStart"))}
    pages = []
    for link, text in zip(links, shown):
        target = "".join(t.text for t in marks[link.get(qn("w:anchor"))].iter(qn("w:t")))
        assert text.startswith(target)
        pages.append(int(re.sub("^：.*?(?=\\d+$)", "", text[len(target) :])))
    listed = [re.sub(r"\d+$", "", text) for text in shown]
    named = [f"{e.title}：{e.project}" for e in told.evaluations if e.kind.endswith("_project")]
    assert named and set(named) <= set(listed)
    assert [c[1].strip('"') for c in codes if c[0] == "TC"] == listed[-len(told.evaluations) :]
    assert pages == sorted(pages) and pages[0] > 2
    begun = [c.get(qn("w:fldCharType")) for c in root.iter(qn("w:fldChar"))]
    assert begun.count("begin") - len(told.evaluations) == begun.count("separate") == len(links) + 1
    assert begun.count("begin") == begun.count("end")


def test_page_numbers_stand_outside_and_not_on_the_cover(document) -> None:
    assert document.settings.odd_and_even_pages_header_footer
    assert [s.different_first_page_header_footer for s in document.sections][:2] == [True, False]
    for footer, side in ((document.sections[0].footer, "right"), (document.sections[0].even_page_footer, "left")):
        assert footer.paragraphs[0]._p.pPr.find(qn("w:jc")).get(qn("w:val")) == side
        assert footer.paragraphs[0].text == "— 1 —"
    assert all(s.footer.is_linked_to_previous for s in list(document.sections)[1:])


def test_what_stands_in_for_a_font(tmp_path: Path) -> None:
    fonts = _package(docx.write(Disclosure(), tmp_path / "a.docx"))["word/fontTable.xml"]
    instead = {f.get(qn("w:name")): f.find(qn("w:altName")) for f in fonts if f.get(qn("w:name")) == "仿宋_GB2312"}
    assert instead["仿宋_GB2312"].get(qn("w:val")) == "仿宋"


OFFICE = shutil.which("soffice")


@pytest.mark.slow
@pytest.mark.skipif(OFFICE is None, reason="LibreOffice (soffice) is not installed")
@pytest.mark.parametrize("kind", ["final", "budget"])
def test_libreoffice_opens_it_and_finds_the_pages_of_the_contents(tmp_path: Path, kind: str) -> None:
    told = made.disclosure(5, kind)
    path = docx.write(told, tmp_path / "a.docx")
    made_pdf = _converted(path)
    pages = _pages(made_pdf)
    root = _package(path)["word/document.xml"]
    entries = [[t.text for t in link.iter(qn("w:t"))] for link in root.iter(qn("w:hyperlink"))]
    first = next(n for n, text in enumerate(pages) if n and "....." not in text)
    found = [
        (text, int(page), _found(text, pages, first))
        for text, page in entries
    ]
    assert all(at is not None for _, _, at in found)
    # The running text may break elsewhere with other faces; the tables begin where the contents say.
    assert all(abs(at - page) <= 1 for _, page, at in found)
    assert sum(at == page for _, page, at in found) >= 0.9 * len(found)
    (read,) = read_file(made_pdf)
    wanted, got = made.cells(told), made.cells(read)
    assert (wanted & got).total() >= 0.99 * wanted.total()


def _found(entry: str, pages: list[str], first: int) -> int | None:
    """The first page that has the entry's title and the project that it names."""
    parts = "".join(entry.split()).split("：")
    return next((n + 1 for n in range(first, len(pages)) if all(part in pages[n] for part in parts)), None)


def _converted(path: Path) -> Path:
    profile = f"-env:UserInstallation=file://{path.parent / 'profile'}"
    command = [str(OFFICE), profile, "--headless", "--convert-to", "pdf", "--outdir", str(path.parent), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return path.with_suffix(".pdf")


def _pages(path: Path) -> list[str]:
    document = pypdfium2.PdfDocument(path)
    try:
        return ["".join(page.get_textpage().get_text_range().split()) for page in document]
    finally:
        document.close()


@pytest.mark.parametrize("kind", ["final", "budget"])
@pytest.mark.parametrize("name", sorted(layouts()))
def test_every_layout_keeps_the_content(tmp_path: Path, name: str, kind: str) -> None:
    told = random.disclosure(5, kind=kind, items=8)
    (read,) = read_file(docx.write(told, tmp_path / "a.docx", name))
    assert made.cells(read) == made.cells(told)


def test_a_layout_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(KeyError):
        docx.write(Disclosure(), tmp_path / "a.docx", "baroque")


def test_control_characters_and_empty_disclosures(tmp_path: Path) -> None:
    docx.write(Disclosure(), tmp_path / "empty.docx")
    path = docx.write(
        Disclosure(
            Publisher("某\x00局"),
            2024,
            "final",
            headings=(Heading("一、概况\x0b", 1),),
            sentences=(Sentence("已完成\ud800。", ("一、概况\x0b",)),),
        ),
        tmp_path / "odd.docx",
    )
    assert [p.text for p in Document(str(path)).paragraphs] == [
        "某局\n2024年度部门决算", "目　录", "一、概况", "已完成。", ""
    ]  # fmt: skip


def test_a_statement_that_no_form_describes(tmp_path: Path) -> None:
    row = Row("", "渠道", block="附属设施情况表", cells=(Cell("长度/年末", Printed.parse("3.50")),))
    odd = Statement("X1", "附属设施情况表", columns=("长度/年末",), headers=("长度/年末",), rows=(row,))
    # A column that the form does not have is headed by its own words.
    more = Row(
        "301", "工资福利支出", cells=(Cell("amount", Printed.parse("8.00")), Cell("备用", Printed.parse("1.00")))
    )
    basic = Statement(
        "F06", "一般公共预算财政拨款基本支出决算表", unit="万元", columns=("amount", "备用"), rows=(more,)
    )
    told = replace(random.disclosure(2, items=3), statements=(odd, basic))
    (read,) = read_file(docx.write(told, tmp_path / "a.docx"))
    assert made.cells(read) == made.cells(told)
