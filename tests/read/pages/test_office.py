"""Word, Excel and web pages give the same grids and lines as the page they show."""

import zipfile

import pytest
import xlsxwriter
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from hypothesis import given
from hypothesis import strategies as st

from mingzhang.forms.fill import chinese
from mingzhang.read.block import Grid, Line
from mingzhang.read.errors import ReadError
from mingzhang.read.pages import html, sheets, word
from mingzhang.read.pages.formats import Format

ROWS = [["科目编码", "科目名称", "合计"], ["208", "社会保障和就业支出", "1,234.50"], ["合计", "", "1,234.50"]]


def texts(grid):
    return {(c.row, c.column): c.text for c in grid.cells if c.text}


def expected():
    return {(r, c): t for r, row in enumerate(ROWS) for c, t in enumerate(row) if t}


def test_a_workbook_shows_its_numbers_as_formatted(tmp_path):
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        box = book.add_format({"border": 1})
        money = book.add_format({"border": 1, "num_format": "#,##0.00"})
        sheet.merge_range(0, 0, 0, 2, "支出决算表")
        sheet.write(1, 2, "单位：万元")
        for r, row in enumerate(ROWS[:2], start=2):
            for c, text in enumerate(row):
                sheet.write(r, c, text, box)
        sheet.write_number(3, 2, 1234.4999999999998, money)
        sheet.merge_range(4, 0, 4, 1, "合计", box)
        sheet.write_formula(4, 2, "=C4", money, 1234.5)
        sheet.write(5, 0, "注：本表反映支出。")
        hidden = book.add_worksheet("草稿")
        hidden.write(0, 0, "不该读到")
        hidden.hide()
    blocks = list(sheets.blocks(path))
    assert [b.text for b in blocks if isinstance(b, Line)] == ["支出决算表", "单位：万元", "注：本表反映支出。"]
    grids = [b for b in blocks if isinstance(b, Grid)]
    assert texts(grids[0]) == expected()
    assert next(c for c in grids[0].cells if c.text == "合计" and c.row == 2).columns == 2


def test_a_word_document_keeps_merged_cells_and_drops_deleted_text(tmp_path):
    path = tmp_path / "a.docx"
    document = Document()
    document.add_paragraph("支出决算表")
    table = document.add_table(3, 3)
    for r, row in enumerate(ROWS):
        for c, text in enumerate(row):
            table.cell(r, c).text = text
    table.cell(2, 0).merge(table.cell(2, 1)).text = "合计"
    document.add_paragraph("注：略。")
    run = document.add_paragraph("看得见").add_run("看不见")
    run.font.hidden = True
    document.save(str(path))
    blocks = list(word.blocks(path))
    assert [b.text for b in blocks if isinstance(b, Line)] == ["支出决算表", "注：略。", "看得见"]
    assert texts(next(b for b in blocks if isinstance(b, Grid))) == expected()


def test_a_web_page_keeps_spans_and_skips_what_is_not_shown(tmp_path):
    path = tmp_path / "a.html"
    rows = "".join("<tr>" + "".join(f"<td>{t}</td>" for t in row) + "</tr>" for row in ROWS[:2])
    path.write_text(
        "<html><head><title>x</title></head><body><script>var a=1</script><h1>支出决算表</h1>"
        f"<table>{rows}<tr><td colspan=2>合计</td><td>1,234.50</td></tr></table>"
        "<p style='display:none'>不显示</p><p>注：略。</p></body></html>",
        encoding="utf-8",
    )
    blocks = list(html.blocks(path))
    assert [b.text for b in blocks if isinstance(b, Line)] == ["支出决算表", "注：略。"]
    assert texts(next(b for b in blocks if isinstance(b, Grid))) == expected()


def test_the_caption_of_a_web_table_stands_above_it(tmp_path):
    path = tmp_path / "a.html"
    rows = "".join("<tr>" + "".join(f"<td>{t}</td>" for t in row) + "</tr>" for row in ROWS[:2])
    path.write_text(
        "<body><table><caption><h3>支出决算表</h3><div>单位：万元</div></caption>"
        f"{rows}<tr hidden><td>不显示</td></tr><tr><td colspan=2>合计</td><td>1,234.50</td><td hidden>9</td></tr></table>",
        encoding="utf-8",
    )
    blocks = list(html.blocks(path))
    assert [b.text for b in blocks if isinstance(b, Line)] == ["支出决算表", "单位：万元"]
    assert texts(blocks[2]) == expected()


def test_numbers_that_a_style_prints(tmp_path):
    def numbering(document, id, levels, changed=""):
        part = document.part.numbering_part.element
        of = "".join(
            f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>'
            f'{f"<w:pStyle w:val={chr(34)}{style}{chr(34)}/>" if style else ""}<w:lvlText w:val="{text}"/></w:lvl>'
            for n, (kind, text, style) in enumerate(levels)
        )
        part.insert(0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{id}">{of}</w:abstractNum>'))
        for num, anew in ((id, ""), (id + 1, changed)):
            part.append(parse_xml(
                f'<w:num {nsdecls("w")} w:numId="{num}"><w:abstractNumId w:val="{id}"/>{anew}</w:num>'))  # fmt: skip

    def numbered(element, id, level=0):
        element.get_or_add_pPr().append(parse_xml(
            f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="{id}"/></w:numPr>'))  # fmt: skip

    document = Document()
    levels = [("chineseCountingThousand", "第%1部分　", "Heading1"), ("chineseCounting", "%2、", "Heading2")]
    numbering(document, 70, levels)
    anew = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    numbering(document, 80, [("decimal", "%1．", "")], anew)
    for name in ("Heading 1", "Heading 2"):
        numbered(document.styles[name].element, 70)
    document.styles.add_style("小标题", 1).base_style = document.styles["Heading 2"]
    for text, style in (("概况", "Heading 1"), ("职责", "Heading 2"), ("机构", "小标题"), ("说明", "Heading 1"), ("收入", "Heading 2")):
        document.add_paragraph(text, style)
    bare = document.add_paragraph("不编号", "Heading 2")
    numbered(bare._p, 0)
    for id in (80, 80, 81, 81):
        numbered(document.add_paragraph("项")._p, id)
    path = tmp_path / "a.docx"
    document.save(str(path))
    assert [b.text for b in word.blocks(path)] == [
        "第一部分 概况", "一、职责", "二、机构", "第二部分 说明", "一、收入", "不编号", "1．项", "2．项", "1．项", "2．项",
    ]  # fmt: skip


def test_a_minus_that_does_not_break(tmp_path):
    document = Document()
    run = document.add_table(1, 2).cell(0, 1).paragraphs[0].add_run()
    run._r.append(parse_xml(f'<w:noBreakHyphen {nsdecls("w")}/>'))
    run.add_text("3.50")
    path = tmp_path / "a.docx"
    document.save(str(path))
    assert [c.text for b in word.blocks(path) for c in b.cells] == ["", "-3.50"]


def test_an_entity_or_a_bomb_is_not_followed(tmp_path):
    path = tmp_path / "bomb.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * (64 << 20))
    with pytest.raises(ReadError):
        list(word.blocks(path))
    evil = tmp_path / "evil.docx"
    with zipfile.ZipFile(evil, "w") as archive:
        archive.writestr(
            "word/document.xml",
            '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><w:document xmlns:w='
            '"http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>&x;</w:t></w:r></w:p>'
            "</w:body></w:document>",
        )
    try:
        found = list(word.blocks(evil))
    except ReadError:
        found = []
    assert not any("root:" in b.text for b in found if isinstance(b, Line))


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 broken", b"PK\x05\x06" + b"\0" * 18])
def test_a_broken_office_file_is_a_clear_error(tmp_path, data):
    path = tmp_path / "broken.docx"
    path.write_bytes(data)
    with pytest.raises(ReadError):
        list(word.blocks(path))


@given(st.integers(-(10**13), 10**13), st.booleans())
def test_a_format_prints_the_stored_value_rounded_half_up(units, grouped):
    raw = repr(units / 100)
    shown = Format(99, "#,##0.00" if grouped else "0.00").show(raw)
    assert shown.replace(",", "") == f"{units / 100:.2f}"


def test_formats_that_hide_or_scale():
    assert Format(99, "#,##0.00;-#,##0.00;;").show("0") == ""
    assert Format(10, "").show("0.2173") == "21.73%"
    assert Format(0, "").show("1234.5599999999999") == "1234.56"
    assert Format(99, '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ').show("1234.5") == "1,234.50"


def test_chinese_numbers():
    assert [chinese(n) for n in (1, 10, 11, 20, 21, 99)] == ["一", "十", "十一", "二十", "二十一", "九十九"]
