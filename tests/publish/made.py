"""Disclosures for the tests of the writers, and what of a disclosure every format must keep."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from mingzhang.disclosure import Disclosure, Evaluation, Indicator
from mingzhang.forms import random

_MONEY = "年度资金总额"


def evaluations(publisher: str) -> tuple[Evaluation, ...]:
    """A goal table and an evaluation of a project, and both for the department, all invented."""
    goals = (
        Indicator("产出指标", "数量指标", "修缮渠道长度", "≥12公里", weight="20"),
        Indicator("产出指标", "数量指标", "培训管水员", "≥80人次", weight="20"),
        Indicator("产出指标", "质量指标", "验收合格率", "=100%", weight="10"),
        Indicator("效益指标", "社会效益指标", "灌溉保障能力", "有所提升", weight="40"),
        Indicator("满意度指标", "服务对象满意度指标", "用水户满意度", "≥90%", weight="10"),
    )
    actual = ("11.6公里", "96人次", "100%", "有所提升", "93%")
    score = ("19.33", "20", "10", "38", "10")
    off = ("-3.33%", "20%", "0%", "-5%", "3.33%")
    judged = tuple(
        replace(g, actual=a, score=s, deviation=d, reason="汛期停工，次年补做" if s == "19.33" else "")
        for g, a, s, d in zip(goals, actual, score, off, strict=True)
    )
    funds = (
        Indicator("资金", "", _MONEY, "120.00/118.50", "117.20", "10", "9.89", "98.90%", "尾款未到付款期"),
        Indicator("资金", "", "财政拨款", "120.00/118.50", "117.20", "-", "-", "98.90%"),
    )
    managed = (
        Indicator("资金管理情况", "", "安排科学性", "", "按照实际需要安排", "5", "5"),
        Indicator("资金管理情况", "", "拨付合规性", "", "按进度拨付，手续齐全", "5", "4", reason="一笔拨付晚了十天"),
    )
    total = (Indicator("总分", weight="100", score="97.22"),)
    plan = "修缮支渠12公里，培训管水员80人次。保障三个片区春灌用水。"
    done = "修缮支渠11.6公里，培训管水员96人次。春灌用水得到保障。"
    tasks = (("渠道修缮", "修缮支渠12公里", "修缮11.6公里"), ("管护培训", "办班4期", "办班4期"))
    return (
        Evaluation(
            "goal_project", "支渠修缮", "项目支出绩效目标表",
            (Indicator("资金", "", "资金总额", "120.00"), Indicator("资金", "", "财政拨款", "120.00"), *goals),
            plan, department=publisher,
        ),
        Evaluation(
            "self_project", "支渠修缮", "项目支出绩效自评表", (*funds, *managed, *judged, *total), plan, done,
            department=publisher, unit_name="灌溉站",
        ),
        Evaluation("self_whole", publisher, "部门整体绩效自评表", (*funds, *judged, *total), plan, done, tasks, publisher),
        Evaluation("goal_whole", publisher, "部门整体绩效目标表", goals[:4], "做好全县的灌溉用水保障工作。", "", tuple(
            (a, b, "") for a, b, _ in tasks), publisher),
    )  # fmt: skip


def disclosure(seed: int, kind: str) -> Disclosure:
    """A random disclosure with performance tables."""
    made = random.disclosure(seed, kind=kind)
    return replace(made, evaluations=evaluations(made.publisher.name))


def cells(disclosure: Disclosure) -> Counter[tuple[str, ...]]:
    return Counter(
        (s.id, row.block, row.side, row.code or row.label, cell.column, cell.printed.plain, s.unit)
        for s in disclosure.statements
        for row, cell in s.cells()
    )


def rows(disclosure: Disclosure) -> Counter[tuple[str, ...]]:
    """The rows with figures: their code and name."""
    return Counter(
        (s.id, row.side, row.code, row.label, row.block) for s in disclosure.statements for row in s.rows if row.cells
    )


def narrative(disclosure: Disclosure) -> Counter[tuple[str, str]]:
    """The figures of the running text; those of goal and task texts stand in their tables."""
    tables = {e.title for e in disclosure.evaluations}
    return Counter(
        (f.printed.plain, f.unit)
        for s in disclosure.sentences
        if not (s.section and s.section[0] in tables)
        for f in s.figures
    )


def indicators(disclosure: Disclosure) -> list[tuple[str, ...]]:
    return [(e.kind, e.project, *_texts(i)) for e in disclosure.evaluations for i in e.indicators]


def _texts(i: Indicator) -> Iterable[str]:
    return (i.level1, i.level2, i.name, i.target, i.actual, i.weight, i.score, i.deviation, i.reason, i.explanation)


def goals(disclosure: Disclosure) -> list[tuple[object, ...]]:
    return [
        (e.kind, e.title, e.project, e.goal, e.done, e.tasks, e.department, e.unit_name) for e in disclosure.evaluations
    ]
