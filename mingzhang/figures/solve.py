"""Few unknowns between integer bounds: their ranges, or which bounds contradict each other (Fourier and Motzkin)."""

from dataclasses import dataclass
from itertools import combinations
from math import gcd

Span = tuple[int, int]
FAR = 10**39
_PAIRS = 7


@dataclass(frozen=True, slots=True)
class Bound:
    """``low`` ≤ vector · unknowns ≤ ``high``; ``laws`` is the set of laws it comes from, as bits."""

    vector: tuple[int, ...]
    low: int
    high: int
    laws: int


@dataclass(slots=True)
class _Both:
    """The tightest bounds on one combination of the unknowns, and the laws behind each."""

    low: int
    high: int
    low_laws: int
    high_laws: int


_Rows = dict[tuple[int, ...], _Both]


def _bits(laws: int) -> frozenset[int]:
    out = []
    n = 0
    while laws:
        zeros = (laws & -laws).bit_length() - 1
        laws >>= zeros
        n += zeros
        out.append(n)
        laws >>= 1
        n += 1
    return frozenset(out)


def _add(rows: _Rows, vector: tuple[int, ...], low: int, high: int, low_laws: int, high_laws: int) -> int:
    """Take a bound in; the laws that contradict each other now, or 0."""
    divisor = gcd(*vector)
    if not divisor:
        if low > 0:
            return low_laws
        return high_laws if high < 0 else 0
    if next(c for c in vector if c) < 0:
        vector, low, high = tuple(-c for c in vector), -high, -low
        low_laws, high_laws = high_laws, low_laws
    if divisor > 1:
        vector = tuple(c // divisor for c in vector)
        low = -((-low) // divisor) if low > -FAR else low
        high = high // divisor if high < FAR else high
    seen = rows.get(vector)
    if seen is None:
        rows[vector] = seen = _Both(low, high, low_laws, high_laws)
    else:
        if low > seen.low:
            seen.low, seen.low_laws = low, low_laws
        if high < seen.high:
            seen.high, seen.high_laws = high, high_laws
    return seen.low_laws | seen.high_laws if seen.low > seen.high else 0


def _times(low: int, high: int, by: int) -> tuple[int, int]:
    if by < 0:
        low, high = high, low
    one = by * low if -FAR < low < FAR else (-FAR if (low <= -FAR) == (by > 0) else FAR)
    two = by * high if -FAR < high < FAR else (FAR if (high >= FAR) == (by > 0) else -FAR)
    return one, two


def _eliminated(rows: _Rows, at: int) -> tuple[_Rows, int]:
    """The bounds on the other unknowns (that one's place is 0), or the laws that contradict each other."""
    out: _Rows = {}
    speaking = []
    for vector, both in rows.items():
        if vector[at]:
            speaking.append((vector, both))
        else:
            out[vector] = both
    if len(speaking) > _PAIRS:
        # Against the tightest one only: what is lost is found when the ranges are put in.
        speaking.sort(key=lambda r: (r[1].high - r[1].low) // abs(r[0][at]))
        pairs = [(speaking[0], other) for other in speaking[1:]]
    else:
        pairs = list(combinations(speaking, 2))
    for (one, a), (two, b) in pairs:
        m, n = two[at], -one[at]
        low1, high1 = _times(a.low, a.high, m)
        low2, high2 = _times(b.low, b.high, n)
        vector = tuple(m * x + n * y for x, y in zip(one, two, strict=True))
        low = -FAR if low1 <= -FAR or low2 <= -FAR else low1 + low2
        high = FAR if high1 >= FAR or high2 >= FAR else high1 + high2
        low_laws = (a.low_laws if m > 0 else a.high_laws) | (b.low_laws if n > 0 else b.high_laws)
        high_laws = (a.high_laws if m > 0 else a.low_laws) | (b.high_laws if n > 0 else b.low_laws)
        wrong = _add(out, vector, low, high, low_laws, high_laws)
        if wrong:
            return out, wrong
    return out, 0


def _range(rows: _Rows, at: int, size: int) -> tuple[Span | None, int]:
    """What the bounds leave one unknown, or the laws that leave it nothing."""
    for other in range(size):
        if other != at:
            rows, wrong = _eliminated(rows, other)
            if wrong:
                return None, wrong
    only = rows.get(tuple(int(n == at) for n in range(size)))
    return ((only.low, only.high), 0) if only else ((-FAR, FAR), 0)


def _fixed(rows: _Rows, at: int, value: int) -> _Rows | None:
    out: _Rows = {}
    for vector, both in rows.items():
        c = vector[at]
        rest = (*vector[:at], 0, *vector[at + 1 :])
        low = both.low - c * value if both.low > -FAR else both.low
        high = both.high - c * value if both.high < FAR else both.high
        if _add(out, rest, low, high, both.low_laws, both.high_laws) or low > high:
            return None
    return out


def _possible(rows: _Rows, spans: list[Span], at: int = 0) -> bool:
    """Whether there are integers within all bounds."""
    size = len(spans)
    if at == size:
        return True
    span, _ = _range(rows, at, size)
    if span is None or span[0] > span[1]:
        return False
    for value in dict.fromkeys(((span[0] + span[1]) // 2, span[0], span[1])):
        rest = _fixed(rows, at, value)
        if rest is not None and _possible(rest, spans, at + 1):
            return True
    return False


def solve(bounds: list[Bound], size: int) -> tuple[list[Span] | None, list[frozenset[int]]]:
    """The range of each of ``size`` unknowns, confirmed by integers within all bounds; or None and contradicting laws.

    Exact for one unknown. An unknown that no bound speaks of ranges from −10³⁹ to 10³⁹.
    """
    rows: _Rows = {}
    conflicts: set[int] = set()
    for bound in bounds:
        wrong = _add(rows, bound.vector, bound.low, bound.high, bound.laws, bound.laws)
        if wrong:
            conflicts.add(wrong)
    if size == 1 and conflicts:
        for one, two in combinations(bounds, 2):
            alone: _Rows = {}
            _add(alone, one.vector, one.low, one.high, one.laws, one.laws)
            wrong = _add(alone, two.vector, two.low, two.high, two.laws, two.laws)
            if wrong:
                conflicts.add(wrong)
    if conflicts:
        return None, [_bits(c) for c in conflicts]
    spans: list[Span] = []
    for at in range(size):
        span, wrong = _range(rows, at, size)
        if span is None:
            return None, [_bits(wrong)]
        spans.append(span)
    if size > 1 and not _possible(rows, spans):
        return None, [frozenset(n for b in bounds for n in _bits(b.laws))]
    return spans, []
