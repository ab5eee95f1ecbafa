"""The entries behind random final accounts: what was planned, came in, was spent and carried over; and the assets."""

import random
from collections.abc import Iterable

from mingzhang.forms.fill import APPROPRIATION, OWN, Entry
from mingzhang.forms.filling import Filling
from mingzhang.forms.random.ledger import amount, names, split

_STAFF = ("301", "303")
_Pools = tuple[list[str], list[str]]


def ledger(draw: random.Random, items: int, scale: int, only_appropriation: bool) -> list[Entry]:
    """Entries of ``items`` functional items: what came in, what was spent, what was carried over at either end."""
    chosen = pick(draw, items)
    entries: list[Entry] = []
    pools = _pools(draw)
    carried = draw.random() < 0.5
    for number, (item, source) in enumerate(chosen):
        use = draw.choice(("basic", "project", "both")) if source == "general" and number else "project"
        if number == 0:
            use = "both" if draw.random() < 0.7 else "basic"
        if runs(item):
            use = "basic"
        parts = ("basic", "project") if use == "both" else (use,)
        _spend(draw, entries, pools, item, source, parts, scale, carried and draw.random() < 0.4)
        if not only_appropriation and source == "general" and draw.random() < 0.35:
            extra = draw.choice(OWN)
            other = "basic" if runs(item) else draw.choice(("basic", "project", "remit_superior"))
            parts = ("operating",) if extra == "operating" else (other,)
            if extra == "business" and draw.random() < 0.2:
                parts = ("subsidiary_subsidy",)
            _spend(draw, entries, pools, item, extra, parts, scale, carried and draw.random() < 0.5)
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


def _pools(draw: random.Random) -> _Pools:
    """The economic codes that a department spends on: for its people, for its office."""
    chart = [c for c in names("economic") if len(c) == 5]
    pools = ([c for c in chart if c[:3] in _STAFF], [c for c in chart if c[:3] not in _STAFF])
    staff, office = (sorted(draw.sample(pool, draw.randint(min(4, len(pool)), min(20, len(pool))))) for pool in pools)
    return staff, office


def _basic(draw: random.Random, pools: _Pools, item: str, whole: int) -> Iterable[Entry]:
    """Basic expenditure of the general budget, by economic code."""
    personnel = whole * draw.randint(55, 97) // 100
    for pool, value in zip(pools, (personnel, whole - personnel), strict=True):
        used = sorted(draw.sample(pool, draw.randint(1, len(pool))))
        for code, part in zip(used, split(draw, value, len(used)), strict=True):
            if part:
                yield Entry(part, item, "general", "basic", economic=code)


def _spend(
    draw: random.Random, entries: list[Entry], pools: _Pools, item: str, source: str, uses: tuple[str, ...], scale: int,
    carried: bool,
) -> None:
    spent = [amount(draw, scale, 1.5, 5.5) for _ in uses]
    whole = sum(spent)
    opening = draw.randint(0, whole) if carried else 0
    left = amount(draw, scale, 0.5, 4.0) if carried and draw.random() < 0.6 else 0
    surplus = draw.randint(0, whole - opening) // 3 if source in OWN and draw.random() < 0.2 else 0
    given = left // 2 if source in OWN and draw.random() < 0.3 else 0
    income = whole + left - opening - surplus
    books = [("opening", opening), ("income", income), ("use_surplus", surplus), ("closing", left - given)]
    books.append(("distribution", given))
    entries += [Entry(value, item, source, flow) for flow, value in books if value]
    for flow, value in zip(uses, spent, strict=True):
        entries += _basic(draw, pools, item, value) if (flow, source) == ("basic", "general") else [Entry(value, item, source, flow)]


def planned(draw: random.Random, entries: list[Entry], filling: Filling, scale: int) -> list[Entry]:
    """What had been budgeted for three-public expenses, and changed during the year."""
    found = []
    for codes in filling.items.values():
        spent = [e for e in entries if e.economic in codes]
        whole = sum(e.amount for e in spent)
        item = spent[0].item if spent else entries[0].item
        value = whole * draw.randint(100, 150) // 100 if whole else draw.choice((0, 0, 100 * scale))
        more = value * draw.randint(0, 10) // 100
        found += [Entry(v, item, "general", flow, economic=codes[0]) for flow, v in (("year", value), ("adjust", more)) if v]
    return found


def counts(draw: random.Random, entries: list[Entry], filling: Filling, scale: int) -> dict[str, int]:
    """The lines of F10: vehicles where something that shows in 万元 was spent on driving them, else none."""
    driven = sum(e.amount for e in entries if e.economic in filling.items["operation"] and e.flow == "basic") >= scale
    found = {name: draw.choice((0, 0, 0, 1, 2, 5, 12)) * driven for name in filling.assets.vehicles}
    return found | {name: draw.choice((0, 1, 3)) for name in filling.assets.others}
