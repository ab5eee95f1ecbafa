"""What is published already: opening balances and the approved budget are fixed, and books that differ are refused."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mingzhang.books.accounts import Accounts
from mingzhang.check import check
from mingzhang.disclosure import Cell, Disclosure, Printed, Row
from mingzhang.forms import load
from mingzhang.year import Closed, Refused, close
from mingzhang.year.invented import accounts
from tests.year.test_close import everything_holds, units_add_up


def years(seed: int, units: int = 2, items: int = 12) -> tuple[Accounts, Closed]:
    """The books of 2024 with what was published before: the final accounts of 2023 and the budget of 2024."""
    before = accounts(seed, year=2023, units=units, items=items)
    last = close(before, "final")
    now = accounts(seed, year=2024, items=items, last=before)
    budget = close(now, "budget")
    return replace(now, published=(*last.disclosures, *budget.disclosures)), last


def value(found: Disclosure, id: str, line: str, side: str, column: str) -> Decimal:
    form = load(found.year).by_id[id]
    statement = found.statement(id)
    assert statement
    wanted = next(x for x in form.lines if x.id == line and x.side in ("", side))
    row = next(r for r in statement.rows if r.side == side and wanted.matches(r.label))
    cell = row.get(column)
    return cell.printed.value if cell else Decimal(0)


def by_code(found: Disclosure, id: str, column: str) -> dict[str, Decimal]:
    statement = found.statement(id)
    assert statement
    cells = {r.code: r.get(column) for r in statement.rows}
    return {code: c.printed.value for code, c in cells.items() if c is not None and c.printed.value}


@settings(max_examples=6, deadline=None)
@given(st.integers(0, 10**6), st.integers(1, 3), st.integers(1, 40))
def test_last_years_closing_is_this_years_opening_and_all_sums_still_hold(seed: int, units: int, items: int) -> None:
    now, last = years(seed, units, items)
    closed = close(now, "final")
    assert not closed.tails and closed.way in ("exact", "relaxation", "search")
    for found, before in zip(closed.disclosures, last.disclosures, strict=True):
        everything_holds(found)
        for id in ("F01", "F04"):
            column = "amount" if id == "F01" else "total"
            assert value(found, id, "opening", "income", "amount") == value(before, id, "closing", "expenditure", column)
        for id in ("F07", "F08"):
            assert by_code(found, id, "opening") == by_code(before, id, "closing")
    units_add_up(now, closed)


def test_the_approved_budget_is_the_budget_of_three_public_expenses() -> None:
    seeds = range(10)
    shown = 0
    for seed in seeds:
        now, _ = years(seed, 1, 5)
        approved = next(p for p in now.published if p.kind == "budget").statement("B09")
        closed = close(now, "final").department.statement("F09")
        assert approved and closed
        changed = {e.economic for e in now.entries if e.flow == "adjust"}
        if changed & {"30217", "30231", "30212", "31013"}:
            continue
        for row in approved.rows:
            cell = row.get("budget")
            twin = next(r for r in closed.rows if r.label == row.label).get("budget")
            assert (cell and cell.printed.value) == (twin and twin.printed.value)
            shown += cell is not None
    assert shown > 5


def changed(found: Disclosure, id: str, picks: Callable[[Row], bool], column: str, by: str) -> Disclosure:
    """One published figure made larger by so many 万元."""

    def moved(cell: Cell) -> Cell:
        amount = cell.printed.value + Decimal(by)
        return replace(cell, printed=Printed(f"{amount:.2f}", amount, 2)) if cell.column == column else cell

    statements = tuple(
        replace(s, rows=tuple(replace(r, cells=tuple(map(moved, r.cells))) if picks(r) else r for r in s.rows)) if s.id == id else s
        for s in found.statements
    )
    return replace(found, statements=statements)


def closing(row: Row) -> bool:
    return row.side == "expenditure" and row.label == "年末结转和结余"


def carried() -> Accounts:
    return next(now for now, last in (years(s, 1, 6) for s in range(40)) if value(last.department, "F01", "closing", "expenditure", "amount"))


def test_books_whose_opening_is_not_last_years_closing_are_refused_with_both_figures() -> None:
    now = carried()
    published = tuple(changed(p, "F01", closing, "amount", "12.34") if p.kind == "final" else p for p in now.published)
    with pytest.raises(Refused) as refused:
        close(replace(now, published=published), "final")
    said = refused.value.refusals[0]
    assert "F01" in said.zh and "2023年决算的年末结转和结余" in said.zh and "相差" in said.zh
    assert "adjust the opening balance or the budget" in said.en


def test_a_published_figure_off_by_one_digit_is_kept_and_what_carries_it_is_named() -> None:
    """Last year's total was printed one unit too high: rounding bears it, or says which figures carry the difference."""
    now = carried()
    published = tuple(changed(p, "F01", closing, "amount", "0.01") if p.kind == "final" else p for p in now.published)
    closed = close(replace(now, published=published), "final")
    before = next(p for p in published if p.kind == "final" and p.publisher.scope == "department")
    opened = value(closed.department, "F01", "opening", "income", "amount")
    assert opened == value(before, "F01", "closing", "expenditure", "amount")
    if closed.way == "tails":
        assert any("尾差" in note.text for s in closed.department.statements for note in s.notes)
    else:
        everything_holds(closed.department)


def test_in_another_unit_what_was_published_is_compared_and_not_fixed() -> None:
    now = carried()
    closed = close(now, "final", unit="元")
    assert closed.way == "exact" or closed.tails


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_what_was_published_in_wan_does_not_replace_the_digits_of_a_year_in_yuan(seed: int) -> None:
    now, _ = years(seed, items=8)
    closed = close(now, "final", unit="元")
    assert closed.way == "exact" and not closed.tails
    assert all(exact.printed * 100 == exact.fen for exact in closed.ledger)
    for found in closed.disclosures:
        everything_holds(found)
        assert [f for f in check(found).findings if f.severity != "hint"] == []
