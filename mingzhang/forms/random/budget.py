"""The entries of a random budget, and what it is printed with."""

import random

from mingzhang.forms.fill import APPROPRIATION, Entry, chinese
from mingzhang.forms.fill.budget import PROJECT, STAFF
from mingzhang.forms.random.final import pick, runs
from mingzhang.forms.random.ledger import amount, governmental, names, split, words

_USE = {"301": "basic_wages", "303": "basic_family", "302": "basic_goods", "310": "basic_capital"}


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
              lead[_USE[code[:3]] not in STAFF])
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
