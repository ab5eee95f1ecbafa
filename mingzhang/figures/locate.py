"""Which printed figure is wrong: the lightest sets of figures whose change lets every sum hold.

Fellegi and Holt (1976), without a mixed-integer program: the failing laws fall
into parts that share no figure; a set of figures must hit every failing law of
its part, and free values for it must satisfy these and all neighbouring laws,
which is confirmed in exact integers.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from mingzhang.figures.law import Law, Quantity, System, shown
from mingzhang.figures.slips import kind

LIGHTER = {
    "swapped": 0.5, "digit": 0.3, "dropped": 0.5, "doubled": 0.5, "point": 0.6, "sign": 0.5, "unit": 0.6, "cut": 0.2,
}  # fmt: skip
"""How much lighter a figure is whose needed value the slip of that name turns into the printed one."""

MARGIN = 0.15
MOST = 4


@dataclass(frozen=True, slots=True)
class Culprit:
    """A figure that is likely wrong, and the lowest and highest value it must have been (in its own unit)."""

    quantity: Quantity
    low: Decimal
    high: Decimal
    slip: str = ""

    @property
    def should(self) -> str:
        """What would have to be printed: one figure, or the range of them."""
        places = self.quantity.printed.decimals
        if self.low == self.high:
            return f"{self.low:,.{places}f}"
        return f"{self.low:,.{places}f}～{self.high:,.{places}f}"


@dataclass(frozen=True, slots=True)
class Location:
    """One part of the contradictions: its failing laws, and the sets of figures that explain it, lightest first.

    ``decidable``: the first set is the only lightest one. Otherwise all of
    them are candidates, and none may be named alone. No set at all where the
    part was too large for the time given.
    """

    laws: tuple[Law, ...]
    answers: tuple[tuple[Culprit, ...], ...]
    decidable: bool


def _parts(system: System) -> list[list[int]]:
    """The failing equations in groups that share no figure."""
    groups: list[tuple[set[int], list[int]]] = []
    for n, equation in enumerate(system.equations):
        if equation.holds:
            continue
        variables, members = set(equation.coefficients), [n]
        for group in [g for g in groups if g[0] & variables]:
            variables |= group[0]
            members = group[1] + members
            groups.remove(group)
        groups.append((variables, members))
    return [members for _, members in groups]


def _culprit(system: System, variable: int, span: tuple[int, int]) -> Culprit:
    """The figure with the value it must have; within a range the value that a slip explains, or the middle one."""
    quantity = system.quantities[variable]
    low, high = span
    slip = ""
    for units in range(low, min(high, low + 12) + 1):
        found = kind(quantity.printed, shown(quantity, units))
        if found and LIGHTER[found] > LIGHTER.get(slip, 0):
            slip = found
    return Culprit(quantity, shown(quantity, low), shown(quantity, high), slip)


def _weight(answer: Sequence[Culprit]) -> float:
    return sum(1 - LIGHTER.get(c.slip, 0) for c in answer)


def _search(system: System, failing: list[int], until: float) -> list[tuple[Culprit, ...]] | None:
    """Every smallest set of figures that explains the failing equations; None where time ran out before one."""
    equations = system.equations
    for size in range(1, MOST + 1):
        answers: dict[frozenset[int], tuple[Culprit, ...]] = {}
        seen: set[frozenset[int]] = set()
        stack: list[tuple[int, ...]] = [()]
        while stack:
            if time.perf_counter() > until:
                return list(answers.values()) or None
            some = stack.pop()
            key = frozenset(some)
            if key in seen:
                continue
            seen.add(key)
            missed = [n for n in failing if not key & equations[n].coefficients.keys()]
            if not missed and some:
                spans = system.free(some)
                if spans is not None and all(not low <= system.values[v] <= high for v, (low, high) in spans.items()):
                    answers[key] = tuple(_culprit(system, v, span) for v, span in spans.items())
                    continue
            if len(some) == size:
                continue
            if missed:
                room = size - len(some)
                if room == 1:
                    branch = set(equations[missed[0]].coefficients)
                    for n in missed[1:]:
                        branch &= equations[n].coefficients.keys()
                else:
                    branch = min((set(equations[n].coefficients) for n in missed), key=len)
            else:
                branch = {v for s in some for n in system.by_variable[s] for v in equations[n].coefficients}
            stack += [(*some, v) for v in branch - key]
        if answers:
            return list(answers.values())
    return []


def locate(laws: Sequence[Law], seconds: float = 0.3) -> list[Location]:
    """The contradictions among the laws, part by part, with the figures that explain each.

    ``seconds`` bounds the search over all parts; a part that is not solved
    in time has no answers.
    """
    system = System.of(laws)
    until = time.perf_counter() + seconds
    out: list[Location] = []
    for failing in _parts(system):
        found = _search(system, failing, until) or []
        found.sort(key=_weight)
        decidable = bool(found) and (len(found) == 1 or _weight(found[0]) + MARGIN < _weight(found[1]))
        out.append(Location(tuple(laws[n] for n in failing), tuple(found), decidable))
    return out
