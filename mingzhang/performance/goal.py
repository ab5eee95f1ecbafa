"""Goals: what a project or a department promises for a year, with the costing behind its money."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

from mingzhang.disclosure import Evaluation, Indicator
from mingzhang.schemes import Measured, measured
from mingzhang.schemes.row import FUNDS, MANAGEMENT, TOTAL, printed


def wan(fen: Decimal | int) -> str:
    """An amount of fen as 万元 with two digits, as the tables print it."""
    return f"{(Decimal(fen) / 1_000_000).quantize(Decimal('0.01'), rounding=ROUND_HALF_UP):f}"


def wan_parts(parts: Sequence[int]) -> tuple[str, ...]:
    """Amounts of fen as ``wan`` prints them, such that they add to their sum as it is printed: what rounding would lose
    goes to those that it cuts most."""
    whole = int(Decimal(wan(sum(parts))) * 100)
    cut = [part // 10_000 for part in parts]
    order = sorted(range(len(parts)), key=lambda n: (-(parts[n] % 10_000), n))
    for n in order[: whole - sum(cut)]:
        cut[n] += 1
    return tuple(f"{Decimal(c) / 100:.2f}" for c in cut)


@dataclass(frozen=True, slots=True)
class Goal:
    """One indicator of a goal table. ``target`` as printed (≥5000人次, 明显减轻); ``weight`` None where none is printed.

    ``guaranteed`` is a value, written like the target, that is reached without any effort (last year's, or one that
    law or contract gives); ``explanation`` says how the actual is measured.
    """

    level1: str
    level2: str
    name: str
    target: str
    weight: Decimal | None = None
    explanation: str = ""
    guaranteed: str = ""

    @property
    def measure(self) -> Measured:
        return measured(self.target)

    @property
    def key(self) -> str:
        return "/".join((self.level1, self.level2, self.name))


@dataclass(frozen=True, slots=True)
class Costing:
    """A line of the costing: ``count`` × ``standard`` (fen for one)."""

    name: str
    count: Decimal
    standard: int
    unit: str = "人"

    @property
    def fen(self) -> int:
        return int((self.count * self.standard).quantize(Decimal(1), rounding=ROUND_HALF_UP))


@dataclass(frozen=True, slots=True)
class GoalTable:
    """A goal table. ``kind``: goal_whole or goal_project; ``budget`` in fen; ``sources``: (level 2, name, fen) of its
    money lines. ``total``: what all weights add to; ``money_weight``: what the money line takes of it in the
    evaluation; ``management``: its lines and their weights, (name, weight)."""

    kind: str
    project: str
    budget: int
    goals: tuple[Goal, ...]
    department: str = ""
    unit_name: str = ""
    goal: str = ""
    tasks: tuple[tuple[str, str, str], ...] = ()
    sources: tuple[tuple[str, str, int], ...] = ()
    costings: tuple[Costing, ...] = ()
    total: Decimal = Decimal(100)
    money_weight: Decimal = Decimal(10)
    management: tuple[tuple[str, Decimal], ...] = field(default=())

    @property
    def weights(self) -> Decimal:
        """The weights of goals, money line and management lines together."""
        parts = [g.weight or Decimal(0) for g in self.goals]
        return sum(parts, self.money_weight + sum((w for _, w in self.management), Decimal(0)))

    def evaluation(self) -> Evaluation:
        """The table as it is printed in a disclosure."""
        whole = self.kind == "goal_whole"
        money = [Indicator(FUNDS, "", "部门预算总额" if whole else "资金总额", wan(self.budget))]
        amounts = wan_parts([fen for *_, fen in self.sources])
        money += [Indicator(FUNDS, level2, name, w) for (level2, name, _), w in zip(self.sources, amounts, strict=True)]
        rows = [
            Indicator(
                g.level1, g.level2, g.name, g.target,
                weight="" if g.weight is None else f"{g.weight:f}", explanation=g.explanation,
            )
            for g in self.goals
        ]  # fmt: skip
        return Evaluation(
            self.kind, self.project, indicators=(*money, *rows), goal=self.goal, tasks=self.tasks,
            department=self.department, unit_name=self.unit_name,
        )  # fmt: skip


def published(evaluation: Evaluation, unit: str = "万元") -> GoalTable:
    """The goals that a published goal table or evaluation prints, to be judged like one's own; amounts in ``unit``
    (万元 or 元), the full-year budget where two are printed, nothing where none is."""
    scale = 100 if unit == "元" else 1_000_000
    money = [i for i in evaluation.indicators if i.level1 == FUNDS]
    amount = printed(money[0].target.rpartition("/")[2]) if money else None
    own = [i for i in evaluation.indicators if i.level1 not in (FUNDS, MANAGEMENT, TOTAL)]

    def weight(i: Indicator) -> Decimal | None:
        figure = printed(i.weight)
        return figure.value if figure else None

    total = next((w for i in evaluation.indicators if i.level1 == TOTAL and (w := weight(i))), None)
    management = tuple((i.name, w) for i in evaluation.indicators if i.level1 == MANAGEMENT and (w := weight(i)))
    kept = weight(money[0]) if money else None
    if kept is None and total is None:
        # Goal tables do not print the money line's weight: what the goals leave of the total is its own.
        given = [w for i in own if (w := weight(i)) is not None] + [w for _, w in management]
        kept = max(Decimal(0), Decimal(100) - sum(given)) if given else None
    return GoalTable(
        evaluation.kind, evaluation.project, int(amount.value * scale) if amount else 0,
        tuple(Goal(i.level1, i.level2, i.name, i.target, weight(i), i.explanation) for i in own),
        evaluation.department, evaluation.unit_name, evaluation.goal, evaluation.tasks,
        total=Decimal(100) if total is None else total, money_weight=kept or Decimal(0), management=management,
    )  # fmt: skip


def shares(total: Decimal, parts: Sequence[Decimal], digits: int = 2) -> tuple[Decimal, ...]:
    """``total`` shared out in proportion to ``parts``, each rounded, so that they add to it exactly (what is left goes
    to the largest remainders, the first among equals)."""
    whole = sum(parts, Decimal(0))
    if not parts or whole <= 0:
        raise ValueError("没有可分的分值：各部分之和须大于0")
    step = Decimal(1).scaleb(-digits)
    units = int(total / step)
    exact = [Decimal(units) * p / whole for p in parts]
    cut = [int(e) for e in exact]
    order = sorted(range(len(parts)), key=lambda n: (cut[n] - exact[n], n))
    for n in order[: units - sum(cut)]:
        cut[n] += 1
    return tuple(Decimal(c) * step for c in cut)
