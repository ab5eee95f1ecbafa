"""Cells of a disclosure against the cells that a reader got out of what was written from it."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from mingzhang.disclosure import UNDECIDED, Disclosure

Key = tuple[str, str, str, str, Decimal, str]


def keys(disclosure: Disclosure) -> Counter[Key]:
    """(statement, side, code or label, column, value, unit) of every decided cell."""
    found: Counter[Key] = Counter()
    for statement in disclosure.statements:
        for row, cell in statement.cells():
            if cell.column != UNDECIDED:
                who = row.code or row.label
                value = cell.printed.value.normalize() + 0
                found[(statement.id, row.side, who, cell.column, value, statement.unit)] += 1
    return found


@dataclass
class Score:
    """Counts over several documents: cells wanted, cells read, cells that agree, and those that do not."""

    wanted: int = 0
    read: int = 0
    agreed: int = 0
    missed: list[Key] = field(default_factory=list)
    extra: list[Key] = field(default_factory=list)

    @property
    def f1(self) -> float:
        return 2 * self.agreed / (self.wanted + self.read) if self.wanted + self.read else 1.0

    def add(self, truth: Disclosure, read: Iterable[Disclosure]) -> None:
        wanted = keys(truth)
        found: Counter[Key] = Counter()
        for disclosure in read:
            found += keys(disclosure)
        self.wanted += wanted.total()
        self.read += found.total()
        self.agreed += (wanted & found).total()
        self.missed += (wanted - found).elements()
        self.extra += (found - wanted).elements()
