"""Books and performance joined: money, counts and sentences are the books' own, what is lacking blocks, and the check agrees."""

import random
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingzhang.books.accounts import Accounts, Count, Paid
from mingzhang.check import check
from mingzhang.disclosure import Disclosure, Indicator
from mingzhang.forms.fill import PLANNED, SPENT, Entry
from mingzhang.performance.assess import Actual, Told
from mingzhang.performance.goal import Goal, GoalTable, shares, wan, wan_parts
from mingzhang.performance.random import assessment
from mingzhang.publish.formats import write
from mingzhang.read import read_file
from mingzhang.schemes import Scheme, schemes
from mingzhang.year import Promised, appraise, close
from mingzhang.year.appraise import RESULT, evaluated
from mingzhang.year.counted import counted
from mingzhang.year.invented import accounts
from mingzhang.year.money import course, held, spent

FEW = range(6)


def funded(books: Accounts) -> Accounts:
    """The books with adjustments, so that neither a project nor the rest has spent more than its full-year budget."""
    more = []
    for code in ("", *(p.code for p in books.projects)):
        own = [e for e in books.entries if e.project == code]
        gap = sum(e.amount for e in own if e.flow in SPENT) - sum(e.amount for e in own if e.flow in (*PLANNED, "adjust"))
        if gap > 0:
            paid = next(e for e in own if e.flow in SPENT)
            more.append(Entry(gap + 10_000, paid.item, paid.source, "adjust", paid.use, paid.unit, project=code))
    return replace(books, entries=(*books.entries, *more))


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
        known = counted(books, goals, money)
        actuals = {g.key: actuals[g.key] for g in goals.goals if g.key not in known}
        actuals |= {key: Actual("", reason="人数变化", measure="按月测算") for key in known}
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
    _, promises, made = year(seed, kind)
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


def test_the_money_is_that_of_the_books_and_its_sources_add_to_it() -> None:
    books, promises, _ = year(3, "final")
    for one in promises:
        own = [e for e in books.entries if one.table.kind == "goal_whole" or e.project == one.code]
        found, missing = evaluated(books, one)
        assert not missing
        assert found.money.initial == sum(e.amount for e in own if e.flow in ("year", "carry"))
        assert found.money.full == sum(e.amount for e in own if e.flow in ("year", "carry", "adjust"))
        assert found.money.outturn == sum(e.amount for e in own if e.flow in SPENT)
        first, *rest = [i for i in found.evaluation().indicators if i.level1 == "资金"]
        if rest:
            assert sum(Decimal(i.actual) for i in rest) == Decimal(first.actual)
            assert sum(Decimal(i.target.split("/")[1]) for i in rest) == Decimal(first.target.split("/")[1])


@given(st.lists(st.integers(0, 10**12), min_size=1, max_size=8))
def test_printed_parts_add_to_the_printed_sum(parts: list[int]) -> None:
    printed = [Decimal(text) for text in wan_parts(parts)]
    assert sum(printed) == Decimal(wan(sum(parts)))
    assert all(abs(p - Decimal(exact) / 1_000_000) < Decimal("0.01") for p, exact in zip(printed, parts, strict=True))


@given(st.lists(st.tuples(st.integers(1, 12), st.integers(-(10**9), 10**9)), max_size=30))
def test_the_course_of_a_year_only_rises_and_ends_at_the_whole(months: list[tuple[int, int]]) -> None:
    paid = [Paid("P", "general", date(2024, month, 5), amount) for month, amount in months]
    found, whole = course(paid, "P"), sum(p.amount for p in paid)
    assert course(paid, "Q") is None and spent(paid, date(2024, 12, 31), "P") == whole
    if found is not None:
        assert len(found) == 12 and found[-1] == Fraction(1) and list(found) == sorted(found) and found[0] >= 0
        by = [spent(paid, date(2024, n + 1, 28), "P") for n in range(12)]
        assert all(share * whole <= total for share, total in zip(found, by, strict=True))
    elif whole > 0:
        assert min(spent(paid, date(2024, n, 28)) for n in range(1, 13)) < 0


def lacks(books: Accounts, kind: str, promises: tuple[Promised, ...]) -> list[str]:
    return [x.missing.key for x in appraise(books, kind, promises).missing]


def test_everything_that_is_lacking_is_listed_and_blocks() -> None:
    books, promises, _ = year(1, "budget")
    whole, first, *others = promises
    assert lacks(books, "budget", ()) == [] == lacks(books, "final", ())
    assert f"{first.code}.none" in lacks(books, "budget", (whole, *others))
    assert lacks(books, "budget", (first, *others)) == [f"{books.department.code}.whole"]
    other = replace(first, table=replace(first.table, budget=first.table.budget + 1))
    assert lacks(books, "budget", (whole, other, *others)) == [f"{first.code}.budget"]
    called = replace(first, table=replace(first.table, project="别的"))
    assert lacks(books, "budget", (whole, called, *others)) == [f"{first.code}.named"]
    strange = replace(first, code="X1")
    assert lacks(books, "budget", (whole, first, *others, strange)) == ["X1.unknown"]
    bad = replace(first, table=replace(first.table, goals=(*first.table.goals[:-1], replace(first.table.goals[-1], target="≥0%"))))
    assert f"{first.code}.refused" in lacks(books, "budget", (whole, bad, *others))
    silent = replace(first, told=Told())
    assert lacks(books, "final", (whole, silent, *others)).count(f"{first.code}.lacking") >= len(first.table.goals)
    kept = {"self_project": evaluated(books, first)[0].evaluation()}
    assert lacks(books, "final", (whole, replace(first, closed={}), *others)) == [f"{first.code}.open"]
    assert lacks(books, "final", (whole, replace(first, closed=kept), *others)) == []
    later = replace(first, closed=kept, told=replace(first.told, done="别的结果"))
    assert lacks(books, "final", (whole, later, *others)) == [f"{first.code}.stale"]
    found = appraise(books, "final", (whole, silent, *others))
    closed = found.joined(close(found.accounts, "final", found.evaluations))
    assert not closed.publishable and len(found.evaluations) == len(promises) - 1


def test_what_the_books_count_is_nobodys_to_type() -> None:
    books, promises, _ = year(2, "final")
    whole = promises[0]
    goals = (*whole.table.goals, Goal("产出指标", "数量指标", "公务接待批次", "≤30批次", Decimal(0)))
    books = replace(books, counts=(Count(books.units[0].code, "receptions", 12), Count(books.units[0].code, "guests", 90)))
    one = replace(whole, table=replace(whole.table, goals=goals))
    rows = {r.goal.name: r.actual for r in evaluated(books, one)[0].rows}
    assert rows["公务接待批次"] == Actual("12批次", "账簿")
    typed = replace(one, told=replace(one.told, actuals={**one.told.actuals, "公务接待批次": Actual("11批次", reason="少")}))
    found, missing = evaluated(books, typed)
    assert {r.goal.name: r.actual for r in found.rows}["公务接待批次"] == Actual("12批次", "账簿", reason="少")
    assert [m.key for m in missing if m.key.endswith("entered")] == [f"{one.code}.entered"] and "11批次" in missing[0].zh


def test_the_sentences_are_those_of_the_publishers_own_evaluations() -> None:
    books, promises, made = year(3, "final")
    found = appraise(books, "final", promises)
    department, *units = ("".join(s.text for s in told.sentences) for told in made)
    for one in promises:
        assert f"“{one.table.project}”自评得分" in department or one.table.kind == "goal_whole"
        for unit, text in zip(books.units, units, strict=True):
            assert (f"“{one.table.project}”自评得分" in text) == (one.table.unit_name == unit.name)
    assert found.accounts.paragraphs[RESULT].count("自评得分") == len(promises)


@pytest.mark.slow
@pytest.mark.parametrize("format", ["pdf", "docx", "html", "xlsx"])
@pytest.mark.parametrize("seed", range(300, 306))
def test_what_is_published_of_a_random_year_reads_back_and_passes(tmp_path: Path, seed: int, format: str) -> None:
    """Every table comes back with its figures; the check says of what was read what it says of what was written."""
    _, _, made = year(seed, "budget" if seed % 2 else "final")
    for n, told in enumerate(made):
        (read,) = read_file(str(write(told, tmp_path / f"{n}.{format}")))
        assert loud(read) == []
        assert [e.kind for e in read.evaluations] == [e.kind for e in told.evaluations]
        for one, two in zip(read.evaluations, told.evaluations, strict=True):
            assert [figures(i) for i in one.indicators] == [figures(i) for i in two.indicators]


def figures(row: Indicator) -> tuple[str, ...]:
    return (row.name, row.target, row.actual, row.weight, row.score, row.deviation)
