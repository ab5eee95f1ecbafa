"""Goal tables from templates, and the reasons for which goals are refused."""

import csv
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingzhang.disclosure import Evaluation, Indicator
from mingzhang.performance.goal import Costing, Goal, GoalTable, published, shares, wan
from mingzhang.performance.refusal import Rule, refused, rules
from mingzhang.performance.templates import Template, template, templates


def case_table(case: dict[str, Any]) -> GoalTable:
    """The goal table of a rule's case."""
    goals = []
    for line in case["rows"]:
        level1, level2, name, target, weight, guaranteed = (line.split("|") + [""] * 6)[:6]
        goals.append(Goal(level1, level2, name, target, Decimal(weight) if weight else None, "", guaranteed))
    costings = []
    for line in case.get("costings", ()):
        name, count, standard, unit = line.split("|")
        costings.append(Costing(name, Decimal(count), int(Decimal(standard) * 100), unit))
    return GoalTable(
        "goal_project", "甲项目", case.get("budget", 1) * 100, tuple(goals), costings=tuple(costings),
        total=Decimal(case.get("total", 100)), money_weight=Decimal(case.get("money_weight", 10)),
    )  # fmt: skip


@pytest.mark.parametrize("rule", rules(), ids=lambda r: r.id)
def test_cases_of_the_rules(rule: Rule) -> None:
    for case, expected in ((rule.passing, False), (rule.failing, True)):
        for lang in ("zh", "en"):
            found = {r.rule for r in refused(case_table(case), case.get("nothing", ()), lang)}
            assert (rule.id in found) == expected, case


def test_a_cost_that_is_the_budget_in_the_digits_of_the_table_is_not_refused() -> None:
    whole = Goal("成本指标", "经济成本指标", "项目总成本", "≤36.78万元", Decimal(90))
    parts = (
        Goal("成本指标", "经济成本指标", "奖励标准", "=333.33元", Decimal(40)),
        Goal("产出指标", "数量指标", "奖励人数", "≥33人", Decimal(50)),
    )
    for budget, goals, rule in ((36_781_234, (whole,), "cost-against-budget"), (1_100_000, parts, "implied-cost")):
        table = GoalTable("goal_project", "甲项目", budget, goals)
        assert rule not in {r.rule for r in refused(table)}
        assert rule in {r.rule for r in refused(replace(table, budget=budget + 10_000))}


TEN = {
    "placeholder": "产出指标|数量指标|指标1：||",
    "no-unit": "产出指标|数量指标|检查家次|20|10",
    "cannot-fail-upper": "产出指标|质量指标|监管任务完成率|≤100%|10",
    "cannot-fail-lower": "产出指标|质量指标|待遇发放率|≥0%|10",
    "cannot-fail-guaranteed": "效益指标|社会效益指标|一站式结算率|≥70%|10|72%",
    "wrong-way-high": "满意度指标|服务对象满意度指标|参保群众满意度|≤98%|10",
    "wrong-way-low": "产出指标|质量指标|救助对象住院自付比例|≥70%|10",
    "incomparable-rate": "效益指标|社会效益指标|异地就医备案率|有所提高|10",
    "nothing-executed": "产出指标|时效指标|预算执行率|=100%|10",
    "repeated": "产出指标|数量指标|开展检查家次|20|10",
}


def test_ten_kinds_of_defects_give_ten_reasons() -> None:
    table = case_table({"budget": 0, "total": 100, "money_weight": 10, "rows": list(TEN.values())})
    found = refused(table)
    for rule, line in TEN.items():
        reason = next(r.reason for r in found if (r.rule, r.goal) == (rule, line.split("|")[2]))
        assert line.split("|")[2] in reason
    assert len({r.reason for r in found}) == len(found) >= 10
    # nothing else is held against it
    assert {r.rule for r in found} == TEN.keys()


@pytest.mark.parametrize("one", templates(), ids=lambda t: t.id)
def test_a_template_filled_in_is_not_refused(one: Template) -> None:
    costed = one.table("甲项目", 0, one.examples(), "某局")
    table = one.table("甲项目", sum(c.fen for c in costed.costings) or 10_000_000, one.examples(), "某局")
    assert table.weights == table.total == 100
    assert not refused(table)
    evaluation = table.evaluation()
    assert evaluation.kind == one.kind
    assert sum(Decimal(i.weight) for i in evaluation.indicators if i.weight) == 100 - table.money_weight
    assert all("{" not in i.target + i.explanation for i in evaluation.indicators)


def test_what_is_not_filled_in_is_told() -> None:
    one = template("medical-assistance")
    with pytest.raises(ValueError, match=r"还缺：.*outpatient（门诊救助人次的目标"):
        one.table("甲项目", 1, {k: v for k, v in one.examples().items() if k != "outpatient"})
    with pytest.raises(ValueError, match="没有这些填空：nowhere"):
        one.table("甲项目", 1, one.examples() | {"nowhere": "1"})
    with pytest.raises(KeyError, match="medical-assistance"):
        template("nowhere")


@pytest.mark.parametrize(("slot", "text"), [("full", "十元"), ("full", "0.005"), ("destitute", "-1"), ("destitute", "5%")])
def test_a_costing_that_is_no_number_or_finer_than_the_fen_is_refused(slot: str, text: str) -> None:
    one = template("enrolment-aid")
    with pytest.raises(ValueError, match=rf"“{text}”.*{slot}"):
        one.table("甲项目", 1, one.examples() | {slot: text})


def test_a_clerk_leaves_out_and_adds() -> None:
    one = template("fund-supervision")
    own = Goal("产出指标", "数量指标", "飞行检查次数", "≥3次", Decimal(15), "检查通知书")
    table = one.table("甲项目", 6_800_000, one.examples(), leave_out=["培训次数"], add=[own])
    assert "培训次数" not in {g.name for g in table.goals}
    assert table.goals[-1].name == own.name and table.weights == 100


@given(st.lists(st.decimals("0.1", "50", places=1), min_size=1, max_size=20), st.decimals("1", "100", places=2))
def test_shares_add_exactly(parts: list[Decimal], total: Decimal) -> None:
    given_ = shares(total, parts)
    assert sum(given_) == total
    assert all(abs(share - total * part / sum(parts)) < Decimal("0.01") for share, part in zip(given_, parts, strict=True))


def test_fen_are_printed_as_wan() -> None:
    assert (wan(123_456_789), wan(5_000), wan(0)) == ("123.46", "0.01", "0.00")


def test_a_published_table_is_judged_like_ones_own() -> None:
    one = template("fund-supervision")
    table = one.table("甲项目", 6_800_000, one.examples(), "某局")
    again = published(table.evaluation())
    assert [(g.name, g.target, g.weight) for g in again.goals] == [(g.name, g.target, g.weight) for g in table.goals]
    assert again.budget == table.budget and again.money_weight == table.money_weight
    assert not refused(again)
    heavier = replace(table, goals=(*table.goals[:-1], replace(table.goals[-1], weight=Decimal(40))))
    assert [r.rule for r in refused(published(heavier.evaluation()))] == ["weights-total"]


def test_the_given_documents_show_ten_kinds_of_defects(shared: Path) -> None:
    """Their goals, as the truth has them, are refused for ten different reasons at least."""
    kinds = set()
    for path in sorted((shared / "truth").glob("*/indicators.csv")):
        tables: dict[tuple[str, str], list[Indicator]] = {}
        with path.open(encoding="utf-8-sig", newline="") as file:
            for r in csv.DictReader(file):
                cells = (r[k] for k in ("level1", "level2", "name", "target", "actual", "weight", "score"))
                tables.setdefault((r["table"], r["project"]), []).append(Indicator(*cells))
        for (kind, project), rows in tables.items():
            kinds |= {r.rule for r in refused(published(Evaluation(kind, project, indicators=tuple(rows))))}
    assert len(kinds) >= 10


@pytest.mark.parametrize("name", ["追回违规基金金额|≥40万元", "政策范围内自付医疗费补助比例|≥80%"])
def test_a_low_word_within_what_is_wanted_high_is_no_reason(name: str) -> None:
    row = f"效益指标|经济效益指标|{name}|90"
    assert not refused(case_table({"budget": 1, "rows": [row]}))
