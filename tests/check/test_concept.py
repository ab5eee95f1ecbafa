"""Which printed cell a figure of the text repeats: not one of another budget, not a namesake under another section."""

from typing import Any

import pytest

from mingzhang.check import check
from tests.check.cases import disclosure_of

F05 = ["|204|公共安全支出| total=9.00", "|20402|公安| total=9.00", "|2040219|信息化建设| total=4.00", "|2040202|一般行政管理事务| total=5.00"]
ITEMS = "说明/（三）具体情况"


def claims(**case: Any) -> list[str]:
    return [f.printed for f in check(disclosure_of({"year": 2031, **case})).findings if f.rule == "text-cell"]


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("公共安全支出（类）公安（款）信息化建设（项）支出决算为4.00万元。", False),
        ("公共安全支出（类）公安（款）信息化建设（项）支出决算为3.00万元。", True),
        ("一般公共服务支出（类）财政事务（款）信息化建设（项）支出决算为0.00万元。", False),
        ("一般公共服务支出（类）政府办公厅（室）及相关机构事务（款）一般行政管理事务（项）支出决算为0.00万元。", False),
        ("公共安全支出（类）司法（款）信息化建设（项）支出决算为1.00万元。", False),
        ("公共安全支出（类）公安事物（款）信息化建设（项）支出决算为3.00万元。", True),
    ],
)
def test_an_item_is_that_of_its_section(said: str, found: bool) -> None:
    """A namesake of another section is none; a slip in the name of the section does not hide the item."""
    assert bool(claims(kind="final", section=ITEMS, statements={"F05": F05}, text=[said])) is found


@pytest.mark.parametrize("budget", ["政府性基金预算", "国有资本经营预算"])
def test_basic_and_project_expenditure_of_a_fund_are_not_those_of_the_department(budget: str) -> None:
    case = {
        "kind": "budget",
        "section": f"{budget}支出预算情况说明",
        "statements": {"B03": ["||合计| total=9.00 basic=4.00 project=5.00"]},
        "text": [f"{budget}支出2.00万元，其中：基本支出0.00万元，项目支出2.00万元。"],
    }
    assert claims(**case) == []
    case |= {"section": "支出预算情况说明", "text": ["支出合计9.00万元，其中：基本支出3.00万元，项目支出6.00万元。"]}
    assert len(claims(**case)) == 2
