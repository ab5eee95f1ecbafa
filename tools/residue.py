"""What rounding left in the sums of a document, kept while its amounts are multiplied.

A sum that misses by one unit of its last digit because of rounding would miss by three when every amount is tripled,
and would then be a contradiction. The least changes of single amounts are sought that give every sum inside a
statement the difference it had.
"""

from collections import Counter, defaultdict
from decimal import Decimal

import highspy

from mingzhang.forms import Book, load

Table = list[dict[str, str]]
Sum = tuple[Decimal, tuple[Decimal, ...]]
FEN = Decimal("0.01")


def _columns(book: Book, cells: Table) -> list[Sum]:
    rows: dict[tuple[str, ...], dict[str, Decimal]] = defaultdict(dict)
    for r in cells:
        rows[r["statement"], r["block"], r["side"], r["code"], r["label"]].setdefault(r["column"], Decimal(r["value"]))
    sums = []
    for (statement, *_), row in rows.items():
        form = book.by_id.get(statement)
        for identity in form.identities if form else ():
            parts = [p for p in identity.parts if p in row]
            if identity.axis == "columns" and not identity.less and identity.total in row and parts:
                sums.append((row[identity.total], tuple(row[p] for p in parts)))
    return sums


def _levels(cells: Table) -> list[Sum]:
    columns: dict[tuple[str, str, str], dict[str, Decimal]] = defaultdict(dict)
    for r in cells:
        if r["code"].isdigit() or r["label"] == "合计":
            columns[r["statement"], r["side"], r["column"]].setdefault(r["code"], Decimal(r["value"]))
    sums = []
    for codes in columns.values():
        for code, value in codes.items():
            size = len(code) + 2 if code else 3
            parts = tuple(v for c, v in codes.items() if len(c) == size and c.startswith(code))
            if parts:
                sums.append((value, parts))
    return sums


def _near(total: Decimal, parts: tuple[Decimal, ...]) -> bool:
    """Whether the sum holds, or misses by no more than rounding explains."""
    return abs(total - sum(parts)) <= FEN * (len(parts) + 1) / 2


def nudges(cells: Table, factor: int, seen: Counter[Decimal]) -> dict[Decimal, Decimal]:
    """By amount, what to add after multiplying by ``factor``. Amounts that ``seen`` counts often are changed last."""
    money = [r for r in cells if r["unit"] == "万元" and len(r["value"].partition(".")[2]) == 2]
    sums = [s for s in _columns(load(), money) + _levels(money) if _near(*s)]
    if all(total == sum(parts) for total, parts in sums):
        return {}
    amounts = sorted({v for total, parts in sums for v in (total, *parts) if v != v.to_integral_value()})
    index = {v: i for i, v in enumerate(amounts)}
    model = highspy.Highs()
    model.silent()
    most = 4 * factor
    up = [model.addIntegral(0, most) for _ in amounts]
    down = [model.addIntegral(0, most) for _ in amounts]
    for total, parts in sums:
        weights = Counter({total: -1}) if total in index else Counter()
        weights.update(p for p in parts if p in index)
        kept = int((factor - 1) * (total - sum(parts)) / FEN)
        terms = [w * (up[index[v]] - down[index[v]]) for v, w in weights.items() if w]
        if terms:
            model.addConstr(sum(terms[1:], start=terms[0]) == kept)
    costs = [float(seen[abs(v)] ** 2 + 100 / (abs(v) + 1)) * (u + d) for v, u, d in zip(amounts, up, down)]
    model.minimize(sum(costs[1:], start=costs[0]))
    if model.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        return {}
    found = {v: FEN * round(model.val(u) - model.val(d)) for v, u, d in zip(amounts, up, down)}
    return {v: d for v, d in found.items() if d}
