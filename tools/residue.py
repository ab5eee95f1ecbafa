"""What rounding left in the sums of a document, kept while its amounts are multiplied.

A sum that misses by one unit of its last digit because of rounding would miss by three when every amount is tripled,
and would then be a contradiction. The least changes of single amounts are sought that give every sum that holds or
holds within rounding (in a statement, between statements, in the text) the difference it had.
"""

from collections import Counter
from decimal import Decimal
from itertools import groupby

import highspy

from mingzhang.disclosure import Cell, Disclosure, Printed, Row, Statement
from mingzhang.figures import Verdict, constraints
from mingzhang.forms import load

Table = list[dict[str, str]]
Weights = dict[Decimal, int]
FEN = Decimal("0.01")
UNIT = "万元"
QUOTED = 10**5


def disclosure(cells: Table) -> Disclosure:
    """The statements of cells.csv as a disclosure."""
    statements = []
    for id, printed in groupby((r for r in cells if r["unit"] == UNIT), key=lambda r: r["statement"]):
        rows: list[Row] = []
        for row in printed:
            who = (row["code"], row["label"], row["side"], row["block"])
            cell = Cell(row["column"], Printed.parse(row["value"]))
            last = rows[-1] if rows else None
            if last and who == (last.code, last.label, last.side, last.block) and last.get(cell.column) is None:
                rows[-1] = Row(*who, who[1], cells=(*last.cells, cell))
            else:
                rows.append(Row(*who, who[1], cells=(cell,)))
        statements.append(Statement(id, unit=UNIT, rows=tuple(rows)))
    return Disclosure(kind="final", statements=tuple(statements))


def _between(weights: Weights) -> Decimal:
    return sum((value * weight for value, weight in weights.items()), start=Decimal(0))


def _in_statements(cells: Table) -> list[Weights]:
    """The identities and ties that hold at least within rounding: signed counts of the amounts in them."""
    found = []
    for law in constraints(disclosure(cells), load()):
        if law.relation == "=" and not law.others and law.verdict() is not Verdict.IMPOSSIBLE:
            weights: Weights = Counter()
            for terms, side in ((law.left, 1), (law.right, -1)):
                for term in terms:
                    value = term.cell.printed.value
                    weights[abs(value)] += side * term.sign * (1 if value >= 0 else -1)
            found.append(weights)
    return found


def _in_text(narrative: Table) -> list[Weights]:
    """Amounts of the text that are, within rounding, the sum of the two to four that follow in the same section."""
    found = []
    for _, rows in groupby((r for r in narrative if r["unit"] == UNIT), key=lambda r: r["section"]):
        amounts = [Decimal(r["value"]) for r in rows]
        for at, first in enumerate(amounts):
            for count in (2, 3, 4):
                parts = amounts[at + 1 : at + 1 + count]
                if len(parts) == count and all(parts) and abs(first - sum(parts)) <= FEN * (count + 1) / 2:
                    weights: Weights = Counter(parts)
                    weights[first] -= 1
                    found.append(weights)
    return found


def nudges(cells: Table, narrative: Table, factor: int) -> dict[Decimal, Decimal]:
    """By amount, what to add after multiplying by ``factor``. What the text quotes is changed last, large before small."""
    sums = _in_statements(cells) + _in_text(narrative)
    if not any(map(_between, sums)):
        return {}
    seen = Counter(abs(Decimal(r["value"])) for r in cells)
    quoted = {Decimal(r["value"]) for r in narrative}
    amounts = sorted({v for weights in sums for v in weights if v != v.to_integral_value()})
    index = {v: i for i, v in enumerate(amounts)}
    model = highspy.Highs()
    model.silent()
    up = [model.addIntegral(0, 4 * factor) for _ in amounts]
    down = [model.addIntegral(0, 4 * factor) for _ in amounts]
    for weights in sums:
        kept = int((1 - factor) * _between(weights) / FEN)
        terms = [w * (up[index[v]] - down[index[v]]) for v, w in weights.items() if w and v in index]
        if terms:
            model.addConstr(sum(terms[1:], start=terms[0]) == kept)
    costs = [seen[v] + float((QUOTED * (v in quoted) + 100) / (v + 1)) for v in amounts]
    changes = [cost * (u + d) for cost, u, d in zip(costs, up, down, strict=True)]
    model.minimize(sum(changes[1:], start=changes[0]))
    if model.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        raise ValueError("no changes of the amounts keep what rounding left in the sums")
    found = {v: FEN * round(model.val(u) - model.val(d)) for v, u, d in zip(amounts, up, down, strict=True)}
    return {v: d for v, d in found.items() if d}
