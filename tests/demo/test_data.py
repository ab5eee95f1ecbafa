"""The county's data: what is printed is what they add up to, and what is not is marked."""

import tomllib
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import mingzhang.demo
from mingzhang.demo import county, filled, proof
from mingzhang.demo.data import data

FOLDER = Path(mingzhang.demo.__file__).parent
WAN = Decimal(1_000_000)


def unsourced(value: Any, path: str) -> list[str]:
    """The tables of the first two levels that do not say where their figures are from."""
    found = []
    for key, inner in value.items():
        parts = inner if isinstance(inner, list) and inner and isinstance(inner[0], dict) else [inner]
        found += [f"{path}.{key}" for p in parts if isinstance(p, dict) and "source" not in p]
    return found


def test_every_table_says_what_is_printed_and_what_is_an_example() -> None:
    assert not unsourced(tomllib.loads((FOLDER / "books.toml").read_text("utf-8")), "books")
    for name in ("words", "goals", "before"):
        assert "示例" in data(name)["source"]
    for table in data("goals")["table"]:
        assert table["printed"]


def test_initial_budget_is_the_published_one_by_item() -> None:
    sums: Counter[str] = Counter()
    for row in filled.rows():
        sums[row.line.item] += row.initial
    told = {item: Decimal(amount) for item, amount in data("county")["initial"]}
    for item, amount in told.items():
        assert sums[item] / WAN == amount, item
    assert sum(sums.values()) / WAN == Decimal(data("county")["initial_budget"])
    untold = {item: amount / WAN for item, amount in sums.items() if item not in told}
    assert untold == {"2080506": Decimal("14.00")}


def test_costing_is_the_printed_one_and_adds_up_to_the_budget() -> None:
    aid = {p.code: p for p in filled.projects()}["P03"].costing[:3]
    assert [(c.count, c.standard) for c in aid] == [(800, 38000), (8200, 8000), (1600, 8000)]
    assert [c.amount / WAN for c in aid] == [Decimal("30.4"), Decimal("65.6"), Decimal("12.8")]
    for project in filled.projects():
        planned = sum(r.initial for r in filled.rows() if r.line.project == project.code)
        assert planned in (0, sum(c.amount for c in project.costing)), project.code


def test_lines_spend_what_they_say_and_never_more_than_they_have() -> None:
    for row, told in zip(filled.rows(), data("books")["lines"]["rows"], strict=True):
        assert Decimal(row.spent) / 100 == Decimal(told[6])
        assert row.spent <= row.full
        assert all(amount >= 0 for amount in row.months)


def test_entries_give_every_line_its_budget_and_its_payments() -> None:
    budget: Counter[filled.Line] = Counter()
    paid: Counter[filled.Line] = Counter()
    for draft in filled.drafts():
        sign = {"cut": -1, "allotment": 0}.get(draft.kind, 1)
        (paid if draft.kind == "payment" else budget)[draft.line] += sign * draft.amount
    for row in filled.rows():
        assert budget[row.line] == row.full
        assert paid[row.line] == row.spent
    documents = [d.document for d in filled.drafts() if d.kind == "payment"]
    assert len(documents) == len(set(documents))


@pytest.mark.parametrize(("whole", "shares"), [(100, [1, 1, 1]), (7, [0, 1, 0, 2]), (0, [1, 2]), (99_999, [3] * 12)])
def test_shares_add_up(whole: int, shares: list[int]) -> None:
    parts = list(filled.split(whole, shares))
    assert sum(parts) == whole
    assert all(part == 0 for part, share in zip(parts, shares, strict=True) if not share)
    assert all(abs(part - Decimal(whole) * s / sum(shares)) < 1 for part, s in zip(parts, shares, strict=True))


def test_county_has_its_nine_statements() -> None:
    published = county.disclosure()
    assert [s.id for s in published.statements] == [f"F0{n}" for n in range(1, 10)]
    assert {s.id for s in published.statements if s.empty} == {"F07", "F08"}
    printed = proof.figures(published)
    assert printed[("F03", "", "合计", "total")] == Decimal("2107.12")
    assert printed[("F06", "", "公用经费合计", "amount")] == Decimal("53.57")
