"""From amounts to printed rows: how figures, zeros and labels are written."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from mingzhang.disclosure import Cell, Printed, Row
from mingzhang.forms.fill import Entry
from mingzhang.forms.random.ledger import Test, sums

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

    def cells(self, amounts: Mapping[str, int]) -> tuple[Cell, ...]:
        """A cell for every amount that is printed."""
        return tuple(Cell(c, self.figure(a)) for c, a in amounts.items() if a or self.zeros)

    def row(
        self, label: str, amounts: Mapping[str, int], code: str = "", side: str = "", block: str = "", lead: str = ""
    ) -> Row:
        return Row(code, label, side, block, lead + label, None, self.cells(amounts))


def chinese(number: int) -> str:
    """1 to 99 in characters: 一, 十二, 三十."""
    tens, ones = divmod(number, 10)
    if not tens:
        return _DIGITS[ones]
    return ("" if tens == 1 else _DIGITS[tens]) + "十" + (_DIGITS[ones] if ones else "")


def by_item(entry: Entry) -> str:
    return entry.item


def by_economic(entry: Entry) -> str:
    return entry.economic


def classified(
    entries: Iterable[Entry],
    columns: Mapping[str, Test],
    press: Press,
    names: Mapping[str, str],
    key: Callable[[Entry], str] = by_item,
    cuts: tuple[int, ...] = (3, 5, 7),
    total: bool = True,
) -> tuple[Row, ...]:
    """The total row, then a row for every code at each of the ``cuts`` (code lengths) that has an amount."""
    every = tuple(entries)
    rows = [press.row("合计", sums(every, columns))] if total else []
    codes = sorted({key(e)[:cut] for e in every for cut in cuts if key(e)})
    for code in codes:
        amounts = sums((e for e in every if key(e).startswith(code)), columns)
        if any(amounts.values()):
            rows.append(press.row(names[code], amounts, code))
    return tuple(rows)
