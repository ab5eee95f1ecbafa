"""Small statements whose columns only arithmetic shows."""

from mingzhang.disclosure import Sentence
from mingzhang.forms import load
from mingzhang.read.block import Line
from mingzhang.read.loose import place
from mingzhang.read.outline import regions

BOOK = load()


def read(text, *said):
    lines = [Line(" ".join(t.split()), number=n, parts=(t,)) for n, t in enumerate(text.strip().splitlines(), 1) if t.strip()]
    return place(regions(lines, BOOK), BOOK, [Sentence(s) for s in said], "f.txt")


def cells(statement):
    return {(r.code or r.label, r.block, r.side, c.column): c.printed.plain for r in statement.rows for c in r.cells}


HEAD = "单位：万元\n科目编码 科目名称 本年支出 小计 基本支出 项目支出\n栏次 1 2 3\n"


def test_level_sums_place_what_a_row_leaves_open():
    (s,), _ = read(
        "一般公共预算财政拨款支出决算表\n" + HEAD + """
        合计 30.00 12.00 18.00
        201 一般公共服务支出 12.00 12.00
        20101 人大事务 12.00 12.00
        213 农林水支出 18.00 18.00
        """
    )
    got = cells(s)
    assert got["201", "", "", "basic"] == "12.00" and got["20101", "", "", "basic"] == "12.00"
    assert got["213", "", "", "project"] == "18.00"
    cell = s.rows[1].get("basic")
    assert cell is not None and "F05-levels" in cell.placed


def test_a_full_row_needs_no_identity():
    (s,), _ = read("一般公共预算财政拨款支出决算表\n" + HEAD + "合计 30.00 12.00 18.00\n")
    assert [c.placed for _, c in s.cells()] == [(), (), ()]


def test_nothing_is_guessed():
    (s,), _ = read("一般公共预算财政拨款支出决算表\n" + HEAD + "合计 30.00 30.00\n201 一般公共服务支出 30.00 30.00\n")
    for row in s.rows:
        assert [c.column for c in row.cells] == ["total", "?"]
        assert row.cells[1].candidates == ("basic", "project")


def test_running_text_decides_last():
    (s,), _ = read(
        "一般公共预算财政拨款支出决算表\n" + HEAD + "合计 30.00 30.00\n201 一般公共服务支出 30.00 30.00\n",
        "2031年支出合计30.00万元，其中：项目支出30万元，占100%。",
    )
    assert cells(s)["201", "", "", "project"] == "30.00"
    assert s.rows[0].cells[1].placed[-1] == "text"


def test_one_wrong_figure_does_not_pull_the_others_along():
    (s,), _ = read(
        "一般公共预算财政拨款支出决算表\n" + HEAD + """
        合计 30.00 12.00 18.00
        201 一般公共服务支出 12.00 12.00
        213 农林水支出 18.00 19.00
        """
    )
    got = cells(s)
    assert got["201", "", "", "basic"] == "12.00" and got["213", "", "", "project"] == "19.00"


def test_rounding_is_no_contradiction():
    (s,), _ = read(
        "一般公共预算财政拨款支出决算表\n" + HEAD + """
        合计 30.01 12.00 18.00
        201 一般公共服务支出 12.01 12.01
        213 农林水支出 18.00 18.00
        """
    )
    assert cells(s)["213", "", "", "project"] == "18.00"


def test_codes_in_cells_wrapped_names_and_units():
    (s,), _ = read(
        """
        部门支出预算表
        部门名称： 某某局 单位：万元
        科目编码 单位代码 单位（科目名称） 合计 基本支出 项目支出 类 款 项
        合计 9.00 4.00 5.00
        701 某某局 9.00 4.00 5.00
        201 01 01
        行政运行（很长的
        名称）
        4.00 4.00
        201 01 02 一般行政管理事务 5.00 5.00
        """
    )
    assert [(r.code, r.label) for r in s.rows] == [
        ("", "合计"), ("701", "某某局"), ("2010101", "行政运行（很长的名称）"), ("2010102", "一般行政管理事务"),
    ]
    assert s.unit == "万元" and s.publisher == "某某局"
    assert cells(s)["2010102", "", "", "project"] == "5.00"


def test_two_sides_are_told_apart_by_row_numbers():
    (s,), _ = read(
        """
        收入支出决算总表
        单位：万元
        收入 支出
        项目 行次 决算数 项目 行次 决算数
        栏次 1 栏次 2
        一、一般公共预算财政拨款收入 1 7.00 一、一般公共服务支出 32
        2 二、外交支出 33 7.00
        本年收入合计 27 7.00 本年支出合计 58 7.00
        """
    )
    got = cells(s)
    assert got["一般公共预算财政拨款收入", "", "income", "amount"] == "7.00"
    assert got["外交支出", "", "expenditure", "amount"] == "7.00"
    assert ("一般公共服务支出", "", "expenditure", "amount") not in got


def test_items_under_a_header_of_items():
    (s,), _ = read(
        """
        财政拨款“三公”经费支出决算表
        单位：万元
        预算数 决算数
        合计 因公出国（境）费 公务用车购置及运行维护费 公务接待费 合计 因公出国（境）费 公务用车购置及运行维护费 公务接待费
        小计 公务用车购置费 公务用车运行维护费 小计 公务用车购置费 公务用车运行维护费
        1 2 3 4 5 6 7 8 9 10 11 12
        6.00 5.00 5.00 1.00 0.40 0.40
        """,
        "公务用车运行维护费支出预算为5.00万元，公务接待费支出决算0.40万元。",
    )
    got = cells(s)
    assert got["公务用车运行维护费", "", "", "budget"] == "5.00" and got["公务接待费", "", "", "final"] == "0.40"


def test_dashes_hold_the_place_of_a_figure():
    (s,), _ = read(
        """
        财政拨款“三公”经费支出决算表
        项目 行次 年初预算数 全年预算数 决算数
        合计 1 --- --- 3.00
        """
    )
    assert cells(s) == {("合计", "", "", "final"): "3.00"}


def test_more_figures_than_columns_stay_undecided_with_a_remark():
    (s,), remarks = read(
        "一般公共预算财政拨款支出决算表\n单位：万元\n科目编码 科目名称 合计 基本支出 项目支出\n合计 9.00 4.00 3.00 2.00\n"
    )
    assert {c.column for _, c in s.cells()} == {"?"}
    assert remarks and remarks[0].kind == "columns"


def test_a_page_number_and_a_repeated_header_are_no_rows():
    (s,), _ = read(
        """
        一般公共预算财政拨款支出决算表
        单位：万元
        科目编码 科目名称
        本年支出 小计
        基本支出 项目支出
        合计 30.00 12.00 18.00
        201 一般公共服务支出 12.00 12.00
        12
        科目编码 科目名称
        本年支出 小计
        基本支出 项目支出
        213 农林水支出 18.00 18.00
        """
    )
    assert len(list(s.cells())) == 7
