"""A scoring scheme: how the attainment of a target becomes a score."""

import re
import tomllib
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache
from importlib import resources
from itertools import pairwise
from typing import Any

from mingzhang.schemes.measure import Measured, measured


def rounded(value: Fraction, digits: int = 2) -> Decimal:
    """Rounded half up (away from nothing), exactly."""
    top, below = abs(value.numerator), value.denominator
    whole = (2 * top * 10**digits + below) // (2 * below)
    return Decimal(whole if value.numerator >= 0 else -whole).scaleb(-digits)


@dataclass(frozen=True, slots=True)
class Score:
    """What a scheme gives: the deviation in % (None where it knows none) and the score, rounded, never above the weight.

    Where the evaluator chooses inside a band, ``low`` is less than ``score``,
    the highest it may be. ``exact`` and ``exact_deviation`` are before rounding.
    """

    deviation: Decimal | None
    score: Decimal
    low: Decimal
    exact: Fraction
    exact_deviation: Fraction | None = None

    @property
    def chosen(self) -> bool:
        """Whether the evaluator chooses."""
        return self.low != self.score


@dataclass(frozen=True, slots=True)
class Curve:
    """The share of the weight by attainment q = actual / target: straight between the ``points`` (q, lowest share,
    highest share), level beyond them. With ``steps`` each share holds from its q on (a limit's: up to its q).
    ``full`` is the band of q without deviation."""

    points: tuple[tuple[Fraction, Fraction, Fraction], ...]
    full: tuple[Fraction | None, Fraction | None]
    steps: bool = False
    limit: bool = False

    def share(self, q: Fraction, strict: bool = False) -> tuple[Fraction, Fraction]:
        """The lowest and the highest share; ``strict``: a step that q only just touches is not reached."""
        if self.steps:
            ordered = self.points if self.limit else self.points[::-1]
            for at, low, high in ordered:
                if (q < at if self.limit else q > at) or (q == at and not strict):
                    return low, high
            return ordered[-1][1:]
        if q <= self.points[0][0]:
            return self.points[0][1:]
        for (q0, low0, high0), (q1, low1, high1) in pairwise(self.points):
            if q <= q1:
                part = (q - q0) / (q1 - q0)
                return low0 + (low1 - low0) * part, high0 + (high1 - high0) * part
        return self.points[-1][1:]

    def deviation(self, q: Fraction) -> Fraction:
        """How far q lies outside the band without deviation; below it negative."""
        low, high = self.full
        if low is not None and q < low:
            return q - low
        return q - high if high is not None and q > high else Fraction(0)


@dataclass(frozen=True, slots=True)
class Level:
    """How well a target in words was met: the printed actuals that say so (patterns), and the shares it may score."""

    name: str
    actual: tuple[str, ...]
    low: Fraction
    high: Fraction


@dataclass(frozen=True, slots=True)
class Scheme:
    """One scheme, in force ``from_year`` … ``to_year``; ``example``: without a printed source.

    ``reach`` scores ≥, >, = and plain targets, ``limit`` ≤ and <, a range by
    the end that is missed; ``money`` the rate of the money line. ``levels``
    score words, the first of them "met in full". ``management`` are the usual
    lines of the funds' management with their weights; the evaluator judges
    them, but those that match a pattern of ``unpaid`` cannot have full marks
    where nothing was spent. ``usual``: taken where nobody chose one.
    """

    id: str
    name: str
    name_en: str
    source: str
    reach: Curve
    limit: Curve
    money: Curve
    levels: tuple[Level, ...]
    grades: tuple[tuple[str, Decimal], ...]
    example: bool = False
    rounding: int = 2
    from_year: int = 0
    to_year: int = 9999
    worked: tuple[dict[str, str], ...] = ()
    management: tuple[tuple[str, Decimal], ...] = ()
    unpaid: tuple[str, ...] = ()
    usual: bool = False

    def score(self, sign: str, target: Decimal, actual: Decimal, weight: Decimal) -> Score | None:
        """The score of a number against a number of the same unit; None where the scheme says nothing."""
        return self.judge(Measured("", sign, target), Measured("", "", actual), weight)

    def judge(self, target: Measured, actual: Measured, weight: Decimal) -> Score | None:
        """The score of a target and an actual in numbers or words; None where the scheme says nothing: units that
        differ, words it does not know, a target of nothing that is missed."""
        if target.value is None:
            return self._worded(target, actual, weight)
        if not target.comparable(actual):
            return None
        assert actual.value is not None
        curve, base = self._curve(target, actual.value)
        if base <= 0 or (target.high is not None and target.meets(actual.value)):
            met = target.meets(actual.value)
            return self._given((Fraction(1), Fraction(1)), Fraction(0), weight) if met else None
        q = Fraction(actual.value) / Fraction(base)
        return self._given(curve.share(q, target.sign in ("<", ">")), curve.deviation(q), weight)

    def paid(self, rate: Fraction, weight: Decimal) -> Score:
        """The score of the money line; its "deviation" is the rate itself, in %."""
        return self._given(self.money.share(rate), rate, weight)

    def judges_unspent(self, line: str) -> bool:
        """Whether a management line judges payment or use, of which there is none where nothing was spent."""
        return any(re.search(pattern, line) for pattern in self.unpaid)

    def grade(self, points: Decimal, total: Decimal = Decimal(100)) -> str:
        """The grade of a total score, as a share of the full marks."""
        reached = points * 100 / total
        return next(name for name, least in self.grades if reached >= least)

    def _curve(self, target: Measured, actual: Decimal) -> tuple[Curve, Decimal]:
        assert target.value is not None
        if target.high is not None and actual > target.high:
            return self.limit, target.high
        return (self.limit if target.sign in ("≤", "<") else self.reach), target.value

    def _worded(self, target: Measured, actual: Measured, weight: Decimal) -> Score | None:
        if not target.text or not actual.text:
            return None
        for n, level in enumerate(self.levels):
            if (not n and actual.text == target.text) or any(re.fullmatch(p, actual.text) for p in level.actual):
                return self._given((level.low, level.high), None if n else Fraction(0), weight)
        return None

    def _given(self, shares: tuple[Fraction, Fraction], deviation: Fraction | None, weight: Decimal) -> Score:
        full = Fraction(weight)
        high = full * shares[1]
        low = high if shares[0] == shares[1] else full * shares[0]
        percent = None if deviation is None else deviation * 100
        printed = None if percent is None else rounded(percent)
        most = min(weight, rounded(high, self.rounding))
        least = most if low == high else min(weight, rounded(low, self.rounding))
        return Score(printed, most, least, high, percent)


def _curve(row: dict[str, Any], limit: bool = False) -> Curve:
    points = tuple((Fraction(p[0]), Fraction(p[1]), Fraction(p[-1])) for p in row["points"])
    low, high = (Fraction(end) if end else None for end in row.get("full", ("", "1") if limit else ("1", "")))
    return Curve(points, (low, high), row.get("steps", False), limit)


def _scheme(row: dict[str, Any]) -> Scheme:
    return Scheme(
        row["id"], row["name"], row["name_en"], row["source"],
        _curve(row["reach"]), _curve(row["limit"], limit=True), _curve(row["money"]),
        tuple(
            Level(w["name"], tuple(w.get("actual", ())), Fraction(w["low"]), Fraction(w["high"]))
            for w in row["words"]
        ),
        tuple((name, Decimal(least)) for name, least in row["grades"]),
        row.get("example", False), row.get("rounding", 2), row.get("from", 0), row.get("to", 9999),
        tuple(row["worked"]), tuple((name, Decimal(weight)) for name, weight in row.get("management", ())),
        tuple(row.get("unpaid", ())), row.get("usual", False),
    )  # fmt: skip


@cache
def schemes() -> tuple[Scheme, ...]:
    """Every scheme of the data files, in the order of their names."""
    files = sorted((resources.files("mingzhang.schemes") / "data").iterdir(), key=lambda f: f.name)
    return tuple(_scheme(tomllib.loads(f.read_text("utf-8"))) for f in files if f.name.endswith(".toml"))


def named(id: str) -> Scheme:
    """The scheme of that id. Raises KeyError naming those that there are."""
    for one in schemes():
        if one.id == id:
            return one
    raise KeyError(f"没有评分办法 {id}；可用的有 {'、'.join(s.id for s in schemes())}")


def usual(year: int) -> Scheme:
    """The scheme that is taken in ``year`` where nobody chose one. Raises KeyError where the data name none."""
    for one in schemes():
        if one.usual and one.from_year <= year <= one.to_year:
            return one
    raise KeyError(f"{year}年没有默认的评分办法，请选一个：{'、'.join(s.id for s in schemes())}")


def scored(scheme: Scheme, target: str, actual: str, weight: Decimal) -> Score | None:
    """The score of a target and an actual as printed."""
    return scheme.judge(measured(target), measured(actual), weight)
