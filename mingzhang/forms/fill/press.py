"""From amounts to printed figures: how they, zeros and numbering are written."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from mingzhang.disclosure import Cell, Printed

_DIGITS = "零一二三四五六七八九"


@dataclass(frozen=True, slots=True)
class Press:
    """How amounts are printed: ``decimals``, thousands separators, and whether a zero is printed or left blank."""

    decimals: int = 2
    grouped: bool = True
    zeros: bool = False

    def figure(self, amount: int, grouped: bool | None = None) -> Printed:
        """The printed figure of an amount in units of the last digit."""
        value = Decimal(amount).scaleb(-self.decimals)
        comma = self.grouped if grouped is None else grouped
        return Printed(f"{value:,.{self.decimals}f}" if comma else f"{value:.{self.decimals}f}", value, self.decimals)

    def cells(self, amounts: Mapping[str, int | None]) -> tuple[Cell, ...]:
        """A cell for every amount that is printed. None is nothing at all; an amount that is something may print as 0.00."""
        shown = {c: a for c, a in amounts.items() if a is not None or self.zeros}
        return tuple(Cell(c, self.figure(a or 0)) for c, a in shown.items())


def chinese(number: int) -> str:
    """1 to 999 in characters: 一, 十二, 三十, 一百零五, 一百一十."""
    hundreds, rest = divmod(number, 100)
    if hundreds:
        under = "零" * (0 < rest < 10) + "一" * (10 <= rest < 20) + (chinese(rest) if rest else "")
        return _DIGITS[hundreds] + "百" + under
    tens, ones = divmod(number, 10)
    if not tens:
        return _DIGITS[ones]
    return ("" if tens == 1 else _DIGITS[tens]) + "十" + (_DIGITS[ones] if ones else "")
