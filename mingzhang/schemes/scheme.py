"""A scoring scheme: how a deviation from the target becomes a score."""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from importlib import resources

_CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Score:
    """The deviation in % and the score, both rounded half up to two digits."""

    deviation: Decimal
    score: Decimal


@dataclass(frozen=True, slots=True)
class Scheme:
    """One scheme. With ``q`` = actual / target of a target to be reached:

    up to ``tolerance`` full marks; above it the deviation is q − tolerance
    and costs ``loss`` of the weight over ``span``, never below ``floor`` of
    it; below 1 the score is w × q. A limit (≤) costs the part by which it is
    exceeded. Source: ``source``; in force ``from_year`` … ``to_year``.
    """

    id: str
    name: str
    source: str
    tolerance: Decimal
    loss: Decimal
    span: Decimal
    floor: Decimal
    from_year: int = 0
    to_year: int = 9999

    def score(self, sign: str, target: Decimal, actual: Decimal, weight: Decimal) -> Score | None:
        """What the scheme gives; None where it says nothing (a target of 0, < and >)."""
        if not target or sign not in ("≥", "=", "", "≤"):
            return None
        if sign == "≤":
            deviation = max(Decimal(0), (actual - target) / target)
            return self._rounded(deviation, max(Decimal(0), weight * (1 - deviation)))
        ratio = actual / target
        if ratio > self.tolerance:
            deviation = ratio - self.tolerance
            return self._rounded(deviation, weight * max(self.floor, 1 - self.loss * deviation / self.span))
        if ratio < 1:
            return self._rounded(ratio - 1, max(Decimal(0), weight * ratio))
        return self._rounded(Decimal(0), weight)

    @staticmethod
    def _rounded(deviation: Decimal, score: Decimal) -> Score:
        return Score(
            (deviation * 100).quantize(_CENT, rounding=ROUND_HALF_UP), score.quantize(_CENT, rounding=ROUND_HALF_UP)
        )


@cache
def schemes() -> tuple[Scheme, ...]:
    """Every scheme of the data files."""
    out = []
    for file in sorted((resources.files("mingzhang.schemes") / "data").iterdir(), key=lambda f: f.name):
        if file.name.endswith(".toml"):
            for row in tomllib.loads(file.read_text("utf-8"))["scheme"]:
                tolerance, loss, span, floor = (Decimal(str(row[k])) for k in ("tolerance", "loss", "span", "floor"))
                years = row.get("from", 0), row.get("to", 9999)
                out.append(Scheme(row["id"], row["name"], row["source"], tolerance, loss, span, floor, *years))
    return tuple(out)


Scored = tuple[str, Decimal, Decimal, Decimal, Decimal, Decimal]


def fits(scheme: Scheme, row: Scored) -> bool | None:
    """Whether a row (sign, target, actual, weight, printed score, printed deviation in %) is what the scheme gives."""
    sign, target, actual, weight, score, deviation = row
    due = scheme.score(sign, target, actual, weight)
    if due is None:
        return None
    return due.score == score and abs(due.deviation) == abs(deviation)


def followed(rows: Iterable[Scored], year: int | None = None) -> Scheme | None:
    """The scheme that the rows of a document follow: four fifths of them and one that is not full marks, else None."""
    known = list(rows)
    for scheme in schemes():
        if year is not None and not scheme.from_year <= year <= scheme.to_year:
            continue
        answers = [(row, fits(scheme, row)) for row in known]
        judged = [(row, ok) for row, ok in answers if ok is not None]
        good = sum(1 for _, ok in judged if ok)
        telling = any(ok and row[4] != row[3] for row, ok in judged)
        if len(judged) >= 4 and telling and good * 5 >= len(judged) * 4:
            return scheme
    return None
