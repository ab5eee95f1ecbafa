"""A printed target or actual: its comparator, its number or range, its unit; or only its words."""

import re
import tomllib
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from importlib import resources

from mingzhang.disclosure import Printed

_WORDS = tomllib.loads((resources.files("mingzhang.schemes") / "words.toml").read_text("utf-8"))
_BEFORE = {word: sign for sign, words in _WORDS["before"].items() for word in words}
_AFTER = {word: sign for sign, words in _WORDS["after"].items() for word in words}
_MULTIPLES = {word: Decimal(value) for word, value in _WORDS["multiples"].items()}
_ALIKE = {unit: group[0] for group in _WORDS["alike"] for unit in group}


def _any(words: list[str] | dict[str, str] | dict[str, Decimal]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


_NUMBER = r"[-−－]?\d[\d,，]*(?:\.\d+)?"
_UNIT = r"[^\d，。；,;：:（()）≥≤<>=\s]{0,12}?"
_MOST = 15
"""Digits of a measure; no target or actual has more."""
_VALUE = re.compile(
    rf"(?P<before>{_any(_BEFORE)})?(?P<number>{_NUMBER})(?P<unit>{_UNIT})"
    rf"(?:(?:{_any(_WORDS['range'])})(?P<high>{_NUMBER})(?P<unit2>{_UNIT}))?(?P<after>{_any(_AFTER)})?"
)


@dataclass(frozen=True, slots=True)
class Measured:
    """``≥5000人次`` is sign ≥, value 5000, unit 人次; ``36.78万元`` is 367800 元, printed as 36.78 with factor 10000.

    ``sign`` is ≥ ≤ = > <, empty for a plain number, ``…`` for a range from
    ``value`` to ``high``. Words without a leading number keep only ``text``.
    """

    text: str
    sign: str = ""
    value: Decimal | None = None
    high: Decimal | None = None
    unit: str = ""
    printed: Printed | None = None
    factor: Decimal = Decimal(1)

    def meets(self, actual: Decimal) -> bool:
        """Whether an actual of the same unit satisfies the comparator (a plain number: at least it)."""
        assert self.value is not None
        if self.high is not None:
            return self.value <= actual <= self.high
        return {
            "≤": actual <= self.value, "<": actual < self.value, ">": actual > self.value, "=": actual == self.value,
        }.get(self.sign, actual >= self.value)  # fmt: skip

    def comparable(self, other: "Measured") -> bool:
        """Whether both are numbers of one unit; a count without a unit goes with any unit but %."""
        if self.value is None or other.value is None:
            return False
        one, two = _ALIKE.get(self.unit, self.unit), _ALIKE.get(other.unit, other.unit)
        return one == two or (not (one and two) and "%" not in (one, two))

    def shown(self, value: Decimal) -> str:
        """Another value written as this one is: its sign, digits, multiple and unit."""
        assert self.printed is not None
        plain = value / self.factor
        digits = max(self.printed.decimals, min(4, max(0, -int(plain.normalize().as_tuple().exponent))))
        multiple = next((word for word, times in _MULTIPLES.items() if times == self.factor), "")
        return f"{self.sign if self.sign != '…' else ''}{plain:.{digits}f}{multiple}{self.unit}"


@lru_cache(maxsize=8000)
def measured(text: str) -> Measured:
    """What a printed target or actual says."""
    plain = "".join(text.split()).replace("％", "%")
    hit = _VALUE.fullmatch(plain)
    if hit is None or re.fullmatch(_WORDS["dates"], plain):
        return Measured(plain)
    unit = hit["unit2"] if hit["unit2"] else hit["unit"]
    multiple = next((word for word in _MULTIPLES if unit.startswith(word)), "")
    factor = _MULTIPLES.get(multiple, Decimal(1))
    printed = Printed.parse(re.sub("[,，]", "", hit["number"]))
    if len(hit["number"]) > _MOST or len(hit["high"] or "") > _MOST:
        return Measured(plain)
    low = printed.value * factor
    sign = _BEFORE.get(hit["before"] or "", "") or _AFTER.get(hit["after"] or "", "")
    high = Printed.parse(re.sub("[,，]", "", hit["high"])).value * factor if hit["high"] else None
    if high is not None:
        if high < low or sign:
            return Measured(plain)
        sign = "…"
    return Measured(plain, sign, low, high, unit.removeprefix(multiple), printed, factor)
