"""Sound disclosures by the thousand, made from the forms.

In: a seed and a few wishes (kind, number of items, unit).
Out: a Disclosure all of whose figures sum exactly in the printed digits; the same seed gives the same one.
"""

import random
from dataclasses import replace

from mingzhang.disclosure import Disclosure, Publisher, Statement
from mingzhang.forms import Book, fill, load
from mingzhang.forms.fill import Member, Press, Sets, Whose
from mingzhang.forms.random import budget, final
from mingzhang.forms.random.ledger import every_name, words
from mingzhang.forms.random.narrative import narrative

__all__ = ["disclosure"]

_TEN_THOUSAND = 10000


def disclosure(
    seed: int,
    *,
    kind: str = "final",
    items: int | None = None,
    unit: str = "万元",
    grouped: bool | None = None,
    zeros: bool | None = None,
    style: str | None = None,
    year: int | None = None,
) -> Disclosure:
    """The disclosure of an invented department. What is None is drawn from the seed.

    ``kind`` is final or budget, ``items`` the number of functional items (1 to 60), ``unit`` 万元 or 元 (both
    printed with two decimals), ``grouped`` prints thousands separators, ``zeros`` prints 0.00 where a figure is
    nothing (else blank), ``style`` is levels or units (budgets only). Raises ValueError for anything else.
    """
    if kind not in ("final", "budget") or unit not in ("万元", "元") or style not in (None, "levels", "units"):
        raise ValueError(f"no random disclosure of kind {kind!r}, unit {unit!r}, style {style!r}")
    if items is not None and not 1 <= items <= 60:
        raise ValueError(f"items must be 1 to 60, not {items}")
    draw = random.Random(f"{kind}/{seed}")
    drawn = (draw.choice((1, 3, 8, 15, 25, 40, 60)), draw.random() < 0.7, draw.random() < 0.4, draw.random() < 0.5)
    items = items or drawn[0]
    press = Press(2, drawn[1] if grouped is None else grouped, drawn[2] if zeros is None else zeros)
    style = style or ("levels" if drawn[3] else "units")
    drawn_year = draw.randint(2021, 2025)
    year = year or drawn_year
    name = draw.choice(words()["places"]) + draw.choice(words()["bureaus"])
    count = draw.randint(1, 4)
    units = [f"{name}（本级）", *(f"{name}{x}" for x in draw.sample(words()["units"], count - 1))]
    scale = 1 if unit == "万元" else _TEN_THOUSAND
    lone = draw.random() < 0.5
    number = f"{draw.randint(301, 899)}"
    codes = [(f"{n:03d}", f"{number}{n:03d}", u) for n, u in enumerate(units, 1)]
    natures = ("administrative", *["institution"] * (count - 1))
    members = tuple(Member(*code, nature) for code, nature in zip(codes, natures, strict=True))
    whose = Whose("department", number, name, year, members, every_name())
    book = _printing(draw, load(year), style)
    if kind == "final":
        entries = final.ledger(draw, items, scale, lone)
        entries += final.planned(draw, entries, book.filling, scale)
        counts = final.counts(draw, entries, book.filling, scale)
        plans = fill.final.plans(Sets(entries), whose, book, counts, short=draw.random() < 0.5)
    else:
        entries = budget.ledger(draw, items, scale, style, count, not lone)
        plans = fill.budget.plans(Sets(entries), whose, book)
    amount = fill.sums(e.amount for e in entries)
    found = [fill.printed(plan, amount, press) for plan in plans]
    done = [_printed(s, unit, name, year) for s in found]
    headings, sentences = narrative(draw, kind, name, units, year, unit, press, done)
    word = "决算" if kind == "final" else "预算"
    return Disclosure(
        Publisher(name, scope="department"), year, kind, f"{name}{year}年度部门{word}", statements=tuple(done),
        headings=headings, sentences=sentences,
    )  # fmt: skip


def _printing(draw: random.Random, book: Book, style: str) -> Book:
    """The forms as some province prints them."""
    columns = draw.choice((("budget", "final"), ("initial_budget", "full_budget", "final")))
    wide, running = style == "units" and draw.random() < 0.3, draw.random() < 0.5
    return replace(
        book, filling=replace(book.filling, budget=style, three_public=columns, wide=wide, running_line=running)
    )  # fmt: skip


def _printed(statement: Statement, unit: str, name: str, year: int) -> Statement:
    form = load(year).by_id[statement.id]
    headers = tuple(form.by_column[c].name for c in statement.columns)
    return replace(
        statement, title=form.name, number=form.numbers[0] if form.numbers else "", unit=statement.unit or unit,
        publisher=name, year=year, headers=headers,
    )  # fmt: skip
