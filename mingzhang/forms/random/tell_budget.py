"""The text of a budget: totals, sources, uses, general budget by class, three-public, running expenses, projects."""

from decimal import Decimal

from mingzhang.forms.random.teller import NOTHING, Teller

_TOTALS = ("合计", "总计")


def tell(t: Teller) -> None:
    """Everything under 第三部分."""
    year = f"{t.year}年"
    grand = t.value("B01", "收入总计", "amount", "income")
    t.section(
        "一、收入支出预算总体情况说明", 2, f"{year}收入总计{t.money(grand)}，支出总计{t.money(grand)}。",
        t.growth(grand, "收、支总计各"),
    )  # fmt: skip
    levels = t.row("B01", "本年收入合计", "income") is None
    income = grand if levels else t.value("B01", "本年收入合计", "amount", "income")
    paid = (
        t.value("B02", "合计", "appropriation") if levels else t.value("B04", _line(t, "B04", "本年收入"), "amount", "income")
    )
    t.section("二、收入预算情况说明", 2, f"{year}收入合计{t.money(income)}，其中：{t.share('财政拨款收入', paid, income)}。")
    spent, basic, project = (t.value("B03", "合计", c) for c in ("total", "basic", "project"))
    t.section(
        "三、支出预算情况说明", 2,
        f"{year}支出合计{t.money(spent)}，其中：{t.shares(spent, (('基本支出', basic), ('项目支出', project)))}。",
        "各项支出均按批准的用途安排。",
    )  # fmt: skip
    _general(t)
    personnel, public = (t.value("B06", "合计", c) for c in ("personnel", "public"))
    whole = t.value("B06", "合计", "total")
    t.section(
        "五、一般公共预算基本支出预算情况说明", 2,
        f"{year}一般公共预算基本支出{t.money(whole)}，其中：人员经费{t.money(personnel)}；公用经费{t.money(public)}。",
    )  # fmt: skip
    _three_public(t)
    running = t.value("B13", "合计", "total")
    lines = [f"{year}机关运行经费支出预算{t.money(running)}。", t.growth(running, "机关运行经费")] if running else ["无。"]
    t.section("七、机关运行经费情况说明", 2, *lines)
    count = sum(1 for r in t.statements["B12"].rows if not r.code and r.label not in _TOTALS)
    amount = t.value("B12", "合计", "total")
    t.section("八、预算绩效情况说明", 2, f"{year}纳入绩效管理的项目支出{t.money(amount)}，涉及项目{t.count(count, '个')}。")


def _line(t: Teller, id: str, words: str) -> str:
    return next((r.label for r in t.statements[id].rows if r.label.endswith(words)), words)


def _general(t: Teller) -> None:
    general = t.value("B05", "合计", "total")
    classes: dict[str, Decimal] = {}
    for row in t.statements["B05"].rows:
        cell = row.get("total")
        if len(row.code) == 7 and cell is not None:
            classes[row.code[:3]] = classes.get(row.code[:3], NOTHING) + cell.printed.value
    names = {row.label for row in t.statements["B04"].rows if row.side == "expenditure"}
    by_code = {r.code: r.label for id in ("B05", "B03") for r in t.statements[id].rows if len(r.code) == 3}
    parts = [(by_code[code], value) for code, value in classes.items() if by_code.get(code) in names]
    told = [f"{t.year}年一般公共预算支出年初预算为{t.money(general)}。"]
    if len(parts) == len(classes):
        told.append(f"主要用于以下方面：{t.shares(general, parts)}。")
    t.section("四、一般公共预算支出预算情况说明", 2, *told, t.growth(general, "一般公共预算支出"))


def _three_public(t: Teller) -> None:
    def told(label: str, name: str) -> tuple[str, str]:
        value = t.value("B09", label, "budget")
        return f"{name}预算{t.money(value)}。", t.growth(value)

    t.section("六、“三公”经费支出预算情况说明", 2, *told("合计", f"{t.year}年“三公”经费"))
    for number, label in enumerate(("因公出国（境）费", "公务用车购置及运行维护费", "公务接待费"), 1):
        t.section(f"（{'一二三'[number - 1]}）{label}", 3, *told(label, label))
