"""Lines → tokens."""

import pytest

from mingzhang.read.block import Line
from mingzhang.read.loose.tokens import numbering, ordinal, tokens, unnumbered


def kinds(text: str, *parts: str) -> list[tuple[str, str]]:
    return [(t.kind, t.text) for t in tokens(Line(text, parts=parts))]


def test_numbers_codes_dashes_and_words():
    assert kinds("2080505 离退休 1,200.50 -3.00 —") == [
        ("whole", "2080505"), ("word", "离退休"), ("amount", "1,200.50"), ("amount", "-3.00"), ("dash", "—"),
    ]


def test_letter_spaced_words_are_one():
    assert kinds("合 计 12.00") == [("word", "合计"), ("amount", "12.00")]


def test_glued_codes_and_amounts_are_cut():
    assert kinds("2010101行政运行12.50") == [("whole", "2010101"), ("word", "行政运行"), ("amount", "12.50")]
    assert kinds("100万元以上设备") == [("word", "100万元以上设备")]


def test_tabs_keep_the_place_of_each_piece():
    found = tokens(Line("201 a 5.00", parts=("201", "一般 公共", "", "5.00")))
    assert [(t.text, t.part, t.width) for t in found] == [("201", 0, 4), ("一般公共", 1, 4), ("5.00", 3, 4)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("一、基本支出", "基本支出"),
        ("（十二）其他支出", "其他支出"),
        ("1.购置费", "购置费"),
        ("其中：财政拨款", "财政拨款"),
        ("2.5倍", "2.5倍"),
    ],
)
def test_names_lose_their_numbering(text, name):
    assert unnumbered(text) == name


def test_chinese_numbering_counts():
    assert [ordinal(t) for t in ("一、", "十、", "十四、", "（二十）", "三十一、", "无")] == [1, 10, 14, 20, 31, 0]
    assert numbering("3.甲") == ("1", 3)
