"""Text files in any encoding, their page marks, page numbers and tabs."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingzhang.read.block import Line
from mingzhang.read.pages import text
from mingzhang.read.pages.page import Page

SAMPLE = "收入支出决算总表\n一、一般公共预算财政拨款收入\t1\t1,234.50\n说明：本表反映本年度的总收支情况。\n"


def lines(content: str) -> tuple[list[Line], list[Line]]:
    return text.blocks(Page(None, lines=list(enumerate(content.split("\n"), 1))))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be"])
def test_every_usual_encoding_gives_the_same_lines(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(SAMPLE.encode(encoding))
    (page,) = text.pages(path)
    assert page.number is None
    assert [line for _, line in page.lines] == SAMPLE.split("\n")


def test_rare_characters_of_names_are_read_in_gb18030() -> None:
    words = "部门：某某市医疗保障局\n单位负责人：王堃、李喆、赵䶮\n" * 3
    assert text.decode(words.encode("gb18030")) == words


def test_a_cut_or_slightly_damaged_utf8_text_stays_utf8() -> None:
    data = (SAMPLE * 20).encode()
    for damaged in (data[:-4], data[:30] + b"\xff" + data[31:]):
        found = text.decode(damaged)
        assert found is not None
        assert "一般公共预算财政拨款收入" in found


@given(st.binary(min_size=400, max_size=600))
def test_noise_is_no_text_or_decodes(data: bytes) -> None:
    found = text.decode(data)
    assert found is None or isinstance(found, str)


@pytest.mark.parametrize("data", [bytes(range(128, 256)) * 9, bytes(900), b"\x00\xff\xfe\x01" * 200])
def test_binary_is_no_text(data: bytes) -> None:
    assert text.decode(data) is None


@given(st.text(st.sampled_from("预算收入支出合计表一二三四五1234567890.,- \t\n（）。、"), min_size=1))
def test_utf8_and_utf16_come_back_as_written(words: str) -> None:
    assert text.decode(words.encode("utf-8")) == words
    assert text.decode(words.encode("utf-16")) == words


@given(st.text(st.sampled_from("预算收入支出合计表12.,- \t\r\n\f　（）。"), max_size=200))
def test_every_printed_character_is_in_a_line_once(words: str) -> None:
    page = Page(None, lines=text._lines(words))
    printed, dropped = text.blocks(page)
    both = sorted([*printed, *dropped], key=lambda line: line.number or 0)
    assert sorted("".join(line.text for line in both).replace(" ", "")) == sorted("".join(words.split()))


def test_tabs_split_parts_and_count_columns() -> None:
    ((line,), _) = lines("\t\t208\t51.95\t\t 合 计 \t")
    assert line.parts == ("", "", "208", "51.95", "", "合 计", "")
    assert line.text == "208 51.95 合 计"
    assert line.number == 1


def test_white_space_is_single_and_wide_gaps_split_parts() -> None:
    ((line,), _) = lines("　　单位：  某局     2023 年度　　　金额单位：万元")
    assert line.parts == ("单位： 某局", "2023 年度", "金额单位：万元")
    assert line.text == "单位： 某局 2023 年度 金额单位：万元"


def test_empty_lines_give_nothing_and_numbers_stay_those_of_the_file() -> None:
    printed, _ = lines("一\n\n二\n \t \n三")
    assert [(line.number, line.text) for line in printed] == [(1, "一"), (3, "二"), (5, "三")]


def test_line_ends_of_every_system_count_once() -> None:
    assert text._lines("一\r\n二\r三\n四") == [(1, "一"), (2, "二"), (3, "三"), (4, "四")]


def test_a_form_feed_starts_a_page() -> None:
    page = Page(None, lines=text._lines("一\n二\f三\n\f\n四"))
    printed, _ = text.blocks(page)
    assert [(line.number, line.text, line.starts_page) for line in printed] == [
        (1, "一", False), (2, "二", False), (2, "三", True), (4, "四", True),
    ]  # fmt: skip


def test_a_rare_single_blank_starts_a_page_but_not_behind_an_empty_line() -> None:
    body = "一般公共预算支出\n" * 20
    printed, _ = lines(f" 第一部分\n{body} 收入决算表\n{body}\n 一个单元格\n{body}")
    assert [line.text for line in printed if line.starts_page] == ["第一部分", "收入决算表"]


def test_leading_blanks_that_are_usual_mark_nothing() -> None:
    printed, _ = lines("\n".join([" 第一行", "第二行"] * 20))
    assert not any(line.starts_page for line in printed)


def test_dressed_page_numbers_are_dropped_and_figures_are_not() -> None:
    printed, dropped = lines("合计\n- 3 -\n—12—\n第 4 页\n第4页 共20页\n-3\n12\n3.5\n- 3.5 -\n总计")
    assert [line.text for line in dropped] == ["- 3 -", "—12—", "第 4 页", "第4页 共20页"]
    assert [line.text for line in printed] == ["合计", "-3", "12", "3.5", "- 3.5 -", "总计"]


def test_bare_numbers_are_dropped_only_where_they_count_the_pages() -> None:
    pages = "\n\f".join(f"表 {n}\n{n}00.00\n{n + 6}" for n in range(1, 6))
    printed, dropped = text.blocks(Page(None, lines=text._lines(pages)))
    assert [line.text for line in dropped] == ["7", "8", "9", "10"]
    others = "\n\f".join(f"表\n{n}" for n in (4, 30, 7, 211, 9))
    assert not text.blocks(Page(None, lines=text._lines(others)))[1]
    assert len(printed) == 11
