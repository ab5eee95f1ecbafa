"""What is kept of goals, actuals, monitoring and evaluations: given back as it was, never changed, never lost."""

import random
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from mingzhang.performance.apply import adoption
from mingzhang.performance.assess import Actual, Evidence, Incomplete, Money, assess
from mingzhang.performance.goal import GoalTable
from mingzhang.performance.monitor import monitor, rectify
from mingzhang.performance.random import assessment
from mingzhang.performance.templates import template
from mingzhang.schemes import named

AUGUST = date(2031, 8, 31)


def goals() -> GoalTable:
    one = template("medical-assistance")
    costed = one.table("甲项目", 0, one.examples())
    return one.table("甲项目", sum(c.fen for c in costed.costings), one.examples(), "某局")


@pytest.mark.usefixtures("sqlite")
def test_a_goal_table_is_kept_in_versions() -> None:
    from mingzhang.performance import store

    first = store.keep_goals(goals(), "361001", 2031, "P01", "王")
    assert store.table(first) == goals()
    changed = replace(goals(), goal="年中调整后的目标")
    with pytest.raises(store.Refused, match="须写明原因"):
        store.keep_goals(changed, "361001", 2031, "P01", "王")
    second = store.keep_goals(changed, "361001", 2031, "P01", "李", "年中追加预算")
    assert [(g.version, g.author, g.why) for g in store.versions("361001", 2031, "P01")] == [
        (1, "王", ""), (2, "李", "年中追加预算"),
    ]  # fmt: skip
    assert store.table(first) == goals() and store.table(second) == changed
    assert store.goal_tables("361001", 2031) == (changed,) and store.goal_tables("361001", 2030) == ()


@pytest.mark.usefixtures("sqlite")
def test_a_refused_goal_is_not_kept() -> None:
    from mingzhang.performance import store

    bad = replace(goals(), budget=goals().budget + 1)
    with pytest.raises(store.Refused, match="测算") as told:
        store.keep_goals(bad, "361001", 2031, "P01", "王")
    assert [r.rule for r in told.value.refusals] == ["costing-total"]
    assert not store.versions("361001", 2031, "P01")


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_nothing_that_is_kept_can_be_changed(kind: str, request: pytest.FixtureRequest) -> None:
    request.getfixturevalue(kind)
    from django.db import DatabaseError, connection, transaction

    from mingzhang.performance import models, store

    kept = store.keep_goals(goals(), "361001", 2031, "P01", "王")
    row = kept.rows.first()
    row.target = "≥1人次"
    for act in (row.save, row.delete, kept.rows.all().delete, lambda: kept.rows.update(target="")):
        with pytest.raises(models.AppendOnly):
            act()
    for sql in ("UPDATE performance_goalrow SET target = ''", "DELETE FROM performance_goalrow"):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
    assert store.table(kept) == goals()


@pytest.mark.usefixtures("sqlite")
def test_every_table_that_is_recorded_has_its_triggers() -> None:
    from importlib import import_module

    from mingzhang.performance import models

    tables = import_module("mingzhang.performance.migrations.0002_append_only").TABLES
    assert set(tables) == {m._meta.db_table for m in models.Recorded.__subclasses__()}


@pytest.mark.usefixtures("sqlite")
def test_actuals_with_their_evidence_the_latest_stands() -> None:
    from mingzhang.performance import store

    kept = store.keep_goals(goals(), "361001", 2031, "P01", "王")
    file = store.attach("问卷.pdf", b"survey", "王")
    assert store.attach("又一份.pdf", b"survey", "李").pk == file.pk and store.intact(file)
    with pytest.raises(store.Refused, match="空文件"):
        store.attach("空.pdf", b"", "王")
    shown = Actual("93%", evidence=(Evidence("问卷.pdf", file.sha256),))
    store.record(kept, "救助对象满意度", Actual("91%", "抽查"), "王")
    store.record(kept, "救助对象满意度", shown, "李")
    assert store.actuals(kept) == {"救助对象满意度": shown}
    assert kept.actuals.count() == 2
    with pytest.raises(store.Refused, match=r"没有上传：别的\.pdf"):
        store.record(kept, "救助对象满意度", Actual("93%", evidence=(Evidence("别的.pdf", "0" * 64),)), "李")
    with pytest.raises(store.Refused, match="没有指标"):
        store.record(kept, "不知道", shown, "李")


@pytest.mark.usefixtures("sqlite")
def test_red_lights_are_followed_until_they_are_put_right() -> None:
    from mingzhang.performance import store

    kept = store.keep_goals(goals(), "361001", 2031, "P01", "王")
    seen = monitor(goals(), 0, {}, AUGUST)
    lights = store.watch(kept, seen, AUGUST, "王")
    assert len(lights) == 1 + len(goals().goals) and Fraction(lights[0].expected) == seen[0].expected
    red = next(light for light in lights if light.colour == "red")
    entry = store.demand(red, rectify(seen[0], "财务股", AUGUST), "王")
    assert store.overdue("361001", 2031, AUGUST) == []
    assert store.overdue("361001", 2031, date(2031, 12, 1)) == [entry]
    with pytest.raises(store.Refused, match="怎样整改"):
        store.rectified(entry, date(2031, 9, 20), "", "王")
    store.rectified(entry, date(2031, 9, 20), "已拨付两批", "王")
    assert store.overdue("361001", 2031, date(2031, 12, 1)) == []
    with pytest.raises(store.Refused, match="红灯"):
        store.demand(lights[1], rectify(seen[0], "财务股", AUGUST), "王")


@pytest.mark.usefixtures("sqlite")
def test_an_evaluation_is_closed_once_and_corrected_with_a_reason() -> None:
    from mingzhang.performance import store

    made = next(
        a for seed in range(100)
        if (a := assessment(random.Random(seed), named("deviation-30"))).table.costings
    )  # fmt: skip
    budget = sum(c.fen for c in made.table.costings)
    table = replace(made.table, budget=budget)
    kept = store.keep_goals(table, "361001", 2031, "P01", "王", nothing=())
    money = Money(budget, budget, budget)
    acts = {r.goal.name: r.actual for r in made.rows if r.actual}
    managed = {name: m for name, _, m in made.managed if m}
    done = assess(table, money, acts, made.scheme, managed, "已完成")
    with pytest.raises(Incomplete):
        store.close(kept, assess(table, money, {}, made.scheme, managed), "王")
    with pytest.raises(store.Refused, match="不是第1版"):
        store.close(kept, replace(done, table=replace(table, goal="另一个")), "王")
    row = store.close(kept, done, "王")
    assert (row.points, row.grade) == (done.points, done.grade)
    with pytest.raises(store.Refused, match="更正须写明原因"):
        store.close(kept, done, "王")
    corrected = replace(done, money=replace(money, initial=budget - 100))
    store.close(kept, corrected, "王", why="年初预算数录错")
    judged = store.close(kept, done, "李", "dept_project")
    assert store.evaluations("361001", 2031) == (corrected.evaluation(), done.evaluation("dept_project"))
    assert kept.evaluations.count() == 3
    advice = [store.recommend(judged, text, "李") for text in ("按月测算", "公开问卷")]
    store.answer(advice[0], True, "", "王")
    with pytest.raises(store.Refused, match="须写明理由"):
        store.answer(advice[1], False, "", "王")
    found = store.recommendations("361001", 2031)
    assert [(r.text, r.adopted) for r in found] == [("按月测算", True), ("公开问卷", None)]
    assert adoption(found) == Decimal("0.5")


@pytest.mark.usefixtures("sqlite")
def test_the_migrations_are_those_of_the_models() -> None:
    from django.core.management import call_command

    call_command("makemigrations", "performance", check=True, dry_run=True, verbosity=0)
