"""Amounts as they are printed in the text: a value with its unit and digits, exact in every difference and rate."""

from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

NOTHING = Decimal(0)
_RATE_DIGITS = 2


def rounded(value: Decimal, decimals: int) -> Decimal:
    """Half up to ``decimals`` digits."""
    return value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


@dataclass(frozen=True, slots=True)
class Amount:
    """A printed amount, count or rate; ``last`` is last year's, ``budget`` the approved budget's, where known."""

    value: Decimal
    unit: str
    decimals: int
    last: "Amount | None" = None
    budget: "Amount | None" = None
    grouped: bool = False

    def __add__(self, other: "Amount") -> "Amount":
        return self._alone(self.value + other.value)

    def __sub__(self, other: "Amount") -> "Amount":
        return self._alone(self.value - other.value)

    def _alone(self, value: Decimal) -> "Amount":
        return replace(self, value=value, last=None, budget=None)

    def __bool__(self) -> bool:
        return self.value != 0

    def __str__(self) -> str:
        """The digits with their unit: ``1234.50万元``, ``12.35%``, ``3辆``."""
        comma = "," if self.grouped else ""
        return f"{self.value:{comma}.{self.decimals}f}{self.unit}"


def added(first: Amount | None, second: Amount | None, sign: int = 1) -> Amount | None:
    """The sum (or difference) with the same sum of last year and of the budget; unknown where a part is."""
    if first is None or second is None:
        return None
    total = first + second if sign > 0 else first - second
    return replace(total, last=added(first.last, second.last, sign), budget=added(first.budget, second.budget, sign))


def rate(part: Amount, whole: Amount) -> Amount | None:
    """``part`` as a percentage of ``whole``, two digits half up; None where the whole is nothing."""
    if not whole.value:
        return None
    return Amount(rounded(part.value * 100 / whole.value, _RATE_DIGITS), "%", _RATE_DIGITS)


def apportioned(parts: list[Decimal], total: Decimal, decimals: int) -> list[Decimal]:
    """Every part at its floor or ceiling in the last printed digit, so that they add to ``total`` (their rounded sum)."""
    step = Decimal(1).scaleb(-decimals)
    floors = [part // step * step for part in parts]
    short = int((total - sum(floors, NOTHING)) / step)
    most = sorted(range(len(parts)), key=lambda n: (floors[n] - parts[n], n))[:short]
    return [floor + step if n in most else floor for n, floor in enumerate(floors)]
