"""Sound assessments made at random, from the templates and the schemes: for tests and benchmarks."""

import random
from collections.abc import Sequence
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from mingzhang.disclosure import Disclosure, Publisher
from mingzhang.performance.assess import Actual, Assessment, Evidence, Managed, Money, assess
from mingzhang.performance.goal import Goal, GoalTable, shares
from mingzhang.performance.templates import templates
from mingzhang.schemes import Scheme, rounded, schemes

_EVIDENCE = (Evidence("汇总表.xlsx", "0" * 64),)
_REACHED = (100, 100, 100, 104, 110, 125, 150, 180, 230, 97, 95, 88, 80, 60, 33)
"""What is reached of a target, in %."""
_YEAR = 2031


def goals(draw: random.Random, scheme: Scheme, kind: str = "goal_project", project: str = "甲项目") -> GoalTable:
    """A template with other numbers than its examples; half of them with the scheme's lines of funds' management."""
    one = draw.choice([t for t in templates() if t.kind == kind])
    values = {
        s.name: s.example if s.unit in ("%", "月") else str(max(2, int(Decimal(s.example)) * draw.randrange(50, 300) // 100))
        for s in one.slots
    }
    table = one.table(project, draw.randrange(1_000_000, 900_000_000), values, "某局")
    if draw.random() < 0.5 or not scheme.management:
        return table
    held = sum((w for _, w in scheme.management), Decimal(0))
    left = shares(table.total - table.money_weight - held, [g.weight or Decimal(0) for g in table.goals])
    lighter = tuple(replace(g, weight=weight) for g, weight in zip(table.goals, left, strict=True))
    return replace(table, goals=lighter, management=scheme.management)


def assessment(draw: random.Random, scheme: Scheme, kind: str = "goal_project", project: str = "甲项目") -> Assessment:
    """A complete assessment: targets just met, exceeded and missed; money spent in full or in part."""
    table = goals(draw, scheme, kind, project)
    full = table.budget
    spent = full if draw.random() < 0.5 else draw.randrange(full // 3, full)
    actuals = {g.name: _number(draw, g) if g.measure.value is not None else _words(g, scheme) for g in table.goals}
    managed = {
        name: Managed("按规定办理", weight if draw.random() < 0.7 else weight - 1) for name, weight in table.management
    }
    money = Money(full + draw.choice((0, 1_000_000)), full, spent, "采购推迟", "提前编制采购计划")
    return assess(table, money, actuals, scheme, managed, "已完成")


def _number(draw: random.Random, goal: Goal) -> Actual:
    measure = goal.measure
    assert measure.value is not None
    assert measure.printed is not None
    value = Decimal(measure.value) / measure.factor * draw.choice(_REACHED) / 100
    if measure.unit == "%":
        value = min(value, Decimal(100))
    value = value.quantize(Decimal(1).scaleb(-measure.printed.decimals), ROUND_HALF_UP)
    if measure.value and not value:
        value = Decimal(1)
    return Actual(measure.shown(value * measure.factor).lstrip("≥≤=<>"), "业务台账", (), "人数变化", "按月测算")


def _words(goal: Goal, scheme: Scheme) -> Actual:
    """The first level of the scheme, in words that its patterns know; a score inside its band where it is one."""
    level = scheme.levels[0]
    low, high = (Fraction(goal.weight or 0) * share for share in (level.low, level.high))
    chosen = None if low == high else rounded((low + high * 2) / 3)
    text = level.name if any(n.isalpha() for n in level.actual[0][:2]) else "100%"
    return Actual(text, "", _EVIDENCE, "尚有差距", "继续改进", chosen)


def evaluated(seed: int, among: Sequence[Scheme] = (), projects: int = 5) -> tuple[Disclosure, Scheme]:
    """A disclosure with the evaluations of a department and of its projects, all by one scheme."""
    draw = random.Random(seed)
    scheme = draw.choice(list(among or schemes()))
    made = [assessment(draw, scheme, "goal_whole", "某局")]
    made += [assessment(draw, scheme, project=f"项目{n + 1}") for n in range(projects)]
    tables = tuple(a.evaluation() for a in made)
    return Disclosure(Publisher("某局"), _YEAR, "final", evaluations=tables), scheme
