"""Grids → statements: every number in its row and column."""

from mingzhang.forms import load
from mingzhang.read.block import Grid, GridCell
from mingzhang.read.outline import Region
from mingzhang.read.statements import from_grids
from tests.read.drawn import grid, line


def read(form, *blocks, title="表"):
    statement, _ = from_grids(Region("statement", load().by_id[form], line(title), blocks), "f.pdf")
    return statement


def cells(statement):
    return {(r.block, r.side, r.code or r.label, c.column): c.printed.plain for r in statement.rows for c in r.cells}


def test_codes_in_three_cells_and_nested_headers():
    s = read(
        "B03",
        line("单位：元"),
        grid(
            """
            | 项目 | < | < | < | 支出预算 | < | < |
            | 功能分类科目编码 | < | < | 功能分类科目名称 | 合计 | 基本支出 | 项目支出 |
            | 类 | 款 | 项 | ^ | ^ | ^ | ^ |
            | 208 | | | 社会保障和就业支出 | 1,200.00 | 1,200.00 | |
            | 208 | 05 | 01 | 行政单位离退休 | 1,200.00 | 1,200.00 | |
            | 合计 | < | < | < | 1,200.00 | 1,200.00 | |
            """
        ),
    )
    assert s.unit == "元"
    assert cells(s)[("", "", "2080501", "basic")] == "1200.00"
    assert s.rows[-1].label == "合计" and s.rows[-1].code == ""


def test_two_halves_side_by_side_with_row_numbers():
    s = read(
        "F04",
        line("金额单位：万元"),
        grid(
            """
            | 收入 | < | < | 支出 | < | < | < | < |
            | 项目 | 行次 | 金额 | 项目 | 行次 | 合计 | 一般公共预算财政拨款 | 政府性基金预算财政拨款 |
            | 栏次 | | 1 | 栏次 | | 2 | 3 | 4 |
            | 一、一般公共预算财政拨款 | 1 | 5.00 | 一、一般公共服务支出 | 33 | 5.00 | 5.00 | |
            | 总计 | 32 | 5.00 | 总计 | 64 | 5.00 | 5.00 | |
            """
        ),
    )
    assert cells(s) == {
        ("", "income", "一般公共预算财政拨款", "amount"): "5.00",
        ("", "expenditure", "一般公共服务支出", "total"): "5.00",
        ("", "expenditure", "一般公共服务支出", "general"): "5.00",
        ("", "income", "总计", "amount"): "5.00",
        ("", "expenditure", "总计", "total"): "5.00",
        ("", "expenditure", "总计", "general"): "5.00",
    }
    assert [r.line for r in s.rows] == [1, 33, 32, 64]


def test_three_groups_abreast():
    s = read(
        "F06",
        grid(
            """
            | 人员经费 | < | < | 公用经费 | < | < | < | < | < |
            | 科目编码 | 科目名称 | 决算数 | 科目编码 | 科目名称 | 决算数 | 科目编码 | 科目名称 | 决算数 |
            | 301 | 工资福利支出 | 9.00 | 302 | 商品和服务支出 | 2.00 | 310 | 资本性支出 | 0.00 |
            | 30101 | 基本工资 | 9.00 | 30201 | 办公费 | 2.00 | 31002 | 办公设备购置 | |
            | 人员经费合计 | < | 9.00 | 公用经费合计 | < | < | < | < | 2.00 |
            """
        ),
    )
    found = cells(s)
    assert found[("", "", "30101", "amount")] == "9.00"
    assert found[("", "", "310", "amount")] == "0.00"
    assert found[("", "", "人员经费合计", "amount")] == "9.00"
    assert found[("", "", "公用经费合计", "amount")] == "2.00"
    assert ("", "", "31002", "amount") not in found


def test_a_page_without_header_takes_the_columns_by_position():
    s = read(
        "F05",
        grid("| 科目编码 | 科目名称 | 小计 | 基本支出 | 项目支出 |\n| 208 | 社保 | 3.00 | 1.00 | 2.00 |"),
        grid("| 合计 | < | 3.00 | 1.00 | 2.00 |", 2),
    )
    assert cells(s)[("", "", "合计", "project")] == "2.00"
    assert s.rows[1].cells[0].place.page == 2


def test_items_as_columns_and_items_as_rows_are_the_same():
    across = read(
        "F09",
        grid(
            """
            | 预算数 | < | < | < | < | < | 决算数 | < | < | < | < | < |
            | 合计 | 因公出国（境）费 | 公务用车购置及运行维护费 | < | < | 公务接待费 | 合计 | 因公出国（境）费 | 公务用车购置及运行维护费 | < | < | 公务接待费 |
            | ^ | ^ | 小计 | 公务用车购置费 | 公务用车运行维护费 | ^ | ^ | ^ | 小计 | 公务用车购置费 | 公务用车运行维护费 | ^ |
            | 5.00 | | 4.00 | | 4.00 | 1.00 | 3.00 | | 2.50 | | 2.50 | 0.50 |
            """
        ),
    )
    down = read(
        "F09",
        grid(
            """
            | 项目 | 预算数 | 决算数 |
            | 一、“三公”经费支出 | 5.00 | 3.00 |
            | 1.因公出国（境）费 | | |
            | 2.公务用车购置及运行维护费 | 4.00 | 2.50 |
            | （1）公务用车购置费 | | |
            | （2）公务用车运行维护费 | 4.00 | 2.50 |
            | 3.公务接待费 | 1.00 | 0.50 |
            """
        ),
    )
    assert cells(across) == cells(down)
    assert cells(across)[("", "", "公务用车运行维护费", "final")] == "2.50"


def test_an_empty_statement_keeps_its_note_and_reads_no_number():
    s = read(
        "F07",
        grid("| 科目编码 | 科目名称 | 年初结转和结余 | 本年收入 | 本年支出 | 年末结转和结余 |\n| 合计 | < | | | | |"),
        line("注：本表反映政府性基金收支。"),
        line("说明：本部门没有政府性基金，故本表无数据。"),
    )
    assert s.empty
    assert [n.text[:2] for n in s.notes] == ["注：", "说明"]


def test_a_column_the_form_does_not_know_goes_by_its_printed_header():
    s = read("F05", grid("| 科目编码 | 科目名称 | 小计 | 神秘列 |\n| 208 | 社保 | 3.00 | 1.00 |"))
    assert cells(s)[("", "", "208", "神秘列")] == "1.00"


def test_last_years_column_is_not_taken_for_this_years():
    s = read(
        "B05",
        grid(
            """
            | 科目编码 | 科目名称 | 2023年预算数 | 2024年预算数 | < | < |
            | ^ | ^ | 合计 | 合计 | 基本支出 | 项目支出 |
            | 208 | 社保 | 9.00 | 3.00 | 1.00 | 2.00 |
            """
        ),
    )
    assert cells(s)[("", "", "208", "total")] == "3.00"
    assert cells(s)[("", "", "208", "2023年预算数/合计")] == "9.00"


def test_a_government_code_beside_the_departmental_goes_to_the_block():
    s = read(
        "B06",
        grid(
            """
            | 部门预算支出经济分类科目 | < | 政府预算支出经济分类科目 | < | 本年一般公共预算基本支出 | < | < |
            | 科目编码 | 科目名称 | 科目编码 | 科目名称 | 合计 | 人员经费 | 公用经费 |
            | 合计 | < | | | 2.00 | 2.00 | |
            | 30101 | 基本工资 | 50101 | 工资奖金津补贴 | 2.00 | 2.00 | |
            """
        ),
    )
    assert cells(s)[("50101", "", "30101", "personnel")] == "2.00"
    assert s.rows[1].label == "基本工资"


def unruled(pieces, page=1):
    """A grid without lines: words as (text, middle, line), each with its own box; columns by the given middles."""
    columns = sorted({middle for _, middle, line in pieces if line >= 10})
    rows = sorted({line for _, _, line in pieces})
    cells = []
    for text, middle, at in pieces:
        wide = 5.0 * len(text)
        nearest = min(range(len(columns)), key=lambda n: abs(columns[n] - middle))
        box = (middle - wide, at * 12.0, middle + wide, at * 12.0 + 10)
        cells.append(GridCell(rows.index(at), nearest, 1, 1, (text,), box))
    return Grid(
        page, len(rows), len(columns), tuple(cells), (0.0, 0.0, columns[-1] + 60, rows[-1] * 12.0 + 12), ruled=False
    )


def test_wrapped_words_over_columns_without_lines_are_put_together_by_the_form():
    header = [
        ("项目", 60, 1), ("财政拨", 300, 1), ("合计", 200, 2), ("款收入", 300, 2), ("其他", 400, 1), ("收入", 400, 2),
        ("科目编码", 30, 3), ("科目名称", 110, 3),
    ]  # fmt: skip
    body = [("208", 30, 10), ("社会保障", 110, 10), ("3.00", 200, 10), ("1.00", 300, 10), ("2.00", 400, 10)]
    s = read("F02", unruled(header + body))
    assert cells(s) == {
        ("", "", "208", "total"): "3.00",
        ("", "", "208", "appropriation"): "1.00",
        ("", "", "208", "other"): "2.00",
    }


def test_a_column_without_figures_keeps_its_place_where_there_are_no_lines():
    header = [("科目编码", 30, 1), ("科目名称", 110, 1), ("合计", 200, 1), ("基本支出", 300, 1), ("项目支出", 400, 1)]
    body = [("208", 30, 10), ("社会保障", 110, 10), ("3.00", 210, 10), ("3.00", 412, 10)]
    s = read("F05", unruled(header + body))
    assert cells(s) == {("", "", "208", "total"): "3.00", ("", "", "208", "project"): "3.00"}


def test_two_numbers_in_one_column_are_not_decided():
    s = read("F05", grid("| 科目编码 | 科目名称 | 小计 | 小计 |\n| 208 | 社保 | 3.00 | 4.00 |"))
    assert {c.column for r in s.rows for c in r.cells} <= {"total", "小计", "?"}
    assert len({c.column for r in s.rows for c in r.cells}) == 2
