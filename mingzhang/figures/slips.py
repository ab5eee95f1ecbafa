"""Slips of the pen: how a figure that should be one value comes to be printed as another."""

from collections.abc import Iterator
from decimal import Decimal

from mingzhang.disclosure import Printed


def _swapped(digits: str) -> Iterator[str]:
    for n in range(len(digits) - 1):
        if digits[n] != digits[n + 1]:
            yield digits[:n] + digits[n + 1] + digits[n] + digits[n + 2 :]


def _doubled(digits: str) -> Iterator[str]:
    """A digit too many: each digit left out in turn."""
    for n in range(len(digits)):
        yield digits[:n] + digits[n + 1 :]


def kind(printed: Printed, value: Decimal) -> str:
    """What slip turns ``value`` (in the unit of the figure) into what is printed, or an empty string.

    ``swapped`` digits, one ``digit`` wrong, a digit ``dropped`` or ``doubled``, the decimal ``point`` moved, the
    ``sign``, ``unit`` (元 for 万元), or ``cut`` off instead of rounded.
    """
    seen, should = printed.plain, f"{value:.{printed.decimals}f}"
    if seen == should:
        return ""
    if seen.lstrip("-") == should.lstrip("-"):
        return "sign"
    if seen.startswith("-") != should.startswith("-"):
        return ""
    a, b = seen.replace(".", "").lstrip("-").lstrip("0"), should.replace(".", "").lstrip("-").lstrip("0")
    if a and b and a.rstrip("0") == b.rstrip("0"):
        shift = abs(len(a) - len(b))
        return "unit" if shift == 4 else "point" if shift else ""
    if len(a) == len(b):
        if sum(x != y for x, y in zip(a, b, strict=True)) == 1:
            return "cut" if abs(printed.value - value) == Decimal(1).scaleb(-printed.decimals) else "digit"
        return "swapped" if b in set(_swapped(a)) else ""
    if len(a) == len(b) + 1:
        return "doubled" if b in set(_doubled(a)) else ""
    if len(b) == len(a) + 1:
        return "dropped" if a in set(_doubled(b)) else ""
    return ""
