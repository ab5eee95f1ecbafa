"""Laws over printed figures in integers: what every printed digit allows, and which values let the laws hold."""

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

from mingzhang.disclosure import Printed
from mingzhang.figures.interval import Interval, scale
from mingzhang.figures.solve import FAR, Bound, Span, solve

_FINEST = 9
_WHOLE = 10 ** (_FINEST + 1)
_HUNDRED = 100
_ENOUGH = 20


@dataclass(frozen=True, slots=True)
class Quantity:
    """A printed figure that may be wrong: ``key`` tells it from all others, ``unit`` is that of its statement.

    ``usual`` is the number of decimals that figures beside it have: a bare 0 stands where 12.34 may belong.
    """

    key: Hashable
    printed: Printed
    unit: str = ""
    usual: int = 0

    @property
    def places(self) -> int:
        """The decimals of the value that it should have."""
        return min(_FINEST, max(self.printed.decimals, self.usual))


Terms = tuple[tuple[Quantity, int], ...]


@dataclass(frozen=True, slots=True)
class Law:
    """The signed terms and the constant (in 元) sum to nothing, as far as the printed digits tell.

    With a ``rate`` (in %) the terms are that part of the signed terms ``base``: rate × base = 100 × terms.
    """

    id: str
    terms: Terms
    rate: Quantity | None = None
    base: Terms = ()
    constant: Decimal = Decimal(0)

    @property
    def quantities(self) -> tuple[Quantity, ...]:
        """Every figure it speaks of, once."""
        every = [q for q, _ in (*self.terms, *self.base)]
        if self.rate is not None:
            every.append(self.rate)
        return tuple({q.key: q for q in every}.values())


@dataclass(slots=True)
class _Row:
    """``low`` ≤ sum of coefficients × values ≤ ``high`` for the fixed figures; ``slack`` is what a figure adds.

    ``sharp``: the figures are printed with the same digits, and hold exactly or not at all.
    """

    coefficients: dict[int, int]
    low: int
    high: int
    slack: dict[int, int]
    sharp: bool = False


@dataclass(slots=True)
class Equation:
    """A law over figures by number. ``rate`` is free to follow its law, so it stands in no row."""

    variables: frozenset[int]
    rows: list[_Row]
    rate: int | None = None
    holds: bool = True


@dataclass(slots=True)
class System:
    """All laws of a document; equations are made when they are first asked for.

    ``exact``: its sums hold in the printed digits, without any rounding; what
    a figure should be is then looked for without it, too. Two printings of one
    amount with the same digits are equal in any document.
    """

    laws: Sequence[Law]
    quantities: list[Quantity] = field(default_factory=list)
    values: list[int] = field(default_factory=list)
    by_variable: list[list[int]] = field(default_factory=list)
    number: dict[Hashable, int] = field(default_factory=dict)
    exact: bool = False
    _ones: list[int] = field(default_factory=list)
    _fixed: list[int] = field(default_factory=list)
    _equations: dict[int, Equation] = field(default_factory=dict)

    @classmethod
    def of(cls, laws: Sequence[Law]) -> "System":
        system = cls(laws)
        number, by_variable, quantities = system.number, system.by_variable, system.quantities
        for n, law in enumerate(laws):
            for terms in (law.terms, law.base):
                for quantity, _ in terms:
                    v = number.get(quantity.key)
                    if v is None:
                        v = number[quantity.key] = len(quantities)
                        quantities.append(quantity)
                        by_variable.append([])
                    touched = by_variable[v]
                    if not touched or touched[-1] != n:
                        touched.append(n)
            if law.rate is not None:
                v = number.setdefault(law.rate.key, len(quantities))
                if v == len(quantities):
                    quantities.append(law.rate)
                    by_variable.append([])
                by_variable[v].append(n)
        system.values = [0] * len(quantities)
        system._ones = [0] * len(quantities)
        system._fixed = [0] * len(quantities)
        return system

    def _measure(self, v: int) -> None:
        """The value of a figure in its finest places, one of them in the common unit, half of its last printed digit."""
        q = self.quantities[v]
        amount = Interval.of(q.printed, q.unit)
        self.values[v] = int(q.printed.value.scaleb(q.places))
        self._ones[v] = int(scale(q.unit).scaleb(_FINEST + 1 - q.places))
        self._fixed[v] = int((amount.high - amount.value).scaleb(_FINEST + 1))

    def _linear(self, terms: Terms) -> tuple[dict[int, int], dict[int, int], int]:
        """Coefficients and signs by figure, and the allowance for rounding, in the common unit."""
        coefficients: dict[int, int] = {}
        slack: dict[int, int] = {}
        allowance = 0
        for quantity, sign in terms:
            v = self.number[quantity.key]
            if not self._ones[v]:
                self._measure(v)
            coefficients[v] = coefficients.get(v, 0) + sign * self._ones[v]
            slack[v] = slack.get(v, 0) + abs(sign)
            allowance += abs(sign) * self._fixed[v]
        return {v: c for v, c in coefficients.items() if c}, slack, allowance

    def equation(self, n: int) -> Equation:
        """The law of that number over the figures by number."""
        found = self._equations.get(n)
        if found is None:
            law = self.laws[n]
            found = self._equations[n] = self._plain(law) if law.rate is None else self._ratio(law, law.rate)
        return found

    def _plain(self, law: Law) -> Equation:
        coefficients, slack, allowance = self._linear(law.terms)
        constant = int(law.constant * _WHOLE)
        row = _Row(coefficients, -allowance - constant, allowance - constant, slack)
        at = sum(c * self.values[v] for v, c in coefficients.items())
        holds = row.low <= at <= row.high
        # Rates that add to 100 are each rounded on their own.
        alike = not law.constant and len({(self._ones[v], self._fixed[v]) for v in coefficients}) == 1
        row.sharp = alike and (at == -constant or not holds)
        return Equation(frozenset(coefficients), [row], None, holds)

    def _ratio(self, law: Law, rate: Quantity) -> Equation:
        """100 × top ≥ (rate − half) × base and 100 × top ≤ (rate + half) × base, both with what rounding allows."""
        top, top_slack, top_allowance = self._linear(law.terms)
        base, base_slack, base_allowance = self._linear(law.base)
        r = self.number[rate.key]
        if not self._ones[r]:
            self._measure(r)
        step = 2 * 10**rate.printed.decimals
        exact = rate.printed.value * step
        # A rate of nothing, or of less, means nothing.
        rows = [_Row(base, 1, FAR, {})]
        variables = frozenset((*top, *base, r))
        half = 1 if self._fixed[r] else 0
        for side in (-1, 1):
            edge = int(exact) + side * half
            coefficients = {v: step * _HUNDRED * c for v, c in top.items()}
            slack = {v: step * _HUNDRED * s for v, s in top_slack.items()}
            for v, c in base.items():
                coefficients[v] = coefficients.get(v, 0) - edge * c
                slack[v] = slack.get(v, 0) + abs(edge) * base_slack[v]
            allowance = step * _HUNDRED * top_allowance + abs(edge) * base_allowance
            bounds = (-allowance, FAR) if side < 0 else (-FAR, allowance)
            rows.append(_Row({v: c for v, c in coefficients.items() if c}, bounds[0], bounds[1], slack))
        holds = all(
            row.low <= sum(c * self.values[v] for v, c in row.coefficients.items()) <= row.high for row in rows
        )
        return Equation(variables, rows, r, holds)

    def judge(self) -> list[int]:
        """The laws that fail, by number; and whether all sums hold exactly, where they are enough to tell."""
        failing: list[int] = []
        sums = rounded = 0
        for n in range(len(self.laws)):
            equation = self.equation(n)
            if not equation.holds:
                failing.append(n)
            elif equation.rate is None and len(equation.variables) > 2 and not self.laws[n].constant:
                sums += 1
                rounded += not equation.rows[0].sharp
        self.exact = sums >= _ENOUGH and not rounded
        return failing

    def free(self, some: Sequence[int]) -> tuple[dict[int, Span] | None, list[frozenset[int]]]:
        """For figures that may take any value: the range of each that lets every law hold, confirmed in integers;

        or None, and sets of laws that cannot hold together unless a further figure of theirs is wrong.
        """
        chosen = set(some)
        speaking = sorted({n for v in some for n in self.by_variable[v]})
        bounds: list[Bound] = []
        later: dict[int, int] = {}
        for place, n in enumerate(speaking):
            equation = self.equation(n)
            if equation.rate is None or equation.rate not in chosen:
                bounds += [self._bound(row, some, place) for row in equation.rows]
            elif len(chosen & equation.variables) > 1:
                # A rate follows whatever part and base become.
                later[equation.rate] = n
            else:
                span = self._rate_span(n, {})
                if span is None:
                    return None, [frozenset((n,))]
                vector = tuple(int(v == equation.rate) for v in some)
                bounds.append(Bound(vector, *span, 1 << place))
        found, conflicts = solve(bounds, len(some))
        if found is None:
            return None, [frozenset(speaking[place] for place in places) for places in conflicts]
        spans = dict(zip(some, found, strict=True))
        for v, n in later.items():
            span = self._rate_span(n, spans)
            if span is None:
                return None, [frozenset((n,))]
            if spans[v] == (-FAR, FAR):
                spans[v] = span
        return spans, []

    def _rates(self, v: int) -> list[int]:
        """The laws whose rate a figure is."""
        return [n for n in self.by_variable[v] if self.equation(n).rate == v]

    def _bound(self, row: _Row, some: Sequence[int], place: int) -> Bound:
        at = narrower = 0
        for v, c in row.coefficients.items():
            if v in some:
                narrower += row.slack.get(v, 0) * (self._fixed[v] - self._ones[v] // 2)
            else:
                at += c * self.values[v]
        vector = tuple(row.coefficients.get(v, 0) for v in some)
        if row.sharp and (self.exact or len(row.coefficients) == 2):
            middle = (row.low + row.high) // 2 - at
            return Bound(vector, middle, middle, 1 << place)
        low, high = row.low - at, row.high - at
        low = low + narrower if row.low > -FAR else -FAR
        high = high - narrower if row.high < FAR else FAR
        return Bound(vector, low, high, 1 << place)

    def _rate_span(self, n: int, spans: dict[int, Span]) -> Span | None:
        """The rates, in last digits, that part and base of a law allow (at the middle of what is free in them)."""
        law = self.laws[n]
        assert law.rate is not None
        ends = []
        for terms in (law.terms, law.base):
            value = allowance = 0
            for quantity, sign in terms:
                u = self.number[quantity.key]
                middle = sum(spans[u]) // 2 if u in spans else self.values[u]
                value += sign * self._ones[u] * middle
                allowance += abs(sign) * (self._ones[u] // 2 if u in spans else self._fixed[u])
            ends.append((value - allowance, value + allowance))
        (low, high), (bottom, top) = ends
        if bottom <= 0:
            return None
        # Half of the last digit on either side: r − 1/2 ≤ ratio ≤ r + 1/2, in last digits.
        digits = 2 * _HUNDRED * 10**law.rate.places
        under, over = (top if low >= 0 else bottom), (bottom if high >= 0 else top)
        least = -((under - digits * low) // (2 * under))
        most = (digits * high + over) // (2 * over)
        return (least, most) if least <= most else None

    def usual(self, v: int, some: Iterable[int], span: Span) -> int | None:
        """The value within a range that most laws hold for exactly in the printed digits, if any.

        Only laws count whose other figures are not among ``some`` (those that are wrong, too).
        """
        rates = self._rates(v)
        if rates:
            near = self._nearest(rates[0])
            return near if near is not None and span[0] <= near <= span[1] else None
        others = set(some) - {v}
        votes: Counter[int] = Counter()
        for n in self.by_variable[v]:
            equation = self.equation(n)
            if equation.rate is not None or others & equation.variables:
                continue
            row = equation.rows[0]
            c = row.coefficients[v]
            rest = sum(a * self.values[u] for u, a in row.coefficients.items() if u != v) - (row.low + row.high) // 2
            exact, left = divmod(-rest, c)
            if not left and span[0] <= exact <= span[1]:
                votes[exact] += 1
        return votes.most_common(1)[0][0] if votes else None

    def _nearest(self, n: int) -> int | None:
        """The rate that part and base give as printed, rounded half up."""
        law = self.laws[n]
        assert law.rate is not None
        top, base = (
            sum(sign * self._ones[self.number[q.key]] * self.values[self.number[q.key]] for q, sign in terms)
            for terms in (law.terms, law.base)
        )
        if not base:
            return None
        exact = Decimal(_HUNDRED * 10**law.rate.places * top) / Decimal(base)
        return int(exact.to_integral_value(rounding=ROUND_HALF_UP))


def shown(quantity: Quantity, units: int) -> Decimal:
    """A number of last digits as the value it stands for, in the unit of the figure."""
    return Decimal(units).scaleb(-quantity.places)
