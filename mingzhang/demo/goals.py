"""The county's goals (goals.toml) and their self-evaluation: money from the books, actuals with their evidence."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

from mingzhang.books.accounts import Accounts
from mingzhang.demo import filled
from mingzhang.demo.data import data
from mingzhang.forms.fill import Entry
from mingzhang.performance.assess import Actual, Assessment, Evidence, Money, assess, percent
from mingzhang.performance.goal import Costing, Goal, GoalTable, shares
from mingzhang.performance.monitor import Progress, Rectification, goal, money, rectify
from mingzhang.performance.refusal import Refusal, refused
from mingzhang.performance.templates import template
from mingzhang.schemes import named

_ALL, _MONEY = Decimal(100), Decimal(10)
_PLANNED, _SPENT = ("year", "carry"), ("basic", "project")


@dataclass(frozen=True, slots=True)
class Course:
    """What a project or the department was given and spent, in fen."""

    initial: int
    full: int
    spent: int
    left: int

    @classmethod
    def of(cls, entries: Iterable[Entry]) -> "Course":
        sums = dict.fromkeys(("initial", "adjust", "spent", "left"), 0)
        parts = {
            **dict.fromkeys(_PLANNED, "initial"),
            **dict.fromkeys(_SPENT, "spent"),
            "adjust": "adjust",
            "closing": "left",
        }
        for entry in entries:
            if part := parts.get(entry.flow):
                sums[part] += entry.amount
        return cls(sums["initial"], sums["initial"] + sums["adjust"], sums["spent"], sums["left"])

    def said(self, what: str) -> str:
        """``rate`` spent of the full-year budget, ``changed`` from the initial one, ``left`` of it at the end."""
        part, whole = {
            "rate": (self.spent, self.full), "changed": (abs(self.full - self.initial), self.initial),
            "left": (self.left, self.full),
        }[what]  # fmt: skip
        return percent(Fraction(part, whole))


def course(accounts: Accounts, project: str = "") -> Course:
    """Of a project, or of the whole department."""
    return Course.of(e for e in accounts.entries if not project or e.project == project)


def tables(accounts: Accounts) -> tuple[GoalTable, ...]:
    """The goal tables: of the projects and, last, of the whole department; weights add to 100 with 10 for the money."""
    return tuple(_table(told, accounts) for told in data("goals")["table"])


def _table(told: Mapping[str, Any], accounts: Accounts) -> GoalTable:
    code = told.get("project", "")
    department, budget = accounts.department.name, course(accounts, code).initial
    more = [_goal(g) for g in told.get("goals", ())]
    project = next((p for p in accounts.projects if p.code == code), None)
    name = project.name if project else department
    if "template" in told:
        table = template(told["template"]).table(name, budget, told["given"], department, _ALL, _MONEY, add=more)
        table = replace(table, goals=_together(table.goals))
    else:
        weights = shares(_ALL - _MONEY, [g.weight or Decimal(1) for g in more])
        goals = tuple(replace(g, weight=w) for g, w in zip(more, weights, strict=True))
        table = GoalTable("goal_project", name, budget, goals, department, goal=told["goal"])
    if project is None:
        return table
    unit = next(u.name for u in accounts.units if u.code == project.unit)
    costing = tuple(Costing(c.name, c.count * c.times, c.standard, c.unit) for c in project.costing)
    return replace(table, unit_name=unit, costings=costing)


def monitored(accounts: Accounts) -> tuple[tuple[Progress, ...], tuple[Rectification, ...]]:
    """How the projects' money and measured goals stand on the day of [monitored], and what each red light demands."""
    day: date = data("goals")["monitored"]["day"]
    found: list[Progress] = []
    red: list[Rectification] = []
    for told, table in zip(data("goals")["table"], tables(accounts), strict=True):
        if code := told.get("project"):
            now, reached = filled.stands(code, day), told["midyear"]
            own = [money(table.project, *now, day)]
            own += [goal(table.project, g, reached[g.name], day) for g in table.goals if g.name in reached]
            found += own
            red += [rectify(p, told["owner"], day) for p in own if p.colour == "red"]
    return tuple(found), tuple(red)


def _together(goals: Iterable[Goal]) -> tuple[Goal, ...]:
    """The goals with those of one level beside each other, levels in the order in which they first come."""
    every = tuple(goals)
    ones = list(dict.fromkeys(g.level1 for g in every))
    twos = list(dict.fromkeys((g.level1, g.level2) for g in every))
    return tuple(sorted(every, key=lambda g: (ones.index(g.level1), twos.index((g.level1, g.level2)))))


def _goal(told: list[str]) -> Goal:
    level1, level2, name, target, part, explanation = told
    return Goal(level1, level2, name, target, Decimal(part), explanation)


def refusal(accounts: Accounts, lang: str = "zh") -> tuple[Refusal, ...]:
    """Why the goal of [refused] cannot be promised, beside the goals of its project."""
    told = data("goals")["refused"]
    at = next(n for n, t in enumerate(data("goals")["table"]) if t.get("project") == told["project"])
    table, wrong = tables(accounts)[at], _goal(told["goal"])
    found = refused(replace(table, goals=(*table.goals, wrong)), lang=lang)
    return tuple(r for r in found if r.goal == wrong.name)


def evidence(folder: Path) -> dict[str, Evidence]:
    """Writes the evidence that the data name, a file each, and gives it by name."""
    folder.mkdir(parents=True, exist_ok=True)
    lines: dict[str, list[str]] = {}
    for told in data("goals")["table"]:
        for name, (actual, *proof) in told["actual"].items():
            if proof:
                lines.setdefault(proof[0], []).append(f"{name}\t{actual}")
    found = {}
    for name, told in lines.items():
        path = folder / f"{name}.txt"
        path.write_text("\n".join([f"{name}（示例）", *dict.fromkeys(told)]) + "\n", "utf-8")
        found[name] = Evidence.of(path)
    return found


def assessments(accounts: Accounts, proofs: Mapping[str, Evidence]) -> Iterator[Assessment]:
    """The self-evaluations by the scheme of the data, in the order of ``tables``."""
    scheme = named(data("goals")["scheme"])
    for told, table in zip(data("goals")["table"], tables(accounts), strict=True):
        own = course(accounts, told.get("project", ""))
        paid = Money(own.initial, own.full, own.spent, *told.get("unspent", ("", "")))
        actuals = {name: _actual(said, own, proofs) for name, said in told["actual"].items()}
        yield assess(table, paid, actuals, scheme, done=told["done"])


def _actual(told: list[str], own: Course, proofs: Mapping[str, Evidence]) -> Actual:
    text, *more = told
    if text.startswith("="):
        return Actual(own.said(text[1:]), register="books")
    proof, reason, measure = [*more, "", ""][:3]
    return Actual(text, evidence=(proofs[proof],), reason=reason, measure=measure)
