"""Header words → columns."""

from mingzhang.forms import load
from mingzhang.read.loose.columns import columns, stray

BOOK = load()


def found(form: str, header: str, side: str = "") -> list[str]:
    return columns(BOOK.by_id[form], header.split(), side)


def test_a_flat_header_keeps_its_printed_order():
    assert found("F02", "项目 本年收入合计 其他收入 财政拨款收入") == ["total", "other", "appropriation"]


def test_words_broken_over_lines():
    assert found("B03", "合计 基本 支出 项目支 出") == ["total", "basic", "project"]


def test_cells_that_wrapped_side_by_side():
    assert set(found("F04", "合计 一般公共预 政府性基金预 算财政拨款 算财政拨款", "expenditure")) >= {"total"}
    assert "fund" in found("B12", "合计 本年拨款 一般公共预算 政府性 国有资本 基金 经营")


def test_groups_share_the_words_of_their_columns():
    header = "总计 合计 本年收入 上年结转结余 一般公共预算 政府性基金 合计 一般公共预算 政府性基金 合计 一般公共预算 政府性基金"
    assert found("B02", header) == [
        "total", "general", "fund", "year_total", "year_general", "year_fund", "carry_total", "carry_general", "carry_fund",
    ]


def test_without_the_common_group_its_words_belong_to_the_years():
    header = "总计 本年收入 上年结转结余 小计 一般公共预算 小计 一般公共预算"
    assert found("B02", header) == ["total", "year_total", "year_general", "carry_total", "carry_general"]


def test_a_part_that_no_form_describes_is_seen():
    assert stray(BOOK.by_id["F02"], ["事业收入", "其中：教育收费"]).startswith("其中：教育收费")
    assert stray(BOOK.by_id["B04"], ["其中：", "财政拨款"]) == ""
