"""What is wrong with a row, or worth saying of the file: where, the value, the reason (``data/faults.toml``)."""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from types import MappingProxyType

_NOTHING: Mapping[str, object] = MappingProxyType({})
_SHOWN, _ROWS = 60, 6
ALL = "*"
"""The sheet of what concerns the whole file."""


@cache
def _words() -> Mapping[str, Mapping[str, str]]:
    text = (resources.files("mingzhang.books.intake") / "data" / "faults.toml").read_text("utf-8")
    return tomllib.loads(text)


def said(reason: str, lang: str, figures: Mapping[str, object]) -> str:
    """The words of a reason with its figures."""
    return _words()[reason]["zh" if lang == "zh" else "en"].format(**figures)


def reasons() -> Iterable[str]:
    """Every reason that ``data/faults.toml`` has words for."""
    return _words()


def short(value: str) -> str:
    """A value as it is quoted: on one line, cut where it is long."""
    plain = "".join(c if c.isprintable() else " " for c in " ".join(value.split()))
    return plain if len(plain) <= _SHOWN else plain[: _SHOWN - 1] + "…"


def _rows(rows: Sequence[int], lang: str) -> str:
    """Numbers of rows, of many the first ones and how many there are."""
    told = ("、" if lang == "zh" else ", ").join(map(str, rows[:_ROWS]))
    if len(rows) <= _ROWS:
        return told
    return f"{told} 等 {len(rows)}" if lang == "zh" else f"{told} … ({len(rows)})"


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong. ``row`` counts as the spreadsheet does, from 1 (0: the sheet as a whole); ``column`` is the
    header word. ``told`` are the words of a refusal of the ledger, (zh, en), where the reason is one."""

    sheet: str
    row: int
    column: str
    value: str
    reason: str
    figures: Mapping[str, object] = field(default_factory=lambda: _NOTHING)
    told: tuple[str, str] | None = None

    def why(self, lang: str = "zh") -> str:
        """The reason alone."""
        if self.told is not None:
            return self.told[lang != "zh"]
        return said(self.reason, lang, {"value": short(self.value), "column": self.column, **self.figures})

    def words(self, lang: str = "zh", rows: Sequence[int] = ()) -> str:
        """Where and why, as a clerk reads it; of several ``rows`` where the same is wrong with each."""
        numbers = _rows(rows or (self.row,), lang)
        if lang == "zh":
            if self.sheet == ALL:
                return self.why(lang)
            where = (
                f"“{self.sheet}”"
                + (f"第 {numbers} 行" if self.row else "")
                + (f"“{self.column}”" if self.column else "")
            )
            return f"{where}：{self.why(lang)}"
        if self.sheet == ALL:
            return self.why(lang)
        where = (
            self.sheet
            + (f" row{'s' * (len(rows) > 1)} {numbers}" if self.row else "")
            + (f", {self.column}" if self.column else "")
        )
        return f"{where}: {self.why(lang)}"


class Rejected(Exception):
    """Nothing was imported. ``faults`` are all reasons in the order of the sheets and rows."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(f.words() for f in self.faults[:20]))
