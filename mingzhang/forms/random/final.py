"""The ten statements of final accounts, all of them sums of one ledger."""

import random

from mingzhang.disclosure import Note, Row, Statement
from mingzhang.forms.book import Book
from mingzhang.forms.fill import Entry
from mingzhang.forms.form import Form
from mingzhang.forms.random.ledger import (
    Test,
    add,
    amount,
    both,
    flows,
    names,
    sources,
    split,
    words,
)
from mingzhang.forms.random.press import Press, chinese, classified

APPROPRIATION = ("general", "fund", "state_capital")
OTHER_INCOME = ("superior_subsidy", "business", "operating", "subsidiary_remittance", "other")
SPENT = ("basic", "project", "remit_superior", "operating", "subsidiary_subsidy")
_NOT_PRINTED = ("209", "210old", "227", "230", "233")


def ledger(draw: random.Random, items: int, scale: int, only_appropriation: bool) -> list[Entry]:
    """Entries of ``items`` functional items: what came in, what was spent, what was carried over at either end."""
    chosen = pick(draw, items)
    entries: list[Entry] = []
    carried = draw.random() < 0.5
    for number, (item, source) in enumerate(chosen):
        use = draw.choice(("basic", "project", "both")) if source == "general" and number else "project"
        if number == 0:
            use = "both" if draw.random() < 0.7 else "basic"
        if runs(item):
            use = "basic"
        parts = ("basic", "project") if use == "both" else (use,)
        _spend(draw, entries, item, source, parts, scale, carried and draw.random() < 0.4)
        if not only_appropriation and source == "general" and draw.random() < 0.35:
            extra = draw.choice(OTHER_INCOME)
            other = "basic" if runs(item) else draw.choice(("basic", "project", "remit_superior"))
            parts = ("operating",) if extra == "operating" else (other,)
            if extra == "business" and draw.random() < 0.2:
                parts = ("subsidiary_subsidy",)
            _spend(draw, entries, item, extra, parts, scale, carried and draw.random() < 0.5)
    return entries


def runs(item: str) -> bool:
    """Whether an item holds basic expenditure only: 行政运行, 机关服务, 事业运行."""
    return names("general").get(item) in ("行政运行", "机关服务", "事业运行")


def pick(draw: random.Random, items: int) -> list[tuple[str, str]]:
    """``items`` different item codes with the budget that pays for them, at least one of the general budget."""
    pools = {s: [c for c in names(s) if len(c) == 7] for s in APPROPRIATION}
    wanted = {"fund": 0, "state_capital": 0}
    if items > 6:
        wanted["fund"] = draw.choice((0, 0, 1, 2, 3))
        wanted["state_capital"] = draw.choice((0, 0, 0, 1, 2))
    chosen = [(code, s) for s, n in wanted.items() for code in draw.sample(pools[s], min(n, len(pools[s])))]
    rest = min(max(1, items - len(chosen)), len(pools["general"]))
    general = sorted(draw.sample(pools["general"], rest))
    if all(map(runs, general)):
        general[0] = draw.choice([code for code in pools["general"] if not runs(code) and code not in general])
        general.sort()
    return [(code, "general") for code in general] + chosen


def _spend(
    draw: random.Random, entries: list[Entry], item: str, source: str, uses: tuple[str, ...], scale: int, carried: bool
) -> None:
    spent = [amount(draw, scale, 1.5, 5.5) for _ in uses]
    whole = sum(spent)
    opening = draw.randint(0, whole) if carried else 0
    left = amount(draw, scale, 0.5, 4.0) if carried and draw.random() < 0.6 else 0
    surplus = draw.randint(0, whole - opening) // 3 if source in OTHER_INCOME and draw.random() < 0.2 else 0
    given = left // 2 if source in OTHER_INCOME and draw.random() < 0.3 else 0
    income = whole + left - opening - surplus
    books = [("opening", opening), ("income", income), ("use_surplus", surplus), ("closing", left - given)]
    books += [("distribution", given), *zip(uses, spent, strict=True)]
    entries += [Entry(value, item, source, flow) for flow, value in books if value]


def functions(form: Form, style: str = "final") -> list[tuple[str, str]]:
    """(class code, name) of the expenditure lines a form prints."""
    skip = _NOT_PRINTED if style == "final" else ("210old",)
    return [(x.id, x.name) for x in form.lines if x.id[:1] == "2" and x.id not in skip]


def _totals(entries: list[Entry], press: Press, form: Form) -> Statement:
    lines = {x.id: x.name for x in form.lines}
    rows: list[Row] = []
    for n, source in enumerate((*APPROPRIATION, *OTHER_INCOME), 1):
        value = add(entries, flows("income"), sources(source))
        rows.append(press.row(lines[source], {"amount": value}, side="income", lead=f"{chinese(n)}、"))
    came = {
        "income_total": ("income",),
        "use_surplus": ("use_surplus",),
        "opening": ("opening",),
        "income_grand": ("income", "use_surplus", "opening"),
    }
    for id, kinds in came.items():
        rows.append(press.row(lines[id], {"amount": add(entries, flows(*kinds))}, side="income"))
    for n, (code, name) in enumerate(functions(form), 1):
        value = add(entries, flows(*SPENT), lambda e, c=code: e.item.startswith(c))  # type: ignore[misc]
        rows.append(press.row(name, {"amount": value}, side="expenditure", lead=f"{chinese(n)}、"))
    went = {
        "expenditure_total": SPENT,
        "distribution": ("distribution",),
        "closing": ("closing",),
        "expenditure_grand": (*SPENT, "distribution", "closing"),
    }
    for id, kinds in went.items():
        rows.append(press.row(lines[id], {"amount": add(entries, flows(*kinds))}, side="expenditure"))
    return Statement("F01", columns=("amount",), rows=tuple(rows))


def _appropriation(entries: list[Entry], press: Press, form: Form) -> Statement:
    lines = {x.id: x.name for x in form.lines}
    paid = [e for e in entries if e.source in APPROPRIATION]
    rows: list[Row] = []

    def income(id: str, value: int, lead: str = "") -> None:
        rows.append(press.row(lines[id], {"amount": value}, side="income", lead=lead))

    def expenditure(name: str, test: Test, lead: str = "") -> None:
        amounts = {"total": add(paid, test)} | {s: add(paid, test, sources(s)) for s in APPROPRIATION}
        rows.append(press.row(name, amounts, side="expenditure", lead=lead))

    for kind, total in (("income", "income_total"), ("opening", "opening")):
        each = [(s, add(paid, flows(kind), sources(s)), f"{chinese(n)}、") for n, s in enumerate(APPROPRIATION, 1)]
        if kind == "income":
            for part in each:
                income(*part)
        income(total, sum(value for _, value, _ in each))
        if kind == "opening":
            for part in each:
                income(*part)
    income("income_grand", add(paid, flows("income", "opening")))
    for n, (code, name) in enumerate(functions(form), 1):
        expenditure(name, lambda e, c=code: e.flow in SPENT and e.item.startswith(c), f"{chinese(n)}、")  # type: ignore[misc]
    expenditure(lines["expenditure_total"], flows(*SPENT))
    expenditure(lines["closing"], flows("closing"))
    expenditure(lines["expenditure_grand"], flows(*SPENT, "closing"))
    return Statement("F04", columns=("amount", "total", *APPROPRIATION), rows=tuple(rows))


def _basic(draw: random.Random, entries: list[Entry], press: Press, form: Form) -> tuple[Statement, dict[str, int]]:
    """F06, and the amount of each economic code."""
    whole = add(entries, flows("basic"), sources("general"))
    chart = names("economic")
    staff = [c for c in chart if len(c) == 5 and c[:3] in ("301", "303")]
    office = [c for c in chart if len(c) == 5 and c[:3] not in ("301", "303")]
    personnel = whole * draw.randint(55, 97) // 100
    amounts = dict.fromkeys(chart, 0)
    for pool, value in ((staff, personnel), (office, whole - personnel)):
        used = sorted(draw.sample(pool, draw.randint(min(4, len(pool)), min(20, len(pool)))))
        for code, part in zip(used, split(draw, value, len(used)), strict=True):
            amounts[code] += part
            amounts[code[:3]] += part
    order = sorted(chart, key=lambda c: (c[:3] not in ("301", "303"), c))
    rows = [press.row(chart[c], {"amount": amounts[c]}, c) for c in order]
    lines = {x.id: x.name for x in form.lines}
    rows.append(press.row(lines["personnel"], {"amount": personnel}))
    rows.append(press.row(lines["public"], {"amount": whole - personnel}))
    return Statement("F06", columns=("amount",), rows=tuple(rows)), amounts


def _fund(entries: list[Entry], press: Press, form: Form, source: str, chart: dict[str, str], short: bool) -> Statement:
    own = [e for e in entries if e.source == source]
    columns: dict[str, Test] = {
        "opening": flows("opening"),
        "income": flows("income"),
        "total": flows(*SPENT),
        "basic": flows("basic"),
        "project": flows("project"),
        "closing": flows("closing"),
    }
    if short:
        columns = {c: columns[c] for c in ("total", "basic", "project")}
    note = f"本部门没有使用{form.empty_note}{'预算' if '基金' in form.empty_note else ''}安排的支出，本表无数据。"
    notes = () if own else (Note("说明：" + note),)
    return Statement(form.id, columns=tuple(columns), rows=classified(own, columns, press, chart), notes=notes)


def _three_public(draw: random.Random, press: Press, form: Form, economic: dict[str, int], scale: int) -> Statement:
    spent = {"abroad": economic["30212"], "purchase": economic["31013"]}
    spent |= {"operation": economic["30231"], "reception": economic["30217"]}
    planned = {k: (v * draw.randint(100, 150) // 100 if v else draw.choice((0, 0, 100 * scale))) for k, v in spent.items()}
    full = {k: v * draw.randint(100, 110) // 100 for k, v in planned.items()}
    two = draw.random() < 0.6
    columns = {"budget": planned, "final": spent} if two else {
        "initial_budget": planned, "full_budget": full, "final": spent}  # fmt: skip
    for values in columns.values():
        values["vehicles"] = values["purchase"] + values["operation"]
        values["total"] = values["abroad"] + values["vehicles"] + values["reception"]
    rows = [
        press.row(line.name, {c: values[line.id] for c, values in columns.items()})
        for line in form.lines
        if line.id in spent
    ]
    notes = () if any(v for c in columns.values() for v in c.values()) else (Note("说明：本年度没有“三公”经费支出。"),)
    return Statement("F09", columns=tuple(columns), rows=tuple(rows), notes=notes)


def _assets(draw: random.Random, press: Press, driven: bool) -> Statement:
    """``driven``: something that shows in 万元 was spent on vehicles; else there are none."""
    terms = words()["assets"]
    counts = [draw.choice((0, 0, 0, 1, 2, 5, 12)) * driven for _ in terms["vehicles"]]
    whole = Press(0, press.grouped, press.zeros)
    rows = [whole.row(terms["total"], {"final": sum(counts)}, lead="一、")]
    rows += [whole.row(n, {"final": c}, lead=f"{i}.") for i, (n, c) in enumerate(zip(terms["vehicles"], counts), 1)]
    rows += [whole.row(n, {"final": draw.choice((0, 1, 3))}, lead="二、") for n in terms["others"]]
    return Statement("F10", unit=terms["unit"], columns=("final",), rows=tuple(rows))


def statements(
    draw: random.Random, book: Book, entries: list[Entry], press: Press, scale: int
) -> list[Statement]:
    """F01 to F10 without title, unit and year (F10 brings its own unit)."""
    form = book.by_id
    classes = dict(functions(form["F01"], "all"))
    chart = classes | names("general") | names("fund") | names("state_capital")
    income: dict[str, Test] = {"total": flows("income")}
    income["appropriation"] = both(flows("income"), sources(*APPROPRIATION))
    income |= {s: both(flows("income"), sources(s)) for s in OTHER_INCOME}
    spent: dict[str, Test] = {"total": flows(*SPENT)} | {s: flows(s) for s in SPENT}
    general = [e for e in entries if e.source == "general"]
    part = {c: spent[c] for c in ("total", "basic", "project")}
    basic, economic = _basic(draw, entries, press, form["F06"])
    short = draw.random() < 0.5
    return [
        _totals(entries, press, form["F01"]),
        Statement("F02", columns=tuple(income), rows=classified(entries, income, press, chart)),
        Statement("F03", columns=tuple(spent), rows=classified(entries, spent, press, chart)),
        _appropriation(entries, press, form["F04"]),
        Statement("F05", columns=tuple(part), rows=classified(general, part, press, chart)),
        basic,
        _fund(entries, press, form["F07"], "fund", chart, short=False),
        _fund(entries, press, form["F08"], "state_capital", chart, short),
        _three_public(draw, press, form["F09"], economic, scale),
        _assets(draw, press, economic["30231"] >= scale),
    ]
