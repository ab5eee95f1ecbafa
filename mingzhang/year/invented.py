"""Invented books of a year, for tests and benchmarks: amounts in odd fen that balance, with carried balances and a budget."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace

from mingzhang.books.accounts import Accounts, Count, Organisation, Procurement, Project
from mingzhang.forms import load
from mingzhang.forms.fill import APPROPRIATION, OWN, PLANNED, Entry
from mingzhang.forms.random.final import pick, runs
from mingzhang.forms.random.ledger import governmental, names, split, words

_STAFF = {"301": "basic_wages", "303": "basic_family"}
_OFFICE = {"302": "basic_goods", "310": "basic_capital"}
_USES = ("project_operating", "project_specific")
_VEHICLES = "其他用车"


def accounts(
    seed: int,
    *,
    year: int = 2024,
    units: int | None = None,
    items: int | None = None,
    projects: int | None = None,
    sources: int | None = None,
    last: Accounts | None = None,
) -> Accounts:
    """The books of an invented department: final accounts and the budget before them; the same seed gives the same.

    At most 3 units, 40 functional items, 30 projects (and one for the daily
    work of a unit without any) and 4 sources (general first, then fund,
    state capital, business) where not said otherwise.
    ``last`` are the books of the year before, whose closing balances are opened.
    """
    draw = random.Random(f"accounts/{seed}/{year}")
    count = units or (len(last.units) if last is not None else draw.randint(1, 3))
    department, members = (last.department, last.units) if last is not None else _organisations(draw, count)
    kinds = ("general", "fund", "state_capital", "business")[: sources or draw.randint(1, 4)]
    chosen = [(i, s) for i, s in pick(draw, items or draw.choice((1, 5, 12, 25, 40))) if s in kinds]
    chosen = chosen or [(i, s) for i, s in pick(draw, 3) if s == "general"]
    carried = _closing(last)
    chosen += [(i, s) for i, s in dict.fromkeys((i, s) for _, i, s in carried) if s in APPROPRIATION and (i, s) not in chosen]
    number = projects if projects is not None else draw.randint(0, 30)
    titles = _projects(draw, number, members)
    daily = {u.code: Project(f"D{u.code[-3:]}", "日常业务经费", u.code, "project_operating") for u in members}
    entries: list[Entry] = []
    for at, (item, source) in enumerate(chosen):
        for unit in members if at == 0 else draw.sample(members, draw.randint(1, len(members))):
            own = [p for p in titles if p.unit == unit.code] or [daily[unit.code]]
            opening = carried.pop((unit.code, item, source), None)
            entries += _item(draw, unit, item, source, own, opening, last is None)
            other = source == "general" and "business" in kinds and not runs(item) and unit.nature == "institution"
            if other and draw.random() < 0.25:
                extra = draw.choice(OWN)
                opening = carried.pop((unit.code, item, extra), None)
                entries += _item(draw, unit, item, extra, own, opening, last is None)
    called = {u.code: u for u in members}
    for (code, item, source), opening in carried.items():
        entries += _item(draw, called[code], item, source, [daily[code]], opening, False)
    entries += _public(draw, members, entries)
    return Accounts(
        department, members, year, tuple(e for e in entries if e.amount), (*titles, *daily.values()),
        tuple(_procured(draw, members, entries)), tuple(_counted(draw, members, entries, year)),
        paragraphs={"duties": "负责本行政区域内有关政策的组织实施。", "organisation": "内设办公室和业务科室。"},
    )  # fmt: skip


def _organisations(draw: random.Random, count: int) -> tuple[Organisation, tuple[Organisation, ...]]:
    place, bureau = draw.choice(words()["places"]), draw.choice(words()["bureaus"])
    name, code = place + bureau, f"{draw.randint(301, 899)}"
    called = [f"{name}（本级）", *(f"{name}{x}" for x in draw.sample(words()["units"], count - 1))]
    natures = ["administrative", *(draw.choice(("managed", "institution")) for _ in called[1:])]
    department = Organisation(code, name, "administrative", "", "县级")
    made = [Organisation(f"{code}{n:03d}", u, nature) for n, (u, nature) in enumerate(zip(called, natures, strict=True), 1)]
    return department, tuple(made)


def _projects(draw: random.Random, count: int, members: Sequence[Organisation]) -> tuple[Project, ...]:
    stems = [f"{lead}{stem}" for lead in ("", "重点", "年度") for stem in words()["projects"]]
    return tuple(
        Project(f"P{n:03d}", name, draw.choice(members).code, draw.choice(_USES))
        for n, name in enumerate(draw.sample(stems, min(count, len(stems))), 1)
    )


def _closing(last: Accounts | None) -> dict[tuple[str, str, str], int]:
    """What last year's books closed with, by unit, item and source."""
    found: dict[tuple[str, str, str], int] = {}
    for entry in last.entries if last is not None else ():
        if entry.flow == "closing":
            key = (entry.unit, entry.item, entry.source)
            found[key] = found.get(key, 0) + entry.amount
    return found


def _amount(draw: random.Random, low: float = 4.0, high: float = 9.0) -> int:
    """Fen, log-uniform from 100 元 to 1000 万元 where not said otherwise, seldom round."""
    value = int(10 ** draw.uniform(low, high))
    return value if draw.random() < 0.9 else max(10_000, value // 10_000 * 10_000)


def _item(
    draw: random.Random, unit: Organisation, item: str, source: str, projects: list[Project], carried: int | None, free: bool
) -> Iterator[Entry]:
    """What came in for an item from a source, what was spent, and what is left; and what had been budgeted of it.

    ``carried`` is the opening balance that last year left, None for nothing; ``free`` invents one.
    """
    spent: list[Entry] = []
    if source == "general" and (runs(item) or draw.random() < 0.7):
        spent += _basic(draw, unit, item)
    elif source not in APPROPRIATION and draw.random() < 0.5:
        spent.append(Entry(_amount(draw), item, source, _own_flow(draw, source), unit=unit.code, project=draw.choice(projects).code))
    if not spent or (not runs(item) and draw.random() < 0.6):
        spent += _project(draw, unit, item, source, draw.choice(projects).code)
    whole = sum(e.amount for e in spent)
    opening = carried if carried is not None else (draw.randint(0, whole) if free and draw.random() < 0.3 else 0)
    left = _amount(draw, 4.0, 7.5) if draw.random() < 0.4 else 0
    surplus = given = 0
    if source in OWN and draw.random() < 0.3:
        surplus, given = draw.randint(0, whole) // 3, left // 2
    income = whole + left - opening - surplus
    if income < 0:
        income, surplus, left = 0, 0, opening - whole + (given := 0)
    kept = {"opening": opening, "income": income, "use_surplus": surplus, "closing": left - given, "distribution": given}
    for flow, value in kept.items():
        yield Entry(value, item, source, flow, unit=unit.code)
    for entry in spent:
        yield entry
        yield from _planned(draw, unit, entry, bool(opening))


def _own_flow(draw: random.Random, source: str) -> str:
    return "operating" if source == "operating" else draw.choice(("basic", "project", "remit_superior", "subsidiary_subsidy"))


def _basic(draw: random.Random, unit: Organisation, item: str) -> Iterator[Entry]:
    whole = _amount(draw, 6.0, 9.5)
    personnel = whole * draw.randint(55, 97) // 100
    for classes, value in ((_STAFF, personnel), (_OFFICE, whole - personnel)):
        chart = [c for c in names("economic") if len(c) == 5 and c[:3] in classes and c not in ("30212", "31013")]
        used = draw.sample(chart, draw.randint(1, 8))
        for code, part in zip(used, split(draw, value, len(used)), strict=True):
            yield Entry(part, item, "general", "basic", classes[code[:3]], unit.code, code, _government(unit, code))


def _project(draw: random.Random, unit: Organisation, item: str, source: str, project: str) -> Iterator[Entry]:
    chart = [c for c in names("economic") if len(c) == 5 and c[:3] in ("302", "303", "310") and c not in ("30217", "30231", "31013")]
    used = draw.sample(chart, draw.randint(1, 3))
    flow, use, whole = ("operating" if source == "operating" else "project"), draw.choice(_USES), _amount(draw)
    own = draw.random() < 0.85
    for code, part in zip(used, split(draw, whole, len(used)), strict=True):
        yield Entry(part, item, source, flow, use, unit.code, code, _government(unit, code), project, own)


def _government(unit: Organisation, code: str) -> str:
    return governmental(code, unit.nature == "institution")[0]


def _planned(draw: random.Random, unit: Organisation, spent: Entry, carried: bool) -> Iterator[Entry]:
    """The budget of what was spent, near to it, and how it was changed."""
    value = spent.amount * draw.randint(80, 130) // 100
    economic = spent.economic or "30299"
    flow = "carry" if carried and spent.use in _USES and draw.random() < 0.4 else "year"
    plan = replace(
        spent, amount=value, flow=flow, use=spent.use or "project_operating", economic=economic,
        government=_government(unit, economic),
    )  # fmt: skip
    yield plan
    if draw.random() < 0.2:
        yield replace(plan, amount=value * draw.randint(-20, 20) // 100, flow="adjust")


def _public(draw: random.Random, members: Sequence[Organisation], entries: list[Entry]) -> Iterator[Entry]:
    """A budget for receptions that were not held, now and then."""
    item = entries[0].item
    for unit in members:
        if draw.random() < 0.3:
            yield Entry(_amount(draw, 4.0, 6.5), item, "general", "year", "basic_goods", unit.code, "30217", _government(unit, "30217"))


def _procured(draw: random.Random, members: Sequence[Organisation], entries: list[Entry]) -> Iterator[Procurement]:
    for unit in members:
        spent = sum(e.amount for e in entries if e.unit == unit.code and e.flow == "project")
        for kind, part in zip(("goods", "works", "services"), split(draw, spent // 4, 3), strict=True):
            small = part * draw.randint(0, 100) // 100
            if part:
                yield Procurement(unit.code, kind, part, small, small * draw.randint(0, 100) // 100)


def _counted(draw: random.Random, members: Sequence[Organisation], entries: list[Entry], year: int) -> Iterator[Count]:
    filling = load(year).filling
    for unit in members:
        own = [e for e in entries if e.unit == unit.code and e.flow not in (*PLANNED, "adjust")]
        codes = {id: sum(e.amount for e in own if e.economic in codes) for id, codes in filling.items.items()}
        kept = draw.randint(1, 4) if codes["operation"] else 0
        yield Count(unit.code, "vehicles_kept", kept)
        yield Count(unit.code, f"asset:{_VEHICLES}", kept)
        yield Count(unit.code, "vehicles_bought", 1 if codes["purchase"] else 0)
        meetings = draw.randint(1, 40) if codes["reception"] else 0
        yield Count(unit.code, "receptions", meetings)
        yield Count(unit.code, "guests", meetings * draw.randint(2, 9))
        travels = draw.randint(1, 3) if codes["abroad"] else 0
        yield Count(unit.code, "missions", travels)
        yield Count(unit.code, "travellers", travels * 2)
        yield Count(unit.code, f"asset:{filling.assets.others[0]}", draw.choice((0, 1, 2)))
        yield Count(unit.code, "staff", draw.randint(5, 80))
