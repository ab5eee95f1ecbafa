"""Slips of the pen: which figures a printed one may stand for, by what slip, and how often such a slip happens.

The shares are rough; what counts is their order of magnitude: one of the five ways to swap two neighbouring digits is a
thousand times likelier than one particular other figure of the same length.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from mingzhang.disclosure import Printed

SHARES = {
    "swapped": 0.2, "digit": 0.2, "dropped": 0.1, "doubled": 0.1, "point": 0.08, "unit": 0.06, "sign": 0.02,
    "cut": 0.06, "copied": 0.1, "other": 0.08,
}  # fmt: skip
"""Of all wrong figures, the share that each slip makes."""
_NEGATIVE = 0.001


def _digits(printed: Printed) -> str:
    """The digits without sign and point, one before the point at least."""
    return printed.plain.lstrip("-").replace(".", "")


def _swapped(digits: str) -> Iterator[str]:
    for n in range(len(digits) - 1):
        if digits[n] != digits[n + 1]:
            yield digits[:n] + digits[n + 1] + digits[n] + digits[n + 2 :]


def _changed(digits: str) -> Iterator[str]:
    for n in range(len(digits)):
        yield from (digits[:n] + d + digits[n + 1 :] for d in "0123456789" if d != digits[n])


def _shorter(digits: str) -> Iterator[str]:
    """A digit too many: each left out in turn; of two equal neighbours the second."""
    for n in range(len(digits)):
        if n + 1 == len(digits) or digits[n] != digits[n + 1]:
            yield digits[:n] + digits[n + 1 :]


def _longer(digits: str) -> Iterator[str]:
    """A digit too few: each digit put in at each place; beside its equal only once."""
    for n in range(len(digits) + 1):
        yield from (digits[:n] + d + digits[n:] for d in "0123456789" if not (n and digits[n - 1] == d))


def sources(printed: Printed) -> Iterator[tuple[Decimal, str, float]]:
    """(the value that should be printed, the slip, its likelihood) for every slip that would print this figure.

    The value is in the unit of the figure. Slips: two neighbouring digits ``swapped``, one ``digit`` wrong, one
    ``dropped`` or ``doubled`` (or too many), the ``sign``, ``cut`` off instead of rounded. (The ``point`` moved, or the
    ``unit``, 元 for 万元, may lose digits; ``explained`` knows them too.)
    """
    digits, places = _digits(printed), printed.decimals
    sign = -1 if printed.value < 0 else 1
    many = len(digits)

    def value(text: str) -> Decimal:
        return sign * Decimal(int(text)).scaleb(-places)

    def natural(text: str) -> bool:
        """Whether nobody would print a leading zero away."""
        return len(text) > places and (text[0] != "0" or len(text) == places + 1)

    for text in filter(natural, _swapped(digits)):
        yield value(text), "swapped", SHARES["swapped"] / max(1, many - 1)
    for text in filter(natural, _changed(digits)):
        yield value(text), "digit", SHARES["digit"] / (9 * many)
    whole, fraction = digits[: many - places], digits[many - places :]
    for text in filter(natural, (head + fraction for head in _longer(whole))):
        yield value(text), "dropped", SHARES["dropped"] / (many + 1)
    for text in filter(natural, (head + fraction for head in _shorter(whole) if head)):
        yield value(text), "doubled", SHARES["doubled"] / max(1, many)
    # A fraction of one digit or of three has lost or won one.
    if places == 1:
        for tail in _longer(fraction):
            yield value(whole + tail).scaleb(-1), "dropped", SHARES["dropped"] / (many + 1)
    if places == 3:
        for tail in _shorter(fraction):
            yield value(whole + tail).scaleb(1), "doubled", SHARES["doubled"] / many
    if printed.value:
        yield -printed.value, "sign", SHARES["sign"]
    yield printed.value + sign * Decimal(1).scaleb(-places), "cut", SHARES["cut"]


_POINTS = ((1, 0.3), (-1, 0.3), (2, 0.15), (-2, 0.15), (3, 0.05), (-3, 0.05))
_UNITS = ((4, 0.5), (-4, 0.5))


def _moved(printed: Printed, low: Decimal, high: Decimal, step: Decimal, money: bool) -> Iterator[tuple[Decimal, str, float]]:
    """The values of the range that this figure stands for with its point moved; digits may be lost on the way."""
    every = [("point", power, share) for power, share in _POINTS]
    every += [("unit", power, share) for power, share in _UNITS] if money else []
    for name, power, share in every if printed.value else ():
        value = printed.value.scaleb(power)
        if abs(value) < step:
            continue
        if low <= value <= high:
            yield value, name, SHARES[name] * share
        elif power > 0 and value - (lost := printed.half.scaleb(power)) <= high and low <= value + lost:
            yield (low if low > value else high), name, SHARES[name] * share


def explained(
    printed: Printed,
    low: Decimal,
    high: Decimal,
    step: Decimal,
    money: bool = True,
    beside: Sequence[tuple[Decimal, float]] = (),
) -> tuple[float, str, Decimal | None]:
    """How likely the figure is printed where a value from ``low`` to ``high`` belongs; the best slip and its value.

    ``step`` is one of the value's last digits; ``beside`` are the figures printed beside it, which may have been
    copied, with how telling it is that they are equal. Without a slip that explains it the slip is empty.
    """
    likely, best, slip, should = 0.0, 0.0, "", None
    fitting = [x for x in sources(printed) if low <= x[0] <= high and x[0] != printed.value]
    for value, name, chance in (*fitting, *_moved(printed, low, high, step, money)):
        likely += chance
        if chance > best:
            best, slip, should = chance, name, value
    if printed.value and not low <= printed.value <= high:
        chance = sum(telling for value, telling in beside if value == printed.value) * SHARES["copied"] / max(1, len(beside))
        likely += chance
        if chance > best:
            best, slip, should = chance, "copied", None
    # Any other figure of about the length: one of so many. Amounts below nothing are rare.
    many = max(100, 2 * int(max(abs(printed.value), min(abs(low), abs(high))) / step))
    width = min(many, int((high - low) / step) + 1)
    other = SHARES["other"] * width / many
    if high < 0 <= printed.value:
        other *= _NEGATIVE
    return likely + other, slip, should


def kind(printed: Printed, value: Decimal) -> str:
    """What slip turns ``value`` (in the unit of the figure) into what is printed, or an empty string."""
    return explained(printed, value, value, Decimal(1).scaleb(-printed.decimals))[1]
