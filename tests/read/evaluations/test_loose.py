"""Performance tables whose lines lost their columns."""

from hypothesis import given, settings
from hypothesis import strategies as st

from mingzhang.read.evaluations import consumed, evaluate
from tests.read.evaluations.drawn import brief, form, lines

SELF = """
项目名称 湿地巡护补助

主管部门 某县林业局 实施单位 某县湿地站

项目资金（万元）

年初预算数(A) 全年预算数(B) 全年执行数(C) 分值 执行率 得分

年度资金总额： 30 28 27.5 10 98.2 % 9.82

单位资金 0 0 0 - 0.00% -

资金管理情况

情况说明 分值（20） 得分 存在问题和改进措施

安排科学性 合理安排 5 5

使用规范性
严格按照规定的用途使用资金，不挤
占、不挪用

5 4

年度总体
目标

预期目标 实际完成情况

巡护湿地12处。 巡护湿地11处。

绩效指标

一级指
标

二级指标 三级指标 年度指标值 全年实际完成值 分值（60） 得分 偏差度
偏差原因分析
及改进措施

产出指标

数量指标
湿地及周边林地的日常巡
护数量

≥12处 11处 20 18.3 -8.33%
七月连续暴雨，道路中断
无法通行

 巡护人次 ≥300 人次 310人次 10 10 0.00

质量指标 巡护记录
完整规范并且按月装订成
册

100% 10 10 0.00

效益指标

经济效益指标

生态效益指标 水质状况 持续稳定 100% 30 30 0.00

满意度
指标

服务对象满
意度指标

周边群众满意度 ≥85% 90% 10 10 0.00

总分 100 92.1

附件二

另有说明。
"""


def test_wrapped_names_targets_reasons_and_levels() -> None:
    blocks = lines(SELF)
    (evaluation,), sentences, _ = evaluate(form("self_project"), "项目支出绩效自评表", blocks, "", "a.txt")
    assert evaluation.project == "湿地巡护补助"
    rows = [(i.level1, i.level2, i.name, i.target, i.actual, i.weight, i.score, i.deviation) for i in evaluation.indicators]
    assert rows == [
        ("资金", "", "年度资金总额", "30/28", "27.5", "10", "9.82", "98.2%"),
        ("资金", "", "单位资金", "0/0", "0", "-", "-", "0.00%"),
        ("资金管理情况", "", "安排科学性", "", "合理安排", "5", "5", ""),
        ("资金管理情况", "", "使用规范性", "", "严格按照规定的用途使用资金，不挤占、不挪用", "5", "4", ""),
        ("产出指标", "数量指标", "湿地及周边林地的日常巡护数量", "≥12处", "11处", "20", "18.3", "-8.33%"),
        ("产出指标", "数量指标", "巡护人次", "≥300人次", "310人次", "10", "10", "0.00"),
        ("产出指标", "质量指标", "巡护记录", "完整规范并且按月装订成册", "100%", "10", "10", "0.00"),
        ("效益指标", "生态效益指标", "水质状况", "持续稳定", "100%", "30", "30", "0.00"),
        ("满意度指标", "服务对象满意度指标", "周边群众满意度", "≥85%", "90%", "10", "10", "0.00"),
        ("总分", "", "", "", "", "100", "92.1", ""),
    ]
    assert evaluation.indicators[4].reason == "七月连续暴雨，道路中断无法通行"
    assert evaluation.indicators[4].place is not None and evaluation.indicators[4].place.line is not None
    assert sum(len(s.figures) for s in sentences) == 2
    assert [b.text for b in blocks[consumed(form("self_project"), blocks) :]] == ["附件二", "另有说明。"]


def test_tabs_with_shifted_columns_and_a_level_one_line_too_low() -> None:
    blocks = lines(
        """
项目名称→→图书采购→→→→→
主管部门→→某市文化局→→实施单位→某市图书馆→→→
→→年初预算数→全年预算数A→全年执行数B→分值→执行率→得分→
项目资金 (万元)→年度资金总额→8→8→7.99→10→99.9%→9.9→
→其中：当年财政拨款→8→8→7.99→-→→-→
→其他资金→→→→-→→-→
→一级指标→二级指标→三级指标→年度指标值→实际完成值→分值→得分→偏差原因分
绩效指标→成本指标→经济成本指标→单册成本→≤40元→38元→20→20→无
→→社会成本指标→指标1:→→→→→
→产出指标→数量指标→采购册数→>=2000 册→2000 册→30→30→无
效益指标→质量指标→破损率→≤1%→0→10→10→无
→社会效益指标→读者人次→有所提高→有所提高→30→30→
总分→→→→→→100→99.9→无
"""
    )
    (evaluation,), _, _ = evaluate(form("dept_project"), "", blocks, "", "a.txt")
    assert brief(evaluation) == [
        ("资金", "", "年度资金总额", "8/8"),
        ("资金", "", "当年财政拨款", "8/8"),
        ("成本指标", "经济成本指标", "单册成本", "≤40元"),
        ("成本指标", "社会成本指标", "指标1:", ""),
        ("产出指标", "数量指标", "采购册数", ">=2000册"),
        ("产出指标", "质量指标", "破损率", "≤1%"),
        ("效益指标", "社会效益指标", "读者人次", "有所提高"),
        ("总分", "", "", ""),
    ]
    assert [i.score for i in evaluation.indicators][2:] == ["20", "", "30", "10", "30", "99.9"]


def test_a_goal_table_with_explanations_below_its_targets() -> None:
    blocks = lines(
        """
部门（单位）名称 某县档案馆

预算情况

部门预算总额（万元） 1,234.50

1、资金来源：（1）政府预算资金 1,234.50

（2）单位资金

2、资金结构：（1）基本支出 1,000.00

一级指标 二级指标 三级指标名称 指标值 指标值说明

工作目标管理

年度履职目标相关性 相关

1.履职目标是否符合上级的战略部署；

2.是否与职责相关。

预算编制完整性 完整

投入管理指标 预算和财务管理

专项资金细化率 ≥90%

细化率=已细化的资金数/参与分配的总数

×100%。

产出指标

重点工作任

务完成

档案数字化扫描和著录
完成率

≤100%

全年计划扫描馆藏档案并完成著录工作

履职效益
保障档案实体与信息安全

有效保障

满意度 查档群众满意 ≤98%
"""
    )
    (evaluation,), _, _ = evaluate(form("goal_whole"), "", blocks, "别的单位", "a.txt")
    assert evaluation.project == "某县档案馆"
    assert brief(evaluation) == [
        ("资金", "", "部门预算总额", "1,234.50"),
        ("资金", "资金来源", "政府预算资金", "1,234.50"),
        ("资金", "资金结构", "基本支出", "1,000.00"),
        ("投入管理指标", "工作目标管理", "年度履职目标相关性", "相关"),
        ("投入管理指标", "预算和财务管理", "预算编制完整性", "完整"),
        ("投入管理指标", "预算和财务管理", "专项资金细化率", "≥90%"),
        ("产出指标", "重点工作任务完成", "档案数字化扫描和著录完成率", "≤100%"),
        ("效益指标", "履职效益", "保障档案实体与信息安全", "有效保障"),
        ("效益指标", "满意度", "查档群众满意", "≤98%"),
    ]
    assert evaluation.indicators[5].explanation == "细化率=已细化的资金数/参与分配的总数×100%。"


def test_groups_abreast_and_a_project_that_begins_above_a_page_break() -> None:
    blocks = lines(
        """
单位编码 项目单位

项目金额（万元）
绩效目标：

成本指标 产出指标 效益指标 满意度指标

（项目编码） （项目名称）
资金总额

政府预算
资金

单位资金 三级指标 指标值 三级指标 指标值 三级指标 指标值 三级指标 指标值

301 某市气象局 70.50 70.50

330100230000
000000011

雷达站年度维护补助
资金

50.50 50.50

每站维护标准 5000元 维护次数 ≥4次
提升天气预报
能力

有所提高
公众服务满意
度

≥90%

故障处理及时
率

≥95%

每站通信补贴 800元 到报站点数 ≥12个
促进防灾减灾

显著
台站满意度 ≥90%



330100230000
000000012

站点补助
20.00 20.00

数据到报率 ≥98%
"""
    )
    evaluations, _, _ = evaluate(form("goal_project"), "", blocks, "", "a.txt")
    assert [e.project for e in evaluations] == ["某市气象局", "雷达站年度维护补助资金", "站点补助"]
    assert brief(evaluations[1])[2:] == [
        ("成本指标", "", "每站维护标准", "5000元"),
        ("产出指标", "", "维护次数", "≥4次"),
        ("效益指标", "", "提升天气预报能力", "有所提高"),
        ("满意度指标", "", "公众服务满意度", "≥90%"),
        ("产出指标", "", "故障处理及时率", "≥95%"),
    ]
    assert brief(evaluations[2])[2:] == [
        ("成本指标", "", "每站通信补贴", "800元"),
        ("产出指标", "", "到报站点数", "≥12个"),
        ("效益指标", "", "促进防灾减灾", "显著"),
        ("满意度指标", "", "台站满意度", "≥90%"),
        ("产出指标", "", "数据到报率", "≥98%"),
    ]


def test_cells_wrapped_beside_each_other() -> None:
    blocks = lines(
        """
项目名称 图书采购
绩效指 一级指标 二级指标 三级指标 年度指标值 实际完成值 分值 得分 偏差原因分析及
标 改进措施
产出指标 数量指标 采购各类图书和报刊 ≥2000册 1900册 40 38 供货商延迟，
册数 改为分批供货
采购种数 ≥300种 310种 20 20
效益指标 可持续影响指 馆藏结构 有所改善 有所改善 30 30
标
满意度指标 服务对象满意 读者满意度 ≥90% 95% 10 10
度指标
总分 100 98
"""
    )
    (evaluation,), _, _ = evaluate(form("self_project"), "", blocks, "", "a.txt")
    assert brief(evaluation) == [
        ("产出指标", "数量指标", "采购各类图书和报刊册数", "≥2000册"),
        ("产出指标", "数量指标", "采购种数", "≥300种"),
        ("效益指标", "可持续影响指标", "馆藏结构", "有所改善"),
        ("满意度指标", "服务对象满意度指标", "读者满意度", "≥90%"),
        ("总分", "", "", ""),
    ]
    assert evaluation.indicators[0].reason == "供货商延迟，改为分批供货"


_ANY = """
项目名称 年初预算数 全年预算数 全年执行数 分值 得分 一级指标 三级指标 指标值 产出指标 数量指标 成本指标 满意度 指标 标
年度资金总额 安排科学性 预期目标 实际完成情况 任务名称 主要内容 总分 ≥5次 100% 10 0.5 - 有所提高 指标1: 巡护 资金管理情况
110000230000 000000011 6.50 （项目名称） 第二部分 12月底前
"""
_WORDS = st.sampled_from(_ANY.split())


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.lists(_WORDS, min_size=1, max_size=9), max_size=40),
    st.sampled_from(["self_project", "goal_whole", "goal_project"]),
)
def test_no_lines_break_it(found: list[list[str]], kind: str) -> None:
    blocks = lines("\n".join(" ".join(row) for row in found) or " ")
    evaluate(form(kind), "", blocks, "", "a.txt")
    assert 0 <= consumed(form(kind), blocks) <= len(blocks)


def test_a_long_text_behind_a_table_takes_no_time() -> None:
    blocks = lines("一级指标 二级指标 三级指标 指标值\n产出指标 数量指标 巡护次数 ≥5次\n" + "很长的一段正文没有表格\n" * 3000)
    (evaluation,), _, _ = evaluate(form("goal_project"), "", blocks, "", "a.txt")
    assert len(evaluation.indicators) == 1


def test_nothing_in_nothing_out() -> None:
    for kind in ("self_project", "goal_whole", "goal_project"):
        assert evaluate(form(kind), "", [], "", "a.txt") == ((), (), ())
        assert consumed(form(kind), []) == 0
