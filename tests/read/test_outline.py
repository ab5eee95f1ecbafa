"""Which blocks are a statement, a performance table, or running text."""

from mingzhang.forms import load
from mingzhang.read.outline import regions
from tests.read.drawn import grid, line

TABLE = """
| 项目 | < | 合计 | 基本支出 | 项目支出 |
| 科目编码 | 科目名称 | ^ | ^ | ^ |
| 合计 | < | 3.00 | 1.00 | 2.00 |
"""


def kinds(blocks):
    return [
        (r.kind, r.form.id if hasattr(r.form, "id") else getattr(r.form, "kind", None)) for r in regions(blocks, load())
    ]


def test_a_contents_list_is_no_statement_and_the_table_behind_it_is():
    contents = [line("目录"), line("一、收入决算表"), line("二、支出决算表"), line("第三部分 决算情况说明")]
    blocks = [
        *contents,
        line("支出决算表", 2),
        line("单位：万元", 2),
        grid(TABLE, 2),
        line("注：本表反映支出情况。", 2),
    ]
    assert kinds(blocks) == [("text", None), ("statement", "F03")]


def test_number_and_unit_lines_before_a_title_belong_to_it():
    blocks = [line("某段文字。"), line("公开03表"), line("单位：万元"), line("支出决算表"), grid(TABLE)]
    cut = regions(blocks, load())
    assert [r.kind for r in cut] == ["text", "statement"]
    assert len(cut[1].blocks) == 3


def test_a_statement_goes_on_over_the_page_and_ends_before_text():
    blocks = [
        line("支出决算表"),
        grid(TABLE),
        grid("| 208 | 社会保障 | 1.00 | 1.00 | |", 2),
        line("一、支出决算情况说明", 2),
    ]
    cut = regions(blocks, load())
    assert [(r.kind, len(r.blocks)) for r in cut] == [("statement", 2), ("text", 1)]


def test_a_title_over_two_lines_is_one():
    blocks = [line("一般公共预算财政拨款基本支出决"), line("算明细表"), line("单位：万元"), grid(TABLE)]
    assert kinds(blocks) == [("statement", "F06")]


def test_a_numbered_heading_of_the_text_is_no_statement():
    blocks = [line("二、机关运行经费预算"), line("本年度机关运行经费预算为12.30万元，采购预算45.60万元。")]
    assert kinds(blocks) == [("text", None)]


def test_an_unknown_table_with_amounts_under_a_title_is_a_statement_without_form():
    blocks = [line("专项债券收支明细表"), line("单位：万元"), grid("| 名称 | 金额 |\n| 甲 | 1.00 |")]
    assert kinds(blocks) == [("statement", None)]


def test_every_block_is_in_exactly_one_region():
    blocks = [
        line("封面"),
        line("公开03表"),
        line("支出决算表"),
        grid(TABLE),
        line("注：略。"),
        line("第三部分 说明"),
        line("完。"),
    ]
    cut = regions(blocks, load())
    kept = [b for r in cut for b in r.blocks] + [r.title for r in cut if r.title]
    assert sorted(map(id, kept)) == sorted(map(id, blocks))


def test_a_title_repeated_over_the_page_does_not_begin_another_statement():
    part = "| 项目 | 合计 | 基本支出 | 项目支出 |\n| 科目名称 | ^ | ^ | ^ |\n| 社保 | 1.00 | 1.00 | |"
    blocks = [line("支出决算表"), grid(part), line("支出决算表（续）", 2), grid(part, 2)]
    cut = regions(blocks, load())
    assert [(r.kind, len(r.blocks)) for r in cut] == [("statement", 2)]
    both = [line("支出决算表"), grid(TABLE + "| 208 | 社保 | 1.00 | 1.00 | |\n| 合计 | < | 1.00 | 1.00 | |")]
    again = [line("支出决算表", 2), grid(TABLE + "| 208 | 社保 | 1.00 | 1.00 | |\n| 合计 | < | 1.00 | 1.00 | |", 2)]
    assert len(regions([*both, *again], load())) == 2
