"""The text of final accounts: totals, shares, growth, items with budget and outturn, three-public, assets."""

from decimal import Decimal

from mingzhang.disclosure import Row
from mingzhang.forms import load
from mingzhang.forms.random.teller import NOTHING, Teller

_MOST_ITEMS = 15
_INCOME = (
    ("appropriation", "财政拨款收入"), ("superior_subsidy", "上级补助收入"), ("business", "事业收入"),
    ("operating", "经营收入"), ("subsidiary_remittance", "附属单位上缴收入"), ("other", "其他收入"),
)  # fmt: skip
_SPENT = (
    ("basic", "基本支出"), ("project", "项目支出"), ("remit_superior", "上缴上级支出"), ("operating", "经营支出"),
    ("subsidiary_subsidy", "对附属单位补助支出"),
)  # fmt: skip
_PERSONNEL = ("301", "303")
_VISIBLE = 100


def tell(t: Teller) -> None:
    """Everything under 第三部分."""
    year = f"{t.year}年度"
    grand = t.value("F01", "总计", "amount", "income")
    t.section(
        "一、收入支出决算总体情况说明", 2, f"{year}收、支总计均为{t.money(grand)}。", t.growth(grand, "收、支总计各")
    )
    income = t.value("F02", "合计", "total")
    parts = t.shares(income, [(name, t.value("F02", "合计", column)) for column, name in _INCOME])
    t.section("二、收入决算情况说明", 2, f"{year}收入合计{t.money(income)}，其中：{parts}。")
    spent = t.value("F03", "合计", "total")
    parts = t.shares(spent, [(name, t.value("F03", "合计", column)) for column, name in _SPENT])
    t.section("三、支出决算情况说明", 2, f"{year}支出合计{t.money(spent)}，其中：{parts}。", "各项支出均按批准的用途使用。")
    paid = t.value("F04", "总计", "amount", "income")
    t.section(
        "四、财政拨款收入支出决算总体情况说明", 2, f"{year}财政拨款收、支总计均为{t.money(paid)}。",
        t.growth(paid, "财政拨款收、支总计各"),
    )  # fmt: skip
    _general(t, spent)
    _basic(t)
    _three_public(t)
    _others(t)


def _rows(t: Teller, id: str, digits: int) -> list[tuple[Row, Decimal]]:
    cells = [(row, row.get("total")) for row in t.statements[id].rows if len(row.code) == digits]
    return [(row, cell.printed.value) for row, cell in cells if cell is not None and cell.printed.value]


def _general(t: Teller, spent: Decimal) -> None:
    general = t.value("F05", "合计", "total")
    name = "一般公共预算财政拨款支出"
    t.section("五、一般公共预算财政拨款支出决算情况说明", 2)
    told = f"{t.year}年度{name}{t.money(general)}，占本年支出合计的{t.percent(general, spent)}。"
    t.section("（一）总体情况", 3, told, t.growth(general, name))
    classes = _rows(t, "F05", 3)
    parts = t.shares(general, [(f"{row.label}（类）", value) for row, value in classes])
    t.section("（二）结构情况", 3, f"{t.year}年度{name}{t.money(general)}，主要用于以下方面：{parts}。")
    items = _rows(t, "F05", 7)
    if len(items) > _MOST_ITEMS:
        return
    planned = [t.about(value) for _, value in items]
    whole = sum(planned, NOTHING)
    done = f"年初预算为{t.money(whole)}，支出决算为{t.money(general)}，完成年初预算的{t.percent(general, whole)}。"
    t.section("（三）具体情况", 3, f"{t.year}年度{name}{done}", t.compared(whole, general, "年初预算数"))
    labels = {row.code: row.label for row in t.statements["F05"].rows}
    for number, ((row, value), budget) in enumerate(zip(items, planned), 1):
        names = f"{labels[row.code[:3]]}（类）{labels[row.code[:5]]}（款）{row.label}（项）"
        done = f"，完成年初预算的{t.percent(value, budget)}" if budget else ""
        told = f"年初预算为{t.money(budget)}，支出决算为{t.money(value)}{done}。"
        t.section(f"{number}.{names}", 4, told, t.compared(budget, value, "年初预算数"))


def _basic(t: Teller) -> None:
    personnel, public = (t.value("F06", label, "amount") for label in ("人员经费合计", "公用经费合计"))
    whole = t.value("F05", "合计", "basic")
    named: dict[bool, list[str]] = {True: [], False: []}
    seen = _VISIBLE if t.unit == "元" else 0
    for row in t.statements["F06"].rows:
        cell = row.get("amount")
        if len(row.code) == 5 and cell is not None and cell.printed.value > seen:
            named[row.code[:3] in _PERSONNEL].append(row.label)

    def mainly(kind: bool) -> str:
        return f"，主要包括：{'、'.join(named[kind])}" if named[kind] else ""

    t.section(
        "六、一般公共预算财政拨款基本支出决算情况说明", 2,
        f"{t.year}年度一般公共预算财政拨款基本支出{t.money(whole)}，其中：人员经费{t.money(personnel)}{mainly(True)}；"
        f"公用经费{t.money(public)}{mainly(False)}。",
    )  # fmt: skip


def _three_public(t: Teller) -> None:
    columns = t.statements["F09"].columns
    planned = "budget" if "budget" in columns else "full_budget"
    named = "预算" if planned == "budget" else "全年预算"

    def told(label: str, name: str) -> tuple[str, ...]:
        budget, spent = t.value("F09", label, planned), t.value("F09", label, "final")
        if not budget:
            return (f"{name}{named}为{t.money(budget)}，支出决算为{t.money(spent)}。",)
        done = f"，完成{named}的{t.percent(spent, budget)}"
        return (
            f"{name}{named}为{t.money(budget)}，支出决算为{t.money(spent)}{done}。",
            t.compared(budget, spent, f"{named}数"),
        )

    t.section("七、“三公”经费支出决算情况说明", 2)
    t.section("（一）总体情况", 3, *told("合计", f"{t.year}年度“三公”经费财政拨款支出"))
    t.section("（二）分项情况", 3)
    for number, label in enumerate(("因公出国（境）费", "公务用车购置及运行维护费", "公务接待费"), 1):
        lines = [*told(label, label)]
        if number == 2:
            purchase, operation = (t.value("F09", x, "final") for x in ("公务用车购置费", "公务用车运行维护费"))
            lines.append(f"其中：公务用车购置费支出{t.money(purchase)}；公务用车运行维护费支出{t.money(operation)}。")
        t.section(f"{number}.{label}", 4, *lines)


def _others(t: Teller) -> None:
    public = t.value("F06", "公用经费合计", "amount")
    t.section("八、机关运行经费支出情况说明", 2, f"{t.year}年度机关运行经费支出{t.money(public)}。", t.growth(public, "机关运行经费"))
    project = t.value("F03", "合计", "project")
    works, goods = t.about(project, 1, 20), t.about(project, 1, 20)
    services = t.about(project, 1, 30)
    whole = works + goods + services
    small = t.about(whole, 10, 99)
    lines = [
        f"{t.year}年度政府采购支出总额{t.money(whole)}，其中：政府采购货物支出{t.money(goods)}、政府采购工程支出{t.money(works)}、"
        f"政府采购服务支出{t.money(services)}。"
    ]
    if whole and small:
        lines.append(f"授予中小企业合同金额{t.money(small)}，占政府采购支出总额的{t.percent(small, whole)}。")
    t.section("九、政府采购支出情况说明", 2, *lines)
    assets = load(t.year).filling.assets
    counts = [(name, int(t.value("F10", name, "final"))) for name in assets.vehicles]
    cars = int(t.value("F10", assets.total, "final"))
    parts = "、".join(f"{name}{t.count(number, '辆')}" for name, number in counts)
    t.section("十、国有资产占用情况说明", 2, f"{t.year}年期末，共有车辆{t.count(cars, '辆')}，其中：{parts}。")
