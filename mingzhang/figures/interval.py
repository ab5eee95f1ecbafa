"""A printed figure as the interval its digits stand for, and exact arithmetic on it."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from functools import lru_cache

from mingzhang.disclosure import Printed

_UNITS = {
    "元": Decimal(1),
    "千元": Decimal(1000),
    "万元": Decimal(10_000),
    "百万元": Decimal(1_000_000),
    "亿元": Decimal(100_000_000),
}
_RATES = frozenset({"%", "％", "‰"})
_ZERO = Decimal(0)


class Verdict(Enum):
    """What a comparison says: equal as printed, equal for some digits behind the printed ones, or never."""

    EXACT = "exact"
    ROUNDING = "within rounding"
    IMPOSSIBLE = "impossible"


def scale(unit: str) -> Decimal:
    """What one of ``unit`` is in 元; 1 for counts, percentages and unknown units."""
    return _UNITS.get(unit, Decimal(1))


@lru_cache(maxsize=200)
def _measure(unit: str, decimals: int) -> tuple[Decimal | None, Decimal]:
    """What one of a unit is in 元 (None where that is itself), and half of its last printed digit in 元."""
    factor = _UNITS.get(unit)
    if factor is None and unit and unit not in _RATES and not decimals:
        return None, _ZERO
    half = Decimal(5).scaleb(-decimals - 1)
    if factor is None or factor == 1:
        return None, half
    return factor, half * factor


@dataclass(frozen=True, slots=True)
class Interval:
    """The value as printed, and the lowest and highest value it may stand for. Money in 元, the rest as it is."""

    value: Decimal
    low: Decimal
    high: Decimal

    @classmethod
    def of(cls, printed: Printed, unit: str = "") -> "Interval":
        """What is printed, in 元 for money. A bare 0 is nothing at all, 0.00 less than half a unit of its last digit;
        a count without decimals is exact."""
        value, decimals = printed.value, printed.decimals
        if not decimals and not value:
            return NOTHING
        factor, half = _measure(unit, decimals)
        if factor is not None:
            value *= factor
        return cls(value, value - half, value + half) if half else cls(value, value, value)

    @classmethod
    def exact(cls, value: Decimal | int) -> "Interval":
        plain = Decimal(value)
        return cls(plain, plain, plain)

    def __add__(self, other: "Interval") -> "Interval":
        return Interval(self.value + other.value, self.low + other.low, self.high + other.high)

    def __sub__(self, other: "Interval") -> "Interval":
        return Interval(self.value - other.value, self.low - other.high, self.high - other.low)

    def __neg__(self) -> "Interval":
        return Interval(-self.value, -self.high, -self.low)

    def __mul__(self, other: "Interval") -> "Interval":
        ends = (self.low * other.low, self.low * other.high, self.high * other.low, self.high * other.high)
        return Interval(self.value * other.value, min(ends), max(ends))

    def __truediv__(self, other: "Interval") -> "Interval":
        """The ratio. Raises ZeroDivisionError where the divisor is, or may be, zero."""
        if not other.value or other.low <= _ZERO <= other.high:
            raise ZeroDivisionError("the divisor may be zero")
        ends = (self.low / other.low, self.low / other.high, self.high / other.low, self.high / other.high)
        return Interval(self.value / other.value, min(ends), max(ends))

    def __abs__(self) -> "Interval":
        if self.low >= 0:
            return self
        if self.high <= 0:
            return -self
        return Interval(abs(self.value), _ZERO, max(-self.low, self.high))

    def overlaps(self, other: "Interval") -> bool:
        return self.low <= other.high and other.low <= self.high


NOTHING = Interval(_ZERO, _ZERO, _ZERO)


def total(parts: Iterable[Interval]) -> Interval:
    """The sum; nothing at all for no parts."""
    value = low = high = _ZERO
    for part in parts:
        value += part.value
        low += part.low
        high += part.high
    return Interval(value, low, high)


def compare(left: Interval, right: Interval) -> Verdict:
    """Whether the two can be the same amount."""
    if left.value == right.value:
        return Verdict.EXACT
    return Verdict.ROUNDING if left.overlaps(right) else Verdict.IMPOSSIBLE
