"""Closing random books: every figure is the floor or the ceiling of its true value, and everything adds up."""

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mingzhang.books.accounts import Accounts
from mingzhang.check import check
from mingzhang.disclosure import Disclosure, Evaluation
from mingzhang.figures import Verdict, constraints
from mingzhang.forms import load
from mingzhang.forms.fill import SPENT
from mingzhang.year import Closed, close
from mingzhang.year.close import STEPS
from mingzhang.year.invented import accounts

books = st.builds(
    accounts, st.integers(0, 10**6), units=st.integers(1, 3), items=st.integers(1, 40), projects=st.integers(0, 30),
    sources=st.integers(1, 4),
)  # fmt: skip
kinds = st.sampled_from(["final", "budget"])
regions = st.sampled_from(["", "41"])


def floors_and_ceilings(closed: Closed) -> None:
    assert not closed.tails
    for exact in closed.ledger:
        step = STEPS[exact.unit]
        steps = int(exact.printed * 100)
        assert exact.fen // step <= steps <= -(-exact.fen // step), exact


def everything_holds(found: Disclosure, region: str = "") -> None:
    """Every identity and tie of the forms, in the printed digits."""
    laws = constraints(found, load(found.year, region or "-"))
    assert len(laws) > 10
    for law in laws:
        if law.severity != "hint":
            assert law.verdict() is Verdict.EXACT, (law.id, [t.cell.printed.text for t in law.terms])


def amounts(found: Disclosure, skip: set[str]) -> Counter[tuple[str, str, str, str, str]]:
    """The sum of the printed amounts of every line; rows of the units themselves stand apart."""
    sums: Counter[tuple[str, str, str, str, str]] = Counter()
    for statement in found.statements:
        for row in statement.rows:
            if row.code in skip:
                continue
            for cell in row.cells:
                sums[(statement.id, row.side, row.code or row.label, row.block, cell.column)] += cell.printed.value  # type: ignore[assignment]
    return sums


def units_add_up(accounts: Accounts, closed: Closed) -> None:
    skip = {accounts.department.code, *(u.code for u in accounts.units)}
    whole = amounts(closed.department, skip)
    parts: Counter[tuple[str, str, str, str, str]] = Counter()
    for unit in closed.units:
        parts.update(amounts(unit, skip))
    for key in whole.keys() | parts.keys():
        assert whole[key] == parts[key], key


@settings(max_examples=15, deadline=None)
@given(books, kinds, regions)
def test_every_figure_is_a_rounding_of_its_true_value_and_all_sums_hold(given: Accounts, kind: str, region: str) -> None:
    closed = close(given, kind, province=region)
    floors_and_ceilings(closed)
    for found in closed.disclosures:
        everything_holds(found, region)
    units_add_up(given, closed)


@settings(max_examples=6, deadline=None)
@given(books, kinds)
def test_in_yuan_every_figure_is_exact(given: Accounts, kind: str) -> None:
    closed = close(given, kind, unit="元")
    assert closed.way == "exact"
    assert all(e.printed * 100 == e.fen for e in closed.ledger)
    everything_holds(closed.department)


@settings(max_examples=8, deadline=None)
@given(books, kinds, regions)
def test_the_check_finds_no_error_and_no_warning(given: Accounts, kind: str, region: str) -> None:
    for found in close(given, kind, province=region).disclosures:
        grave = [f for f in check(found).findings if f.severity != "hint"]
        assert not grave, grave[0]


def test_the_ledger_has_the_exact_value_of_every_printed_amount() -> None:
    given = accounts(5, units=2, items=12)
    closed = close(given, "final")
    for found in closed.disclosures:
        printed = [(s.id, n, c.column, c.printed.value) for s in found.statements if s.id != "F10"
                   for n, row in enumerate(s.rows) for c in row.cells]  # fmt: skip
        who = found.publisher
        own = [e for e in closed.ledger if (e.publisher, e.scope) == (who.unit_code, who.scope)]
        assert [(e.statement, e.row, e.column, e.printed) for e in own] == printed
    spent = sum(e.amount for e in given.entries if e.flow in SPENT)
    total = next(e for e in closed.ledger if (e.statement, e.label, e.column) == ("F03", "合计", "total"))
    assert total.fen == spent
    assert abs(total.rounding) < 100


def test_a_disclosure_says_whose_it_is_and_is_ready_to_publish() -> None:
    given = accounts(5, units=2, items=6)
    closed = close(given, "budget")
    assert closed.department.title == f"{given.department.name}2024年度部门预算"
    unit = closed.units[1]
    assert unit.title == f"{given.units[1].name}2024年度单位预算"
    assert (unit.publisher.scope, unit.publisher.superior) == ("unit", given.department.name)
    assert unit.publisher.unit_code == given.units[1].code
    assert [s.id for s in unit.statements] == [f"B{n:02d}" for n in range(1, 14)]
    assert all(s.title and s.number and s.unit == "万元" and s.headers for s in unit.statements)
    assert unit.headings and unit.sentences


def test_what_only_the_clerk_knows_is_missing_and_blocks_publication() -> None:
    given = accounts(3, units=1, items=4)
    closed = close(replace(given, paragraphs={}), "final")
    wanted = {lack.missing.key for lack in closed.missing if lack.missing.kind == "paragraph"}
    assert "duties" in wanted and not closed.publishable


def test_performance_tables_go_to_the_department_and_to_the_unit_they_name() -> None:
    given = accounts(4, units=2, items=3)
    table = Evaluation("self_project", "窗口改造", unit_name=given.units[1].name)
    closed = close(given, "final", [table])
    assert closed.department.evaluations == (table,) == closed.units[1].evaluations
    assert closed.units[0].evaluations == ()


def test_another_kind_or_unit_is_refused() -> None:
    given = accounts(1, units=1, items=1)
    for wrong in (("plan", "万元"), ("final", "亿元")):
        with pytest.raises(ValueError, match="nothing is closed"):
            close(given, wrong[0], unit=wrong[1])


@pytest.mark.parametrize(("seed", "region"), [(11, ""), (20, "41")])
def test_the_text_of_a_department_with_institutions_quotes_the_running_expenses_that_its_statement_prints(seed: int, region: str) -> None:
    """Rounded by themselves they would be another last digit than the controlled rounding of B13."""
    found = close(accounts(seed, units=3, items=6), "budget", province=region).department
    statement = found.statement("B13")
    assert statement is not None
    printed = next(cell.printed for row in statement.rows if row.label == "合计" for cell in row.cells)
    told = next(s for s in found.sentences if "机关运行经费预算" in s.text)
    assert told.figures[0].printed.value == printed.value
