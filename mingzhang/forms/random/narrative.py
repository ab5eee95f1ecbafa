"""The running text of a random disclosure: totals, shares and growth computed from the printed figures."""

import random
import re
from decimal import ROUND_HALF_UP, Decimal

from mingzhang.disclosure import Figure, Heading, Printed, Sentence, Statement
from mingzhang.forms.random.ledger import words
from mingzhang.forms.random.press import Press

_FIGURE = re.compile(r"\{([^{}|]+)\|([^{}]+)\}")


def _value(statements: dict[str, Statement], id: str, label: str, column: str, side: str = "") -> Decimal:
    for row in statements[id].rows:
        cell = row.get(column)
        if row.label == label and row.side == side and cell:
            return cell.printed.value
    return Decimal(0)


def _share(part: Decimal, whole: Decimal) -> Decimal:
    return (part * 100 / whole).quantize(Decimal("0.01"), ROUND_HALF_UP) if whole else Decimal(0)


def _sentence(text: str, section: tuple[str, ...]) -> Sentence:
    """``{1234.56|万元}`` in the text becomes a figure."""
    out, figures, last = "", [], 0
    for hit in _FIGURE.finditer(text):
        out += text[last : hit.start()]
        start = len(out)
        out += hit[1]
        figures.append(Figure(Printed.parse(hit[1]), hit[2], start, len(out)))
        out += hit[2]
        last = hit.end()
    return Sentence(out + text[last:], section, tuple(figures))


def narrative(
    draw: random.Random, kind: str, name: str, units: list[str], year: int, unit: str, press: Press, found: list[Statement]
) -> tuple[tuple[Heading, ...], tuple[Sentence, ...]]:
    """Headings in printed order (statements stand under the one that ends in 表), and the sentences."""
    by = {s.id: s for s in found}
    word = "决算" if kind == "final" else "预算"
    parts = [f"第一部分{name}概况", f"第二部分{year}年度部门{word}表", f"第三部分{year}年度部门{word}情况说明", "第四部分名词解释"]
    headings: list[Heading] = []
    sentences: list[Sentence] = []

    def section(text: str, depth: int, *lines: str) -> None:
        headings.append(Heading(text, depth))
        path = tuple(h.text for h in _path(headings))
        sentences.extend(_sentence(line, path) for line in lines)

    def money(value: Decimal) -> str:
        return "{" + f"{value:.{press.decimals}f}|{unit}" + "}"

    def percent(value: Decimal) -> str:
        return "{" + f"{value:.2f}|%" + "}"

    def growth(value: Decimal) -> str:
        before = (value * draw.randint(70, 140) / 100).quantize(Decimal(1).scaleb(-press.decimals), ROUND_HALF_UP)
        change = value - before
        if not change or not before:
            return "与上年持平。"
        way, rate = ("增加", "增长") if change > 0 else ("减少", "下降")
        why = draw.choice(words()["reasons"])
        return f"与上年相比，收、支总计各{way}{money(abs(change))}，{rate}{percent(_share(abs(change), before))}，主要是{why}。"

    section(parts[0], 1)
    section("一、主要职责", 2, f"{name}负责本行政区域内相关政策的落实、业务管理和公共服务。")
    section("二、机构设置", 2, f"纳入本年度部门{word}编制范围的单位共" + "{" + f"{len(units)}|个" + "}" + f"，包括：{'、'.join(units)}。")
    section(parts[1], 1)
    section(parts[2], 1)
    head = [f"一、收入支出{word}总体情况说明", f"二、收入{word}情况说明", f"三、支出{word}情况说明", f"四、一般公共预算支出{word}情况说明",
            "五、“三公”经费情况说明"]  # fmt: skip
    if kind == "final":
        grand = _value(by, "F01", "总计", "amount", "income")
        income, paid = _value(by, "F02", "合计", "total"), _value(by, "F02", "合计", "appropriation")
        spent, basic, project = (_value(by, "F03", "合计", c) for c in ("total", "basic", "project"))
        general = _value(by, "F05", "合计", "total")
        trips = _value(by, "F09", "合计", "final")
    else:
        grand = income = _value(by, "B01", "收入总计", "amount", "income")
        paid = _value(by, "B04", "收入总计", "amount", "income") or _value(by, "B04", "收入合计", "amount", "income")
        spent, basic, project = (_value(by, "B03", "合计", c) for c in ("total", "basic", "project"))
        general = _value(by, "B05", "合计", "total")
        trips = _value(by, "B09", "合计", "budget")
    section(head[0], 2, f"{year}年度收、支总计均为{money(grand)}。", growth(grand))
    section(head[1], 2, f"{year}年度收入合计{money(income)}，其中：财政拨款收入{money(paid)}，占{percent(_share(paid, income))}。")
    section(
        head[2], 2,
        f"{year}年度支出合计{money(spent)}，其中：基本支出{money(basic)}，占{percent(_share(basic, spent))}；"
        f"项目支出{money(project)}，占{percent(_share(project, spent))}。",
        "各项支出均按批准的用途使用。",
    )  # fmt: skip
    section(
        head[3], 2,
        f"{year}年度一般公共预算支出{money(general)}，占本年支出合计的{percent(_share(general, spent))}。",
        "支出按照功能分类列示，具体见第二部分的各表。",
    )  # fmt: skip
    trips_unit = by["F09" if kind == "final" else "B09"].unit or unit
    section(head[4], 2, f"{year}年度“三公”经费合计" + "{" + f"{trips:f}|{trips_unit}" + "}" + "。", "“三公”经费各项见相应的表。")
    section(parts[3], 1, *(f"{term}：指{text}。" for term, text in words()["terms"].items()))
    return tuple(headings), tuple(sentences)


def _path(headings: list[Heading]) -> list[Heading]:
    path: list[Heading] = []
    for heading in headings:
        path = [h for h in path if h.depth < heading.depth] + [heading]
    return path
