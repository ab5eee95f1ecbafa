"""The identities of the forms over printed cells."""

from dataclasses import replace

import pytest

from mingzhang.disclosure import Cell, Disclosure, Printed, Row, Statement
from mingzhang.figures import Verdict, constraints
from mingzhang.forms import load
from mingzhang.forms.random import disclosure

BOOK = load()


def row(code: str, label: str = "", side: str = "", placed: tuple[str, ...] = (), printed: str = "", **cells: str) -> Row:
    found = tuple(Cell("?" if c == "unsure" else c, Printed.parse(v), None, placed) for c, v in cells.items())
    return Row(code, label, side, "", printed or label, None, found)


def judged(*statements: Statement) -> dict[str, list[Verdict]]:
    out: dict[str, list[Verdict]] = {}
    for constraint in constraints(Disclosure(kind="final", statements=statements), BOOK):
        out.setdefault(constraint.id, []).append(constraint.verdict())
    return out


def f05(*rows: Row) -> Statement:
    return Statement("F05", unit="万元", columns=("total", "basic", "project"), rows=rows)


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("kind", ["final", "budget"])
@pytest.mark.parametrize("unit", ["万元", "元"])
def test_a_sound_disclosure_breaks_nothing(seed: int, kind: str, unit: str) -> None:
    found = constraints(disclosure(seed, kind=kind, unit=unit), BOOK)
    assert len(found) > 20
    assert not [c for c in found if c.verdict() is Verdict.IMPOSSIBLE]


def test_blank_parts_count_as_nothing() -> None:
    found = judged(f05(row("", "合计", total="5.00", basic="5.00")))
    assert found["F05-columns"] == [Verdict.EXACT]


def test_levels_by_the_code_even_where_a_section_is_missing() -> None:
    rows = (row("", "合计", total="9.00"), row("205", "教育支出", total="9.00"), row("2050201", total="4.00"), row("20503", total="5.00"))
    assert judged(f05(*rows))["F05-levels"] == [Verdict.EXACT, Verdict.EXACT]


def test_a_unit_is_the_parent_of_the_rows_under_it() -> None:
    rows = (
        row("", "合计", total="7.00"),
        row("301001", "甲中心", total="3.00"), row("2050201", total="3.00"),
        row("301002", "乙中心", total="4.00"), row("2050201", total="1.00"), row("2080505", total="3.00"),
    )  # fmt: skip
    statement = Statement("B05", unit="万元", columns=("total",), rows=rows)
    found = [c for c in constraints(Disclosure(kind="budget", statements=(statement,)), BOOK) if c.id == "B05-levels"]
    assert [c.verdict() for c in found] == [Verdict.EXACT] * 3


def test_a_wrong_total_is_impossible_and_rounding_is_not() -> None:
    assert judged(f05(row("", "合计", total="5.10", basic="3.00", project="2.00")))["F05-columns"] == [Verdict.IMPOSSIBLE]
    assert judged(f05(row("", "合计", total="5.01", basic="3.00", project="2.00")))["F05-columns"] == [Verdict.ROUNDING]


def test_an_identity_that_placed_a_figure_says_so() -> None:
    rows = (row("", "合计", placed=("F05-columns",), total="5.00", basic="5.00"),)
    found = constraints(Disclosure(kind="final", statements=(f05(*rows),)), BOOK)
    assert [c.used for c in found if c.id == "F05-columns"] == [True]


def test_a_number_without_column_leaves_its_row_undecidable() -> None:
    rows = (row("", "合计", total="5.00", basic="3.00", unsure="2.00"),)
    found = [c for c in constraints(Disclosure(kind="final", statements=(f05(*rows),)), BOOK) if c.id == "F05-columns"]
    assert found[0].doubt


def test_a_tie_converts_units() -> None:
    one = f05(row("", "合计", total="12.35", basic="12.35"))
    two = Statement("F06", unit="元", columns=("amount",), rows=(row("", "人员经费合计", amount="100000"), row("", "公用经费合计", amount="23456")))
    assert judged(one, two)["F05-F06-basic"] == [Verdict.ROUNDING]


def test_numbered_lines_are_parts_by_their_numbering() -> None:
    rows = (
        row("", "财政拨款收入", "income", printed="一、财政拨款收入", amount="8.00"),
        row("", "一般公共预算资金", "income", printed="1. 一般公共预算资金", amount="8.00"),
        row("", "事业收入", "income", printed="二、事业收入", amount="1.00"),
        row("", "收入总计", "income", amount="9.00"),
    )  # fmt: skip
    statement = Statement("B01", unit="万元", columns=("amount",), rows=rows)
    found = {c.id: c for c in constraints(Disclosure(kind="budget", statements=(statement,)), BOOK)}
    assert found["B01-income-all"].verdict() is Verdict.EXACT
    wrong = replace(statement, rows=(*rows[:3], row("", "收入总计", "income", amount="9.50")))
    found = {c.id: c for c in constraints(Disclosure(kind="budget", statements=(wrong,)), BOOK)}
    assert found["B01-income-all"].verdict() is Verdict.IMPOSSIBLE
