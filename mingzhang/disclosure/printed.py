"""A figure as it is printed: its value, its digits, and the interval that the digits stand for."""

import re
from dataclasses import dataclass
from decimal import Decimal

_NUMBER = re.compile(r"[-−－]?\d+(?:\.\d+)?\Z")
_GROUPED = re.compile(r"[-−－]?\d{1,3}(?:[,，]\d{3})+(?:[.．]\d+)?\Z")
_WIDE = str.maketrans("０１２３４５６７８９．，－−", "0123456789.,--")


class NotANumber(ValueError):
    """The text is not a printed number."""


@dataclass(frozen=True, slots=True)
class Printed:
    """A printed figure: ``text`` as printed, its ``value``, and the number of printed ``decimals``.

    1,234.56 stands for every value from 1234.555 to 1234.565.
    """

    text: str
    value: Decimal
    decimals: int

    @classmethod
    def parse(cls, text: str) -> "Printed":
        """Read ``1,234.56``, ``-3.5``, ``（3.5）`` is not read. Raises NotANumber for anything else."""
        plain = text.strip().translate(_WIDE)
        if not (_NUMBER.match(plain) or _GROUPED.match(plain)):
            raise NotANumber(text)
        plain = plain.replace(",", "")
        _, _, fraction = plain.partition(".")
        return cls(text.strip(), Decimal(plain), len(fraction))

    @property
    def plain(self) -> str:
        """The printed digits without thousands separators: ``1234.56``, ``0.00``."""
        return f"{self.value:.{self.decimals}f}"

    @property
    def half(self) -> Decimal:
        """Half a unit of the last printed digit."""
        return Decimal(5).scaleb(-self.decimals - 1)

    @property
    def low(self) -> Decimal:
        return self.value - self.half

    @property
    def high(self) -> Decimal:
        return self.value + self.half

    def __str__(self) -> str:
        return self.text
