"""Mid-year monitoring: the course, the forecast, the colours, what a red light demands."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingzhang.performance import monitor as m
from mingzhang.performance.goal import Goal
from mingzhang.performance.templates import template

EVEN = tuple(Fraction(n, 12) for n in range(1, 13))
LATE = m.cumulated([0, 0, 5, 5, 5, 10, 5, 5, 10, 10, 15, 30])
AUGUST = date(2031, 8, 31)
days = st.dates(date(2031, 1, 1), date(2031, 12, 31))
years = st.lists(st.lists(st.integers(0, 100), min_size=12, max_size=12).filter(any).map(m.cumulated), max_size=3)
amounts = st.integers(0, 10**9)


def test_the_course_of_a_year() -> None:
    assert m.elapsed(date(2031, 12, 31)) == 1 and m.elapsed(date(2032, 1, 1)) == Fraction(1, 366)
    assert m.course(AUGUST, LATE) == Fraction(35, 100)
    assert m.course(date(2031, 9, 15), LATE) == Fraction(40, 100)
    assert m.course(date(2031, 12, 31), LATE) == 1
    with pytest.raises(ValueError, match="12个累计数"):
        m.course(AUGUST, LATE[:11])
    with pytest.raises(ValueError, match="合计大于0"):
        m.cumulated([0] * 12)


def test_a_forecast_has_its_range() -> None:
    """Spent 28 %: 0.28/0.35 as fast as last year, 0.28+0.65 the rest as last year, 0.28/(243/365) evenly."""
    seen = m.forecast(Fraction(28, 100), AUGUST, [LATE], Fraction(1))
    assert seen == m.Forecast(Fraction(28, 100) / Fraction(243, 365), Fraction(80, 100), Fraction(93, 100))
    assert m.end_fen(seen, 1_000_001) == (420577, 800001, 930001)


@given(amounts, days, years)
def test_a_forecast_lies_between_what_is_done_and_the_budget(spent: int, day: date, past: list[tuple[Fraction, ...]]) -> None:
    done = Fraction(spent, 10**9)
    seen = m.forecast(done, day, past, Fraction(1))
    assert done <= seen.low <= seen.middle <= seen.high <= 1
    if day == date(2031, 12, 31):
        assert seen.low == seen.high == done


@given(amounts, amounts, days, years)
def test_more_spent_never_foresees_less(one: int, two: int, day: date, past: list[tuple[Fraction, ...]]) -> None:
    less, more = (m.forecast(Fraction(x, 10**9), day, past, Fraction(1)) for x in sorted((one, two)))
    assert less.low <= more.low and less.middle <= more.middle and less.high <= more.high


@pytest.mark.parametrize(
    ("spent", "rule", "colour"),
    [
        (1_100, "money-overspent", "red"), (0, "money-nothing", "red"), (100, "money-lost", "red"),
        (280, "money-behind", "yellow"), (350, "money-on-course", "green"), (700, "money-fast", "yellow"),
    ],
)  # fmt: skip
def test_the_colour_of_money_and_its_rule(spent: int, rule: str, colour: str) -> None:
    found = m.money("甲项目", 1_000, spent, AUGUST, [LATE])
    assert (found.rule, found.colour) == (rule, colour)
    assert found.expected == Fraction(35, 100)
    assert "{" not in found.words + found.words_en and "%" in found.words


@pytest.mark.parametrize(
    ("target", "actual", "rule", "colour"),
    [
        ("≥1000人次", "700人次", "goal-on-course", "green"), ("≥1000人次", "550人次", "goal-behind", "yellow"),
        ("≥1000人次", "300人次", "goal-lost", "red"), ("≥1000人次", "", "goal-unmeasured", "red"),
        ("≥1000人次", "60%", "goal-unmeasured", "red"), ("≥90%", "91%", "goal-on-course", "green"),
        ("≥90%", "60%", "goal-lost", "red"), ("≤20天", "18天", "goal-on-course", "green"),
        ("≤20天", "25天", "goal-exceeded", "red"), ("≤0件", "0件", "goal-on-course", "green"), ("≤0件", "1件", "goal-lost", "red"),
        ("明显减轻", m.ON_COURSE, "goal-on-course-words", "green"), ("明显减轻", m.SLOW, "goal-slow", "yellow"),
        ("90%～95%", "99%", "goal-exceeded", "red"), ("5～10人", "12人", "goal-exceeded", "red"), ("5～10人", "7人", "goal-on-course", "green"),
        ("≤5%", "-1%", "goal-on-course", "green"), ("明显减轻", "有所减轻", "goal-unmeasured", "red"),
        ("明显减轻", m.BEHIND, "goal-failed", "red"),
    ],
)  # fmt: skip
def test_the_colour_of_a_goal_and_its_rule(target: str, actual: str, rule: str, colour: str) -> None:
    one = Goal("产出指标", "数量指标", "甲", target, Decimal(10))
    found = m.goal("甲项目", one, actual, AUGUST, [EVEN])
    assert (found.rule, found.colour) == (rule, colour)
    assert "{" not in found.words + found.words_en


def test_a_red_light_demands_an_owner_and_a_date() -> None:
    one = template("medical-assistance")
    table = one.table("甲项目", 100_000_000, one.examples())
    lights = m.monitor(table, 10_000_000, {"住院救助人次": "900人次", "手工报销办结时限": "31个工作日"}, AUGUST, [EVEN])
    assert len(lights) == 1 + len(table.goals)
    red = [p for p in lights if p.colour == "red"]
    assert {"", "手工报销办结时限", "门诊救助人次"} <= {p.goal for p in red}
    with pytest.raises(ValueError, match="责任人"):
        m.rectify(red[0], " ", AUGUST)
    with pytest.raises(ValueError, match="不是红灯"):
        m.rectify(next(p for p in lights if p.colour == "green"), "王五", AUGUST)
    entry = m.rectify(red[0], "财务股", AUGUST)
    assert (entry.due, entry.rule) == (date(2031, 9, 30), red[0].rule)
    assert m.unanswered(lights, [entry]) == tuple(red[1:])
    with pytest.raises(ValueError, match="没有执行进度"):
        m.money("甲项目", 0, 0, AUGUST)


def test_a_fen_too_much_is_too_much() -> None:
    assert m.money("甲项目", 10**13, 10**13 + 1, AUGUST).rule == "money-overspent"
    assert m.money("甲项目", 10**13, 10**13, date(2031, 12, 31)).rule == "money-on-course"
