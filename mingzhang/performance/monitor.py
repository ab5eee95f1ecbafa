"""Mid-year monitoring (双监控): money and goals to a date, the forecast to the year's end, and what turns red."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from functools import cache
from importlib import resources
from itertools import pairwise
from typing import Any

from mingzhang.check.formula import formula, met
from mingzhang.figures import Interval
from mingzhang.performance.assess import percent
from mingzhang.performance.goal import Goal, GoalTable, wan
from mingzhang.schemes import measured, rounded

ON_COURSE, SLOW, BEHIND = "on course", "slow", "behind"
"""What the owner of a goal in words says of it."""


@dataclass(frozen=True, slots=True)
class Forecast:
    """The share of the year's whole at its end: the least, the middle and the greatest of several ways to reckon it."""

    low: Fraction
    middle: Fraction
    high: Fraction


@dataclass(frozen=True, slots=True)
class Progress:
    """How the money (``goal`` empty) or a goal of a project stands. Shares of the full-year budget, or of the target;
    ``done`` None where nothing was measured. ``colour`` is green, yellow or red, set by ``rule``."""

    project: str
    goal: str
    done: Fraction | None
    expected: Fraction
    elapsed: Fraction
    forecast: Forecast | None
    colour: str
    rule: str
    words: str
    words_en: str


@dataclass(frozen=True, slots=True)
class Rectification:
    """What has to be put right, by whom and until when; ``rule`` is the one that turned red."""

    project: str
    goal: str
    rule: str
    reason: str
    owner: str
    due: date


@cache
def _data() -> dict[str, Any]:
    path = resources.files("mingzhang.performance") / "data" / "monitoring.toml"
    return tomllib.loads(path.read_text("utf-8"))


def elapsed(day: date) -> Fraction:
    """The share of the year that is over at the end of the day."""
    first, last = date(day.year, 1, 1), date(day.year, 12, 31)
    return Fraction((day - first).days + 1, (last - first).days + 1)


def course(day: date, months: Sequence[Fraction]) -> Fraction:
    """The share of a year's whole that was reached by that day of it: ``months`` are the twelve cumulative shares at
    the ends of the months; inside a month it grows day by day. Raises ValueError for anything else."""
    if len(months) != 12 or months[-1] != 1 or any(a > b for a, b in pairwise((Fraction(0), *months))):
        raise ValueError("上年进度须为12个累计数，逐月不减，12月为1")
    before = months[day.month - 2] if day.month > 1 else Fraction(0)
    following = date(day.year + day.month // 12, day.month % 12 + 1, 1)
    length = (following - day.replace(day=1)).days
    return before + (months[day.month - 1] - before) * Fraction(day.day, length)


def cumulated(amounts: Sequence[int]) -> tuple[Fraction, ...]:
    """The cumulative shares of twelve monthly amounts (fen, cases). Raises ValueError where they are not twelve, one is
    negative, or nothing was reached in the year."""
    if len(amounts) != 12 or min(amounts) < 0 or not sum(amounts):
        raise ValueError("须为12个月的数，不为负，全年合计大于0")
    return tuple(Fraction(sum(amounts[: n + 1]), sum(amounts)) for n in range(12))


def forecast(done: Fraction, day: date, years: Sequence[Sequence[Fraction]], most: Fraction | None = None) -> Forecast:
    """The year's end from what is done by a day.

    Three ways for each earlier year, exact: *as fast as then*: done ÷ that
    year's course at the day (left out before the course has begun); *the rest
    as then*: done + (1 − course); and once *evenly*: done ÷ the share of the
    year that is over. The range is from the least to the greatest of all, the
    middle is their median (of an even number the mean of the two in the
    middle). Nothing falls below what is done; ``most`` (the budget, 1) caps it.
    """
    ways = [done / elapsed(day)]
    for months in years:
        then = course(day, months)
        ways += [done / then] if then else []
        ways.append(done + 1 - then)
    kept = sorted(max(done, way if most is None else min(way, max(most, done))) for way in ways)
    middle = (kept[(len(kept) - 1) // 2] + kept[len(kept) // 2]) / 2
    return Forecast(kept[0], middle, kept[-1])


_SLOT = re.compile(r"\{(\w+):pct\}")


def _judged(kind: str, project: str, goal: str, names: Mapping[str, Any], seen: Forecast | None) -> Progress:
    """The first rule that is met. Shares are compared to eighteen digits: a fen of any budget counts."""
    shares = {k: v for k, v in names.items() if isinstance(v, Fraction)}
    scope = {**names, **{k: Interval.exact(rounded(v, 18)) for k, v in shares.items()}}
    for rule in _data()[kind]:
        if met(formula(rule["when"])(scope)):
            zh, en = (_SLOT.sub(lambda m: percent(shares[m[1]]), rule[k]) for k in ("words", "words_en"))
            done = names.get("spent" if kind == "money" else "reached")
            return Progress(
                project, goal, done, names["expected"], names["elapsed"], seen, rule["colour"], rule["id"], zh, en
            )
    raise LookupError(f"监控规则没有一条适用于“{project}”{goal}")


def _expected(day: date, years: Sequence[Sequence[Fraction]]) -> Fraction:
    """The share that is due by the day: the mean course of the earlier years, evenly without any."""
    return sum((course(day, m) for m in years), Fraction(0)) / len(years) if years else elapsed(day)


def money(project: str, budget: int, spent: int, day: date, years: Sequence[Sequence[Fraction]] = ()) -> Progress:
    """How a project's money stands: full-year ``budget`` and ``spent`` in fen, earlier ``years`` as monthly cumulative
    shares. Raises ValueError for a budget of nothing or less."""
    if budget <= 0:
        raise ValueError(f"“{project}”全年预算数为{wan(budget)}万元，没有执行进度可言")
    done = Fraction(spent, budget)
    seen = forecast(done, day, years, Fraction(1))
    names = {
        "spent": done, "expected": _expected(day, years), "elapsed": elapsed(day),
        "low": seen.low, "middle": seen.middle, "high": seen.high,
    }  # fmt: skip
    return _judged("money", project, "", names, seen)


def goal(
    project: str, one: Goal, actual: str, day: date, years: Sequence[Sequence[Fraction]] = (), lasting: bool | None = None
) -> Progress:
    """How a goal stands with its ``actual`` to the day, written like the target; for words ON_COURSE, SLOW or BEHIND.

    What is counted grows through the year and is held against the course; a
    rate, a limit or a goal that is ``lasting`` (by default: % and ≤) is held
    against the whole target at any time; a range is exceeded above its upper
    end. An actual of another unit, and other words, count as not measured.
    """
    target, now = one.measure, measured(actual)
    names: dict[str, Any] = {"expected": _expected(day, years), "elapsed": elapsed(day)}
    seen = None
    if target.value is None:
        if actual in (ON_COURSE, SLOW, BEHIND):
            names |= {"level": actual, "reached": Fraction(int(actual == ON_COURSE))}
    elif now.value is not None and target.comparable(now) and target.value > 0:
        reached = Fraction(now.value) / Fraction(target.value)
        limit = target.sign in ("≤", "<")
        whole = limit or "%" in target.unit if lasting is None else lasting
        if limit:
            names |= {"exceeded": max(Fraction(0), reached - 1), "high": Fraction(1)}
            names["reached"] = max(Fraction(0), min(Fraction(1), reached))
            names["expected"] = min(names["expected"], names["reached"])
        elif whole:
            names |= {"reached": reached, "high": reached, "expected": Fraction(1)}
        else:
            seen = forecast(reached, day, years)
            names |= {"reached": reached, "high": seen.high}
        if target.high and now.value > target.high:
            names["exceeded"] = Fraction(now.value) / Fraction(target.high) - 1
    elif now.value is not None and target.comparable(now):
        met_ = target.meets(now.value)
        names |= {"reached": Fraction(int(met_)), "high": Fraction(int(met_))}
    return _judged("goal", project, one.name, names, seen)


def monitor(
    table: GoalTable,
    spent: int,
    actuals: Mapping[str, str],
    day: date,
    years: Sequence[Sequence[Fraction]] = (),
) -> tuple[Progress, ...]:
    """The money and every goal of a table; ``actuals`` by the goal's name. The money is left out without a budget."""
    held = [money(table.project, table.budget, spent, day, years)] if table.budget > 0 else []
    return (*held, *(goal(table.project, g, actuals.get(g.name, ""), day, years) for g in table.goals))


def rectify(progress: Progress, owner: str, day: date, days: int | None = None, reason: str = "") -> Rectification:
    """The entry that a red light demands, due ``days`` (by the data file 30) after the day. Raises ValueError without
    an owner, or where nothing is red."""
    what = progress.goal or "资金"
    if progress.colour != "red":
        raise ValueError(f"“{progress.project}”{what}不是红灯，不需要整改")
    if not owner.strip():
        raise ValueError(f"“{progress.project}”{what}红灯（{progress.words}），须写明整改责任人")
    due = limit(day, days)
    return Rectification(progress.project, progress.goal, progress.rule, reason or progress.words, owner, due)


def limit(day: date, days: int | None = None) -> date:
    """When a red light of a day has to be put right: within ``days``, by the data file 30."""
    return day + timedelta(days=days if days is not None else int(_data()["rectify_days"]))


def unanswered(progress: Sequence[Progress], entries: Sequence[Rectification]) -> tuple[Progress, ...]:
    """The red lights without a rectification entry."""
    answered = {(e.project, e.goal) for e in entries}
    return tuple(p for p in progress if p.colour == "red" and (p.project, p.goal) not in answered)


def end_fen(seen: Forecast, budget: int) -> tuple[int, int, int]:
    """A forecast of money in fen: least, middle, greatest, rounded half up."""
    least, middle, most = (int(rounded(share * budget, 0)) for share in (seen.low, seen.middle, seen.high))
    return least, middle, most
