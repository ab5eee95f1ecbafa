"""What of a disclosure every format must keep: cells, indicators, figures of the running text."""

from collections import Counter
from collections.abc import Iterable

from mingzhang.disclosure import Disclosure, Evaluation, Indicator

Content = tuple[Counter[tuple[str, ...]], Counter[tuple[str, ...]], Counter[tuple[str, ...]]]


def content(disclosures: Iterable[Disclosure]) -> Content:
    """The cells, the indicators, and the figures of the running text (those of the tables' own words apart)."""
    every = tuple(disclosures)
    cells: Counter[tuple[str, ...]] = Counter(
        (s.id, row.block, row.side, row.code or row.label, cell.column, cell.printed.plain, s.unit)
        for d in every
        for s in d.statements
        for row, cell in s.cells()
    )
    indicators = Counter(_row(e, i) for d in every for e in d.evaluations for i in e.indicators)
    text: Counter[tuple[str, ...]] = Counter()
    for d in every:
        tables = {e.title for e in d.evaluations}
        own = [s for s in d.sentences if not (s.section and s.section[0] in tables)]
        text.update((f.printed.plain, f.unit) for s in own for f in s.figures)
    return cells, indicators, text


def _row(e: Evaluation, i: Indicator) -> tuple[str, ...]:
    cells = (i.level1, i.level2, i.name, i.target, i.actual, i.weight, i.score, i.deviation, i.reason)
    return (e.kind, e.project, *cells)


def counts(disclosure: Disclosure) -> tuple[int, ...]:
    """How many of each there are."""
    return tuple(c.total() for c in content([disclosure]))


def differ(told: Disclosure, found: Iterable[Disclosure]) -> tuple[int, ...]:
    """How many of each are missing or too much in what was read back."""
    pairs = zip(content([told]), content(found), strict=True)
    return tuple(((one - two) + (two - one)).total() for one, two in pairs)
