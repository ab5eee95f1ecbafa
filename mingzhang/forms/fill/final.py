"""The ten statements of final accounts as plans."""

from collections.abc import Mapping

from mingzhang.forms.book import Book
from mingzhang.forms.fill import three_public
from mingzhang.forms.fill.plan import Plan, PlannedRow, classified
from mingzhang.forms.fill.press import chinese
from mingzhang.forms.fill.sets import Sets
from mingzhang.forms.fill.whose import APPROPRIATION, OWN, PLANNED, SPENT, Whose, class_names, functions

_SHORT = ("total", "basic", "project")


def plans(sets: Sets, whose: Whose, book: Book, counts: Mapping[str, int], short: bool = False) -> tuple[Plan, ...]:
    """F01 to F10 of one publisher; ``counts`` are the lines of F10; ``short`` prints F08 without its balances.

    Raises KeyError where an entry has a code that ``whose.names`` does not name.
    """
    names = {**whose.names, **class_names(book, "final")}
    spent = {"total": sets.flow(*SPENT)} | {s: sets.flow(s) for s in SPENT}
    part = {c: spent[c] for c in _SHORT}
    came = sets.flow("income")
    income = {"total": came, "appropriation": came & sets.source(*APPROPRIATION)} | {s: came & sets.source(s) for s in OWN}
    general = sets.source("general")

    def noted(id: str, columns: tuple[str, ...], rows: list[PlannedRow]) -> Plan:
        found = Plan(id, columns, tuple(rows))
        note = book.filling.note(id, whose.year, whose.who) if found.empty else ""
        return Plan(id, columns, tuple(rows), (note,) if note else ())

    def fund(id: str, source: str, short: bool) -> Plan:
        columns = {"opening": sets.flow("opening"), "income": came, **part, "closing": sets.flow("closing")}
        columns = {c: columns[c] for c in _SHORT} if short else columns
        rows = classified(sets, columns, names, sets.source(source) & ~sets.flow(*PLANNED, "adjust"))
        return noted(id, tuple(columns), rows)

    return (
        _totals(sets, book),
        Plan("F02", tuple(income), tuple(classified(sets, income, names))),
        Plan("F03", tuple(spent), tuple(classified(sets, spent, names))),
        _appropriation(sets, book),
        Plan("F05", tuple(part), tuple(classified(sets, part, names, general))),
        _basic(sets, book, names),
        fund("F07", "fund", False),
        fund("F08", "state_capital", short),
        noted("F09", *_three_public(sets, book)),
        _assets(book, counts),
    )


def _totals(sets: Sets, book: Book) -> Plan:
    form = book.by_id["F01"]
    lines = {x.id: x.name for x in form.lines}
    rows: list[PlannedRow] = []

    def row(name: str, set: int, side: str, lead: str = "") -> None:
        rows.append(PlannedRow(name, {"amount": set}, side=side, lead=lead))

    for n, source in enumerate((*APPROPRIATION, *OWN), 1):
        row(lines[source], sets.flow("income") & sets.source(source), "income", f"{chinese(n)}、")
    row(lines["income_total"], sets.flow("income"), "income")
    row(lines["use_surplus"], sets.flow("use_surplus"), "income")
    row(lines["opening"], sets.flow("opening"), "income")
    row(lines["income_grand"], sets.flow("income", "use_surplus", "opening"), "income")
    spent = sets.flow(*SPENT)
    used = {item[:3]: set for item, set in sets.values("item", spent).items()}
    for n, (code, name) in enumerate(functions(form, used, "final"), 1):
        row(name, spent & sets.item(code), "expenditure", f"{chinese(n)}、")
    row(lines["expenditure_total"], spent, "expenditure")
    row(lines["distribution"], sets.flow("distribution"), "expenditure")
    row(lines["closing"], sets.flow("closing"), "expenditure")
    row(lines["expenditure_grand"], spent | sets.flow("distribution", "closing"), "expenditure")
    return Plan("F01", ("amount",), tuple(rows))


def _appropriation(sets: Sets, book: Book) -> Plan:
    form = book.by_id["F04"]
    lines = {x.id: x.name for x in form.lines}
    paid = sets.source(*APPROPRIATION)
    rows: list[PlannedRow] = []

    def income(id: str, set: int, lead: str = "") -> None:
        rows.append(PlannedRow(lines[id], {"amount": set & paid}, side="income", lead=lead))

    def expenditure(name: str, set: int, lead: str = "") -> None:
        columns = {"total": set & paid} | {s: set & sets.source(s) for s in APPROPRIATION}
        rows.append(PlannedRow(name, columns, side="expenditure", lead=lead))

    numbered = [(s, f"{chinese(n)}、") for n, s in enumerate(APPROPRIATION, 1)]
    for s, lead in numbered:
        income(s, sets.flow("income") & sets.source(s), lead)
    income("income_total", sets.flow("income"))
    income("opening", sets.flow("opening"))
    for s, lead in numbered:
        income(s, sets.flow("opening") & sets.source(s), lead)
    income("income_grand", sets.flow("income", "opening"))
    spent = sets.flow(*SPENT)
    used = {item[:3]: set for item, set in sets.values("item", spent & paid).items()}
    for n, (code, name) in enumerate(functions(form, used, "final"), 1):
        expenditure(name, spent & sets.item(code), f"{chinese(n)}、")
    expenditure(lines["expenditure_total"], spent)
    expenditure(lines["closing"], sets.flow("closing"))
    expenditure(lines["expenditure_grand"], spent | sets.flow("closing"))
    return Plan("F04", ("amount", "total", *APPROPRIATION), tuple(rows))


def _basic(sets: Sets, book: Book, names: Mapping[str, str]) -> Plan:
    """F06: every section of the classes that the form prints, others where something was spent on them."""
    basic = sets.flow("basic") & sets.source("general")
    used = sets.values("economic", basic)
    staff, classes = book.filling.personnel, book.filling.printed
    codes = {c for c in names if c[:3] in classes and len(c) in (3, 5) and c not in book.filling.unprinted}
    codes |= {code[:n] for code in used for n in (3, 5)}
    rows = [
        PlannedRow(names[code], {"amount": basic & sets.economic(code)}, code)
        for code in sorted(codes, key=lambda c: (c[:3] not in staff, c))
    ]
    lines = {x.id: x.name for x in book.by_id["F06"].lines}
    personnel = basic & sets.economic(*staff)
    rows.append(PlannedRow(lines["personnel"], {"amount": personnel}))
    rows.append(PlannedRow(lines["public"], {"amount": basic & ~personnel}))
    return Plan("F06", ("amount",), tuple(rows))


def _three_public(sets: Sets, book: Book) -> tuple[tuple[str, ...], list[PlannedRow]]:
    """F09: 预算数 is the full-year budget (with what was adjusted), 年初预算数 the approved one."""
    paid = sets.source(*APPROPRIATION)
    initial, full = sets.flow(*PLANNED), sets.flow(*PLANNED, "adjust")
    every = {"budget": full, "initial_budget": initial, "full_budget": full, "final": sets.flow(*SPENT)}
    columns = {c: every[c] & paid for c in book.filling.three_public}
    return tuple(columns), three_public.rows("F09", sets, book, columns)


def _assets(book: Book, counts: Mapping[str, int]) -> Plan:
    """F10 counts things: the sorts of vehicles with their total, and the other lines."""
    lines = book.filling.assets
    rows = [PlannedRow(lines.total, {}, lead="一、", counts={"final": sum(counts.get(v, 0) for v in lines.vehicles)})]
    rows += [PlannedRow(v, {}, lead=f"{n}.", counts={"final": counts.get(v, 0)}) for n, v in enumerate(lines.vehicles, 1)]
    rows += [
        PlannedRow(name, {}, lead=f"{chinese(n)}、", counts={"final": counts.get(name, 0)})
        for n, name in enumerate(lines.others, 2)
    ]
    return Plan("F10", ("final",), tuple(rows), unit=lines.unit)
