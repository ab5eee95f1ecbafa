"""Which printed figure is wrong: the lightest sets of figures whose change lets every law hold.

Fellegi and Holt (1976), without a mixed-integer program: the failing laws fall into parts that share no figure. A law
that fails, or laws that leave the figures chosen so far no value, are a conflict: one more of their figures must be
wrong. The smallest sets that hit every conflict are found by branching on it (Reiter's hitting sets); each is confirmed
in exact integers, and weighed by the slips that explain it.
"""

import math
import time
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from mingzhang.disclosure import Printed
from mingzhang.figures.law import Law, Quantity, System, shown
from mingzhang.figures.slips import explained
from mingzhang.figures.solve import FAR, Span

SURE = 0.97
"""The share of likelihood that the first of all smallest sets must have to be the only lightest one."""
MOST = 5
_ANSWERS = 400
_LOOSE = frozenset({"digit", "cut"})

Beside = Callable[[Quantity], Sequence[tuple[Decimal, float]]]
Way = Mapping[Hashable, Printed | None]
"""What figures that slipped together must have been, by their keys; None where nothing printed tells."""
Ways = Callable[[Quantity], Sequence[Way]]
MOVED = "moved"
_MANY = 3
"""So many slips, each by itself, are less likely than one that moved a whole row."""


@dataclass(frozen=True, slots=True)
class Culprit:
    """A figure that is likely wrong, the lowest and highest value it must have been, and the likeliest of these.

    All in the figure's own unit. ``slip`` names what turns ``value`` into what is printed (empty: nothing known).
    """

    quantity: Quantity
    low: Decimal
    high: Decimal
    slip: str = ""
    value: Decimal | None = None
    likely: float = 0.0

    @property
    def should(self) -> str:
        """What would have to be printed: one figure, or the range of them (empty where any figure would do)."""
        places = self.quantity.places
        if self.value is not None:
            return f"{self.value:,.{places}f}"
        if self.high - self.low >= Decimal(FAR).scaleb(-places - 1):
            return ""
        return f"{self.low:,.{places}f}～{self.high:,.{places}f}"


@dataclass(frozen=True, slots=True)
class Location:
    """One part of the contradictions: its failing laws, and the sets of figures that explain it, likeliest first.

    ``sure`` are the figures that are in every set that counts;
    ``decidable``: these are the whole first set, the only lightest one.
    Otherwise the others are candidates, and none may be named alone.
    ``complete`` is False where the part was too large for the time given:
    there may be other sets, and nothing is sure.
    """

    laws: tuple[Law, ...]
    answers: tuple[tuple[Culprit, ...], ...]
    sure: tuple[Culprit, ...] = ()
    complete: bool = True

    @property
    def decidable(self) -> bool:
        return bool(self.answers) and len(self.sure) == len(self.answers[0])


def _parts(system: System, failing: Sequence[int]) -> list[list[int]]:
    """The failing laws in groups that share no figure."""
    groups: list[tuple[set[int], list[int]]] = []
    for n in failing:
        variables, members = set(system.equation(n).variables), [n]
        for group in [g for g in groups if g[0] & variables]:
            variables |= group[0]
            members = group[1] + members
            groups.remove(group)
        groups.append((variables, members))
    return [sorted(members) for _, members in groups]


def _culprit(system: System, v: int, spans: Mapping[int, Span], beside: Beside | None) -> Culprit:
    """The figure with the value it must have; within a range the value that a slip explains, or that the laws print."""
    quantity, span = system.quantities[v], spans[v]
    low, high = shown(quantity, span[0]), shown(quantity, span[1])
    step = Decimal(1).scaleb(-quantity.places)
    near = beside(quantity) if beside else ()
    likely, slip, value = explained(quantity.printed, low, high, step, quantity.unit.endswith("元"), near)
    if value is None or (slip in _LOOSE and low != high):
        # One digit or the last one may be wrong in many ways: what the laws print is the better guess.
        usual = system.usual(v, spans, span)
        value = shown(quantity, usual) if usual is not None else low if low == high else None
    return Culprit(quantity, low, high, slip, value, likely)


def _likely(answer: Sequence[Culprit]) -> float:
    return math.prod(c.likely for c in answer)


def _packed(missed: Sequence[frozenset[int]], room: int) -> bool:
    """Whether ``room`` figures may hit them all: no more of them than that share no figure."""
    taken: set[int] = set()
    count = 0
    for variables in missed:
        if not taken & variables:
            taken |= variables
            count += 1
            if count > room:
                return False
    return True


class _Search:
    """The search over one part: what was found for a set of figures is kept from one size to the next."""

    def __init__(self, system: System, failing: Sequence[int], until: float) -> None:
        self.system = system
        self.until = until
        self.failing = [system.equation(n).variables for n in failing]
        self.failing.sort(key=len)
        self.known: dict[frozenset[int], tuple[dict[int, Span] | None, list[frozenset[int]]]] = {}

    def free(self, some: frozenset[int]) -> tuple[dict[int, Span] | None, list[frozenset[int]]]:
        """The ranges that let every law hold, or the sets of figures of which one more must be wrong."""
        found = self.known.get(some)
        if found is None:
            spans, conflicts = self.system.free(sorted(some))
            figures = [frozenset().union(*(self.system.equation(n).variables for n in c)) - some for c in conflicts]
            found = self.known[some] = (spans, figures)
        return found

    def of(self, size: int) -> tuple[dict[frozenset[int], dict[int, Span]], bool]:
        """Every set of ``size`` figures that explains the part, and whether all were looked at."""
        answers: dict[frozenset[int], dict[int, Span]] = {}
        seen: set[frozenset[int]] = set()
        stack: list[frozenset[int]] = [frozenset()]
        while stack:
            if (size > 1 and time.thread_time() > self.until) or len(answers) > _ANSWERS:
                return answers, False
            some = stack.pop()
            room = size - len(some)
            missed = [variables for variables in self.failing if not some & variables]
            if missed:
                if not room or not _packed(missed, room):
                    continue
                sets = missed
            else:
                spans, sets = self.free(some)
                if spans is not None:
                    answers[some] = spans
                    continue
                if not room:
                    continue
            branch = frozenset.intersection(*sets) if room == 1 else min(sets, key=len)
            for v in branch:
                more = some | {v}
                if more not in seen:
                    seen.add(more)
                    stack.append(more)
        return answers, True


def _located(
    system: System, failing: Sequence[int], until: float, beside: Beside | None
) -> tuple[list[tuple[Culprit, ...]], bool]:
    """The smallest sets of figures that explain the failing laws, likeliest first, and whether these are all."""
    search = _Search(system, failing, until)
    for size in range(1, MOST + 1):
        found, complete = search.of(size)
        if found:
            answers = [
                tuple(_culprit(system, v, spans, beside) for v in spans) for spans in found.values()
            ]
            answers.sort(key=_likely, reverse=True)
            return answers, complete
        if not complete:
            break
    return [], False


def _replaced(law: Law, way: Way) -> Law:
    """The law over the figures as they must have been."""

    def now(quantity: Quantity) -> Quantity:
        printed = way.get(quantity.key)
        return replace(quantity, printed=printed) if printed is not None else quantity

    terms, base = (tuple((now(q), sign) for q, sign in some) for some in (law.terms, law.base))
    return replace(law, terms=terms, base=base, rate=now(law.rate) if law.rate is not None else None)


def _moved(system: System, part: Sequence[int], ways: Ways) -> list[tuple[Culprit, ...]]:
    """The ways in which figures slipped together that let every law hold that speaks of them, and those of the part."""
    tried: list[Way] = []
    answers = []
    for v in sorted({v for n in part for v in system.equation(n).variables}):
        for way in ways(system.quantities[v]):
            if way in tried:
                continue
            tried.append(way)
            known = [system.number[key] for key in way if key in system.number]
            touched = sorted({n for v in known for n in system.by_variable[v]} | set(part))
            again = System.of([_replaced(system.laws[n], way) for n in touched])
            spans: dict[int, Span] | None = {}
            failing = again.judge()
            if failing:
                open_ = [again.number[key] for key, printed in way.items() if printed is None and key in again.number]
                spoken = all(set(open_) & set(again.equation(n).variables) for n in failing)
                spans = again.free(open_)[0] if open_ and spoken else None
            if spans is None:
                continue
            answer = []
            for v in known:
                quantity = system.quantities[v]
                printed = way[quantity.key]
                if printed is not None and printed.value != quantity.printed.value:
                    answer.append(Culprit(quantity, printed.value, printed.value, MOVED, printed.value))
                elif printed is None and again.number[quantity.key] in spans:
                    low, high = (shown(quantity, x) for x in spans[again.number[quantity.key]])
                    if not low <= quantity.printed.value <= high:
                        answer.append(Culprit(quantity, low, high, MOVED, low if low == high else None))
            answers.append(tuple(answer))
    return answers


def _sure(answers: Sequence[tuple[Culprit, ...]]) -> tuple[Culprit, ...]:
    """The figures of the first set that nearly all the likelihood agrees on; where it does not agree on the value of
    one, with the range of its values."""
    weights = [_likely(a) for a in answers]
    whole = sum(weights)
    out = []
    for culprit in answers[0] if answers else ():
        same = [(c, w) for a, w in zip(answers, weights) for c in a if c.quantity.key == culprit.quantity.key]
        if sum(w for _, w in same) < SURE * whole:
            continue
        if sum(w for c, w in same if (c.low, c.high, c.value) == (culprit.low, culprit.high, culprit.value)) < SURE * whole:
            low, high = min(c.low for c, _ in same), max(c.high for c, _ in same)
            culprit = replace(culprit, low=low, high=high, slip="", value=None)
        out.append(culprit)
    return tuple(out)


def _keys(answer: Sequence[Culprit]) -> set[Hashable]:
    return {c.quantity.key for c in answer}


def _merged(locations: list[Location]) -> list[Location]:
    """Parts whose only lightest sets share a figure are one part: they were kept apart by a law that happens to hold."""
    out: list[Location] = []
    for location in locations:
        same = next(
            (o for o in out if o.decidable and location.decidable and _keys(o.answers[0]) & _keys(location.answers[0])), None
        )  # fmt: skip
        if same is None:
            out.append(location)
            continue
        first = same.answers[0]
        more = tuple(c for c in location.answers[0] if c.quantity.key not in _keys(first))
        laws = same.laws + tuple(law for law in location.laws if law not in same.laws)
        joined = (*first, *more)
        out[out.index(same)] = Location(laws, (joined,), joined, same.complete and location.complete)
    return out


def locate(
    laws: Sequence[Law], seconds: float = 0.3, beside: Beside | None = None, ways: Ways | None = None
) -> list[Location]:
    """The contradictions among the laws, part by part, with the figures that explain each.

    ``seconds`` of this thread's time bound the search over all parts; single
    figures are always looked at; a part that is not solved in time has no
    answers, or is not ``complete``. ``beside`` gives the figures printed
    beside one, which may have been copied, each with how telling it is that
    the two are equal (1; little for a total of one part). ``ways`` gives what
    a figure and those around it may have been where they slipped together (a
    row shifted by a column, two rows exchanged): they are tried where no two
    figures explain a part, and named where just one such slip does.
    """
    until = time.thread_time() + seconds
    system = System.of(laws)
    parts = sorted(_parts(system, system.judge()), key=len)
    out: list[Location] = []
    for n, part in enumerate(parts):
        now = time.thread_time()
        share = now + (until - now) / (len(parts) - n) * (1 if n + 1 == len(parts) else 1.5)
        answers, complete = _located(system, part, min(until, share), beside)
        sure = _sure(answers) if complete else ()
        if ways is not None and (not complete or len(answers[0]) >= _MANY):
            moved = _moved(system, part, ways)
            if len(moved) == 1:
                answers, sure, complete = moved, moved[0], True
        out.append(Location(tuple(laws[m] for m in part), tuple(answers), sure, complete))
    return _merged(out)
