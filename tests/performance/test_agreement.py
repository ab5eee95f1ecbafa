"""The check of published goals and the refusal of one's own say one thing about one fact."""

from dataclasses import replace
from typing import Any

import pytest

from mingzhang.check import check
from mingzhang.check.rule import Rule, rules
from mingzhang.disclosure import Disclosure
from mingzhang.performance.goal import Goal, GoalTable, published
from mingzhang.performance.refusal import refused
from mingzhang.performance.refusal import rules as refusals
from tests.check.cases import disclosure_of
from tests.performance.test_goals import case_table

ABOUT_GOALS = [
    r for r in rules()
    if r.each == "indicator" and r.severity != "hint" and any(e["kind"].startswith("goal") for e in r.fails.get("evaluations", ()))
]  # fmt: skip
OF_TEXT = {"logic-procurement-of-nothing", "logic-three-public-of-nothing"}
"""What there is none of stands in the text of a document; a register says it of one's own (``nothing``)."""


def loud(told: Disclosure) -> list[str]:
    found = [f for f in check(told).findings if f.severity != "hint"]
    return [f.rule for f in found if f.rule.startswith(("logic", "performance"))]


@pytest.mark.parametrize("rule", ABOUT_GOALS, ids=lambda r: r.id)
def test_what_the_check_finds_in_published_goals_is_refused_in_ones_own(rule: Rule) -> None:
    nothing = ("政府采购", "三公") if rule.id in OF_TEXT else ()
    for evaluation in disclosure_of(rule.fails).evaluations:
        assert refused(published(evaluation), nothing), rule.id


def _cases() -> list[Any]:
    return [pytest.param(r.passing, id=r.id) for r in refusals()]


@pytest.mark.parametrize("case", _cases())
def test_what_is_not_refused_is_not_found_by_the_check(case: dict[str, Any]) -> None:
    table = case_table(case)
    own = {r.goal for r in refused(table, case.get("nothing", ()))}
    goals = tuple(g for g in table.goals if g.name not in own)
    sound = replace(table, goals=goals, department="某局")
    told = Disclosure(year=2031, kind="budget", evaluations=(sound.evaluation(),))
    assert loud(told) == []


def test_a_target_that_is_the_whole_cost_is_held_against_the_budget_by_both() -> None:
    def whole(target: str) -> GoalTable:
        return GoalTable("goal_project", "甲项目", 20_000_000, (Goal("成本指标", "经济成本指标", "项目总成本", target),))

    for target, wrong in (("≤20万元", False), ("≤15万元", True)):
        table = whole(target)
        assert bool([r for r in refused(table) if r.rule == "cost-against-budget"]) == wrong
    each = Goal("成本指标", "经济成本指标", "住院次均救助金额", "≤2000元")
    table = replace(whole("≤20万元"), goals=(each,))
    assert not [r for r in refused(table) if r.rule == "cost-against-budget"]
    assert loud(Disclosure(year=2031, kind="final", evaluations=(replace(table.evaluation(), kind="self_project"),))) == []
