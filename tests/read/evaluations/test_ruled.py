"""Performance tables of ruled cells."""

from mingzhang.read.evaluations import consumed, evaluate
from tests.read.evaluations.drawn import brief, form, grid, lines

SELF = [
    "项目名称 | < | 湿地巡护补助 | < | < | < | < | < | < | <",
    "主管部门 | < | 某县林业局 | < | < | 实施单位 | < | 某县湿地站 | < | <",
    "项目资金（万元） | < | | 年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分 | <",
    "^ | ^ | 年度资金总额 | 30.00 | 28.00 | 27.50 | 10 | 98.21% | 9.82 | <",
    "^ | ^ | 其中：当年财政拨款 | 30.00 | 28.00 | 27.50 | - | 98.21% | - | <",
    "^ | ^ | 其他资金 | | | | - | | - | <",
    "年度总体目标 | 预期目标 | < | < | 实际完成情况 | < | < | < | < | <",
    "^ | 巡护湿地12处。 | < | < | 巡护湿地11处，修复3处。 | < | < | < | < | <",
    "绩效指标 | 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差度 | 偏差原因分析及改进措施",
    "^ | 产出指标 | 数量指标 | 巡护湿地/n数量 | ≥12处 | 11处 | 20 | 18.33 | -8.33% | 暴雨",
    "^ | ^ | ^ | 巡护人次 | ≥300人次 | 310人次 | 10 | 10 | 3.33% | ",
]


def test_a_self_evaluation_with_merged_levels() -> None:
    water = "^ | 效益指标 | 生态效益指标 | 水质 | 稳定 | 稳定 | 50 | 50 | 0 | "
    blocks = [grid([*SELF, water, "总分 | < | < | < | < | < | 100 | 98.15 | | "])]
    (evaluation,), sentences, _ = evaluate(form("self_project"), "项目支出绩效自评表", blocks, "某县林业局", "a.pdf")
    assert evaluation.project == "湿地巡护补助"
    assert evaluation.department == "某县林业局" and evaluation.unit_name == "某县湿地站"
    assert evaluation.goal == "巡护湿地12处。" and evaluation.done == "巡护湿地11处，修复3处。"
    funds = [(i.name, i.target, i.actual, i.weight, i.score, i.deviation) for i in evaluation.indicators[:2]]
    assert funds == [
        ("年度资金总额", "30.00/28.00", "27.50", "10", "9.82", "98.21%"),
        ("当年财政拨款", "30.00/28.00", "27.50", "-", "-", "98.21%"),
    ]
    assert brief(evaluation)[2:] == [
        ("产出指标", "数量指标", "巡护湿地数量", "≥12处"),
        ("产出指标", "数量指标", "巡护人次", "≥300人次"),
        ("效益指标", "生态效益指标", "水质", "稳定"),
        ("总分", "", "", ""),
    ]
    assert (evaluation.indicators[-1].weight, evaluation.indicators[-1].score) == ("100", "98.15")
    assert evaluation.indicators[2].reason == "暴雨"
    assert [f.unit for s in sentences for f in s.figures] == ["处", "处", "处"]
    assert evaluation.indicators[2].place is not None and evaluation.indicators[2].place.page == 1


def test_levels_go_on_over_a_page_break() -> None:
    second = grid(
        [
            " | | | 湿地面积 | ≥5公顷 | 5公顷 | 10 | 10 | 0 | ",
            "^ | ^ | 质量指标 | 达标率 | 100% | 100% | 10 | 10 | 0 | ",
            "总分 | < | < | < | < | < | 50 | 48.33 | | ",
        ],
        page=2,
    )
    (evaluation,), _, _ = evaluate(form("self_project"), "", [grid(SELF), second], "", "a.pdf")
    assert brief(evaluation)[4:6] == [
        ("产出指标", "数量指标", "湿地面积", "≥5公顷"),
        ("产出指标", "质量指标", "达标率", "100%"),
    ]
    assert evaluation.indicators[4].place is not None and evaluation.indicators[4].place.page == 2


def test_a_merged_cell_whose_text_is_printed_on_the_next_page() -> None:
    head = "一级指标 | 二级指标 | 三级指标 | 指标值 | 指标值说明"
    first = grid(
        [
            head,
            "投入管理指标 | 工作目标管理 | 目标相关性 | 相关 | 一致",
            "^ | ^ | 任务科学性 | 科学 | ",
            "^ | | 编制完整性 | 完整 | ",
            "^ | ^ | 细化率 | ≥90% | ",
        ]
    )
    second = grid(["投入管理指标 | 预算和财务管理 | 调整率 | ≤10% | ", "^ | ^ | 结转率 | ≤5% | "], page=2)
    (evaluation,), _, _ = evaluate(form("goal_whole"), "", [first, second], "某县档案馆", "a.pdf")
    assert evaluation.project == "某县档案馆"
    assert [i.level2 for i in evaluation.indicators] == ["工作目标管理"] * 2 + ["预算和财务管理"] * 4
    assert {i.level1 for i in evaluation.indicators} == {"投入管理指标"}


def test_a_row_that_a_page_break_cuts() -> None:
    second = grid([" | | | 和质量 | | | | | | 延误", " | | | 湿地面积 | ≥5公顷 | 5公顷 | 10 | 10 | 0 | "], page=2)
    (evaluation,), _, _ = evaluate(form("self_project"), "", [grid(SELF), second], "", "a.pdf")
    assert [i.name for i in evaluation.indicators][3:] == ["巡护人次和质量", "湿地面积"]


def test_sign_value_and_unit_in_cells_of_their_own() -> None:
    rows = [
        "项目名称 | 一级指标 | 二级指标 | 三级指标 | 指标性质 | 指标值 | 度量单位 | 权重",
        "图书采购 | 产出指标 | 数量指标 | 采购册数 | ≥ | 5000 | 册 | 40",
        "^ | 满意度指标 | 满意度指标 | 读者满意度 | ≥ | 90 | % | 10",
        "书库维修 | 产出指标 | 质量指标 | 验收 | 定性 | 合格 | | 30",
    ]
    evaluations, _, _ = evaluate(form("goal_project"), "", [grid(rows)], "", "a.pdf")
    assert [(e.project, [i.target for i in e.indicators]) for e in evaluations] == [
        ("图书采购", ["≥5000册", "≥90%"]),
        ("书库维修", ["合格"]),
    ]
    assert evaluations[0].indicators[0].weight == "40"


def test_a_project_goal_table_with_amounts_beside_their_names() -> None:
    rows = [
        "项目名称 | < | 古树保护 | < | < | <",
        "项目资金（万元） | < | 年度资金总额： | 12.50 | < | <",
        "^ | ^ | 其中：财政拨款 | 12.50 | < | <",
        "^ | ^ | 其他资金 | | < | <",
        "总体目标 | 保护登记在册的古树40株，全年巡查不少于4次。 | < | < | < | <",
        "绩效指标 | 一级指标 | 二级指标 | 三级指标 | 指标值 | 分值",
        "^ | 产出指标（50分） | 数量指标 | 保护株数 | ≥40株 | 50",
    ]
    (evaluation,), sentences, _ = evaluate(form("goal_project"), "", [grid(rows)], "", "a.pdf")
    assert [(i.name, i.target) for i in evaluation.indicators] == [
        ("年度资金总额", "12.50"),
        ("财政拨款", "12.50"),
        ("保护株数", "≥40株"),
    ]
    assert evaluation.goal.startswith("保护登记在册") and sum(len(s.figures) for s in sentences) == 2


def test_several_projects_and_the_text_behind_them() -> None:
    one = grid([*SELF, "总分 | < | < | < | < | < | 100 | 90 | | "])
    two = grid([r.replace("湿地巡护补助", "苗木补助") for r in SELF] + ["合计 | < | < | < | < | < | 100 | 95 | | "], page=2)
    blocks = [one, two, *lines("第六部分 其他\n\n这是后面的正文。")]
    evaluations, _, _ = evaluate(form("self_project"), "", blocks, "", "a.pdf")
    assert [e.project for e in evaluations] == ["湿地巡护补助", "苗木补助"]
    assert consumed(form("self_project"), blocks) == 2


def test_groups_abreast_with_merged_project_cells() -> None:
    first = grid(
        [
            "单位编码 | 项目单位 | 项目金额（万元） | < | 绩效目标 | < | < | < | < | <",
            "（项目编码） | （项目名称） | 资金总额 | 政府预算资金 | 产出指标 | < | 效益指标 | < | 满意度指标 | <",
            "^ | ^ | ^ | ^ | 三级指标 | 指标值 | 三级指标 | 指标值 | 三级指标 | 指标值",
            "301 | 某市气象局 | 50.00 | 50.00 | | | | | | ",
            "3010001 | 雷达维护 | 50.00 | 50.00 | 维护次数 | ≥4次 | 预报准确率 | 提高 | 公众满意度 | ≥90%",
            "^ | ^ | ^ | ^ | 故障时长 | ≤2小时 | | | | ",
            " |  |  |  | 观测站数 | 12个 | 覆盖率 | 100% | | ",
        ]
    )
    second = grid(["3010002 | 站点补助 | 20.00 | 20.00 | 数据到报率 | ≥98% | | | | "], page=2)
    evaluations, _, _ = evaluate(form("goal_project"), "", [first, second], "", "a.pdf")
    assert [e.project for e in evaluations] == ["某市气象局", "雷达维护", "站点补助"]
    assert brief(evaluations[1]) == [
        ("资金", "", "资金总额", "50.00"),
        ("资金", "", "政府预算资金", "50.00"),
        ("产出指标", "", "维护次数", "≥4次"),
        ("效益指标", "", "预报准确率", "提高"),
        ("满意度指标", "", "公众满意度", "≥90%"),
        ("产出指标", "", "故障时长", "≤2小时"),
    ]
    assert sorted(i.name for i in evaluations[2].indicators) == sorted(
        ["资金总额", "政府预算资金", "数据到报率", "观测站数", "覆盖率"]
    )
