"""Filling the forms: which entries each printed figure sums."""

from dataclasses import replace

import pytest

from mingzhang.forms import Book, fill, load
from mingzhang.forms.fill import Entry, Member, Plan, Press, Sets, Whose, chinese, members
from mingzhang.forms.random.ledger import every_name

NAMES = every_name()
UNITS = (Member("301001", "301001", "甲局（本级）"), Member("301002", "301002", "甲局培训中心", "institution"))
WHOSE = Whose("department", "301", "甲局", 2024, UNITS, NAMES, {"P1": "窗口改造"})


def book(**printing: object) -> Book:
    found = load(2024, "-")
    return replace(found, filling=replace(found.filling, **printing))


def final(*entries: Entry, **printing: object) -> dict[str, Plan]:
    return {p.id: p for p in fill.final.plans(Sets(entries), WHOSE, book(**printing), {"应急保障用车": 2})}


def budget(*entries: Entry, **printing: object) -> dict[str, Plan]:
    return {p.id: p for p in fill.budget.plans(Sets(entries), WHOSE, book(**printing))}


def figure(plan: Plan, name: str, column: str) -> list[int]:
    """The entries of the first row of that label or code."""
    row = next(r for r in plan.rows if name in (r.label, r.code))
    return list(members(row.sets[column]))


WAGES = Entry(100, "2101501", "general", "basic", unit="301001", economic="30101")
DRIVING = Entry(20, "2101501", "general", "basic", unit="301001", economic="30231")
TRIP = Entry(30, "2101504", "general", "project", unit="301002", economic="30212", project="P1")
LOTTERY = Entry(7, "2296013", "fund", "project", unit="301001", economic="30217")
MEANS = Entry(157, "2101501", "general", "income", unit="301001")
PLANNED = Entry(50, "2101501", "general", "year", "basic_goods", "301001", "30231", "50201")
CHANGED = Entry(-10, "2101501", "general", "adjust", "basic_goods", "301001", "30231", "50201")


def test_a_figure_is_the_set_of_what_it_sums() -> None:
    plans = final(WAGES, DRIVING, TRIP, LOTTERY, MEANS)
    assert figure(plans["F03"], "合计", "total") == [0, 1, 2, 3]
    assert figure(plans["F05"], "210", "basic") == [0, 1]
    assert figure(plans["F05"], "2101504", "project") == [2]
    assert figure(plans["F06"], "人员经费合计", "amount") == [0]
    assert figure(plans["F06"], "302", "amount") == [1]
    assert figure(plans["F07"], "2296013", "total") == [3]
    assert figure(plans["F04"], "其他支出", "fund") == [3]
    assert figure(plans["F02"], "合计", "appropriation") == [4]


def test_three_public_expenses_are_known_by_their_economic_codes_whoever_of_the_treasury_pays() -> None:
    plans = final(WAGES, DRIVING, TRIP, LOTTERY, PLANNED, CHANGED)
    shown = plans["F09"]
    assert shown.columns == ("budget", "final")
    assert figure(shown, "因公出国（境）费", "final") == [2]
    assert figure(shown, "公务用车运行维护费", "final") == figure(shown, "公务用车购置及运行维护费", "final") == [1]
    assert figure(shown, "公务接待费", "final") == [3]
    assert figure(shown, "合计", "final") == [1, 2, 3]
    assert figure(shown, "公务用车运行维护费", "budget") == [4, 5]


def test_where_a_province_prints_both_budgets_the_first_is_without_adjustments() -> None:
    shown = final(PLANNED, CHANGED, three_public=("initial_budget", "full_budget", "final"))["F09"]
    assert figure(shown, "合计", "initial_budget") == [0]
    assert figure(shown, "合计", "full_budget") == [0, 1]


def test_the_assets_are_counted_not_summed() -> None:
    rows = final(WAGES)["F10"].rows
    assert rows[0].counts == {"final": 2} and sum(r.counts["final"] for r in rows) == 4


def test_sections_of_the_printed_classes_stand_in_f06_even_when_nothing_was_spent_on_them() -> None:
    rows = final(WAGES)["F06"].rows
    assert {"30101", "30399", "30201", "31013", "39999"} <= {r.code for r in rows}
    codes = [r.code for r in rows if r.code]
    assert codes.index("30399") < codes.index("302"), "personnel first"


@pytest.mark.parametrize("style", ["levels", "units"])
def test_running_expenses_are_the_office_expenses_of_units_that_are_offices(style: str) -> None:
    school = replace(PLANNED, unit="301002")
    wages = replace(PLANNED, economic="30101", use="basic_wages")
    plans = budget(PLANNED, school, wages, budget=style)
    assert figure(plans["B13"], "合计", "total") == [0]
    assert figure(plans["B06"], "合计", "public") == [0, 1]


def test_what_was_adjusted_is_no_part_of_the_budget() -> None:
    assert figure(budget(PLANNED, CHANGED)["B03"], "合计", "total") == [0]


def test_carried_means_stand_apart_in_every_style() -> None:
    carried = replace(PLANNED, flow="carry")
    for style in ("levels", "units"):
        plans = budget(PLANNED, carried, budget=style)
        assert figure(plans["B01"], "本年收入合计", "amount") == [0]
        assert figure(plans["B01"], "上年结转结余", "amount") == [1]
        assert figure(plans["B02"], "合计", "carry_total") == [1]
        assert figure(plans["B04"], "收入合计", "amount") == [0, 1]


def test_a_project_is_named_and_what_belongs_to_none_by_its_economic_section() -> None:
    project = replace(PLANNED, use="project_specific", project="P1", economic="30227")
    plans = budget(PLANNED, project)
    assert [r.label for r in plans["B12"].rows] == ["合计", "甲局", "窗口改造"]
    assert plans["B12"].rows[2].side == "特定目标类"
    assert [r.label for r in plans["B07"].rows] == ["合计", "甲局", "公务用车运行维护费"]


def test_an_empty_statement_says_so_in_the_words_of_who_publishes() -> None:
    plans = final(WAGES, MEANS)
    assert plans["F07"].notes == ("说明：2024年度本部门没有政府性基金预算财政拨款收入、支出和结转结余，本表无数据。",)
    assert plans["F08"].notes and plans["F09"].notes and not plans["F03"].notes
    unit = replace(WHOSE, scope="unit")
    made = {p.id: p for p in fill.budget.plans(Sets([PLANNED]), unit, book())}
    assert "本单位" in made["B10"].notes[0] and made["B11"].notes


def test_a_unit_prints_the_lines_that_its_department_prints() -> None:
    own = replace(PLANNED, unit="301002")
    carried = replace(PLANNED, flow="carry")
    sets = Sets([own, carried])
    plans = {p.id: p for p in fill.budget.plans(sets.within(sets.unit("301002")), WHOSE, book())}
    assert figure(plans["B01"], "上年结转结余", "amount") == []


def test_blank_is_nothing_and_a_rounded_nothing_is_printed() -> None:
    plans = final(WAGES, MEANS)
    printed = fill.printed(plans["F05"], lambda set: 0, Press())
    assert {c.printed.text for _, c in printed.cells()} == {"0.00"}
    assert printed.rows[0].get("project") is None
    assert fill.printed(plans["F05"], lambda set: 0, Press(zeros=True)).rows[0].get("project") is not None


def test_more_than_a_hundred_items_are_numbered() -> None:
    told = {1: "一", 10: "十", 19: "十九", 99: "九十九", 100: "一百", 105: "一百零五", 110: "一百一十", 250: "二百五十", 999: "九百九十九"}
    assert {n: chinese(n) for n in told} == told
    assert len({chinese(n) for n in range(1, 1000)}) == 999
