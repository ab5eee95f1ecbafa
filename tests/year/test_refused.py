"""Books that make no sense are refused, all reasons at once, with the figures and what to do."""

from dataclasses import replace

import pytest

from mingzhang.books.accounts import Accounts, Organisation, Project
from mingzhang.check import check
from mingzhang.forms.fill import Entry
from mingzhang.year import Refused, close

OFFICE = Organisation("401001", "乙局（本级）")
INCOME = Entry(1_000_00, "2101501", "general", "income", unit="401001")
WAGES = Entry(900_00, "2101501", "general", "basic", unit="401001", economic="30101")
LEFT = Entry(100_00, "2101501", "general", "closing", unit="401001")


def books(*entries: Entry) -> Accounts:
    return Accounts(Organisation("401", "乙局"), (OFFICE,), 2024, entries)


def refused(*entries: Entry, kind: str = "final") -> list[str]:
    with pytest.raises(Refused) as found:
        close(books(*entries), kind)
    assert str(found.value) == "\n".join(r.zh for r in found.value.refusals)
    assert all(r.en and r.en.isascii() for r in found.value.refusals)
    return [r.zh for r in found.value.refusals]


def test_sound_books_close() -> None:
    closed = close(books(INCOME, WAGES, LEFT), "final")
    assert closed.way == "exact" or closed.ledger


def test_books_that_do_not_balance_are_refused_with_their_figures() -> None:
    (said,) = refused(INCOME, WAGES, replace(LEFT, amount=60_00))
    assert "乙局（本级）一般公共预算收支不平" in said
    assert all(x in said for x in ("本年收入1,000.00元", "本年支出900.00元", "年末结转和结余60.00元", "应为100.00元", "相差-40.00元"))


def test_a_fund_balances_by_item() -> None:
    come = Entry(50_00, "2296002", "fund", "income", unit="401001")
    spent = Entry(50_00, "2296003", "fund", "project", unit="401001")
    said = refused(INCOME, WAGES, LEFT, come, spent)
    assert len(said) == 2 and all("政府性基金预算（22960" in s for s in said)


def test_own_money_of_different_sorts_may_pay_for_each_other() -> None:
    come = Entry(50_00, "2101550", "business", "income", unit="401001")
    spent = Entry(50_00, "2101550", "other", "project", unit="401001")
    assert close(books(INCOME, WAGES, LEFT, come, spent), "final").ledger


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"unit": "401009"}, "401009"),
        ({"flow": "paid"}, "业务种类“paid”"),
        ({"source": "lottery"}, "资金来源“lottery”"),
        ({"item": "2101588"}, "2101588"),
        ({"item": "21015"}, "功能分类科目“21015”"),
        ({"economic": ""}, "经济分类科目“”"),
        ({"economic": "301"}, "经济分类科目“301”"),
        ({"economic": "30188"}, "30188"),
    ],
)
def test_an_entry_that_cannot_be_sorted_is_refused(wrong: dict[str, str], words: str) -> None:
    assert any(words in said for said in refused(INCOME, replace(WAGES, **wrong), LEFT))


def test_a_budget_needs_the_use_of_every_amount() -> None:
    planned = Entry(900_00, "2101501", "general", "year", "basic_wages", "401001", "30101", "50101")
    assert close(books(planned), "budget").ledger
    assert any("支出用途“wages”" in said for said in refused(replace(planned, use="wages"), kind="budget"))


def test_all_reasons_come_at_once_and_the_same_one_once() -> None:
    said = refused(INCOME, replace(WAGES, economic="30188"), replace(WAGES, economic="30188"), replace(LEFT, amount=1))
    assert sum("30188" in s for s in said) == 1 and any("（共2笔）" in s for s in said)
    assert any("收支不平" in s for s in said)


def test_project_expenditure_needs_a_project_that_is_registered() -> None:
    planned = Entry(900_00, "2101504", "general", "year", "project_specific", "401001", "30227", "50502", "P1")
    assert any("项目“P1”没有登记" in said for said in refused(planned, kind="budget"))
    known = replace(books(planned), projects=(Project("P1", "窗口改造", "401001"),))
    assert close(known, "budget").ledger


def test_a_department_without_units_is_its_own_only_unit() -> None:
    planned = Entry(900_00, "2101501", "general", "year", "basic_wages", "401", "30101", "50101")
    alone = Accounts(Organisation("401", "乙局"), (Organisation("401", "乙局"),), 2024, (planned,))
    closed = close(alone, "budget", province="41")
    rows = closed.department.statement("B02")
    assert rows and [r.code for r in rows.rows] == ["", "401"]
    assert not [f for f in check(closed.department).findings if f.severity != "hint"]
    office = replace(alone, units=(*alone.units, OFFICE))
    with pytest.raises(Refused, match="给本级单独编码（如401001）"):
        close(office, "budget", province="41")
    assert close(office, "budget").ledger
