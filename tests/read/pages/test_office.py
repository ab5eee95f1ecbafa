"""Word, Excel and web pages give the same grids and lines as the page they show."""

import zipfile

import pytest
import xlsxwriter
from docx import Document
from hypothesis import given
from hypothesis import strategies as st

from mingzhang.read.block import Grid, Line
from mingzhang.read.errors import ReadError
from mingzhang.read.pages import html, sheets, word
from mingzhang.read.pages.formats import Format
from mingzhang.read.pages.numbering import chinese

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
    assert Format(0, "").show("2107.1199999999999") == "2107.12"
    assert Format(99, '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ').show("1234.5") == "1,234.50"


def test_chinese_numbers():
    assert [chinese(n) for n in (1, 10, 11, 20, 21, 99)] == ["一", "十", "十一", "二十", "二十一", "九十九"]
