"""A performance table as figures: its money lines, weights and scores, targets and actuals."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from mingzhang.check.formula import Quoted
from mingzhang.disclosure import Evaluation, Indicator, NotANumber, Place, Printed

_VALUE = re.compile(
    r"(?P<sign>[≥≤><=＝＞＜]{0,2}|大于等于|小于等于|不低于|不少于|不高于|不超过|大于|小于|控制在)"
    r"(?P<number>-?\d[\d,]*(?:\.\d+)?)(?P<unit>.{0,12})"
)
_SIGNS = {
    ">=": "≥", "＞=": "≥", "＞＝": "≥", "≥": "≥", "大于等于": "≥", "不低于": "≥", "不少于": "≥",
    "<=": "≤", "＜=": "≤", "＜＝": "≤", "≤": "≤", "小于等于": "≤", "不高于": "≤", "不超过": "≤", "控制在": "≤",
    ">": ">", "＞": ">", "大于": ">", "<": "<", "＜": "<", "小于": "<", "=": "=", "＝": "=", "": "",
}  # fmt: skip
FUNDS = "资金"
MANAGEMENT = "资金管理情况"
POINTS = "总分"
TENTHS = ("万元", "元")


@dataclass(frozen=True, slots=True)
class Measured:
    """A target or an actual: its sign (≥ ≤ > < = or none), its figure and unit, or only its words."""

    text: str
    sign: str = ""
    figure: Quoted | None = None
    unit: str = ""


@lru_cache(maxsize=4000)
def measured(text: str) -> Measured:
    """``≥5000人次`` → ≥, 5000, 人次; words without a leading figure keep only their text."""
    plain = "".join(text.split())
    hit = _VALUE.fullmatch(plain)
    if hit is None:
        return Measured(plain)
    unit = hit["unit"].replace("％", "%")
    return Measured(
        plain, _SIGNS.get(hit["sign"], ""), Quoted.read(Printed.parse(hit["number"].replace(",", "")), unit), unit
    )


@lru_cache(maxsize=8000)
def number(text: str, unit: str = "") -> Quoted | None:
    """The printed number, or None where the text is none."""
    try:
        return Quoted.read(Printed.parse(text.strip().rstrip("%％")), unit)
    except NotANumber:
        return None


@dataclass(frozen=True, slots=True)
class Line:
    """One money line: what is budgeted first, for the full year, and spent, in 万元, and the printed rate."""

    indicator: Indicator
    initial: Quoted | None
    full: Quoted | None
    spent: Quoted | None
    rate: Quoted | None


@dataclass(slots=True)
class Table:
    """An evaluation with its parts told apart."""

    evaluation: Evaluation
    lines: list[Line]
    rows: list[Indicator]
    points: Indicator | None
    names: dict[str, Any] | None = None

    @property
    def place(self) -> Place | None:
        return self.evaluation.place or next((i.place for i in self.evaluation.indicators if i.place), None)

    @property
    def scored(self) -> list[Indicator]:
        """The rows that carry a weight, the money line and the management rows too, without the sum."""
        return [i for i in self.evaluation.indicators if i.level1 != POINTS and number(i.weight) is not None]


def _line(indicator: Indicator) -> Line:
    first, _, second = indicator.target.partition("/")
    return Line(
        indicator,
        number(first, "万元"),
        number(second or first, "万元"),
        number(indicator.actual, "万元"),
        number(indicator.deviation, "%"),
    )


def table_of(evaluation: Evaluation) -> Table:
    """The money lines, the indicator rows and the sum row of a performance table."""
    lines, rows, points = [], [], None
    for indicator in evaluation.indicators:
        if indicator.level1 == FUNDS:
            lines.append(_line(indicator))
        elif indicator.level1 == POINTS:
            points = indicator
        elif indicator.level1 != MANAGEMENT:
            rows.append(indicator)
    return Table(evaluation, lines, rows, points)


def tables_of(evaluations: tuple[Evaluation, ...]) -> list[Table]:
    """Every table once; a table that only repeats the sums of another's parts is kept."""
    return [table_of(e) for e in evaluations]
