"""The scheme that a published self-evaluation follows, and every row recomputed by it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import reduce
from operator import add

from mingzhang.disclosure import Disclosure, Evaluation
from mingzhang.figures.slips import explained
from mingzhang.performance.suspects import Sum, Suspect, suspects
from mingzhang.schemes import Scheme
from mingzhang.schemes.fit import Fit, fit, in_force, ranked, told
from mingzhang.schemes.row import TOTAL, Row, Verdict, digits_of, judge, plain, printed, rows_of

JUDGED = ("self_whole", "self_project", "dept_project")


@dataclass(frozen=True, slots=True)
class Recomputed:
    """A row with its verdict, and, where it does not fit, the cells that would mend it, likeliest first."""

    row: Row
    verdict: Verdict
    suspects: tuple[Suspect, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """One evaluation recomputed. ``sums`` are the weights and the scores against the total line; ``sum_suspects`` the
    cells that would mend a wrong sum where no row is wrong, as (row number or None for the total line, Suspect)."""

    evaluation: Evaluation
    scheme: Scheme
    fits: tuple[Fit, ...]
    rows: tuple[Recomputed, ...]
    sums: tuple[Sum, ...]
    sum_suspects: tuple[tuple[int | None, Suspect], ...] = ()

    def count(self, state: str) -> int:
        return sum(r.verdict.state == state for r in self.rows)


@dataclass(frozen=True, slots=True)
class Recomputation:
    """A disclosure's evaluations recomputed. ``fits`` are all schemes over all rows, best first; ``shown`` says
    whether the rows tell the scheme: some row without full marks fits it, four fifths of four or more rows do, and
    no other scheme fits as well (else ``tied`` holds those that do)."""

    tables: tuple[Table, ...]
    fits: tuple[Fit, ...]
    shown: bool
    tied: tuple[Scheme, ...] = ()

    def count(self, state: str) -> int:
        return sum(t.count(state) for t in self.tables)


def recompute(disclosure: Disclosure, among: Sequence[Scheme] = ()) -> Recomputation:
    """Every scored row of the self- and departmental evaluations under the scheme that they follow.

    ``among``: only these schemes are tried (all that are in force in the
    disclosure's year by default). One table may follow another scheme than
    the rest, where its own rows tell so. Without scored rows there are no tables.
    """
    every = [(e, rows) for e in disclosure.evaluations if e.kind in JUDGED and (rows := rows_of(e))]
    if not every:
        return Recomputation((), (), False)
    digits = digits_of(row for _, rows in every for row in rows)
    by_table = [[fit(scheme, rows, digits) for scheme in among or in_force(disclosure.year)] for _, rows in every]
    fits = ranked(reduce(add, same) for same in zip(*by_table, strict=True))
    tables = []
    for (evaluation, some), own_fits in zip(every, by_table, strict=True):
        own = ranked(own_fits)
        general = next(f for f in own if f.scheme is fits[0].scheme)
        # one misprint moves the rank by two: it takes more to say that a table follows another scheme
        better = told(own) and own[0].rank[0] > general.rank[0] + 2
        tables.append(_table(evaluation, own[0].scheme if better else fits[0].scheme, own, some, digits))
    tied = tuple(f.scheme for f in fits[1:] if f.rank == fits[0].rank)
    return Recomputation(tuple(tables), fits, told(fits), tied)


def _sums(evaluation: Evaluation, rows: Sequence[Row]) -> tuple[Sum, ...]:
    """Weights and scores against the total line, where one is printed and every other row with a weight is scored."""
    total = next((i for i in evaluation.indicators if i.level1 == TOTAL), None)
    weighted = sum(i.level1 != TOTAL and printed(i.weight) is not None for i in evaluation.indicators)
    if total is None or weighted != len(rows):
        return ()
    return (
        Sum("weight", printed(total.weight), sum((r.weight.value for r in rows), Decimal(0))),
        Sum("score", printed(total.score), sum((r.score.value for r in rows), Decimal(0))),
    )


def _table(evaluation: Evaluation, scheme: Scheme, fits: tuple[Fit, ...], rows: Sequence[Row], digits: int) -> Table:
    sums = _sums(evaluation, rows)
    done = []
    for row in rows:
        verdict = judge(scheme, row, digits)
        found = suspects(scheme, row, verdict, digits, sums) if verdict.state == "off" else ()
        done.append(Recomputed(row, verdict, found))
    mending = () if any(r.verdict.state == "off" for r in done) else _mending(scheme, done, sums, digits)
    return Table(evaluation, scheme, fits, tuple(done), sums, mending)


def _mending(
    scheme: Scheme, done: list[Recomputed], sums: tuple[Sum, ...], digits: int
) -> tuple[tuple[int | None, Suspect], ...]:
    """What would mend a wrong sum though every row is right: the total line, or a row that would still
    fit; where weights and scores both miss, a row that the total leaves out."""
    wrong = [s for s in sums if not s.holds]
    if len(wrong) == 2:
        return _left_out(done, *sums)
    found: list[tuple[float, int | None, Suspect]] = []
    for s in wrong:
        assert s.printed is not None
        gap = s.printed.value - s.parts
        likely, slip, _ = explained(s.printed, s.parts, s.parts, _step(s.printed.value, s.parts), money=False)
        found.append((likely, None, Suspect(s.cell, s.printed.text, plain(s.parts), slip, 0)))
        for n, one in enumerate(done):
            figure = one.row.weight if s.cell == "weight" else one.row.score
            value = figure.value + gap
            now = replace(figure, value=value)
            other = replace(one.row, weight=now) if s.cell == "weight" else replace(one.row, score=now)
            if judge(scheme, other, digits).state != "off":
                likely, slip, _ = explained(figure, value, value, _step(figure.value, value), money=False)
                found.append((likely, n, Suspect(s.cell, figure.text, plain(value), slip, 0)))
    whole = sum(f[0] for f in found) or 1.0
    found.sort(key=lambda f: -f[0])
    return tuple((n, replace(suspect, share=likely / whole)) for likely, n, suspect in found)


def _step(*values: Decimal) -> Decimal:
    """One of the last digit that any of the values has."""
    return Decimal(1).scaleb(min(0, *(int(v.as_tuple().exponent) for v in values)))


def _left_out(done: list[Recomputed], weights: Sum, scores: Sum) -> tuple[tuple[int | None, Suspect], ...]:
    """The total line, or a row with the very weight and score that the total line misses (the money line before all others)."""
    assert weights.printed is not None
    assert scores.printed is not None
    missing = weights.parts - weights.printed.value, scores.parts - scores.printed.value
    rows = [n for n, one in enumerate(done) if (one.row.weight.value, one.row.score.value) == missing]
    rows = [n for n in rows if done[n].row.kind == "money"] or rows
    share = 1 / (len(rows) + 1)
    out: list[tuple[int | None, Suspect]] = [
        (n, Suspect("row", f"{done[n].row.weight}/{done[n].row.score}", "", "left out", share)) for n in rows
    ]
    whole = f"{weights.printed}/{scores.printed}"
    return (*out, (None, Suspect("total", whole, f"{plain(weights.parts)}/{plain(scores.parts)}", "", share)))
