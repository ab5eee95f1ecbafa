"""Entering: what stands afterwards, what is refused and that nothing is half-written, on both databases."""

from dataclasses import replace
from datetime import date

import pytest

from mingzhang.books.draft import Line
from mingzhang.books.refusal import Refused
from tests.books.made import FUND, GOODS, OWN, WAGES, WORK, book, draft, funded

PLAIN = pytest.mark.usefixtures("database")


def refused(call: object) -> list[str]:
    with pytest.raises(Refused) as caught:
        call()  # type: ignore[operator]
    return [r.rule for r in caught.value.refusals]


def state(own: object) -> tuple[object, ...]:
    from mingzhang.books.models import Balance, Block, BudgetLine, Entry, Means

    rows = [list(m.objects.order_by("pk").values_list()) for m in (Balance, Means, BudgetLine)]
    return (*map(str, rows), Entry.objects.count(), Block.objects.count())


@PLAIN
def test_a_payment_lowers_what_is_available_and_nothing_else() -> None:
    from mingzhang.books import ledger, verify
    from mingzhang.books.models import Balance

    own = funded()
    receipt = ledger.append(own, [draft("payment", WAGES, 70_000, "支1", words="三月工资")], author="乙")
    paid = {b.line.economic: b.paid for b in Balance.objects.select_related("line").filter(paid__gt=0)}
    assert (receipt.first, receipt.last, paid) == (9, 9, {"30101": 70_000})
    assert verify.verify(own).fault is None


@PLAIN
def test_more_than_is_available_is_refused_with_the_figures_and_nothing_is_written() -> None:
    from mingzhang.books import ledger, verify

    own = funded()
    before = state(own)
    drafts = [draft("payment", GOODS, 100, "支1"), draft("payment", WAGES, 100_001, "支2")]
    with pytest.raises(Refused) as caught:
        ledger.append(own, drafts, author="乙")
    (refusal,) = caught.value.refusals
    figures = refusal.figures
    assert (refusal.row, figures["requested"], figures["available"], figures["over"]) == (1, 100_001, 100_000, 1)
    assert "1,000.00" in refusal.words() and "0.01 too much" in refusal.words("en")
    assert state(own) == before
    assert verify.verify(own).fault is None


@PLAIN
def test_every_bad_row_is_told_in_one_go() -> None:
    from mingzhang.books import ledger

    own = funded()
    drafts = [
        draft("payment", WAGES, 100_001, "支1"),
        draft("payment", GOODS, 0, "支2"),
        draft("approval", WAGES._replace(item="2999999"), 5, "批2"),
        draft("payment", GOODS, 10, "支3"),
        draft("approval", GOODS, 10, "年初"),
        draft("payment", WORK, 10, "支4", date=date(2025, 1, 1)),
    ]
    with pytest.raises(Refused) as caught:
        ledger.append(own, drafts, author="乙")
    assert [(r.row, r.rule) for r in caught.value.refusals] == [
        (0, "limit.allotted"), (1, "form.amount"), (2, "form.code"), (4, "document.again"), (5, "form.date"),
    ]  # fmt: skip
    assert all(r.words() and r.words("en") for r in caught.value.refusals)


@PLAIN
def test_the_same_key_enters_once() -> None:
    from mingzhang.books import ledger
    from mingzhang.books.models import Entry

    own = funded()
    once = [draft("payment", WAGES, 60_000, "支1")]
    first = ledger.append(own, once, author="乙", key="k")
    again = ledger.append(own, once, author="乙", key="k")
    assert again == replace(first, again=True)
    assert Entry.objects.filter(kind="payment").count() == 1
    assert refused(lambda: ledger.append(own, [draft("payment", GOODS, 1, "支2")], author="乙", key="k")) == [
        "key.other"
    ]


@PLAIN
def test_a_mistake_is_reversed_and_may_be_entered_anew() -> None:
    from mingzhang.books import ledger, verify

    own = funded()
    wrong = ledger.append(own, [draft("payment", WAGES, 90_000, "支1")], author="乙")
    assert refused(lambda: ledger.append(own, [draft("payment", GOODS, 5, "支1")], author="乙")) == ["document.again"]
    back = ledger.reverse(own, wrong.first, author="丙", words="金额录错")
    assert back.first == wrong.first + 1
    ledger.append(own, [draft("payment", WAGES, 9_000, "支1")], author="乙")
    assert refused(lambda: ledger.reverse(own, wrong.first, author="丙", words="再冲")) == ["reversal.twice"]
    assert refused(lambda: ledger.reverse(own, back.first, author="丙", words="冲冲销")) == ["reversal.twice"]
    assert refused(lambda: ledger.reverse(own, 99, author="丙", words="没有")) == ["reversal.unknown"]
    assert verify.verify(own).fault is None


@PLAIN
def test_what_is_spent_cannot_be_taken_back() -> None:
    from mingzhang.books import ledger

    own = funded()
    ledger.append(own, [draft("payment", WAGES, 90_000, "支1")], author="乙")
    rules = refused(lambda: ledger.reverse(own, 2, author="丙", words="额度录错"))
    assert rules == ["limit.allotted"]


@PLAIN
def test_a_virement_moves_both_legs_or_none() -> None:
    from mingzhang.books import ledger
    from mingzhang.books.models import Balance

    own = book()
    ledger.append(own, [draft("approval", line, 1_000, "年初") for line in (GOODS, WORK)], author="甲")
    other = GOODS._replace(economic="30202", government="50201")
    legs = [draft("virement", GOODS, -400, "调1", voucher="v"), draft("virement", other, 400, "调1", voucher="v")]
    receipt = ledger.append(own, legs, author="甲")
    assert {b.line.economic: b.adjusted for b in Balance.objects.filter(adjusted__gt=0)} == {"30202": 400}
    more = [replace(d, document="调2", amount=d.amount * 2) for d in legs]
    assert refused(lambda: ledger.append(own, more, author="甲")) == ["limit.below_zero"]
    ledger.reverse(own, receipt.last, author="甲", words="不调了")
    assert not Balance.objects.exclude(adjusted=0).exists()


@PLAIN
def test_own_means_must_have_come_in() -> None:
    from mingzhang.books import ledger

    own = book()
    ledger.append(own, [draft("approval", OWN, 1_000, "年初"), draft("income", OWN.means, 300, "收1")], author="甲")
    assert refused(lambda: ledger.append(own, [draft("payment", OWN, 301, "支1")], author="甲")) == ["limit.means"]
    ledger.append(own, [draft("payment", OWN, 300, "支1")], author="甲")
    assert refused(lambda: ledger.append(own, [draft("allotment", OWN, 1, "额1")], author="甲")) == ["form.source_kind"]
    assert refused(lambda: ledger.append(own, [draft("income", WAGES.means, 1, "收2")], author="甲")) == [
        "form.source_kind"
    ]


@PLAIN
def test_a_closed_book_takes_nothing_and_its_rest_opens_the_next() -> None:
    from mingzhang.books import closing, ledger, verify
    from mingzhang.books.tell import accounts

    own = funded()
    ledger.append(own, [draft("payment", WAGES, 30_000, "支1")], author="乙")
    receipt = closing.close(own, author="乙")
    assert closing.close(own, author="乙") == replace(receipt, again=True)
    assert refused(lambda: ledger.append(own, [draft("payment", WAGES, 1, "支2")], author="乙")) == ["limit.means"]
    assert refused(lambda: ledger.append(own, [draft("approval", WAGES, 1, "追2")], author="乙")) == ["form.closed"]
    after = closing.open_book("901", 2025)
    closing.carry_over(own, after, author="乙")
    closing.carry_over(own, after, author="乙")
    opened = {(e.item, e.source): e.amount for e in accounts("901", 2025).entries if e.flow == "opening"}
    closed = {(e.item, e.source): e.amount for e in accounts("901", 2024).entries if e.flow == "closing"}
    assert (
        opened
        == closed
        == {("2101501", "general"): 170_000, ("2101599", "general"): 100_000, ("2120801", "fund"): 100_000}
    )
    assert verify.verify(own).fault is None and verify.verify(after).fault is None


@PLAIN
def test_who_takes_back_what_another_just_took_back_is_told() -> None:
    """Both looked before either wrote: the database refuses the second, and the clerk reads why."""
    from mingzhang.books import ledger

    own = funded()
    ledger.append(own, [draft("payment", WAGES, 30_000, "支1"), draft("payment", WAGES, 30_000, "支2")], author="乙")
    number = 9
    ledger.reverse(own, number, author="乙", words="记错")
    back = draft("payment", WAGES, -30_000, "支1")
    assert refused(lambda: ledger.write(own, [back], [0], [number], author="丙")) == ["reversal.twice"]


@PLAIN
def test_what_is_opened_already_is_not_opened_a_second_time_by_the_book_before() -> None:
    from mingzhang.books import closing, ledger
    from mingzhang.books.tell import accounts

    own = funded()
    closing.close(own, author="乙")
    after = closing.open_book("901", 2025)
    line = FUND._replace(economic="", government="", use="")
    first = ledger.append(after, [draft("opening", line, 100_000, "2024年决算", date=date(2025, 1, 1))], author="乙")
    assert refused(lambda: closing.carry_over(own, after, author="乙")) == ["carry.stands"]
    ledger.reverse(after, first.first, author="乙", words="改由上年账簿转入")
    closing.carry_over(own, after, author="乙")
    assert sum(e.amount for e in accounts("901", 2025).entries if e.flow == "opening") == 400_000


@PLAIN
def test_a_line_that_only_held_means_may_get_a_budget() -> None:
    from mingzhang.books import ledger, verify

    own = book()
    bare = OWN._replace(economic="", government="", use="basic_goods")
    ledger.append(own, [draft("opening", OWN.means, 50, "上年")], author="甲")
    ledger.append(own, [draft("carried", bare, 50, "年初"), draft("payment", bare, 50, "支1")], author="甲")
    assert verify.verify(own).fault is None


@PLAIN
def test_who_and_key_have_no_control_characters() -> None:
    from mingzhang.books import ledger

    own = funded()
    for who in ("", "甲\x1f乙"):
        with pytest.raises(ValueError, match="经办人"):
            ledger.append(own, [draft("payment", WAGES, 1, "支1")], author=who)


@PLAIN
@pytest.mark.parametrize(
    ("line", "rule"),
    [
        (Line("901001", "gold", "2101501", use="basic_goods"), "form.source"),
        (WAGES._replace(use="fun"), "form.use"),
        (WAGES._replace(use="basic_goods"), "form.use_economic"),
        (WAGES._replace(item="21015"), "form.code"),
        (WAGES._replace(economic="39999"), "form.use_economic"),
        (WAGES._replace(government="59912"), "form.code"),
        (FUND._replace(source="general"), "form.budget"),
        (WAGES._replace(unit="902"), "form.unit"),
        (WORK._replace(project="P9"), "form.project"),
        (WAGES._replace(use=""), "form.use_missing"),
    ],
)
def test_a_line_that_cannot_be(line: Line, rule: str) -> None:
    from mingzhang.books import ledger
    from mingzhang.books.models import BudgetLine

    own = book()
    assert rule in refused(lambda: ledger.append(own, [draft("approval", line, 5, "年初")], author="甲"))
    assert not BudgetLine.objects.exists()
