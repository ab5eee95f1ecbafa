"""The rules as pure functions: each kind, each limit, each law of virement, with its words."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingzhang.books import admit, control
from mingzhang.books.draft import Draft, Line
from mingzhang.books.law import LARGEST, QUANTITIES, kinds, limits, rules, sources, uses
from mingzhang.books.refusal import Refusal, Refused, yuan
from tests.books.made import FUND, GOODS, OWN, WAGES, WORK, draft

FIRST, LAST = date(2024, 1, 1), date(2024, 12, 31)
FLOWS = {"year", "carry", "adjust", "opening", "income", "use_surplus", "distribution", "closing", "spent"}


def form(d: Draft) -> list[str]:
    return [r.rule for r in admit.refuse_form(d, 0, FIRST, LAST)]


def test_the_data_say_all_that_the_code_asks() -> None:
    for kind in kinds().values():
        assert {q for q, _ in kind.moves} <= {*QUANTITIES, "means"}, kind
        assert kind.flow in FLOWS and kind.sign in (1, -1) and kind.once in ("line", "book"), kind
        assert kind.grain in ("line", "means") and kind.sources in ("", "own", "appropriation"), kind
    for rule in rules().values():
        assert rule.zh and rule.en and set(re.findall(r"{(\w+)", rule.zh)) >= set(re.findall(r"{(\w+)", rule.en)), rule
    assert all({*limit.left, *limit.right} <= {*QUANTITIES, "means"} for limit in limits())
    assert {s["kind"] for s in sources().values()} == {"own", "appropriation"}
    assert all(use["flow"] and use["part"] for use in uses().values())


@pytest.mark.parametrize("amount", [0, -1, LARGEST + 1])
def test_an_absurd_amount(amount: int) -> None:
    assert form(draft("payment", WAGES, amount, "支1")) == ["form.amount"]


@pytest.mark.parametrize("day", [date(2023, 12, 31), date(2025, 1, 1)])
def test_a_day_outside_the_year(day: date) -> None:
    assert form(draft("payment", WAGES, 1, "支1", date=day)) == ["form.date"]
    assert (
        form(draft("payment", WAGES, 1, "支1", date=FIRST)) == form(draft("payment", WAGES, 1, "支1", date=LAST)) == []
    )


@pytest.mark.parametrize(
    "more",
    [{"document": " "}, {"document": "支\x1f1"}, {"document": "长" * 121}, {"words": "\x00"}, {"words": "\ud800"}],
)
def test_texts_that_cannot_be_stored(more: dict[str, str]) -> None:
    d = draft("payment", WAGES, 1, more.pop("document", "支1"), **more)
    assert form(d) == ["form.text"]


def virement(*legs: tuple[Line, int], consent: str = "") -> list[str]:
    drafts = [draft("virement", line, n, "调1", voucher="v", consent=consent) for line, n in legs]
    return [r.rule for r in admit.refuse_voucher(drafts, range(len(drafts)))]


def test_what_virement_may_not_join() -> None:
    other = GOODS._replace(economic="30202")
    capital = GOODS._replace(economic="31002", use="basic_capital")
    assert virement((GOODS, -5), (other, 5)) == virement((GOODS, -5), (capital, 5)) == []
    assert virement((GOODS, -5), (other, 4)) == virement((GOODS, 5)) == ["voucher.unbalanced"]
    assert virement((GOODS, -5), (WORK, 5)) == ["virement.parts"]
    assert virement((FUND, -5), (WORK, 5)) == ["virement.funds"]
    assert virement((WAGES, -5), (GOODS, 5)) == virement((WAGES, -5), (capital, 5)) == ["virement.shares"]
    assert virement((WAGES, -5), (GOODS, 5), consent="财〔2024〕9号") == []
    assert virement((GOODS, -5), (GOODS, 5)) == ["voucher.twice"]
    assert virement((GOODS, -9), (other, 4), (capital, 5)) == []


def test_legs_of_a_voucher_are_of_one_kind() -> None:
    drafts = [draft("payment", GOODS, 1, "支1", voucher="v"), draft("refund", WAGES, 1, "支1", voucher="v")]
    assert [r.rule for r in admit.refuse_voucher(drafts, range(2))] == ["voucher.mixed"]


def test_a_code_is_of_its_year_and_its_budget() -> None:
    def lines(line: Line, year: int) -> list[str]:
        setting = admit.Setting(year, FIRST, LAST, frozenset({"901001"}), frozenset())
        return [r.rule for r in admit.refuse_line(line, 0, setting)]

    from mingzhang.codes import every

    closed = next(
        c for c in every("functional") if c.level == 3 and c.until and c.until < 2024 and c.budget == "general"
    )
    assert lines(WAGES._replace(item=closed.code), closed.until or 0) == []
    assert "form.code" in lines(WAGES._replace(item=closed.code), 2024)
    assert lines(FUND, 2024) == []
    assert lines(FUND._replace(source="general"), 2024) == lines(WAGES._replace(source="fund"), 2024) == ["form.budget"]


def post(*drafts: Draft) -> list[Refusal]:
    lines = {d.line: control.nothing() for d in drafts}
    return control.post(lines, {line.means: {"means": 0} for line in lines}, drafts)


def test_each_limit_tells_what_was_asked_and_what_was_there() -> None:
    def told(*drafts: Draft) -> tuple[object, ...]:
        (refusal,) = post(*drafts)
        assert yuan(refusal.figures["over"]) in refusal.words() and yuan(refusal.figures["over"]) in refusal.words("en")  # type: ignore[arg-type]
        return refusal.row, refusal.rule, *(refusal.figures[f] for f in ("requested", "available", "over"))

    approved, allotted = draft("approval", WAGES, 100, "a"), draft("allotment", WAGES, 80, "b")
    assert told(approved, draft("allotment", WAGES, 101, "b")) == (1, "limit.allotment", 101, 100, 1)
    assert told(approved, allotted, draft("payment", WAGES, 90, "c")) == (2, "limit.allotted", 90, 80, 10)
    assert told(approved, allotted, draft("cut", WAGES, 30, "c")) == (2, "limit.allotment", 30, 20, 10)
    assert told(approved, draft("cut", WAGES, 130, "c")) == (1, "limit.below_zero", 130, 100, 30)
    assert told(approved, allotted, draft("withdrawal", WAGES, 81, "c")) == (2, "limit.withdrawal", 81, 80, 1)
    assert told(approved, allotted, draft("refund", WAGES, 1, "c")) == (2, "limit.refund", 1, 0, 1)
    assert told(draft("income", OWN.means, 9, "a"), draft("payment", OWN, 8, "b")) == (1, "limit.budget", 8, 0, 8)
    assert told(draft("approval", OWN, 9, "a"), draft("payment", OWN, 8, "b")) == (1, "limit.means", 8, 0, 8)
    carried = draft("carried", WAGES, 50, "a"), draft("opening", WAGES.means, 40, "a")
    assert told(*carried, draft("payment", WAGES, 45, "b")) == (2, "limit.means", 45, 40, 5)
    assert post(*carried, draft("payment", WAGES, 40, "b"), draft("refund", WAGES, 40, "c")) == []


def test_a_refused_voucher_changes_nothing_for_the_next() -> None:
    legs = [draft("virement", WAGES, -50, "x", voucher="v"), draft("virement", GOODS, 50, "x", voucher="v")]
    assert [r.row for r in post(*legs, draft("cut", GOODS, 1, "y"))] == [0, 2]


@given(st.lists(st.tuples(st.sampled_from(sorted(set(kinds()) - {"carry_over"})), st.integers(1, 9)), max_size=30))
def test_no_order_of_entries_breaks_a_limit(acts: list[tuple[str, int]]) -> None:
    """Whatever is tried on a line: nothing below zero, never more paid than budget, allotment and means."""
    for line in (WAGES, OWN):
        lines, means = {line: control.nothing()}, {line.means: {"means": 0}}
        had = dict.fromkeys(kinds(), 0)
        for number, (kind, amount) in enumerate(acts):
            if kinds()[kind].sources in ("", sources()[line.source]["kind"]) and not control.post(
                lines, means, [draft(kind, line, amount, f"{number}")]
            ):
                had[kind] += amount
        now = lines[line]
        budget = had["approval"] + had["supplement"] - had["cut"] + had["virement"]
        assert 0 <= now["paid"] == had["payment"] - had["refund"] <= budget + had["carried"]
        assert now["allotted"] == had["allotment"] - had["withdrawal"] <= budget
        came = (
            had["allotment"]
            - had["withdrawal"]
            + had["income"]
            + had["opening"]
            + had["use_surplus"]
            - had["distribution"]
        )
        assert means[line.means]["means"] == came - now["paid"] >= 0
        assert line is OWN or now["paid"] <= now["allotted"] + had["carried"]


@given(st.integers(-(10**16), 10**16))
def test_yuan_reads_back(fen: int) -> None:
    assert int(yuan(fen).replace(",", "").replace(".", "")) == fen


def test_refused_says_every_row() -> None:
    error = Refused(post(draft("payment", WAGES, 5, "a"), draft("payment", GOODS, 6, "b")))
    assert [line[:2] for line in str(error).splitlines()] == ["1:", "2:"]
