"""The thirteen statements of a budget, all of them sums of one ledger, in two styles.

``levels`` prints classes, sections and items and the income by item; ``units``
prints items under the units of the department, carry-over and project types.
"""

import random

from mingzhang.disclosure import Note, Row, Statement
from mingzhang.forms.book import Book
from mingzhang.forms.fill import Entry
from mingzhang.forms.form import Form
from mingzhang.forms.random.final import APPROPRIATION, functions, pick, runs
from mingzhang.forms.random.ledger import (
    Test,
    add,
    amount,
    both,
    flows,
    governmental,
    names,
    sources,
    split,
    sums,
    uses,
    words,
)
from mingzhang.forms.random.press import Press, by_economic, chinese, classified

BASIC = ("basic_wages", "basic_family", "basic_goods", "basic_capital")
PROJECT = ("project_operating", "project_specific")
TYPES = {"project_operating": "其他运转类", "project_specific": "特定目标类"}
_USE = {"301": "basic_wages", "303": "basic_family", "302": "basic_goods", "310": "basic_capital"}
_STAFF = ("basic_wages", "basic_family")


def ledger(draw: random.Random, items: int, scale: int, style: str, units: int, own: bool) -> list[Entry]:
    """Entries of ``items`` functional items over ``units`` units; ``own`` adds income that is not appropriation."""
    entries: list[Entry] = []
    titles = iter(_projects(draw))
    carried = style == "units" and draw.random() < 0.6
    for number, (item, source) in enumerate(pick(draw, items)):
        unit = f"{draw.randint(1, units):03d}"
        kind = draw.choice(("basic", "project", "both")) if source == "general" else "project"
        if number == 0:
            kind = "both"
        if runs(item):
            kind = "basic"
        if kind != "project":
            entries += _basic(draw, item, unit, scale, number == 0)
        if kind != "basic":
            entries += _project(draw, item, unit, source, scale, next(titles), carried and draw.random() < 0.4)
        if own and draw.random() < 0.3 and not runs(item):
            extra = draw.choice(("business", "operating", "other")) if style == "levels" else "special_account"
            entries += _project(draw, item, unit, extra, scale, next(titles), False)
    return entries


def _projects(draw: random.Random) -> list[str]:
    stems = words()["projects"]
    return [f"{lead}{stem}" for lead in ("", "街道", "重点", "年度", "乡镇", "区域", "专业", "综合") for stem in
            draw.sample(stems, len(stems))] + [f"{stem}（第{chinese(n)}批）" for n in range(1, 9) for stem in stems]  # fmt: skip


def _basic(draw: random.Random, item: str, unit: str, scale: int, rich: bool) -> list[Entry]:
    chart = [c for c in names("economic") if len(c) == 5 and c[:3] in _USE]
    used = sorted(draw.sample(chart, draw.randint(8, 24) if rich else draw.randint(1, 5)))
    lead = draw.choice(words()["staff"]), draw.choice(words()["office"])
    institution = unit != "001"
    parts = split(draw, amount(draw, scale, 1.5, 5.0), len(used))
    return [
        Entry(value, item, "general", "year", _USE[code[:3]], unit, code, governmental(code, institution)[0],
              lead[_USE[code[:3]] not in _STAFF])
        for code, value in zip(used, parts, strict=True) if value
    ]  # fmt: skip


def _project(
    draw: random.Random, item: str, unit: str, source: str, scale: int, title: str, carried: bool
) -> list[Entry]:
    chart = [c for c in names("economic") if len(c) == 5 and c[:3] in ("302", "303", "310")]
    use = draw.choice(PROJECT)
    used = sorted(draw.sample(chart, draw.randint(1, 3)))
    flow = "carry" if carried and source in (*APPROPRIATION, "special_account") else "year"
    parts = split(draw, amount(draw, scale, 0.5, 5.5), len(used))
    own = draw.random() < 0.85
    return [
        Entry(value, item, source, flow, use, unit, code, governmental(code, unit != "001")[0], title, own)
        for code, value in zip(used, parts, strict=True) if value
    ]  # fmt: skip


def _year(*kinds: str) -> Test:
    return both(flows("year"), sources(*kinds))


def _carry(*kinds: str) -> Test:
    return both(flows("carry"), sources(*kinds))


def _totals(entries: list[Entry], press: Press, form: Form, style: str, wide: bool) -> Statement:
    rows: list[Row] = []

    def income(name: str, test: Test, lead: str = "") -> None:
        rows.append(press.row(name, {"amount": add(entries, test)}, side="income", lead=lead))

    if style == "levels":
        income("财政拨款收入", sources(*APPROPRIATION), "一、")
        for n, (s, name) in enumerate(zip(APPROPRIATION, ("一般公共预算资金", "政府性基金", "国有资本经营预算")), 1):
            income(name, sources(s), f"{n}. ")
        extra = (("business", "事业收入"), ("operating", "事业单位经营收入"), ("other", "其他收入"))
        for n, (s, name) in enumerate(extra, 2):
            income(name, sources(s), f"{chinese(n)}、")
    else:
        lines = {x.id: x.name for x in form.lines}
        income(lines["general"], _year("general"), "一、")
        income("财政拨款", lambda e: e.flow == "year" and e.source == "general" and e.appropriation, "其中：")
        for n, s in enumerate(("fund", "state_capital", "special_account"), 2):
            income(lines[s], _year(s), f"{chinese(n)}、")
        rest = ("事业收入", "事业单位经营收入", "上级补助收入", "附属单位上缴收入", "其他收入")
        for n, name in enumerate(rest, 5):
            income(name, sources("-"), f"{chinese(n)}、")
        income(lines["income_total"], flows("year"))
        income(lines["opening"], flows("carry"))
    income("收入总计", lambda e: True)
    columns: dict[str, Test] = {"amount": lambda e: True}
    if wide:
        columns |= {"personnel": uses(*_STAFF), "public": uses("basic_goods", "basic_capital"), "project": uses(*PROJECT)}
    number = 0
    for code, name in functions(form, "all"):
        part = [e for e in entries if e.item.startswith(code)]
        if style == "levels" and not part:
            continue
        number = number + 1 if style == "levels" else int(code) - 200
        rows.append(press.row(name, sums(part, columns), side="expenditure", lead=f"{chinese(number)}、"))
    for name in ("支出总计",) if style == "levels" else ("本年支出合计", "支出总计"):
        rows.append(press.row(name, sums(entries, columns), side="expenditure"))
    return Statement("B01", columns=tuple(columns), rows=tuple(rows))


def _income(entries: list[Entry], press: Press, style: str, chart: dict[str, str], unit: list[tuple[str, str]]) -> Statement:
    columns: dict[str, Test]
    if style == "levels":
        columns = {"total": lambda e: True, "appropriation": sources(*APPROPRIATION)}
        columns |= {s: sources(s) for s in ("business", "operating", "other")}
        return Statement("B02", columns=tuple(columns), rows=classified(entries, columns, press, chart))
    kept = (*APPROPRIATION, "special_account")
    never = sources("-")
    columns = {"total": lambda e: True} | {s: sources(s) for s in kept}
    columns |= {"year_total": flows("year"), "year_general": _year("general")}
    columns["year_general_appropriation"] = lambda e: e.flow == "year" and e.source == "general" and e.appropriation
    columns |= {f"year_{s}": _year(s) for s in kept[1:]}
    columns |= {f"year_{s}": never for s in ("business", "operating", "superior_subsidy", "subsidiary_remittance", "other")}
    columns |= {"carry_total": flows("carry")} | {f"carry_{s}": _carry(s) for s in kept} | {"carry_unit_funds": never}
    rows = [press.row("合计", sums(entries, columns)), press.row(unit[0][1], sums(entries, columns), unit[0][0])]
    rows += [press.row(name, sums(_of(entries, code), columns), code) for code, name in unit[1:]]
    return Statement("B02", columns=tuple(columns), rows=tuple(rows))


def _of(entries: list[Entry], unit: str) -> list[Entry]:
    return [e for e in entries if e.unit == unit[3:]]


def _spending(
    id: str, entries: list[Entry], press: Press, style: str, chart: dict[str, str], unit: list[tuple[str, str]]
) -> Statement:
    columns: dict[str, Test] = {"total": lambda e: True, "basic": uses(*BASIC)}
    if style == "levels":
        columns["project"] = uses(*PROJECT)
        return Statement(id, columns=tuple(columns), rows=classified(entries, columns, press, chart))
    columns |= {u: uses(u) for u in BASIC} | {"project": uses(*PROJECT)} | {u: uses(u) for u in PROJECT}
    rows = [press.row("合计", sums(entries, columns))]
    for code, name in unit[1:] if entries else []:
        own = _of(entries, code)
        if own:
            rows.append(press.row(name, sums(own, columns), code))
            rows += classified(own, columns, press, chart, cuts=(7,), total=False)
    return Statement(id, columns=tuple(columns), rows=tuple(rows))


def _appropriation(entries: list[Entry], press: Press, form: Form, style: str) -> Statement:
    paid = [e for e in entries if e.source in APPROPRIATION]
    lines = {x.id: x.name for x in form.lines}
    columns: dict[str, Test] = {"total": lambda e: True, "general": sources("general")}
    if style == "units":
        columns["general_appropriation"] = lambda e: e.source == "general" and e.appropriation
        columns["general_transfer"] = sources("-")
    columns |= {s: sources(s) for s in APPROPRIATION[1:]}
    rows: list[Row] = []

    def income(name: str, test: Test, lead: str = "") -> None:
        rows.append(press.row(name, {"amount": add(paid, test)}, side="income", lead=lead))

    def expenditure(name: str, part: list[Entry], lead: str = "") -> None:
        rows.append(press.row(name, sums(part, columns), side="expenditure", lead=lead))

    by_class = [(c, name, [e for e in paid if e.item.startswith(c)]) for c, name in functions(form, "all")]
    if style == "levels":
        for n, (s, name) in enumerate(zip(APPROPRIATION, ("一般公共预算资金", "政府性基金", "国有资本经营预算")), 1):
            income(name, sources(s), f"{chinese(n)}、")
        income("收入总计", lambda e: True)
        used = [(name, part) for _, name, part in by_class if part]
        for n, (name, part) in enumerate(used, 1):
            expenditure(name, part, f"{chinese(n)}、")
        expenditure("支出总计", paid)
    else:
        income("收入合计", lambda e: True)
        for lead, id, kind in (("一、", "income_total", "year"), ("二、", "opening", "carry")):
            income(lines[id], flows(kind), lead)
            for n, s in enumerate(APPROPRIATION, 1):
                income(lines[s], both(flows(kind), sources(s)), f"（{chinese(n)}）")
        expenditure("支出合计", paid)
        expenditure(lines["expenditure_total"], paid, "一、")
        for code, name, part in by_class:
            expenditure(name, part, f"（{chinese(int(code) - 200)}）")
        expenditure(lines["closing"], [], "二、")
    return Statement("B04", columns=("amount", *columns), rows=tuple(rows))


def _economic(entries: list[Entry], press: Press, style: str) -> Statement:
    basic = [e for e in entries if e.use in BASIC]
    columns: dict[str, Test] = {"total": lambda e: True, "personnel": uses(*_STAFF)}
    columns["public"] = uses("basic_goods", "basic_capital")
    chart = names("economic")
    if style == "levels":
        rows = classified(basic, columns, press, chart, by_economic, (3, 5))
    else:
        rows = (press.row("合计", sums(basic, columns)), *_pairs(basic, columns, press))
    return Statement("B06", columns=tuple(columns), rows=rows)


def _pairs(entries: list[Entry], columns: dict[str, Test], press: Press) -> list[Row]:
    chart = names("economic")
    found = sorted({(e.economic, e.government) for e in entries})
    return [
        press.row(chart[d], sums((e for e in entries if (e.economic, e.government) == (d, g)), columns), d, block=g)
        for d, g in found
    ]


def _summary(entries: list[Entry], press: Press) -> Statement:
    columns: dict[str, Test] = {"total": lambda e: True, "general": _year("general")}
    columns["general_appropriation"] = lambda e: e.flow == "year" and e.source == "general" and e.appropriation
    columns |= {s: _year(s) for s in APPROPRIATION[1:]} | {"carry": flows("carry"), "special_account": _year("special_account")}
    columns |= {s: _year(s) for s in ("business", "superior_subsidy", "subsidiary_remittance", "operating", "other")}
    rows = (press.row("合计", sums(entries, columns)), *_pairs(entries, columns, press))
    return Statement("B08", columns=tuple(columns), rows=rows)


def _lines(id: str, entries: list[Entry], press: Press, unit: list[tuple[str, str]]) -> Statement:
    columns: dict[str, Test] = {"total": lambda e: True} | {s: _year(s) for s in APPROPRIATION}
    columns |= {f"carry_{s}": _carry(s) for s in APPROPRIATION}
    columns |= {"special_account": sources("special_account"), "unit_funds": sources("business", "operating", "other")}
    rows = [press.row("合计", sums(entries, columns)), press.row(unit[0][1], sums(entries, columns), unit[0][0])]
    for project in dict.fromkeys(e.project for e in entries):
        own = [e for e in entries if e.project == project]
        side = TYPES.get(own[0].use, "") if id == "B12" else ""
        rows.append(press.row(project, sums(own, columns), side=side))
    return Statement(id, columns=tuple(columns), rows=tuple(rows))


def _three_public(draw: random.Random, entries: list[Entry], press: Press, form: Form, running: int, scale: int) -> Statement:
    basic = [e for e in entries if e.use in BASIC]
    values = {"abroad": draw.choice((0, 0, 200 * scale)), "purchase": draw.choice((0, 0, 1800 * scale))}
    values["operation"] = draw.choice((0, 120 * scale, 350 * scale))
    values["reception"] = add(basic, lambda e: e.economic == "30217")
    values["vehicles"] = values["purchase"] + values["operation"]
    values["total"] = values["abroad"] + values["vehicles"] + values["reception"]
    values["running"] = running
    shown = [line for line in form.lines if line.id in values and (line.id != "running" or running)]
    notes = () if values["total"] else (Note("说明：本年度没有安排“三公”经费。"),)
    rows = tuple(press.row(line.name, {"budget": values[line.id]}) for line in shown)
    return Statement("B09", columns=("budget",), rows=rows, notes=notes)


def statements(
    draw: random.Random, book: Book, entries: list[Entry], press: Press, scale: int, style: str, unit: list[tuple[str, str]]
) -> list[Statement]:
    """B01 to B13 without title, unit and year. ``unit``: (code, name) of the department, then of its units."""
    form = book.by_id
    classes = dict(functions(form["B01"], "all"))
    chart = classes | names("general") | names("fund") | names("state_capital")
    general = [e for e in entries if e.source == "general"]
    basic = [e for e in general if e.use in BASIC]
    office = [e for e in basic if e.use in ("basic_goods", "basic_capital") and e.unit == unit[1][0][3:]]
    columns: dict[str, Test] = {"total": lambda e: True}
    running = Statement("B13", columns=("total",), rows=classified(
        office, columns, press, names("economic"), by_economic, (3, 5) if style == "levels" else (5,)))  # fmt: skip
    funds = []
    for id, source in (("B10", "fund"), ("B11", "state_capital")):
        found = _spending(id, [e for e in entries if e.source == source], press, style, chart, unit)
        if found.empty or not any(e.source == source for e in entries):
            note = Note(f"注：本部门没有安排{form[id].empty_note}预算支出，本表无数据。")
            found = Statement(id, columns=found.columns, rows=found.rows, notes=(note,))
        funds.append(found)
    show_running = add(office, lambda e: True) if draw.random() < 0.5 else 0
    wide = style == "units" and draw.random() < 0.3
    return [
        _totals(entries, press, form["B01"], style, wide),
        _income(entries, press, style, chart, unit),
        _spending("B03", entries, press, style, chart, unit),
        _appropriation(entries, press, form["B04"], style),
        _spending("B05", general, press, style, chart, unit),
        _economic(general, press, style),
        _lines("B07", basic, press, unit),
        _summary(entries, press),
        _three_public(draw, entries, press, form["B09"], show_running, scale),
        *funds,
        _lines("B12", [e for e in entries if e.use in PROJECT], press, unit),
        running,
    ]
