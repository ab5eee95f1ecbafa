"""Sums over printed figures in integers: what every printed digit allows, and whether the sums can hold."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

from mingzhang.disclosure import Printed
from mingzhang.figures.interval import scale


@dataclass(frozen=True, slots=True)
class Quantity:
    """A printed figure that may be wrong: ``key`` tells it from all others, ``unit`` is that of its statement."""

    key: Hashable
    printed: Printed
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Law:
    """The signed terms sum to nothing, as far as the printed digits tell."""

    id: str
    terms: tuple[tuple[Quantity, int], ...]


@dataclass(slots=True)
class Equation:
    """A law over variables by number: coefficients in the common unit, the allowance for rounding, the sum as printed."""

    coefficients: dict[int, int]
    allowance: int
    residue: int

    @property
    def holds(self) -> bool:
        return abs(self.residue) <= self.allowance


@dataclass(slots=True)
class System:
    """All laws of a document in integers. A variable counts in units of its last printed digit."""

    quantities: list[Quantity]
    values: list[int]
    equations: list[Equation]
    by_variable: list[list[int]]

    @classmethod
    def of(cls, laws: Sequence[Law]) -> "System":
        number: dict[Hashable, int] = {}
        quantities: list[Quantity] = []
        for law in laws:
            for quantity, _ in law.terms:
                if quantity.key not in number:
                    number[quantity.key] = len(quantities)
                    quantities.append(quantity)
        steps = [scale(q.unit).scaleb(-q.printed.decimals) for q in quantities]
        places = max((-int(s.normalize().as_tuple().exponent) for s in steps), default=0)
        ones = [int(s.scaleb(max(places, 0) + 1)) for s in steps]
        values = [int(q.printed.value.scaleb(q.printed.decimals)) for q in quantities]
        equations: list[Equation] = []
        by_variable: list[list[int]] = [[] for _ in quantities]
        for law in laws:
            coefficients: dict[int, int] = {}
            allowance = 0
            for quantity, sign in law.terms:
                at = number[quantity.key]
                coefficients[at] = coefficients.get(at, 0) + sign * ones[at]
                exact = not quantity.printed.value and not quantity.printed.decimals
                allowance += 0 if exact else ones[at] // 2
            coefficients = {v: c for v, c in coefficients.items() if c}
            for v in coefficients:
                by_variable[v].append(len(equations))
            equations.append(Equation(coefficients, allowance, sum(c * values[v] for v, c in coefficients.items())))
        return cls(quantities, values, equations, by_variable)

    def free(self, some: Sequence[int]) -> dict[int, tuple[int, int]] | None:
        """For figures that may take any value: the range of each that lets every law hold, or None where none does.

        Exact for one figure; for more the ranges are those of a solution in integers that was found.
        """
        rows: dict[tuple[int, ...], tuple[int, int]] = {}
        for e in {n for v in some for n in self.by_variable[v]}:
            equation = self.equations[e]
            vector = tuple(equation.coefficients.get(v, 0) for v in some)
            fixed = equation.residue - sum(c * self.values[v] for v, c in zip(some, vector, strict=True))
            low, high = -equation.allowance - fixed, equation.allowance - fixed
            first = next(c for c in vector if c)
            if first < 0:
                vector, low, high = tuple(-c for c in vector), -high, -low
            before = rows.get(vector)
            rows[vector] = (max(low, before[0]), min(high, before[1])) if before else (low, high)
            if rows[vector][0] > rows[vector][1]:
                return None
        return _solve(list(rows.items()), list(some))


def _floor(a: int, b: int) -> int:
    return a // b


def _ceil(a: int, b: int) -> int:
    return -((-a) // b)


def _range(rows: list[tuple[tuple[int, ...], tuple[int, int]]], at: int) -> tuple[int, int] | None:
    """The integers that the rows which speak of one variable alone leave it."""
    low, high = -(10**30), 10**30
    for vector, (bottom, top) in rows:
        c = vector[at]
        if c and not any(x for n, x in enumerate(vector) if n != at):
            a, b = (bottom, top) if c > 0 else (-top, -bottom)
            low, high = max(low, _ceil(a, abs(c))), min(high, _floor(b, abs(c)))
    return (low, high) if low <= high else None


def _solve(rows: list[tuple[tuple[int, ...], tuple[int, int]]], some: list[int]) -> dict[int, tuple[int, int]] | None:
    """Eliminate the last variable, solve the rest, put it back (Fourier and Motzkin, over few variables)."""
    if len(some) == 1:
        only = _range(rows, 0)
        return {some[0]: only} if only else None
    last = len(some) - 1
    kept = [(v[:last], span) for v, span in rows if not v[last]]
    with_last = [(v, span) for v, span in rows if v[last]]
    for (one, (low1, high1)), (two, (low2, high2)) in combinations(with_last, 2):
        a, b = two[last], -one[last]
        mixed = tuple(a * x + b * y for x, y in zip(one[:last], two[:last], strict=True))
        low = (a * low1 if a > 0 else a * high1) + (b * low2 if b > 0 else b * high2)
        high = (a * high1 if a > 0 else a * low1) + (b * high2 if b > 0 else b * low2)
        if any(mixed):
            kept.append((mixed, (low, high)))
        elif not low <= 0 <= high:
            return None
    if any(not any(v) for v, _ in kept):
        return None
    found = _solve(kept, some[:last])
    if found is None:
        return None
    middle = {v: (low + high) // 2 for v, (low, high) in found.items()}
    low, high = -(10**30), 10**30
    for vector, (bottom, top) in with_last:
        rest = sum(c * middle[v] for c, v in zip(vector[:last], some[:last], strict=True))
        c = vector[last]
        a, b = (bottom - rest, top - rest) if c > 0 else (rest - top, rest - bottom)
        low, high = max(low, _ceil(a, abs(c))), min(high, _floor(b, abs(c)))
    if low > high:
        return None
    return {**{v: (m, m) for v, m in middle.items()}, some[last]: (low, high)}


def shown(quantity: Quantity, units: int) -> Decimal:
    """A number of last printed digits as the value it stands for, in the unit of the figure."""
    return Decimal(units).scaleb(-quantity.printed.decimals)
