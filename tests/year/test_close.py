"""Closing random books: every figure is the floor or the ceiling of its true value, and everything adds up."""

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from mingzhang.books.accounts import Accounts
from mingzhang.disclosure import Disclosure
from mingzhang.figures import Verdict, constraints
from mingzhang.forms import load
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


@settings(max_examples=25, deadline=None)
@given(books, kinds, regions)
def test_every_figure_is_a_rounding_of_its_true_value_and_all_sums_hold(given: Accounts, kind: str, region: str) -> None:
    closed = close(given, kind, province=region)
    floors_and_ceilings(closed)
    for found in closed.disclosures:
        everything_holds(found, region)
    units_add_up(given, closed)


@settings(max_examples=10, deadline=None)
@given(books, kinds)
def test_in_yuan_every_figure_is_exact(given: Accounts, kind: str) -> None:
    closed = close(given, kind, unit="元")
    assert closed.way == "exact"
    assert all(e.printed * 100 == e.fen for e in closed.ledger)
    everything_holds(closed.department)
