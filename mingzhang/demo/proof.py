"""What the books close into beside what the county published, figure by figure."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from mingzhang.demo.data import data
from mingzhang.disclosure import Disclosure
from mingzhang.year import Closed

Key = tuple[str, str, str, str]
"""Statement, side, code (or label where there is none) and column."""

_FEN, _DIGITS = Decimal(1_000_000), Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Moved:
    """A figure that the books print otherwise than the county did: all in 万元, ``exact`` what the books hold."""

    key: Key
    label: str
    published: Decimal
    printed: Decimal
    exact: Decimal

    @property
    def nearest(self) -> Decimal:
        """What the books hold, rounded by itself."""
        return self.exact.quantize(_DIGITS, ROUND_HALF_UP)


@dataclass(frozen=True, slots=True)
class Proof:
    """``figures`` published that are not nothing; those that the books' own amounts do not round to (``wrong``), and those
    that are printed one digit away so that sums hold (``moved``)."""

    figures: int
    wrong: tuple[Moved, ...]
    moved: tuple[Moved, ...]


def figures(disclosure: Disclosure, statements: set[str] | None = None) -> dict[Key, Decimal]:
    """Every printed figure of the statements but zeros, by its place."""
    return {
        (s.id, row.side, row.code or row.label, cell.column): cell.printed.value
        for s in disclosure.statements
        for row, cell in s.cells()
        if cell.printed.value and (statements is None or s.id in statements)
    }


def compare(closed: Closed, published: Disclosure) -> Proof:
    """The department's statements against the published ones (万元), as far as those go."""
    wanted = figures(published)
    mine = {s.id: s for s in closed.department.statements}
    own: dict[Key, tuple[str, Decimal, Decimal]] = {}
    ids = {s.id for s in published.statements}
    for e in closed.ledger:
        if e.publisher == closed.department.publisher.unit_code and e.statement in ids:
            key = (e.statement, mine[e.statement].rows[e.row].side, e.code or e.label, e.column)
            own[key] = (e.label, e.printed, Decimal(e.fen) / _FEN)
    every = [
        Moved(key, label, wanted.get(key, Decimal(0)), printed, exact) for key, (label, printed, exact) in own.items()
    ]
    every += [Moved(k, k[2], v, Decimal(0), Decimal(0)) for k, v in wanted.items() if k not in own]
    wrong = tuple(m for m in every if m.nearest != m.published)
    return Proof(len(wanted), wrong, tuple(m for m in every if m.printed != m.published))


def spent(disclosure: Disclosure) -> Decimal:
    """The expenditure of the year as F03 prints it."""
    return figures(disclosure, {"F03"})[("F03", "", "合计", "total")]


def unspoken(disclosure: Disclosure) -> tuple[Decimal, ...]:
    """The increases, shares and rates of the published text that the text of the books does not say."""
    said = {f.printed.value for s in disclosure.sentences for f in s.figures}
    return tuple(value for text in data("county")["spoken"] if (value := Decimal(text)) not in said)
