"""Which cell of a row that does not follow its scheme is most likely wrong, and what it should be."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import ROUND_CEILING, ROUND_FLOOR, Context, Decimal
from fractions import Fraction
from itertools import pairwise

from mingzhang.disclosure import Printed
from mingzhang.figures.slips import explained
from mingzhang.schemes import Curve, Scheme, rounded
from mingzhang.schemes.row import Row, Verdict

_FAR = Fraction(10**6)
_EXACT = Context(prec=100)
_UNSUMMED = 0.02
"""How likely a change is that leaves a sum of the table wrong, or makes one wrong."""

_ABOVE = 0.05
"""How likely it is that a percentage should be above 100."""


@dataclass(frozen=True, slots=True)
class Sum:
    """A total line of a table against its rows: what is printed, and the exact sum of the rows. Weights have to add
    exactly; a total score may be rounded to the digits that it prints."""

    cell: str
    printed: Printed | None
    parts: Decimal

    @property
    def holds(self) -> bool:
        return self.after(Decimal(0))

    def after(self, change: Decimal) -> bool:
        """Whether it would hold with its parts changed by so much."""
        parts = self.parts + change
        if self.printed is None or self.printed.value == parts:
            return True
        return self.cell == "score" and rounded(Fraction(parts), self.printed.decimals) == self.printed.value


@dataclass(frozen=True, slots=True)
class Suspect:
    """One cell that, alone, would mend the row: ``should`` is what would fit, as it would be printed (a range where
    several would); ``slip`` what slip of the pen explains it; ``share`` its part of all the likelihood."""

    cell: str
    printed: str
    should: str
    slip: str
    share: float


def suspects(scheme: Scheme, row: Row, verdict: Verdict, digits: int, sums: tuple[Sum, ...]) -> tuple[Suspect, ...]:
    """The cells whose change alone makes the row fit, likeliest first; none where no single one does."""
    weighed = []
    for cell, figure, low, high in _ranges(scheme, row, verdict, min(digits, scheme.rounding)):
        step = Decimal(1).scaleb(-figure.decimals)
        low, high = low.quantize(step, ROUND_CEILING, _EXACT), high.quantize(step, ROUND_FLOOR, _EXACT)
        if low > high or low <= figure.value <= high:
            continue
        sure = _summed(cell, figure, low, high, sums)
        if sure is not None:
            low = high = sure
        likely, slip, value = explained(figure, low, high, step, money=False)
        likely *= 1 if all(_holds(s, cell, figure, low, high) for s in sums) else _UNSUMMED
        if cell in ("actual", "target") and low > 100 and "%" in _printed(row, cell):
            likely *= _ABOVE
        if value is None and low == high:
            value = low
        weighed.append((likely, cell, figure, slip, low, high, value))
    weighed.sort(key=lambda w: -w[0])
    whole = sum(w[0] for w in weighed) or 1.0
    return tuple(
        Suspect(cell, _printed(row, cell), _should(row, cell, low, high, value), slip, likely / whole)
        for likely, cell, _, slip, low, high, value in weighed
    )


def _summed(cell: str, figure: Printed, low: Decimal, high: Decimal, sums: tuple[Sum, ...]) -> Decimal | None:
    """The one value of the range that mends the sum of its column, if that is wrong."""
    for s in sums:
        if s.cell == cell and not s.holds and s.printed is not None:
            needed = figure.value + s.printed.value - s.parts
            return needed if low <= needed <= high else None
    return None


def _holds(s: Sum, cell: str, figure: Printed, low: Decimal, high: Decimal) -> bool:
    if s.cell != cell:
        return s.holds
    return low == high and s.after(low - figure.value)


def _ranges(
    scheme: Scheme, row: Row, verdict: Verdict, digits: int
) -> Iterator[tuple[str, Printed, Decimal, Decimal]]:
    """(cell, what is printed, from, to): the values of one cell that make the row fit, in the unit it is printed in."""
    due = verdict.due
    if due is None:
        return
    if not verdict.score_fits and verdict.deviation_fits:
        yield "score", row.score, rounded(Fraction(due.low), digits), rounded(due.exact, digits)
        if (weights := _weights(scheme, row, digits)) is not None:
            yield "weight", row.weight, *weights
    if verdict.score_fits and not verdict.deviation_fits and row.deviation is not None:
        assert due.exact_deviation is not None
        value = rounded(due.exact_deviation, row.deviation.decimals)
        value = abs(value) if row.deviation.value >= 0 and row.kind != "money" else value
        yield "deviation", row.deviation, value, value
    if row.kind in ("number", "money") and row.target.high is None:
        yield from _inverted(scheme, row, digits)


def _weights(scheme: Scheme, row: Row, digits: int) -> tuple[Decimal, Decimal] | None:
    """The weights that the printed score would be right for."""
    one = replace(row, weight=Printed("1", Decimal(1), 0)).due(scheme)
    if one is None or not one.exact:
        return None
    score = Fraction(row.score.value)
    if one.chosen:
        return _decimals(score / one.exact, score / Fraction(one.low) if one.low else _FAR)
    half = Fraction(1, 2 * 10**digits)
    return _decimals((score - half) / one.exact, (score + half) / one.exact)


def _decimals(low: Fraction, high: Fraction) -> tuple[Decimal, Decimal]:
    """Decimals inside the range, to twelve digits behind the point."""
    scale = 10**12
    return Decimal(-(-low.numerator * scale // low.denominator)).scaleb(-12), Decimal(
        high.numerator * scale // high.denominator
    ).scaleb(-12)


def _inverted(scheme: Scheme, row: Row, digits: int) -> Iterator[tuple[str, Printed, Decimal, Decimal]]:
    """Actuals for the printed target, and targets for the printed actual, that give the printed score and deviation."""
    target, actual = row.target, row.actual
    if not target.value or actual.value is None or target.value < 0 or target.printed is None or actual.printed is None:
        return
    if row.kind == "money":
        curve = scheme.money
    else:
        curve = scheme.limit if target.sign in ("≤", "<") else scheme.reach
    goal, done, slack = Fraction(target.value), Fraction(actual.value), row.slack
    for low, high in attainments(curve, row, digits):
        least, most = low * (goal - slack) - slack, high * (goal + slack) + slack
        yield "actual", actual.printed, *_decimals(least / Fraction(actual.factor), most / Fraction(actual.factor))
        if done and high > 0:
            least, most = (done - slack) / high - slack, (done + slack) / (low or 1 / _FAR) + slack
            yield "target", target.printed, *_decimals(least / Fraction(target.factor), most / Fraction(target.factor))


def attainments(curve: Curve, row: Row, digits: int) -> list[tuple[Fraction, Fraction]]:
    """The ranges of q = actual / target that give the printed score and deviation of the row, rounded."""
    ends = [q for q, *_ in curve.points] + [end for end in curve.full if end is not None] + [Fraction(0), _FAR]
    weight = Fraction(row.weight.value)
    found: list[tuple[Fraction, Fraction]] = []
    for left, right in pairwise(sorted({q for q in ends if q >= 0})):
        bounds = [(left, right)]
        inner = left + (right - left) / 3, left + (right - left) * 2 / 3
        half = Fraction(1, 2 * 10**digits)
        score = Fraction(row.score.value)
        bounds.append(_between(inner, [curve.share(q)[1] * weight for q in inner], score - half, score + half))
        if row.deviation is not None:
            told = [q if row.kind == "money" else abs(curve.deviation(q)) for q in inner]
            printed, slack = Fraction(abs(row.deviation.value)) / 100, Fraction(row.deviation.half) / 100
            bounds.append(_between(inner, told, printed - slack, printed + slack))
        low, high = max(b[0] for b in bounds), min(b[1] for b in bounds)
        if low > high:
            continue
        if found and found[-1][1] == low:
            found[-1] = found[-1][0], high
        else:
            found.append((low, high))
    return found


def _between(
    at: tuple[Fraction, Fraction], values: list[Fraction], low: Fraction, high: Fraction
) -> tuple[Fraction, Fraction]:
    """Where the straight line through two points lies from ``low`` to ``high``."""
    slope = (values[1] - values[0]) / (at[1] - at[0])
    if not slope:
        return (Fraction(0), _FAR) if low <= values[0] <= high else (Fraction(1), Fraction(0))
    one, two = (at[0] + (bound - values[0]) / slope for bound in (low, high))
    return min(one, two), max(one, two)


def _printed(row: Row, cell: str) -> str:
    return str(getattr(row.indicator, cell))


def _should(row: Row, cell: str, low: Decimal, high: Decimal, value: Decimal | None) -> str:
    """The value as it would be printed in that cell, a range where nothing tells which."""
    one, two = (value, value) if value is not None else (low, high)
    shown = [_as(row, cell, v) for v in (one, two)]
    if one == two:
        return shown[0]
    if cell in ("actual", "target") and two >= _FAR:
        return f"≥{shown[0]}"
    return f"{shown[0]}～{shown[1]}"


def _as(row: Row, cell: str, value: Decimal) -> str:
    if cell in ("actual", "target"):
        measure = row.actual if cell == "actual" else row.target
        text = measure.shown(value * measure.factor)
        initial, slash, _ = row.indicator.target.rpartition("/")
        return f"{initial}{slash}{text}" if cell == "target" and row.kind == "money" else text
    text = f"{value:f}"
    return text + ("%" if cell == "deviation" and row.indicator.deviation.rstrip().endswith(("%", "％")) else "")
