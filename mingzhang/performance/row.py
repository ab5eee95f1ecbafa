"""A scored row of a performance table, as figures."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from mingzhang.disclosure import Evaluation, Indicator, NotANumber, Printed
from mingzhang.schemes import Measured, Scheme, Score, measured, rounded

FUNDS, MANAGEMENT, TOTAL = "资金", "资金管理情况", "总分"


def printed(text: str) -> Printed | None:
    """The printed number, a % sign apart, or None where the text is none."""
    try:
        return Printed.parse(text.strip().rstrip("%％"))
    except NotANumber:
        return None


@dataclass(frozen=True, slots=True)
class Row:
    """``kind``: number, words, money (target: full-year budget, actual: outturn, deviation: rate) or judged."""

    indicator: Indicator
    kind: str
    target: Measured
    actual: Measured
    weight: Printed
    score: Printed
    deviation: Printed | None

    def due(self, scheme: Scheme) -> Score | None:
        """What the scheme gives for target, actual and weight; None where it says nothing."""
        if self.kind == "judged":
            return Score(None, self.weight.value, Decimal(0), Fraction(self.weight.value))
        if self.kind != "money":
            return scheme.judge(self.target, self.actual, self.weight.value)
        full, spent = self.target.value, self.actual.value
        if not full or spent is None:
            return None
        return scheme.paid(Fraction(spent) / Fraction(full), self.weight.value)


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a row is what a scheme gives: ``fits``, ``off`` or ``open`` with its ``reason`` (see recompute.toml)."""

    state: str
    reason: str = ""
    due: Score | None = None
    score_fits: bool = True
    deviation_fits: bool = True


def rows_of(evaluation: Evaluation) -> tuple[Row, ...]:
    """The rows of a self- or departmental evaluation that print a weight and a score."""
    found = []
    for i in evaluation.indicators:
        weight, score = printed(i.weight), printed(i.score)
        if weight is None or score is None or i.level1 == TOTAL:
            continue
        if i.level1 == FUNDS:
            target, kind = measured(i.target.rpartition("/")[2]), "money"
        elif i.level1 == MANAGEMENT:
            target, kind = measured(i.target), "judged"
        else:
            target = measured(i.target)
            kind = "number" if target.value is not None else "words"
        found.append(Row(i, kind, target, measured(i.actual), weight, score, printed(i.deviation)))
    return tuple(found)


def digits_of(rows: Iterable[Row]) -> int:
    """The digits that a document prints of its scores: the most that any row shows."""
    return max((row.score.decimals for row in rows), default=0)


def agrees(exact: Fraction, figure: Printed, digits: int, low: Fraction | None = None) -> bool:
    """Whether a printed figure is the exact one rounded half up to ``digits``, or lies between ``low`` and it."""
    least = exact if low is None else low
    return rounded(least, digits) <= figure.value <= rounded(exact, digits)


def judge(scheme: Scheme, row: Row, digits: int) -> Verdict:
    """Whether the row's score and deviation are what the scheme gives, at the digits that the document prints."""
    if row.score.value > row.weight.value or row.score.value < 0:
        due = row.due(scheme)
        return Verdict("off", "above" if row.score.value > 0 else "below", due, score_fits=False)
    if reason := _open(row):
        return Verdict("open", reason)
    due = row.due(scheme)
    if due is None:
        return Verdict("open", {"words": "words", "money": "nothing"}.get(row.kind, "zero"))
    digits = min(digits, scheme.rounding)
    score = agrees(due.exact, row.score, digits, Fraction(due.low) if due.chosen else None)
    deviation = (
        row.deviation is None
        or due.exact_deviation is None
        or agrees(abs(due.exact_deviation), Printed("", abs(row.deviation.value), 0), row.deviation.decimals)
    )
    if not (score and deviation):
        return Verdict("off", "", due, score, deviation)
    if due.chosen:
        return Verdict("open", "judged" if row.kind == "judged" else "chosen", due)
    return Verdict("fits", "", due)


def _open(row: Row) -> str:
    """Why no scheme can decide the row, whatever it says."""
    if row.kind == "judged":
        return ""
    if not row.target.text:
        return "untargeted"
    if not row.actual.text:
        return "unreported"
    if row.kind == "number":
        if row.actual.sign and row.actual.sign != "…":
            return "copied"
        if not row.target.comparable(row.actual):
            return "units"
    return ""
