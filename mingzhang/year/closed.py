"""What closing gives: disclosures with the exact value beside every figure, what is missing, and why it was refused."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from mingzhang.disclosure import Disclosure, Publisher
from mingzhang.year.tell import Missing


@dataclass(frozen=True, slots=True)
class Exact:
    """A printed figure and what the books hold for it: ``fen``, and ``printed`` in ``unit`` (万元 or 元).

    ``publisher`` is the code of the department or unit, ``scope`` says which
    of them; ``row`` is the number of the row in its statement, from 0.
    """

    publisher: str
    scope: str
    statement: str
    row: int
    code: str
    label: str
    column: str
    printed: Decimal
    unit: str
    fen: int

    @property
    def rounding(self) -> Decimal:
        """Printed less exact, in 元."""
        return self.printed * (10_000 if self.unit == "万元" else 1) - Decimal(self.fen) / 100


@dataclass(frozen=True, slots=True)
class Tail:
    """A figure that carries a difference (尾差) to a figure that is published already, and why."""

    publisher: str
    scope: str
    statement: str
    label: str
    column: str
    printed: Decimal
    fen: int
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Lack:
    """What the clerk still has to give for the text of one publisher; it blocks publication."""

    publisher: Publisher
    missing: Missing


@dataclass(frozen=True, slots=True)
class Closed:
    """A closed year: what the department publishes, and each of its units.

    ``ledger`` has every printed amount with its exact value, ``way`` how the
    rounding was found (see ``figures.rounding``), ``tails`` the figures that
    keep a difference. It may be published where nothing is ``missing``.
    """

    department: Disclosure
    units: tuple[Disclosure, ...]
    ledger: tuple[Exact, ...]
    way: str
    tails: tuple[Tail, ...] = ()
    missing: tuple[Lack, ...] = ()

    @property
    def disclosures(self) -> Iterator[Disclosure]:
        yield self.department
        yield from self.units

    @property
    def publishable(self) -> bool:
        return not self.missing


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why the books cannot be closed, with the figures and what to do, in Chinese and in English."""

    zh: str
    en: str


class Refused(ValueError):
    """The books make no sense as they stand; ``refusals`` says all of it at once."""

    def __init__(self, refusals: tuple[Refusal, ...]) -> None:
        super().__init__("\n".join(r.zh for r in refusals))
        self.refusals = refusals
