"""This year's comparison with last year against what last year's document printed."""

import pytest

from mingzhang.check.years import NotConsecutive, years
from mingzhang.disclosure import Cell, Disclosure, Printed, Row, Statement
from mingzhang.read.narrative import sentences


def document(year, total, text, opening="0.00", closing="0.00"):
    def row(label, side, value):
        cells = (Cell("amount", Printed.parse(value)),) if value else ()
        return Row("", label, side, cells=cells, printed_label=label)

    statement = Statement(
        "F01",
        "收入支出决算总表",
        unit="万元",
        year=year,
        columns=("amount",),
        rows=(
            row("本年收入合计", "income", total),
            row("年初结转和结余", "income", opening),
            row("总计", "income", total),
            row("本年支出合计", "expenditure", total),
            row("年末结转和结余", "expenditure", closing),
            row("总计", "expenditure", total),
        ),
    )
    said = sentences(text, ("一、收入支出决算总体情况说明",))
    return Disclosure(year=year, kind="final", statements=(statement,), sentences=said)


NOW = "2024年度收、支总计均为120.00万元。与上年度相比，收、支总计各增加20.00万元，增长20.00%。"


def test_an_increase_that_fits_last_years_document_is_no_finding():
    assert years(document(2023, "100.00", ""), document(2024, "120.00", NOW)) == ()


def test_an_increase_that_last_years_document_contradicts_is_named():
    (finding,) = years(document(2023, "110.00", ""), document(2024, "120.00", NOW))
    assert "上年为100.00万元" in finding.expected
    assert "110.00万元" in finding.expected
    assert "20.00万元" in finding.printed


def test_rounding_is_no_difference():
    assert years(document(2023, "100.01", ""), document(2024, "120.00", NOW)) == ()


def test_opening_against_last_years_closing():
    (finding,) = years(document(2023, "100.00", "", closing="7.00"), document(2024, "120.00", "", opening="5.00"))
    assert finding.rule == "years-carried"
    assert "2.00万元" in finding.expected


def test_a_blank_opening_is_nothing():
    (finding,) = years(document(2023, "100.00", "", closing="7.00"), document(2024, "120.00", "", opening=""))
    assert "7.00万元" in finding.expected
    (finding,) = years(document(2023, "100.00", "", closing=""), document(2024, "120.00", "", opening="7.00"))
    assert "7.00万元" in finding.expected
    assert years(document(2023, "100.00", "", closing=""), document(2024, "120.00", "", opening="")) == ()


def test_other_years_are_refused():
    with pytest.raises(NotConsecutive):
        years(document(2022, "1.00", ""), document(2024, "1.00", ""))
