"""What the reader of performance tables is not sure of is said, not guessed."""

from mingzhang.read.evaluations import consumed, evaluate
from mingzhang.read.evaluations.abreast import BY_WORDS
from mingzhang.read.evaluations.fused import PARTED, WHOLE
from mingzhang.read.evaluations.loose import STRAY
from mingzhang.read.evaluations.money import UNPROVEN
from tests.read.evaluations.drawn import brief, form, lines
from tests.read.evaluations.printed import rows

FUSED = """
项目名称 湿地巡护
一级指标 二级指标 三级指标 年度指标值 实际完成值 分值 得分
产出指标 数量指标 巡护次数 ≥12次12次3030
质量指标 巡护合格率 ≥95%100%2020
时效指标 按时完成率 100%100%108
效益指标 社会效益指标 水质状况 稳定稳定3030
满意度指标 满意度指标 群众满意度 ≥90%92%1010
总分 100 98
"""


def test_cells_without_blanks_are_taken_apart_by_form_and_said() -> None:
    (evaluation,), _, remarks = evaluate(form("self_project"), "", lines(FUSED), "", "a.txt")
    assert [(r[4], r[5], r[6], r[7], r[8]) for r in rows([evaluation])][:-1] == [
        ("巡护次数", "≥12次", "12次", "30", "30"),
        ("巡护合格率", "≥95%", "100%", "20", "20"),
        ("按时完成率", "100%", "100%", "10", "8"),
        ("水质状况", "稳定", "稳定", "30", "30"),
        ("群众满意度", "≥90%", "92%", "10", "10"),
    ]
    assert [r.reason for r in remarks] == [PARTED] * 5
    assert remarks[0].place is not None and remarks[0].place.line == 3


def test_the_total_decides_between_two_ways() -> None:
    table = FUSED.replace("≥12次12次3030", "≥12次12次12.512.5").replace("稳定稳定3030", "稳定稳定47.547.5")
    (evaluation,), _, _ = evaluate(form("self_project"), "", lines(table), "", "a.txt")
    assert [(r[7], r[8]) for r in rows([evaluation])] == [
        ("12.5", "12.5"),
        ("20", "20"),
        ("10", "8"),
        ("47.5", "47.5"),
        ("10", "10"),
        ("100", "98"),
    ]


def test_what_no_total_decides_is_left_out_and_said() -> None:
    table = FUSED.replace("≥12次12次3030", "≥12次12次12.512.5").replace("总分 100 98\n", "")
    (evaluation,), _, remarks = evaluate(form("self_project"), "", lines(table), "", "a.txt")
    assert "巡护次数" not in [r[4] for r in rows([evaluation])]
    assert [r.text for r in remarks if r.reason == WHOLE] == ["产出指标 数量指标 巡护次数 ≥12次12次12.512.5"]


MONEY = """
项目名称 湿地巡护
年初预算数 全年预算数 全年执行数 分值 执行率 得分
年度资金总额 30.00 28.00 27.50 10 98.21% 9.82
其中：财政拨款 20.00 20.00 20.00 - 100% -
单位资金 {} - -
一级指标 二级指标 三级指标 年度指标值 实际完成值 分值 得分
产出指标 数量指标 巡护次数 ≥12次 12次 90 90
总分 100 99.82
"""


def test_amounts_in_fewer_columns_stand_where_the_total_needs_them() -> None:
    table = MONEY.replace("20.00 20.00 20.00", "30.00 20.00 20.00")
    (evaluation,), _, remarks = evaluate(form("self_project"), "", lines(table.format("8.00 7.50")), "", "a.txt")
    funds = {i.name: (i.target, i.actual) for i in evaluation.indicators if i.level1 == "资金"}
    assert funds["单位资金"] == ("8.00", "7.50") and not remarks


def test_amounts_that_nothing_proves_stay_in_order_and_are_said() -> None:
    (evaluation,), _, remarks = evaluate(form("self_project"), "", lines(MONEY.format("8.00 7.00")), "", "a.txt")
    assert [r.reason for r in remarks] == [UNPROVEN]
    assert [i.name for i in evaluation.indicators if i.level1 == "资金"] == ["年度资金总额", "财政拨款", "单位资金"]


def test_stray_words_are_said() -> None:
    table = MONEY.format("10.00 8.00 7.50").replace("产出指标 数量", "≤ ≤ ≤\n产出指标 数量")
    _, _, remarks = evaluate(form("self_project"), "", lines(table), "", "a.txt")
    assert any(r.reason == STRAY and "≤" in r.text for r in remarks)


def test_a_table_without_a_total_ends_where_the_text_goes_on() -> None:
    blocks = lines(
        """
项目名称 湿地巡护
一级指标 二级指标 三级指标 指标值
产出指标 数量指标 巡护次数 ≥12次
效益指标 社会效益指标 水质状况 持续改善
（三）其他需要说明的情况
本部门没有其他需要说明的情况，有关工作将按照年初确定的计划在下一年度继续安排并组织实施。
"""
    )
    (evaluation,), _, _ = evaluate(form("goal_project"), "", blocks, "", "a.txt")
    assert [i.name for i in evaluation.indicators] == ["巡护次数", "水质状况"]
    assert [b.text[:3] for b in blocks[consumed(form("goal_project"), blocks) :]] == ["（三）", "本部门"]


def test_groups_abreast_without_project_codes() -> None:
    blocks = lines(
        """
产出指标 效益指标 满意度指标
项目名称 资金总额 财政拨款 单位资金
三级指标 指标值 三级指标 指标值 三级指标 指标值
雷达站年度维护 50.50 50.50
维护次数 ≥4次
预报能力
有所提高
公众满意度 ≥90%
故障处理及时率 ≥95%
站点补助 20.00 20.00
到报站点数 ≥12个
防灾能力
显著增强
台站满意度 ≥90%
"""
    )
    evaluations, _, remarks = evaluate(form("goal_project"), "", blocks, "", "a.txt")
    assert [e.project for e in evaluations] == ["雷达站年度维护", "站点补助"]
    assert brief(evaluations[0])[2:] == [
        ("产出指标", "", "维护次数", "≥4次"),
        ("效益指标", "", "预报能力", "有所提高"),
        ("满意度指标", "", "公众满意度", "≥90%"),
        ("产出指标", "", "故障处理及时率", "≥95%"),
    ]
    assert {r.reason for r in remarks} == {BY_WORDS, UNPROVEN}


def test_points_of_a_level_are_no_part_of_its_name() -> None:
    table = FUSED.replace("产出指标 ", "产出指标（60分） ").replace("≥12次12次3030", "≥12次 12次 30 30")
    (evaluation,), _, _ = evaluate(form("self_project"), "", lines(table), "", "a.txt")
    assert evaluation.indicators[0].level1 == "产出指标" and evaluation.indicators[0].weight == "30"
