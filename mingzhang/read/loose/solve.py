"""Level sums: of the candidates of all rows keep those that lie on a best solution, column group by column group.

The rows of a table form trees (the total, its classes, their sections and
items). In every group of columns each parent is compared with the sum of its
children; an identity that rounding does not explain costs most, one that holds
only within rounding a little, contradicted evidence something between. What
is left of a row after this lies on at least one cheapest solution.
"""

from collections.abc import Sequence
from operator import add, gt

from mingzhang.read.loose.draft import BROKEN, INEXACT, Candidate, Entry, Table

_STATES = 1500
_WORK = 30_000
_OVER = 10**15

Values = tuple[int, ...]


def evidence_cost(entry: Entry, candidate: Candidate) -> int:
    """What a candidate contradicts of the evidence on its row."""
    cost = 0
    for e in entry.evidence:
        if e.kind == "hint":
            if candidate[e.figure] not in e.columns:
                cost += e.cost
            continue
        value = entry.value(candidate, e.column)
        if e.kind == "limit":
            cost += e.cost if value > e.value + e.slack else 0
        elif abs(value - e.value) > e.slack:
            cost += e.cost
    return cost


def settle(table: Table, exact: bool, joint: bool = False) -> bool:
    """Drop from every row the candidates that lie on no best solution.

    ``exact`` prefers sums that are exact in the printed digits; ``joint``
    takes all columns at once. False where some sum had too many ways to be
    compared.
    """
    sound = True
    for _ in range(3):
        before = sum(len(r.left) for r in table.rows)
        if all(len(r.left) <= 1 for r in table.rows):
            return sound
        if not exact and not joint and _at_once(table):
            return sound
        for group in [list(range(len(table.columns)))] if joint else table.groups():
            sound = _settle_group(table, group, exact) and sound
        if sum(len(r.left) for r in table.rows) == before:
            return sound
    return sound


def broken(table: Table) -> bool:
    """Whether a level sum is broken by the figures as they are placed, where all of a family are placed."""
    for parent, kids in table.children.items():
        family = [table.rows[n] for n in (parent, *kids)]
        if any(len(r.left) != 1 for r in family):
            continue
        head, *rest = [(r, next(iter(r.left))) for r in family]
        for column in range(len(table.columns)):
            total = sum(r.value(c, column) for r, c in rest)
            if abs(head[0].value(head[1], column) - total) > (len(kids) + 1) // 2:
                return True
    return False


def _at_once(table: Table) -> bool:
    """Whether the single cheapest candidate of every row also makes all sums right: then there is nothing to search."""
    chosen: list[Candidate] = []
    for row in table.rows:
        costs = [(cost - cost % BROKEN + evidence_cost(row, c), c) for c, cost in row.left.items()]
        if not costs:
            if row.values:
                return False
            chosen.append(())
            continue
        least = min(costs)
        if sum(1 for cost, _ in costs if cost == least[0]) > 1:
            return False
        chosen.append(least[1])
    for parent, kids in table.children.items():
        slack = (len(kids) + 1) // 2
        for column in range(len(table.columns)):
            total = table.rows[parent].value(chosen[parent], column)
            if abs(total - sum(table.rows[k].value(chosen[k], column) for k in kids)) > slack:
                return False
    for row, candidate in zip(table.rows, chosen, strict=True):
        if len(row.left) > 1:
            row.used |= dict.fromkeys((*(e.id for e in row.evidence), table.levels))
            row.left = {candidate: row.left[candidate]}
    return True


def _varying(table: Table, group: Sequence[int]) -> list[int]:
    """The columns of the group in which the candidates of some row differ."""
    return [c for c in group if any(len({r.value(k, c) for k in r.left}) > 1 for r in table.rows if len(r.left) > 1)]


def _settle_group(table: Table, group: Sequence[int], exact: bool) -> bool:
    rows = table.rows
    group = _varying(table, group)
    if not group:
        return True
    choices: list[dict[Values, int]] = []
    for row in rows:
        options: dict[Values, int] = {}
        for candidate, cost in row.left.items():
            key = tuple(row.value(candidate, c) for c in group)
            cost = (cost if exact else cost - cost % BROKEN) + evidence_cost(row, candidate)
            if cost < options.get(key, _OVER):
                options[key] = cost
        choices.append(options)
    parents = {c for kids in table.children.values() for c in kids}
    roots = [n for n in range(len(rows)) if n not in parents]
    kept: list[set[Values]] = [set(c) for c in choices]
    families: dict[int, _Family] = {}
    fine = INEXACT if exact else 0
    sums = {n: _upward(table, n, choices, families, fine) for n in roots}
    for root in roots:
        best = min(sums[root].values(), default=0)
        kept[root] = {k for k, cost in sums[root].items() if cost == best}
        _downward(table, root, kept, families)
    for n, row in enumerate(rows):
        if len(row.left) <= 1:
            continue
        stays = {
            c: cost
            for c, cost in row.left.items()
            if tuple(row.value(c, g) for g in group) in kept[n]
        }
        if len(stays) < len(row.left):
            family = families.get(n) or next((f for p, f in families.items() if n in table.children[p]), None)
            if family is not None and not family.given_up:
                row.used[table.levels] = None
            for e in row.evidence:
                row.used[e.id] = None
            row.left = stays
    return not any(f.given_up for f in families.values())


class _Family:
    """The layers of one parent's sum over its children: partial sums with their cheapest cost."""

    __slots__ = ("costs", "ends", "given_up", "layers", "order", "rising", "tops", "totals")

    def __init__(self) -> None:
        self.order: list[int] = []
        self.layers: list[dict[Values, int]] = []
        self.costs: list[dict[Values, int]] = []
        self.totals: dict[Values, int] = {}
        self.tops: Values = ()
        self.rising = True
        self.given_up = False
        self.ends: _Ends | None = None

    def step(self, state: Values, values: Values) -> Values:
        """A partial sum and one more child; beyond every choice of the parent all sums are alike."""
        key = tuple(map(add, state, values))
        if self.rising and any(map(gt, key, self.tops)):
            return tuple([a if a <= top else _OVER for a, top in zip(key, self.tops, strict=True)])
        return key


def _upward(
    table: Table, n: int, choices: list[dict[Values, int]], families: dict[int, _Family], fine: int
) -> dict[Values, int]:
    """The cheapest cost of the tree under row ``n`` for each of its choices."""
    kids = [k for k in table.children.get(n, ()) if choices[k]]
    own = choices[n]
    if not kids:
        return own
    family = _Family()
    families[n] = family
    costs = {k: _upward(table, k, choices, families, fine) for k in kids}
    family.order = sorted(kids, key=lambda k: (len(costs[k]), -max(map(abs, table.rows[k].values), default=0)))
    family.costs = [costs[k] for k in family.order]
    if not own or any(table.rows[k].open for k in table.children[n]):
        family.given_up = True
        least = sum(min(o.values()) for o in family.costs)
        family.totals = {v: c + least for v, c in own.items()}
        return family.totals
    slack = (len(kids) + 1) // 2
    least = sum(min(o.values()) for o in family.costs)
    for strict in (True, False):
        done = _add_up(family, own, slack, strict)
        if done is None:
            break
        if not done:
            continue
        family.ends = _Ends(family.layers[-1], slack, fine)
        family.totals = {v: c + family.ends.nearest(v) for v, c in own.items()}
        if not strict or min(t - c for t, c in zip(family.totals.values(), own.values(), strict=True)) < least + BROKEN:
            return family.totals
    family.given_up = True
    family.totals = {v: c + least for v, c in own.items()}
    return family.totals


def _add_up(family: "_Family", own: dict[Values, int], slack: int, strict: bool) -> bool | None:
    """Fill the layers of partial sums; ``strict`` leaves out those beyond every choice of the parent.

    False where none is left, None where there are too many.
    """
    width = len(next(iter(own)))
    family.tops = tuple(max(v[i] for v in own) + slack for i in range(width))
    family.rising = all(x >= 0 for c in family.costs for v in c for x in v)
    layer: dict[Values, int] = {(0,) * width: 0}
    family.layers = [layer]
    work = 0
    for options in family.costs:
        fresh: dict[Values, int] = {}
        work += len(layer) * len(options)
        if work > _WORK:
            return None
        for state, cost in layer.items():
            for values, extra in options.items():
                key = family.step(state, values)
                if strict and _OVER in key:
                    continue
                total = cost + extra
                if total < fresh.get(key, _OVER):
                    fresh[key] = total
        if len(fresh) > _STATES:
            return None
        if not fresh:
            return False
        layer = fresh
        family.layers.append(layer)
    return True


class _Ends:
    """The partial sums of all children, and how far each is from a total of the parent.

    A column that misses by more than ``slack`` costs the same however far it
    misses. Sums near the total in the column where fewest are come first;
    what is far off in as many columns as the best one misses is not compared.
    """

    def __init__(self, layer: dict[Values, int], slack: int, fine: int) -> None:
        self.layer, self.slack, self.fine = layer, slack, fine
        self.least = min(layer.values())
        self.index: list[dict[int, list[Values]]] = []

    def nearest(self, total: Values) -> int:
        """The cheapest way from the partial sums to the total."""
        best = self.layer.get(total, _OVER)
        if best <= self.least:
            return best
        for n, states in enumerate(self._near(total)):
            if best <= self.least + n * BROKEN:
                return best
            for state in states:
                if self.layer[state] < best:
                    best = min(best, self.layer[state] + _mismatch(total, state, self.slack, self.fine))
        return min(best, self.least + BROKEN * len(total))

    def chosen(self, total: Values) -> set[Values]:
        """The partial sums on a cheapest way to the total."""
        best, found = self.nearest(total), set()
        for n, states in enumerate((*self._near(total), list(self.layer))):
            if best < self.least + n * BROKEN:
                break
            for state in states:
                cost = self.layer[state]
                if cost <= best and cost + _mismatch(total, state, self.slack, self.fine) == best:
                    found.add(state)
        return found

    def _near(self, total: Values) -> list[list[Values]]:
        """For each column the partial sums near the total in it, the shortest list first."""
        if not self.index:
            self.index = [{} for _ in total]
            for state in self.layer:
                for column, value in zip(self.index, state, strict=True):
                    column.setdefault(value, []).append(state)
        near = []
        for column, value in zip(self.index, total, strict=True):
            around = range(value - self.slack, value + self.slack + 1)
            near.append([state for v in around if v in column for state in column[v]])
        return sorted(near, key=len)


def _mismatch(total: Values, state: Values, slack: int, fine: int) -> int:
    cost = 0
    for a, b in zip(total, state, strict=True):
        off = abs(a - b)
        if off:
            cost += fine * off if off <= slack else BROKEN
    return cost


def _downward(table: Table, n: int, kept: list[set[Values]], families: dict[int, _Family]) -> None:
    """Mark, from the kept choices of row ``n`` down, what its children may be on a best solution."""
    family = families.get(n)
    if family is None:
        return
    if family.given_up:
        for k, costs in zip(family.order, family.costs, strict=True):
            best = min(costs.values())
            kept[k] = {v for v, c in costs.items() if c == best}
            _downward(table, k, kept, families)
        return
    assert family.ends is not None
    marked: set[Values] = set()
    for v in kept[n]:
        marked |= family.ends.chosen(v)
    for i in range(len(family.order) - 1, -1, -1):
        k = family.order[i]
        good: set[Values] = set()
        before: set[Values] = set()
        for state, cost in family.layers[i].items():
            for values, extra in family.costs[i].items():
                key = family.step(state, values)
                if key in marked and cost + extra == family.layers[i + 1][key]:
                    good.add(values)
                    before.add(state)
        kept[k] = good
        marked = before
        _downward(table, k, kept, families)
