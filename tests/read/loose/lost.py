"""A sound disclosure printed as text that lost its columns, and the cells that a reader may find in it."""

import random
from collections import Counter
from dataclasses import replace
from decimal import Decimal

from mingzhang.disclosure import Cell, Disclosure, Printed, Row, Statement
from mingzhang.forms import Book
from mingzhang.read.block import Line
from mingzhang.read.loose import place
from mingzhang.read.outline import regions

Key = tuple[str, str, str, str, str, str]

_YEARS = ("year_", "carry_")
_ITEMS = {"total": "合计", "abroad": "因公出国（境）费", "vehicles": "公务用车购置及运行维护费", "reception": "公务接待费"}
_INNER = ["小计", "公务用车购置费", "公务用车运行维护费"]


def _leaf(name: str) -> str:
    for word in ("本年一般公共预算其中", "一般公共预算其中"):
        name = name.replace(word, "其中")
    return name.removeprefix("本年").removeprefix("结转")


def header(statement: Statement) -> list[str]:
    """Header lines of a statement, upper levels first, as text extraction gives them."""
    names = dict(zip(statement.columns, statement.headers, strict=True))
    columns = list(statement.columns)
    if any(c.startswith("year_") for c in columns):
        top = ["总计", "合计", "本年收入", "上年结转结余"]
        rest = [c for c in columns if c not in ("total", "year_total", "carry_total")]
        groups: dict[str, list[str]] = {"": [], "year_": ["合计"], "carry_": ["合计"]}
        low = []
        for c in rest:
            kind = next((p for p in _YEARS if c.startswith(p)), "")
            if "appropriation" in c:
                low = ["小计", "其中：财政拨款"]
            else:
                groups[kind].append(_leaf(names[c]))
        return [" ".join(top), *(w for g in groups.values() for w in g), *low]
    if "basic_wages" in columns:
        return [
            "合计 基本支出 项目支出", "小计 人员经费 公用经费 小计 其他运转类 特定目标类",
            "工资福利支出 对个人和家庭", "的补助", "商品和服务支出 资本性支出",
        ]
    if any(c.startswith("carry_") for c in columns):
        last = [names[c] for c in columns if c in ("special_account", "unit_funds")]
        inner = [_leaf(names[c]) for c in columns if c not in ("total", "special_account", "unit_funds")]
        return ["合计 本年拨款 财政拨款结转结余 " + " ".join(last), " ".join(inner)]
    if "closing" in columns:
        return ["年初结转和结余 本年收入 本年支出 年末结转和结余", "小计 基本支出 项目支出"]
    return [" ".join(names[c] for c in columns)]


def _wrapped(draw: random.Random, code: str, label: str, figures: str) -> list[str]:
    if label and len(label) > 9 and draw.random() < 0.3:
        return [f"{code} {label[:8]}".strip(), label[8:], figures]
    return [" ".join(x for x in (code, label, figures) if x)]


def _figures(row: Row) -> str:
    return " ".join(c.printed.text for c in row.cells)


def _code(draw: random.Random, code: str, split: bool) -> str:
    if not split or len(code) not in (5, 7):
        return code
    return " ".join([code[:3], *(code[n : n + 2] for n in range(3, len(code), 2))])


def _sides(draw: random.Random, statement: Statement, numbered: bool) -> list[str]:
    rows = {s: [r for r in statement.rows if r.side == s] for s in ("income", "expenditure")}
    count = max(map(len, rows.values()))
    # Totals stand at the foot of both sides.
    out = []
    pads = {s: count - len(r) for s, r in rows.items()}
    body = {}
    for s, found in rows.items():
        cut = next((n for n, r in enumerate(found) if "合计" in r.label or "总计" in r.label), len(found))
        cut = cut if cut else len(found)
        body[s] = [*found[:cut], *[None] * pads[s], *found[cut:]]
    second = ""
    for n, (left, right) in enumerate(zip(body["income"], body["expenditure"], strict=True)):
        pieces = []
        for offset, row in ((1, left), (count + 1, right)):
            number = str(offset + n) if numbered else ""
            if row is None:
                pieces += [number]
            else:
                pieces += [row.printed_label or row.label, number, _figures(row)]
        line = " ".join(p for p in pieces if p)
        if line:
            out.append(line)
    return [*([second] if second else []), *out]


def _items(draw: random.Random, statement: Statement) -> list[str]:
    measures = list(statement.columns)
    if draw.random() < 0.5:
        out = ["项目 行次 " + " ".join(statement.headers)]
        for n, row in enumerate(statement.rows, 1):
            cells = [(c.printed.text if (c := row.get(m)) else "") for m in measures]
            if all(cells) or len(measures) == 1:
                out.append(f"{row.label} {n} " + " ".join(x for x in cells if x))
            else:
                out.append(f"{row.label} {n} " + " ".join(x for x in cells if x))
        return out
    by_label = {r.label: r for r in statement.rows}
    order = [*list(_ITEMS.values())[:3], *_INNER[1:], _ITEMS["reception"]]
    top = " ".join(_ITEMS.values())
    out = [" ".join(statement.headers)] if len(measures) > 1 else []
    out += [top for _ in measures] + [" ".join(_INNER) for _ in measures]
    figures = [by_label[i].get(m) for m in measures for i in order if i in by_label]
    return [*out, " ".join(c.printed.text for c in figures if c is not None)]


def text(disclosure: Disclosure, book: Book, draw: random.Random) -> list[Line]:
    """The statements one after the other as lines of words."""
    out: list[str] = ["第二部分 部门预算表"]
    split = draw.random() < 0.4
    for statement in disclosure.statements:
        form = book.by_id[statement.id]
        out += [statement.title, statement.number, f"部门：{disclosure.publisher.name} 单位：{statement.unit}"]
        numbered = form.kind == "final"
        if form.shape == "two_sided":
            split_names = [h for c, h in zip(statement.columns, statement.headers, strict=True) if c != "amount"]
            row = " 行次" if numbered else ""
            out += ["收入 支出", f"项目{row} 金额 项目{row} " + (" ".join(split_names) or "金额")]
            out += _sides(draw, statement, numbered)
        elif form.shape == "items":
            out += _items(draw, statement)
        elif form.shape == "abreast":
            out += ["科目编码 科目名称 决算数 " * 3]
            coded = [r for r in statement.rows if r.code]
            third = -(-len(coded) // 3)
            for n in range(third):
                group = [coded[n + k * third] for k in range(3) if n + k * third < len(coded)]
                out.append(" ".join(f"{r.code} {r.label} {_figures(r)}" for r in group))
            out.append(" ".join(f"{r.label} {_figures(r)}" for r in statement.rows if not r.code))
        elif form.shape == "lines":
            out += ["项目 行次 决算数"]
            out += [f"{r.printed_label or r.label} {n} {_figures(r)}" for n, r in enumerate(statement.rows, 1)]
        else:
            out += [("类型 项目名称 " if form.shape == "projects" else "科目编码 科目名称 ") + header(statement)[0]]
            out += header(statement)[1:]
            if form.kind == "final" and draw.random() < 0.5:
                out.append("栏次 " + " ".join(str(n) for n, _ in enumerate(statement.columns, 1)))
            for row in statement.rows:
                label = row.printed_label or row.label
                code = " ".join(x for x in (_code(draw, row.code, split), row.side) if x)
                if row.block:
                    second = f"{_code(draw, row.block, split)} 政府科目 {_figures(row)}"
                    if draw.random() < 0.1:
                        out += [f"{code} {label}", second]
                    else:
                        out.append(f"{code} {label} {second}")
                elif row.cells or form.shape != "projects":
                    out += _wrapped(draw, code, label, _figures(row))
        out.append("注：本表为虚构。")
    return [Line(" ".join(t.split()), number=n, parts=(t,)) for n, t in enumerate(out, 1) if t.strip()]


def keys(statements: tuple[Statement, ...]) -> Counter[Key]:
    """Every decided cell: statement, side, code or name, block, column, value."""
    return Counter(
        (s.id, r.side, r.code or r.label, r.block, c.column, c.printed.plain)
        for s in statements
        for r, c in s.cells()
        if c.column != "?"
    )


def planted(disclosure: Disclosure, draw: random.Random) -> Disclosure:
    """The disclosure with one figure of one statement changed."""
    where = [(s, r, c) for s in range(len(disclosure.statements)) for r, row in enumerate(disclosure.statements[s].rows)
             for c in range(len(row.cells)) if disclosure.statements[s].id not in ("F10",)]
    s, r, c = draw.choice(where)
    statement = disclosure.statements[s]
    row = statement.rows[r]
    cell = row.cells[c]
    change = draw.choice([Decimal("0.30"), Decimal("1.00"), Decimal("9.00"), Decimal("100.00"), cell.printed.value])
    value = cell.printed.value + (change or Decimal("1.00"))
    wrong = Cell(cell.column, Printed.parse(f"{value:.2f}"))
    row = replace(row, cells=(*row.cells[:c], wrong, *row.cells[c + 1 :]))
    statement = replace(statement, rows=(*statement.rows[:r], row, *statement.rows[r + 1 :]))
    return replace(disclosure, statements=(*disclosure.statements[:s], statement, *disclosure.statements[s + 1 :]))


def read(disclosure: Disclosure, book: Book, draw: random.Random) -> tuple[Counter[Key], Counter[Key], int]:
    """What is printed, what is found, and how many figures stay undecided."""
    lines = text(disclosure, book, draw)
    found, _ = place(regions(lines, book), book, disclosure.sentences, "lost.txt")
    open_ = sum(c.column == "?" for s in found for _, c in s.cells())
    return keys(disclosure.statements), keys(found), open_
