"""The thirteen statements of a budget as plans, in two styles.

``levels`` prints classes, sections and items; ``units`` prints items under
the units of the department, carried-over means beside this year's, and
project types. Means that are carried over are told apart in both.
"""


from mingzhang.forms.book import Book
from mingzhang.forms.fill import three_public
from mingzhang.forms.fill.plan import Columns, Plan, PlannedRow, classified, cut
from mingzhang.forms.fill.press import chinese
from mingzhang.forms.fill.sets import Sets, members
from mingzhang.forms.fill.whose import APPROPRIATION, OWN, PLANNED, Member, Whose, class_names, functions

BASIC = ("basic_wages", "basic_family", "basic_goods", "basic_capital")
STAFF = ("basic_wages", "basic_family")
OFFICE = ("basic_goods", "basic_capital")
PROJECT = ("project_operating", "project_specific")
_TYPES = {"project_operating": "其他运转类", "project_specific": "特定目标类"}
_MEANS = ("一般公共预算资金", "政府性基金", "国有资本经营预算")
_OTHER = {
    "special_account": "财政专户管理资金", "business": "事业收入", "operating": "事业单位经营收入",
    "superior_subsidy": "上级补助收入", "subsidiary_remittance": "附属单位上缴收入", "other": "其他收入",
}  # fmt: skip
_USUAL = ("business", "operating", "other")


class _Made:
    """The plans of one publisher in the making."""

    def __init__(self, sets: Sets, whose: Whose, book: Book) -> None:
        self.sets = sets.within(sets.flow(*PLANNED))
        self.whose = whose
        self.book = book
        self.units = book.filling.budget == "units"
        self.names = {**whose.names, **class_names(book, "budget")}
        self.used = sets.whole.within(sets.whole.flow(*PLANNED))
        self.carried = self.units or bool(self.used.flow("carry"))
        """Whether this year's means and those of last year stand apart."""

    def year(self, *sources: str) -> int:
        return self.sets.flow("year") & self.sets.source(*sources)

    def carry(self, *sources: str) -> int:
        return self.sets.flow("carry") & self.sets.source(*sources)

    def plan(self, id: str, columns: Columns | tuple[str, ...], rows: list[PlannedRow]) -> Plan:
        found = Plan(id, tuple(columns), tuple(rows))
        note = self.book.filling.note(id, self.whose.year, self.whose.who) if found.empty else ""
        return Plan(id, tuple(columns), tuple(rows), (note,) if note else ())

    def classes(self, form: str, within: int) -> list[tuple[str, str, int]]:
        """(code, name, entries) of every class that a two-sided statement prints."""
        used = {item[:3]: set for item, set in self.sets.values("item", within).items()}
        every = functions(self.book.by_id[form], used, "budget")
        return [(code, name, within & self.sets.item(code)) for code, name in every]

    def members(self, within: int) -> list[tuple[Member, int]]:
        """The units that have an entry there, with these entries."""
        found = [(m, within & self.sets.unit(m.unit)) for m in self.whose.members]
        return [(m, set) for m, set in found if set]


def plans(sets: Sets, whose: Whose, book: Book) -> tuple[Plan, ...]:
    """B01 to B13 of one publisher; what was adjusted later does not count.

    Raises KeyError where an entry has a code that ``whose.names`` does not name.
    """
    m = _Made(sets, whose, book)
    general = m.sets.source("general")
    basic = general & m.sets.use(*BASIC)
    office = three_public.office(m.sets, book, basic & m.sets.use(*OFFICE), whose.members)
    running = classified(m.sets, {"total": office}, m.names, office, "economic", (5,) if m.units else (3, 5))
    return (
        _totals(m),
        _income(m),
        _spending(m, "B03", m.sets.every),
        _appropriation(m),
        _spending(m, "B05", general),
        _economic(m, basic),
        _lines(m, "B07", basic),
        _summary(m),
        _three_public(m, office),
        _spending(m, "B10", m.sets.source("fund")),
        _spending(m, "B11", m.sets.source("state_capital")),
        _lines(m, "B12", m.sets.use(*PROJECT)),
        m.plan("B13", ("total",), running),
    )


def _income_row(rows: list[PlannedRow], name: str, set: int, lead: str = "") -> None:
    rows.append(PlannedRow(name, {"amount": set}, side="income", lead=lead))


def _totals(m: _Made) -> Plan:
    rows: list[PlannedRow] = []
    lines = {x.id: x.name for x in m.book.by_id["B01"].lines}
    if m.carried:
        _income_row(rows, lines["general"], m.year("general"), "一、")
        _income_row(rows, "财政拨款", m.year("general") & m.sets.appropriation, "其中：")
        kinds = ("fund", "state_capital", "special_account", "business", "operating", *OWN[:1], *OWN[3:])
        for n, s in enumerate(kinds, 2):
            _income_row(rows, lines[s], m.year(s), f"{chinese(n)}、")
        _income_row(rows, lines["income_total"], m.sets.flow("year"))
        _income_row(rows, lines["opening"], m.sets.flow("carry"))
    else:
        _income_row(rows, "财政拨款收入", m.sets.source(*APPROPRIATION), "一、")
        for n, (s, name) in enumerate(zip(APPROPRIATION, _MEANS, strict=True), 1):
            _income_row(rows, name, m.sets.source(s), f"{n}. ")
        others = [s for s in _OTHER if s in _USUAL or m.used.source(s)]
        for n, s in enumerate(others, 2):
            _income_row(rows, _OTHER[s], m.sets.source(s), f"{chinese(n)}、")
    _income_row(rows, "收入总计", m.sets.every)
    columns = {"amount": m.sets.every}
    if m.book.filling.wide:
        columns |= {"personnel": m.sets.use(*STAFF), "public": m.sets.use(*OFFICE), "project": m.sets.use(*PROJECT)}
    number = 0
    for code, name, set in m.classes("B01", m.sets.every):
        if m.units or set:
            number = int(code) - 200 if m.units else number + 1
            rows.append(PlannedRow(name, cut(columns, set), side="expenditure", lead=f"{chinese(number)}、"))
    for name in ("本年支出合计", "支出总计") if m.carried else ("支出总计",):
        rows.append(PlannedRow(name, columns, side="expenditure"))
    return m.plan("B01", columns, rows)


def _income(m: _Made) -> Plan:
    sets = m.sets
    kept = (*APPROPRIATION, "special_account")
    if not m.units:
        columns = {"total": sets.every}
        if m.carried:
            columns |= {"year_total": sets.flow("year")} | {f"year_{s}": m.year(s) for s in (*kept, *OWN)}
            columns["carry_total"] = sets.flow("carry")
        else:
            columns["appropriation"] = sets.source(*APPROPRIATION)
            columns |= {s: sets.source(s) for s in _OTHER if s in _USUAL or m.used.source(s)}
        return m.plan("B02", columns, classified(sets, columns, m.names))
    columns = {"total": sets.every} | {s: sets.source(s) for s in kept}
    if m.used.source(*OWN):
        columns["unit_funds"] = sets.source(*OWN)
    columns |= {"year_total": sets.flow("year"), "year_general": m.year("general")}
    columns["year_general_appropriation"] = m.year("general") & sets.appropriation
    columns |= {f"year_{s}": m.year(s) for s in kept[1:]}
    columns |= {f"year_{s}": m.year(s) for s in ("business", "operating", "superior_subsidy", "subsidiary_remittance", "other")}
    columns |= {"carry_total": sets.flow("carry")} | {f"carry_{s}": m.carry(s) for s in kept}
    columns["carry_unit_funds"] = m.carry(*OWN)
    rows = [PlannedRow("合计", columns)]
    if m.whose.scope == "department" and all(who.code != m.whose.code for who in m.whose.members):
        rows.append(PlannedRow(m.whose.name, columns, m.whose.code))
    rows += [PlannedRow(who.name, cut(columns, sets.unit(who.unit)), who.code) for who in m.whose.members]
    return m.plan("B02", columns, rows)


def _spending(m: _Made, id: str, within: int) -> Plan:
    uses = {u: within & m.sets.use(u) for u in (*BASIC, *PROJECT)}
    basic, project = within & m.sets.use(*BASIC), within & m.sets.use(*PROJECT)
    if not m.units:
        columns = {"total": within, "basic": basic, "project": project}
        return m.plan(id, columns, classified(m.sets, columns, m.names, within))
    columns = {"total": within, "basic": basic} | {u: uses[u] for u in BASIC}
    columns |= {"project": project} | {u: uses[u] for u in PROJECT}
    rows = [PlannedRow("合计", columns)]
    for who, set in m.members(within):
        rows.append(PlannedRow(who.name, cut(columns, set), who.code))
        rows += classified(m.sets, columns, m.names, set, cuts=(7,), total=False)
    return m.plan(id, columns, rows)


def _appropriation(m: _Made) -> Plan:
    paid = m.sets.source(*APPROPRIATION)
    lines = {x.id: x.name for x in m.book.by_id["B04"].lines}
    columns = {"total": paid, "general": m.sets.source("general")}
    if m.units:
        columns["general_appropriation"] = columns["general"] & m.sets.appropriation
        columns["general_transfer"] = columns["general"] & ~m.sets.appropriation
    columns |= {s: m.sets.source(s) for s in APPROPRIATION[1:]}
    rows: list[PlannedRow] = []
    parts = m.classes("B04", paid)
    if not m.carried:
        for n, (s, name) in enumerate(zip(APPROPRIATION, _MEANS, strict=True), 1):
            _income_row(rows, name, m.sets.source(s), f"{chinese(n)}、")
        _income_row(rows, "收入总计", paid)
        for n, (_, name, set) in enumerate((part for part in parts if part[2]), 1):
            rows.append(PlannedRow(name, cut(columns, set), side="expenditure", lead=f"{chinese(n)}、"))
        rows.append(PlannedRow("支出总计", columns, side="expenditure"))
        return m.plan("B04", ("amount", *columns), rows)
    _income_row(rows, "收入合计", paid)
    for lead, id, kind in (("一、", "income_total", m.year), ("二、", "opening", m.carry)):
        _income_row(rows, lines[id], kind(*APPROPRIATION), lead)
        for n, s in enumerate(APPROPRIATION, 1):
            _income_row(rows, lines[s], kind(s), f"（{chinese(n)}）")
    rows.append(PlannedRow("支出合计", columns, side="expenditure"))
    rows.append(PlannedRow(lines["expenditure_total"], columns, side="expenditure", lead="一、"))
    number = 0
    for code, name, set in parts:
        if m.units or set:
            number = int(code) - 200 if m.units else number + 1
            rows.append(PlannedRow(name, cut(columns, set), side="expenditure", lead=f"（{chinese(number)}）"))
    rows.append(PlannedRow(lines["closing"], dict.fromkeys(columns, 0), side="expenditure", lead="二、"))
    return m.plan("B04", ("amount", *columns), rows)


def _economic(m: _Made, basic: int) -> Plan:
    columns = {"total": basic, "personnel": basic & m.sets.use(*STAFF), "public": basic & m.sets.use(*OFFICE)}
    if not m.units:
        return m.plan("B06", columns, classified(m.sets, columns, m.names, basic, "economic", (3, 5)))
    return m.plan("B06", columns, [PlannedRow("合计", columns), *_pairs(m, basic, columns)])


def _pairs(m: _Made, within: int, columns: Columns) -> list[PlannedRow]:
    """A row for every departmental economic code with the governmental code it is paid under."""
    rows = []
    for code, set in m.sets.values("economic", within).items():
        for government, part in m.sets.values("government", set).items():
            rows.append(PlannedRow(m.names[code], cut(columns, part), code, block=government))
    return rows


def _summary(m: _Made) -> Plan:
    columns = {"total": m.sets.every, "general": m.year("general")}
    columns["general_appropriation"] = m.year("general") & m.sets.appropriation
    columns |= {s: m.year(s) for s in APPROPRIATION[1:]}
    columns |= {"carry": m.sets.flow("carry"), "special_account": m.year("special_account")}
    columns |= {s: m.year(s) for s in ("business", "superior_subsidy", "subsidiary_remittance", "operating", "other")}
    return m.plan("B08", columns, [PlannedRow("合计", columns), *_pairs(m, m.sets.every, columns)])


def _lines(m: _Made, id: str, within: int) -> Plan:
    """B07 and B12: a row for every project of every unit; what belongs to no project, by its economic section."""
    columns = {"total": within} | {s: within & m.year(s) for s in APPROPRIATION}
    columns |= {f"carry_{s}": within & m.carry(s) for s in APPROPRIATION}
    columns |= {s: within & m.sets.source(*kinds) for s, kinds in (("special_account", ("special_account",)), ("unit_funds", OWN))}
    rows = [PlannedRow("合计", columns)]
    if within:
        rows.append(PlannedRow(m.whose.name, columns, m.whose.code))
    found: list[tuple[int, str, int]] = []
    for _, own in m.members(within):
        for project, set in m.sets.values("project", own).items():
            if project:
                found.append((next(members(set)), m.whose.projects.get(project, project), set))
                continue
            for code, part in m.sets.values("economic", set).items():
                found.append((next(members(part)), m.names[code], part))
    for _, name, set in sorted(found):
        side = ""
        if id == "B12":
            side = next((word for use, word in _TYPES.items() if m.sets.use(use) & set), "")
        rows.append(PlannedRow(name, cut(columns, set), side=side))
    return m.plan(id, columns, rows)


def _three_public(m: _Made, office: int) -> Plan:
    rows = three_public.rows("B09", m.sets, m.book, {"budget": m.sets.source("general")})
    plan = m.plan("B09", ("budget",), rows)
    if m.book.filling.running_line and office:
        name = next(line.name for line in m.book.by_id["B09"].lines if line.id == "running")
        return Plan("B09", plan.columns, (*plan.rows, PlannedRow(name, {"budget": office})), plan.notes)
    return plan


