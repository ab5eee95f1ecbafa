"""Books and performance joined: money, counts and sentences are the books' own, what is lacking blocks, and the check agrees."""

import random
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingzhang.books.accounts import Accounts, Count, Paid
from mingzhang.check import check
from mingzhang.disclosure import Disclosure
from mingzhang.forms.fill import SPENT, Entry
from mingzhang.performance.assess import Actual, Told
from mingzhang.performance.goal import Goal, GoalTable, shares, wan, wan_parts
from mingzhang.performance.random import assessment
from mingzhang.schemes import Scheme, schemes
from mingzhang.year import Promised, appraise, close
from mingzhang.year.appraise import RESULT, evaluated
from mingzhang.year.invented import accounts
from mingzhang.year.money import course, held, spent

FEW = range(6)


def funded(books: Accounts) -> Accounts:
    """The books with adjustments, so that no project has spent more than its full-year budget."""
    more = []
    for project in books.projects:
        money = held(books, project.code)
        if money.outturn > money.full:
            paid = next(e for e in books.entries if e.project == project.code and e.flow in SPENT)
            gap = money.outturn - money.full + 10_000
            more.append(Entry(gap, paid.item, paid.source, "adjust", paid.use, paid.unit, project=project.code))
    books = replace(books, entries=(*books.entries, *more))
    money = held(books)
    if money.outturn > money.full:
        paid = next(e for e in books.entries if e.flow in SPENT)
        gap = Entry(money.outturn - money.full + 10_000, paid.item, paid.source, "adjust", paid.use, paid.unit)
        books = replace(books, entries=(*books.entries, gap))
    return books


def table(made: GoalTable, budget: int, unit: str, department: str) -> GoalTable:
    """The table for another budget: without the costs that its example was costed by, the weights shared out anew."""
    goals = [g for g in made.goals if "成本" not in g.level1]
    held_ = made.money_weight + sum((w for _, w in made.management), Decimal(0))
    weights = shares(made.total - held_, [g.weight or Decimal(0) for g in goals])
    kept = tuple(replace(g, weight=w) for g, w in zip(goals, weights, strict=True))
    return replace(made, goals=kept, budget=budget, costings=(), department=department, unit_name=unit)


def promised(books: Accounts, seed: int, scheme: Scheme) -> tuple[Promised, ...]:
    """Goals of everything that has money, with actuals that meet, exceed and miss them."""
    draw, units = random.Random(seed), {u.code: u.name for u in books.units}
    out = []
    for code, name, unit, kind in (
        (books.department.code, books.department.name, "", "goal_whole"),
        *((p.code, p.name, units[p.unit], "goal_project") for p in books.projects),
    ):
        money = held(books, "" if kind == "goal_whole" else code)
        if not (money.full or money.outturn or money.initial):
            continue
        a = assessment(draw, scheme, kind, name)
        goals = table(a.table, money.initial, unit, books.department.name)
        actuals = {r.goal.key: r.actual for r in a.rows if r.actual}
        managed = {line: m for line, _, m in a.managed if m and (money.outturn or not scheme.judges_unspent(line))}
        judged = {line: replace(m, score=m.score if money.outturn else m.score - 1) for line, m in managed.items()}
        goals = replace(goals, management=tuple((n, w) for n, w in goals.management if n in judged))
        goals = table(goals, goals.budget, unit, books.department.name)
        out.append(Promised(code, goals, Told(actuals, "采购推迟", "提前编制计划", judged, "已完成"), scheme))
    return tuple(out)


def year(seed: int, kind: str) -> tuple[Accounts, tuple[Promised, ...], list[Disclosure]]:
    books = funded(accounts(seed, items=5, projects=4))
    promises = promised(books, seed, schemes()[seed % len(schemes())])
    found = appraise(books, kind, promises)
    assert [m.missing.zh for m in found.missing] == []
    closed = close(found.accounts, kind, found.evaluations)
    return books, promises, list(closed.disclosures)


def loud(told: Disclosure) -> list[str]:
    return [f"{f.rule} {f.printed} {f.expected}" for f in check(told).findings if f.severity != "hint"]


def _sound(seed: int, kind: str) -> None:
    books, promises, made = year(seed, kind)
    assert len(made[0].evaluations) == len(promises)
    for told in made:
        assert loud(told) == []


@pytest.mark.parametrize("kind", ["budget", "final"])
@pytest.mark.parametrize("seed", FEW)
def test_what_performance_adds_passes_the_check(seed: int, kind: str) -> None:
    _sound(seed, kind)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(100, 200))
def test_random_years_with_goals_and_evaluations_pass_the_check(seed: int) -> None:
    _sound(seed, "budget" if seed % 2 else "final")
