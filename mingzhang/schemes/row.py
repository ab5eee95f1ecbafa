"""A scored row of a performance table, as figures."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from mingzhang.disclosure import Evaluation, Indicator, NotANumber, Printed
from mingzhang.schemes.measure import Measured, measured
from mingzhang.schemes.scheme import Scheme, Score, rounded

FUNDS, MANAGEMENT, TOTAL = "资金", "资金管理情况", "总分"


def printed(text: str) -> Printed | None:
    """The printed number, a % sign apart, or None where the text is none, or one longer than any score or amount."""
    plain = text.strip().rstrip("%％")
    if len(plain) > 24:
        return None
    try:
        return Printed.parse(plain)
    except NotANumber:
        return None


def plain(value: Decimal) -> str:
    """A weight or score without needless zeros: 10, 3.21, 12.5."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


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

    @property
    def slack(self) -> Fraction:
        """Half of the last digit of the amounts of a money line (万元 with two digits at least); nothing elsewhere."""
        if self.kind != "money":
            return Fraction(0)
        return Fraction(1, 2 * 10 ** max([2, *(m.printed.decimals for m in (self.target, self.actual) if m.printed)]))

    def rates(self) -> tuple[Fraction, Fraction]:
        """The lowest and the highest rate that the printed amounts of a money line stand for."""
        assert self.target.value is not None
        assert self.actual.value is not None
        full, spent, half = Fraction(self.target.value), Fraction(self.actual.value), self.slack
        least, most = (max(Fraction(0), spent - half), spent + half) if spent else (spent, spent)
        return least / (full + half), most / max(full - half, half)


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


def agrees(exact: Fraction, figure: Decimal, digits: int) -> bool:
    """Whether a printed figure is the exact one rounded half up to ``digits``."""
    return rounded(exact, digits) == figure


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
    if row.kind == "money":
        return _paid(scheme, row, due, digits)
    if due.chosen:
        score = due.low <= row.score.value <= due.score
    else:
        score = row.score.value in (due.score, rounded(due.exact, digits))
    deviation = (
        row.deviation is None
        or due.exact_deviation is None
        or agrees(abs(due.exact_deviation), abs(row.deviation.value), row.deviation.decimals)
    )
    if not (score and deviation):
        return Verdict("off", "", due, score, deviation)
    if due.chosen:
        return Verdict("open", "judged" if row.kind == "judged" else "chosen", due)
    return Verdict("fits", "", due)


def _paid(scheme: Scheme, row: Row, due: Score, digits: int) -> Verdict:
    """A money line: its amounts are rounded, so that any rate they stand for will do."""
    low, high = row.rates()
    least, most = (scheme.paid(rate, row.weight.value) for rate in (low, high))
    score = min(rounded(least.exact, digits), least.score) <= row.score.value <= max(rounded(most.exact, digits), most.score)
    places = row.deviation.decimals if row.deviation else 0
    rate = row.deviation is None or rounded(low * 100, places) <= row.deviation.value <= rounded(high * 100, places)
    return Verdict("fits" if score and rate else "off", "", due, score, rate)


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
