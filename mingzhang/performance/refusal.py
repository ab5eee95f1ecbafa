"""Why a goal is refused: rules as data over a goal table."""

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib import resources
from itertools import combinations
from typing import Any

from mingzhang.check.formula import filled, formula, met
from mingzhang.figures import Interval
from mingzhang.performance.goal import Goal, GoalTable, wan
from mingzhang.schemes import measured
from mingzhang.schemes.row import plain

_VERBS = re.compile(r"^(组织|开展|举办|进行|完成|推进|落实|全年|年度|本年)+|[的地得]|[（(].*[)）]")


@dataclass(frozen=True, slots=True)
class Rule:
    """One reason to refuse; ``each`` says what it looks at, ``passing`` and ``failing`` are its cases."""

    id: str
    each: str
    words: str
    words_en: str
    when: str
    reason: str
    reason_en: str
    passing: dict[str, Any]
    failing: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Refusal:
    """A goal (``goal`` empty: the whole table) refused by ``rule``, with its reason and what to do."""

    rule: str
    project: str
    goal: str
    reason: str


@cache
def _data() -> dict[str, Any]:
    path = resources.files("mingzhang.performance") / "data" / "refusals.toml"
    return tomllib.loads(path.read_text("utf-8"))


@cache
def rules() -> tuple[Rule, ...]:
    """Every rule of the data file."""
    return tuple(
        Rule(
            r["id"], r["each"], r["words"], r["words_en"], r["when"], r["reason"], r["reason_en"], r["pass"], r["fail"]
        )
        for r in _data()["refusal"]
    )


def refused(table: GoalTable, nothing: Sequence[str] = (), lang: str = "zh") -> tuple[Refusal, ...]:
    """Every reason to refuse the goals of a table, in the order of the table; empty where none is refused.

    ``nothing``: what the department has none of this year (政府采购, “三公”经费):
    rates of it have no base.
    """
    found = []
    for rule in rules():
        for goal, names in _SCOPES[rule.each](table, nothing):
            if met(formula(rule.when)(names)):
                reason = filled(rule.reason_en if lang == "en" else rule.reason, names)
                found.append(Refusal(rule.id, table.project, goal.name if goal else "", reason))
    order = {g.name: n for n, g in enumerate(table.goals)}
    return tuple(sorted(found, key=lambda r: order.get(r.goal, len(order))))


def _exact(value: Decimal | int | None) -> Interval | None:
    return Interval.exact(value) if value is not None else None


def _yuan(fen: int) -> Interval:
    return Interval.exact(Decimal(fen) / 100)


def _in_wan(fen: Decimal | int) -> Interval:
    """The amount as the tables print it, 万元 with two digits, in 元."""
    return Interval.exact(Decimal(wan(fen)) * 10_000)


def _table_names(table: GoalTable) -> dict[str, Any]:
    parts = [w for w in (table.money_weight, *(w for _, w in table.management), *(g.weight for g in table.goals)) if w]
    costings = table.costings
    return _data()["words"] | {
        "project": table.project, "budget": _yuan(table.budget), "budget_printed": _in_wan(table.budget), "total": _exact(table.total),
        "weights": _exact(table.weights), "weight_list": "+".join(f"{w:f}" for w in parts),
        "weighted": any(g.weight is not None for g in table.goals),
        "costed": _yuan(sum(c.fen for c in costings)) if costings else None,
        "costing_list": "+".join(f"{c.count:f}×{Decimal(c.standard) / 100:f}" for c in costings),
    }  # fmt: skip


def _goal_names(goal: Goal, table: GoalTable, nothing: Sequence[str] = ()) -> dict[str, Any]:
    measure, words = goal.measure, _data()["words"]
    guaranteed = measured(goal.guaranteed)
    alike = guaranteed.value is not None and measure.comparable(guaranteed)
    return _table_names(table) | {
        "level1": goal.level1, "level2": goal.level2, "name": goal.name, "target": goal.target, "sign": measure.sign,
        "t": _exact(measure.value), "t_unit": measure.unit, "value": measure.text.lstrip("≥≤<>=＞＜＝"),
        "weight": _exact(goal.weight), "guaranteed": _exact(guaranteed.value) if alike else None,
        "guaranteed_text": goal.guaranteed, "core": _VERBS.sub("", goal.name),
        "wanted_high": bool(re.search(words["high"], goal.name)), "wanted_low": bool(re.search(words["low"], goal.name)),
        "nothing": next((n for n in nothing if n and n in goal.name), ""),
    }  # fmt: skip


Scopes = Iterator[tuple[Goal | None, dict[str, Any]]]


def _each_goal(table: GoalTable, nothing: Sequence[str]) -> Scopes:
    for goal in table.goals:
        yield goal, _goal_names(goal, table, nothing)


def _each_pair(table: GoalTable, _: Sequence[str]) -> Scopes:
    """Each two goals that have names of their own."""
    named = [g for g in table.goals if not re.search(_data()["words"]["placeholder"], g.name)]
    for one, two in combinations(named, 2):
        other = {f"other_{k}": v for k, v in _goal_names(one, table).items()}
        yield two, _goal_names(two, table) | other


def _each_costed(table: GoalTable, _: Sequence[str]) -> Scopes:
    """Each goal with the costing line whose name it contains (the longest such name)."""
    for goal in table.goals:
        lines = [c for c in table.costings if c.name in goal.name]
        if lines:
            line = max(lines, key=lambda c: len(c.name))
            yield goal, _goal_names(goal, table) | {
                "costing": line.name, "count": _exact(line.count), "standard": _yuan(line.standard), "unit": line.unit,
            }  # fmt: skip


def _each_implied(table: GoalTable, _: Sequence[str]) -> Scopes:
    """A table without costing lines whose cost indicators in 元 can each be multiplied with the quantity that is named
    alike: ``implied``, ``working``; ``partial`` where other quantities have no cost of their own."""
    if table.costings:
        return
    rates = [g for g in table.goals if "成本" in g.level1 and g.measure.value is not None and g.measure.unit == "元"]
    rates = [g for g in rates if not re.search(_data()["words"]["whole_cost"], g.name)]
    counts = [g for g in table.goals if "成本" not in g.level1 and g.measure.unit in _data()["words"]["counted"]]
    cost, working, costed = Decimal(0), [], set()
    for rate in rates:
        alike = [(_shared(rate.name, c.name), c) for c in counts if c.measure.value is not None]
        size, count = max(alike, key=lambda a: a[0], default=(0, None))
        if count is None or size < 2:
            return
        assert rate.measure.value is not None
        assert count.measure.value is not None
        costed.add(count.key)
        cost += rate.measure.value * count.measure.value
        working.append(f"{plain(count.measure.value)}×{plain(rate.measure.value)}")
    if rates:
        yield None, _table_names(table) | {
            "implied": _exact(cost), "implied_printed": _in_wan(cost * 100), "working": "+".join(working),
            "partial": any(c.key not in costed for c in counts),
        }  # fmt: skip


def _shared(one: str, two: str) -> int:
    """How many characters at the beginning of one name stand together in the other."""
    return max((n for n in range(len(one) + 1) if one[:n] in two), default=0)


def _whole(table: GoalTable, _: Sequence[str]) -> Scopes:
    yield None, _table_names(table)


_SCOPES = {"goal": _each_goal, "pair": _each_pair, "costed": _each_costed, "implied": _each_implied, "table": _whole}
