"""Books for a random disclosure: paragraphs, reasons, counts and procurement that fit its printed figures, all invented."""

import random
from collections.abc import Iterator, Mapping
from dataclasses import replace

from mingzhang.books.accounts import Accounts, Count, Organisation, Procurement, Project
from mingzhang.disclosure import Disclosure, Evaluation, Indicator, Publisher, Statement
from mingzhang.forms import random as forms

REASONS = ("新增了一项年度任务", "在编人员有增有减", "压减一般性支出", "上级专项资金增加", "部分项目推迟到次年实施", "主要原因是设备更新。")
PARAGRAPHS = {
    "duties": "（一）负责本领域政策的落实。\n（二）组织开展业务管理和公共服务；\n（三）承办上级交办的其他事项。",
    "organisation": "内设办公室、业务股、财务股等3个机构，核定编制20名。",
    "performance": "预算绩效管理按照事前有目标、事中有监控、事后有评价的要求开展。",
    "assets": "国有资产按照规定登记、使用和处置。",
}
ASSETS = ("主要负责人用车", "应急保障用车", "其他用车", "单价100万元（含）以上设备（不含车辆）")


class Reasons(Mapping[str, str]):
    """A reason for every key that is asked for, and which were."""

    def __init__(self, draw: random.Random) -> None:
        self.draw, self.asked = draw, set[str]()

    def __getitem__(self, key: str) -> str:
        if "@" in key:
            raise KeyError(key)
        self.asked.add(key)
        return self.draw.choice(REASONS)

    def __iter__(self) -> Iterator[str]:
        return iter(self.asked)

    def __len__(self) -> int:
        return len(self.asked)


def spent(statements: tuple[Statement, ...], id: str, label: str, column: str) -> bool:
    """Whether a figure is printed and something."""
    rows = [r for s in statements if s.id == id for r in s.rows if r.label == label]
    return any(c.printed.value for r in rows for c in r.cells if c.column == column)


def accounts(disclosure: Disclosure, seed: int) -> Accounts:
    """The books behind it: what is counted is counted where the money for it is printed."""
    draw = random.Random(f"accounts/{seed}")
    publisher, kind = disclosure.publisher, disclosure.kind
    department = Organisation("101", publisher.name)
    units = tuple(
        Organisation(f"101{n:03d}", f"{publisher.name}{name}", draw.choice(("administrative", "managed", "institution")))
        for n, name in enumerate(("（本级）", "服务中心", "监测站")[: draw.randint(1, 3)], 1)
    )
    if publisher.scope == "unit":
        units = (*units, Organisation(publisher.unit_code, publisher.name))
    home = units[-1].code if publisher.scope == "unit" else units[0].code
    id, column = ("F09", "final") if kind == "final" else ("B09", "budget")
    runs = spent(disclosure.statements, id, "公务用车运行维护费", column)
    buys = spent(disclosure.statements, id, "公务用车购置费", column)
    goes = spent(disclosure.statements, id, "因公出国（境）费", column)
    hosts = spent(disclosure.statements, id, "公务接待费", column)
    counts = {
        "missions": goes * draw.randint(1, 3), "travellers": goes * draw.randint(3, 9), "vehicles_bought": buys * draw.randint(1, 2),
        "vehicles_kept": runs * draw.randint(1, 5), "receptions": hosts * draw.randint(1, 30), "guests": hosts * draw.randint(30, 400),
    }  # fmt: skip
    if draw.random() < 0.8:
        counts |= {f"asset:{name}": draw.randint(0, 3) * (runs or "用车" not in name) for name in ASSETS}
    procured = [
        Procurement(home, what, amount, small, micro, kind)
        for what in ("goods", "works", "services")
        for amount in (draw.randint(1, 9_000_000_00),)
        for small in (draw.choice((0, amount, amount // 3)),)
        for micro in (draw.choice((0, small, small // 2)),)
        if draw.random() < 0.6
    ]
    return Accounts(
        department, units, disclosure.year or 0, procurement=tuple(procured), paragraphs=PARAGRAPHS, reasons=Reasons(draw),
        projects=(Project("P1", "站点修缮", home, summary="修缮基层站点12处，改善服务条件。", basis="年度工作要点"), Project("P2", "巡查", home)),
        counts=tuple(Count(home, id, number) for id, number in counts.items()),
    )  # fmt: skip


def disclosure(seed: int, kind: str) -> Disclosure:
    """A random disclosure; every fifth is that of a unit, every fourth in 元."""
    made = forms.disclosure(seed, kind=kind, unit="元" if seed % 4 == 3 else "万元")
    if seed % 5:
        return made
    title = made.title.replace("部门", "单位")
    return replace(made, publisher=Publisher(made.publisher.name, unit_code="101009", scope="unit"), title=title)


def before(now: Disclosure, seed: int) -> Disclosure | None:
    """Last year's disclosure: none, the same figures again, or others."""
    if seed % 4 == 0:
        return None
    same = now if seed % 4 == 1 else forms.disclosure(seed + 50_000, kind=now.kind)
    return replace(same, publisher=now.publisher, year=(now.year or 0) - 1)


def planned(now: Disclosure, seed: int) -> Disclosure | None:
    """The approved budget of a year that is closed: none, or one with other items."""
    if now.kind == "budget" or seed % 3 == 0:
        return None
    return replace(forms.disclosure(seed + 90_000, kind="budget", year=now.year), publisher=now.publisher)


def evaluations(now: Disclosure, seed: int) -> tuple[Evaluation, ...]:
    """The goals and the evaluation of a project, for some of them."""
    if seed % 6 != 1:
        return ()
    goals = (
        Indicator("成本指标", "经济成本指标", "预算控制", "≤120万元", weight="20"),
        Indicator("产出指标", "数量指标", "修缮站点", "≥12处", weight="30"),
        Indicator("效益指标", "社会效益指标", "服务能力", "有所提升", weight="30"),
        Indicator("满意度指标", "服务对象满意度指标", "群众满意度", "≥90%", weight="10"),
    )
    judged = tuple(
        replace(g, actual=actual, score=g.weight, deviation="0.00%")
        for g, actual in zip(goals, ("118.50万元", "12处", "有所提升", "93%"), strict=True)
    )
    funds = Indicator("资金", "", "年度资金总额", "120.00/118.50", "118.50", "10", "10", "100.00%")
    total = Indicator("总分", weight="100", score="100")
    name = now.publisher.name
    return (
        Evaluation("goal_project", "站点修缮", "项目支出绩效目标表", (Indicator("资金", "", "资金总额", "120.00"), *goals), department=name),
        Evaluation("self_project", "站点修缮", "项目支出绩效自评表", (funds, *judged, total), department=name),
    )  # fmt: skip
