"""A published document as entries of the books: what it prints is taken, what it does not say is told and never guessed."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

import pytest

from mingzhang.books.accounts import Organisation
from mingzhang.books.draft import Line
from mingzhang.books.intake.approved import approved
from mingzhang.books.intake.fault import Rejected
from mingzhang.books.intake.openings import openings
from mingzhang.books.intake.published import Told
from mingzhang.books.intake.records import Known
from mingzhang.disclosure import Cell, Disclosure, Printed, Publisher, Row, Statement
from mingzhang.forms import random
from mingzhang.forms.fill import Entry
from mingzhang.forms.random import budget, final

FEN = 10_000
"""Fen of the last printed digit of the random documents (0.01 万元)."""


def known(disclosure: Disclosure) -> Known:
    return Known(Organisation("9", disclosure.publisher.name))


@pytest.fixture
def ledgers(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[list[Entry]]]:
    """The entries behind every random disclosure that is made."""
    made: list[list[Entry]] = []

    def keeping(module: object, name: str) -> None:
        plain = getattr(module, name)

        def kept(*args: object) -> list[Entry]:
            made.append(plain(*args))
            return made[-1]

        monkeypatch.setattr(module, name, kept)

    keeping(budget, "ledger")
    keeping(final, "ledger")
    yield made


def sums(entries: list[Entry], *fields: str) -> dict[tuple[str, ...], int]:
    found: dict[tuple[str, ...], int] = defaultdict(int)
    for e in entries:
        found[tuple(getattr(e, f) for f in fields)] += e.amount * FEN
    return found


def test_what_is_taken_of_a_budget_is_what_its_ledger_held(ledgers: list[list[Entry]]) -> None:
    """The ledger behind the document is not printed; whatever cell of it is filled in must be its own."""
    taken: Counter[str] = Counter()
    for seed in range(60):
        disclosure = random.disclosure(seed, kind="budget", items=(1, 2, 5, 12)[seed % 4])
        told = approved(disclosure, disclosure.year or 0, known(disclosure), {})
        entries = ledgers[-1]
        names = {p.code: p.name for p in told.records.projects}
        for kind, flow in (("approval", "year"), ("carried", "carry")):
            own = [e for e in entries if e.flow == flow]
            whole = sums(own, "source", "item", "use")
            economic, project = sums(own, "source", "item", "use", "economic"), sums(own, "source", "item", "use", "project")
            drafted: dict[tuple[str, ...], int] = defaultdict(int)
            for d in (d for d in told.records.drafts if d.kind == kind):
                key = (d.line.source, d.line.item, d.line.use)
                drafted[key] += d.amount
                if d.line.economic:
                    assert economic[*key, d.line.economic] == d.amount
                    taken["economic"] += 1
                if d.line.project:
                    assert project[*key, names[d.line.project]] == d.amount
                    taken["project"] += 1
            for key, amount in drafted.items():
                assert amount == whole[key]
                taken[kind] += 1
    assert min(taken["approval"], taken["carried"], taken["economic"], taken["project"]) >= 5


def test_everything_that_is_not_taken_of_a_budget_is_told(ledgers: list[list[Entry]]) -> None:
    for seed in range(40):
        disclosure = random.disclosure(seed, kind="budget", items=6)
        told = approved(disclosure, disclosure.year or 0, known(disclosure), {})
        missing = sum(e.amount for e in ledgers[-1]) * FEN - sum(d.amount for d in told.records.drafts)
        assert missing == sum(d.amount for d in told.gaps)
        assert bool(missing) == any(f.reason in ("open_use", "open_own", "open_carry", "open_carry_source") for f in told.open)
        for fault in told.open:
            assert "{" not in fault.words("zh") + fault.words("en")


def test_what_is_taken_of_final_accounts_is_what_was_left(ledgers: list[list[Entry]]) -> None:
    taken = 0
    for seed in range(80):
        disclosure = random.disclosure(seed, kind="final", items=12)
        told = openings(disclosure, (disclosure.year or 0) + 1, known(disclosure), {})
        left = sums([e for e in ledgers[-1] if e.flow == "closing"], "source", "item")
        for d in told.records.drafts:
            assert left[d.line.source, d.line.item] == d.amount
            taken += 1
        rest = sum(left.values()) - sum(d.amount for d in told.records.drafts)
        assert rest == sum(d.amount for d in told.gaps)
        assert bool(rest) == any(f.reason == "open_closing" for f in told.open)
    assert taken > 5


def printed(text: str) -> Printed:
    return Printed(text, Decimal(text), 2)


def closing(general: str, fund: dict[str, str], own: str = "0.00", unit: str = "万元") -> Disclosure:
    """Final accounts of 2023 that print what was left."""
    whole = sum(map(Decimal, fund.values())) + Decimal(general)
    f01 = Row(label="年末结转和结余", side="expenditure", cells=(Cell("amount", printed(f"{whole + Decimal(own):.2f}")),))
    fund_sum = f"{sum(map(Decimal, fund.values()), Decimal(0)):.2f}"
    f04 = Row(
        label="年末财政拨款结转和结余", side="expenditure",
        cells=(Cell("general", printed(general)), Cell("fund", printed(fund_sum))),
    )  # fmt: skip
    f07 = tuple(Row(code, "x", cells=(Cell("closing", printed(text)),)) for code, text in fund.items())
    return Disclosure(
        Publisher("甲局"), 2023, "final", "甲局2023年度部门决算",
        statements=(
            Statement("F01", unit=unit, columns=("amount",), rows=(f01,)),
            Statement("F04", unit=unit, columns=("total", "general", "fund"), rows=(f04,)),
            Statement("F07", unit=unit, columns=("opening", "closing"), rows=f07),
        ),
    )  # fmt: skip


ONE = Known(Organisation("9", "甲局"))
TWO = Known(Organisation("9", "甲局"), (Organisation("901", "甲局本级"), Organisation("902", "乙中心")))


def reasons(call: object) -> list[tuple[str, str]]:
    with pytest.raises(Rejected) as caught:
        call()  # type: ignore[operator]
    return [(f.reason, f.words()) for f in caught.value.faults]


def test_opening_balances_per_item_as_printed_and_the_rest_is_open() -> None:
    told = openings(closing("3.21", {"2120801": "12.30", "2120899": "0.70"}, own="1.00"), 2024, ONE, {})
    drafts = [(d.line, d.amount, d.date.isoformat(), d.kind) for d in told.records.drafts]
    assert drafts == [
        (Line("9", "fund", "2120801"), 12_300_000, "2024-01-01", "opening"),
        (Line("9", "fund", "2120899"), 700_000, "2024-01-01", "opening"),
    ]
    assert [(f.reason, f.figures["amount"]) for f in told.open] == [
        ("open_closing", "32,100.00"), ("open_closing", "10,000.00"),
    ]  # fmt: skip


def test_books_that_opened_otherwise_are_refused_with_both_figures() -> None:
    stands = {Line("9", "fund", "2120801"): 12_400_000}
    ((reason, words),) = reasons(lambda: openings(closing("0.00", {"2120801": "12.30"}), 2024, ONE, stands))
    assert reason == "opening_other" and "124,000.00" in words and "123,000.00" in words


@pytest.mark.parametrize(("fen", "fits"), [(12_300_000, True), (12_304_999, True), (12_295_001, True), (12_306_000, False)])
def test_the_books_may_know_more_digits_than_are_printed(fen: int, fits: bool) -> None:
    stands = {Line("9", "fund", "2120801"): fen}

    def call() -> Told:
        return openings(closing("0.00", {"2120801": "12.30"}), 2024, ONE, stands)

    if fits:
        assert not call().records.drafts and not call().open
    else:
        assert reasons(call)[0][0] == "opening_other"


def test_opening_sums_of_the_general_budget_and_of_own_means_are_compared_too() -> None:
    paper = closing("3.21", {}, own="1.00")
    stands = {Line("9", "general", "2101501"): 3_210_000, Line("9", "other", "2101501"): 1_000_000}
    assert not openings(paper, 2024, ONE, stands).open
    wrong = {line: fen + 100_000 for line, fen in stands.items()}
    assert [r for r, _ in reasons(lambda: openings(paper, 2024, ONE, wrong))] == ["opening_other", "opening_other"]


def test_a_document_that_contradicts_itself_is_not_taken() -> None:
    paper = closing("0.00", {"2120801": "12.30"})
    f04 = replace(paper.statements[1].rows[0], cells=(Cell("general", printed("0.00")), Cell("fund", printed("12.40"))))
    paper = replace(paper, statements=(paper.statements[0], replace(paper.statements[1], rows=(f04,)), paper.statements[2]))
    assert [r for r, _ in reasons(lambda: openings(paper, 2024, ONE, {}))] == ["paper_closing_differs"]


def test_a_document_of_a_department_with_several_units_does_not_say_whose_balances_they_are() -> None:
    paper = closing("0.00", {"2120801": "12.30"})
    assert [f.reason for f in openings(paper, 2024, TWO, {}).open] == ["open_closing"]
    one = replace(paper, publisher=Publisher("乙中心"))
    assert [d.line.unit for d in openings(one, 2024, TWO, {}).records.drafts] == ["902"]
    assert [d.line.unit for d in openings(paper, 2024, TWO, {}, "901").records.drafts] == ["901"]


@pytest.mark.parametrize(
    ("change", "wanted"),
    [
        ({"kind": "budget"}, "paper_kind"), ({"year": 2022}, "paper_year"),
        ({"publisher": Publisher("别的局")}, "paper_publisher"), ({"statements": ()}, "paper_closing"),
    ],
)  # fmt: skip
def test_another_document_is_refused(change: dict[str, object], wanted: str) -> None:
    paper = replace(closing("1.00", {}), **change)  # type: ignore[arg-type]
    assert [r for r, _ in reasons(lambda: openings(paper, 2024, ONE, {}))] == [wanted]


def test_an_unknown_unit_of_money_is_refused() -> None:
    assert reasons(lambda: openings(closing("1.00", {}, unit="亿元"), 2024, ONE, {}))[0][0] == "paper_money"


def table(id: str, columns: tuple[str, ...], rows: list[tuple[str, str, dict[str, str]]]) -> Statement:
    made = tuple(Row(code, label, cells=tuple(Cell(c, printed(t)) for c, t in cells.items())) for code, label, cells in rows)
    return Statement(id, unit="元", columns=columns, rows=made)


def plan(*statements: Statement) -> Disclosure:
    return Disclosure(Publisher("甲局"), 2024, "budget", "甲局2024年部门预算", statements=statements)


USES = ("total", "basic_wages", "basic_goods", "project_specific")


def test_economic_items_follow_where_one_functional_item_has_the_use() -> None:
    paper = plan(
        table("B05", USES, [("2101501", "行政运行", {"basic_wages": "30.00", "basic_goods": "5.00"}), ("2101599", "其他", {"basic_goods": "7.00"})]),
        table("B06", ("total",), [("301", "", {"total": "30.00"}), ("30101", "", {"total": "20.00"}), ("30102", "", {"total": "10.00"}),
                                  ("30201", "", {"total": "11.00"}), ("30211", "", {"total": "1.00"})]),
    )  # fmt: skip
    told = approved(paper, 2024, ONE, {})
    assert [(d.line.item, d.line.economic, d.line.use, d.amount) for d in told.records.drafts] == [
        ("2101501", "30101", "basic_wages", 2000), ("2101501", "30102", "basic_wages", 1000),
        ("2101501", "", "basic_goods", 500), ("2101599", "", "basic_goods", 700),
    ]  # fmt: skip
    assert [(f.reason, f.figures["amount"]) for f in told.open] == [("open_economic", "12.00")]


def test_projects_follow_where_one_functional_item_has_them() -> None:
    paper = plan(
        table("B05", USES, [("2101599", "其他", {"project_specific": "7.00"})]),
        table("B12", ("total", "general"), [("", "合计", {"total": "7.00", "general": "7.00"}), ("", "甲局", {"general": "7.00"}),
                                            ("", "修缮", {"general": "4.00"}), ("", "培训", {"general": "3.00"})]),
    )  # fmt: skip
    told = approved(paper, 2024, ONE, {})
    assert [(p.code, p.name, p.kind) for p in told.records.projects] == [("修缮", "修缮", "project_specific"), ("培训", "培训", "project_specific")]
    assert [(d.line.item, d.line.project, d.amount) for d in told.records.drafts] == [("2101599", "修缮", 400), ("2101599", "培训", 300)]
    assert [f.reason for f in told.open] == ["open_project_economic"]


def test_carry_over_is_told_apart_where_the_item_has_one_use() -> None:
    paper = plan(
        Statement("B04", unit="元", columns=("amount",), rows=(Row(label="上年结转", side="income", cells=(Cell("amount", printed("2.00")),)),)),
        table("B02", ("total", "general", "carry_general"), [("2101599", "", {"carry_general": "2.00"}), ("2101501", "", {})]),
        table("B05", USES, [("2101599", "", {"project_specific": "7.00"}), ("2101501", "", {"basic_wages": "1.00"})]),
    )  # fmt: skip
    told = approved(paper, 2024, ONE, {})
    assert [(d.kind, d.line.item, d.amount) for d in told.records.drafts] == [
        ("approval", "2101501", 100), ("approval", "2101599", 500), ("carried", "2101599", 200),
    ]  # fmt: skip


def test_a_budget_on_top_of_one_is_refused_with_both_sums() -> None:
    paper = plan(table("B05", USES, [("2101501", "", {"basic_wages": "30.00"})]))
    stands = {Line("9", "general", "2101501", use="basic_wages"): 2900}
    ((reason, words),) = reasons(lambda: approved(paper, 2024, ONE, stands))
    assert reason == "approved_stands" and "29.00" in words and "30.00" in words


def test_a_budget_that_does_not_tell_its_units_apart_is_refused() -> None:
    paper = plan(table("B05", USES, [("2101501", "", {"basic_wages": "30.00"})]))
    assert [r for r, _ in reasons(lambda: approved(paper, 2024, TWO, {}))] == ["paper_units"]
    assert [r for r, _ in reasons(lambda: approved(plan(), 2024, ONE, {}))] == ["paper_items"]


@pytest.mark.usefixtures("sqlite")
def test_documents_go_into_the_books_once_and_stay_with_them() -> None:
    from mingzhang.books import closing as closing_books
    from mingzhang.books import registers, tell
    from mingzhang.books.intake.bring import bring_published

    registers.organise(Organisation("9", "甲局"))
    closing_books.open_book("9", 2024)
    last = closing("0.00", {"2120801": "12.30"})
    now = plan(table("B05", USES, [("2101501", "", {"basic_wages": "30.00"})]))
    for paper in (last, now):
        first = bring_published(paper, author="甲", year=2024)
        assert first.entered.receipt is not None and not first.entered.again
        again = bring_published(paper, author="乙", year=2024)
        assert again.entered.again
    held = tell.accounts("9", 2024)
    assert {(e.flow, e.item, e.amount) for e in held.entries} == {
        ("opening", "2120801", 12_300_000), ("closing", "2120801", 12_300_000), ("year", "2101501", 3000),
    }  # fmt: skip
    assert sorted(p.kind for p in held.published) == ["budget", "final"]
    other = replace(now, statements=(table("B05", USES, [("2101501", "", {"basic_wages": "31.00"})]),))
    assert reasons(lambda: bring_published(other, author="甲", year=2024))[0][0] == "approved_stands"
