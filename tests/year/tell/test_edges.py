"""Text where statements are absent, figures are negative, units are of two natures, or nothing happened at all."""

from dataclasses import replace
from decimal import Decimal

import pytest

from mingzhang.books.accounts import Accounts, Organisation
from mingzhang.check import check
from mingzhang.disclosure import Cell, Disclosure, Printed, Publisher, Row, Statement
from mingzhang.forms import random as forms
from mingzhang.forms.fill import Entry
from mingzhang.year.tell import Told, tell
from tests.year.tell import made


def said(text: Told, word: str) -> str:
    """The sentence that begins so or holds it, in the explanations."""
    return next(s.text for s in text.sentences if word in s.text and s.section[0].startswith("第三部分"))


@pytest.mark.parametrize("kind", ["final", "budget"])
def test_any_statement_may_be_absent(kind: str) -> None:
    now = forms.disclosure(4, kind=kind, items=4)
    books = made.accounts(now, 4)
    for id in [s.id for s in now.statements]:
        kept = [s for s in now.statements if s.id != id]
        text = tell(books, now.publisher, kind, kept, made.before(now, 2))
        told = replace(now, statements=tuple(kept), headings=text.headings, sentences=text.sentences)
        assert {f.rule for f in check(told).findings if f.severity != "hint"} <= {"completeness-missing-statement"}
        assert "None" not in "".join(s.text for s in text.sentences)
    bare = tell(books, now.publisher, kind, [])
    assert [h.text for h in bare.headings if h.depth == 1] == [h.text for h in text.headings if h.depth == 1]


def nothing(disclosure: Disclosure) -> tuple[Statement, ...]:
    """The statements with every figure 0.00."""
    zero = Printed.parse("0.00")

    def row(one: Row) -> Row:
        return replace(one, cells=tuple(replace(c, printed=zero if c.printed.decimals else Printed.parse("0")) for c in one.cells))

    return tuple(replace(s, rows=tuple(map(row, s.rows))) for s in disclosure.statements)


@pytest.mark.parametrize("kind", ["final", "budget"])
@pytest.mark.parametrize("last", [False, True])
def test_a_year_in_which_nothing_happened(kind: str, last: bool) -> None:
    now = forms.disclosure(4, kind=kind, items=4)
    now = replace(now, statements=nothing(now), headings=(), sentences=())
    books = replace(made.accounts(now, 4), procurement=(), counts=(), paragraphs={**made.PARAGRAPHS}, reasons={})
    text = tell(books, now.publisher, kind, now.statements, replace(now, year=(now.year or 0) - 1) if last else None)
    assert text.missing == ()
    told = replace(now, headings=text.headings, sentences=text.sentences)
    assert [f for f in check(told).findings if f.severity != "hint"] == []
    words = "".join(s.text for s in text.sentences)
    assert "%" not in words and "增加" not in words and "减少" not in words
    assert "没有政府采购支出" in words or "没有安排政府采购预算" in words
    assert ("持平" in words) == last


def total(value: str) -> Statement:
    line = Row("", "总计", "income", cells=(Cell("amount", Printed.parse(value)),))
    return Statement("F01", unit="万元", columns=("amount",), rows=(line,))


@pytest.mark.parametrize(
    ("now", "before", "words"),
    [
        ("110.00", "100.00", "收入、支出总计各增加10.00万元，增长10.00%，主要原因是"),
        ("90.00", "100.00", "收入、支出总计各减少10.00万元，下降10.00%，主要原因是"),
        ("100.00", "100.00", "收入、支出总计与上年度持平。"),
        ("5.00", "0.00", "收入、支出总计各增加5.00万元（上年度为零），主要原因是"),
        ("5.00", "-1.00", "收入、支出总计各增加6.00万元，主要原因是"),
        ("-3.00", "-1.00", "收入、支出总计各减少2.00万元，主要原因是"),
        ("-3.00", "0.00", "收入、支出总计各减少3.00万元，主要原因是"),
        ("0.01", "3.00", "收入、支出总计各减少2.99万元，下降99.67%，主要原因是"),
    ],
)
def test_growth_in_every_case(now: str, before: str, words: str) -> None:
    office = Organisation("101", "甲局")
    text = tell(
        Accounts(office, (office,), 2024), Publisher("甲局"), "final", [total(now)],
        Disclosure(year=2023, kind="final", statements=(total(before),)),
    )  # fmt: skip
    assert any(words in s.text for s in text.sentences)


def test_running_expenses_are_those_of_the_administrative_units() -> None:
    now = forms.disclosure(4, kind="final", items=4)
    units = (Organisation("101001", "本级"), Organisation("101002", "中心", "institution"))
    entries = tuple(
        Entry(amount, "2010101", "general", flow, unit=unit, economic=economic)
        for amount, flow, unit, economic in (
            (1_234_500, "basic", "101001", "30201"),
            (500_050, "basic", "101001", "31002"),
            (9_999_999, "basic", "101001", "30101"),
            (8_888_888, "project", "101001", "30201"),
            (7_777_777, "basic", "101002", "30201"),
        )
    )
    books = replace(made.accounts(now, 4), units=units, entries=entries)
    amount = (Decimal(1_734_550) / 1_000_000).quantize(Decimal("0.01"))
    assert f"机关运行经费支出{amount}万元。" in said(tell(books, now.publisher, "final", now.statements), "机关运行经费支出")
    office = replace(books, units=(units[1],))
    assert "没有机关运行经费支出" in said(tell(office, now.publisher, "final", now.statements), "机关运行经费")


def test_last_years_running_expenses_are_those_that_its_text_tells() -> None:
    now = forms.disclosure(4, kind="final", items=4)
    books = replace(made.accounts(now, 4), units=(Organisation("101001", "本级"),))
    last = replace(forms.disclosure(5, kind="final", items=4), year=(now.year or 0) - 1)
    told = tell(books, now.publisher, "final", last.statements)
    before = Decimal("17.17")
    changed = tuple(
        replace(s, figures=tuple(replace(f, printed=Printed.parse(str(before))) for f in s.figures)) if s.text.startswith("本部门") and "机关运行经费支出" in s.text else s
        for s in told.sentences
    )  # fmt: skip
    text = tell(books, now.publisher, "final", now.statements, replace(last, headings=told.headings, sentences=changed))
    sentence = next(s for s in text.sentences if s.text.startswith("与上年度相比，机关运行经费支出"))
    running = next(s for s in text.sentences if "年度机关运行经费支出" in s.text).figures[0].printed.value
    assert sentence.figures[0].printed.value == abs(running - before)
