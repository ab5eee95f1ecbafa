"""Statements while they are being placed: tables of rows whose figures may still stand in several columns."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from mingzhang.disclosure import Place, Printed
from mingzhang.forms import Form, Identity
from mingzhang.read.loose.cut import Cut
from mingzhang.read.loose.tokens import Token

Candidate = tuple[int, ...]
"""Which column each figure of a row stands in, by the index of the column; rising."""

BROKEN = 10_000
"""Cost of an identity that rounding does not explain."""
INEXACT = 5
"""Cost of an identity that holds only within rounding."""


@dataclass(slots=True)
class Sum:
    """An identity between columns, by index: total = parts - less, or parts no more than the total (``within``)."""

    id: str
    total: int
    parts: tuple[int, ...]
    less: tuple[int, ...]
    within: bool

    @property
    def last(self) -> int:
        return max(self.total, *self.parts, *self.less)


@dataclass(slots=True)
class Evidence:
    """Something known of a row from elsewhere.

    ``equals``: column ``column`` holds ``value``; ``limit``: it holds no more;
    ``hint``: figure ``figure`` stands in one of ``columns``. Breaking it costs ``cost``.
    """

    kind: str
    id: str
    cost: int
    column: int = -1
    value: int = 0
    slack: int = 0
    figure: int = -1
    columns: frozenset[int] = frozenset()

    @property
    def key(self) -> tuple[object, ...]:
        return self.id, self.column, self.value, self.figure, self.columns


@dataclass(slots=True)
class Entry:
    """A row: what is printed, its figures, and the candidates that are left with their costs.

    ``slots`` says for each printed mark whether it is a figure or a dash; ``open`` that nothing could be placed.
    """

    code: str = ""
    label: str = ""
    printed_label: str = ""
    side: str = ""
    block: str = ""
    line: int | None = None
    at: int | None = None
    role: str = "item"
    id: str = ""
    tokens: list[Token] = field(default_factory=list)
    figures: list[Printed] = field(default_factory=list)
    slots: list[bool] = field(default_factory=list)
    values: list[int] = field(default_factory=list)
    left: dict[Candidate, int] = field(default_factory=dict)
    evidence: list[Evidence] = field(default_factory=list)
    used: dict[str, None] = field(default_factory=dict)
    open: bool = False

    def known(self, column: int) -> int | None:
        """The value in the column (0 for a blank), None where the candidates differ."""
        if self.open:
            return None
        seen = {self.value(c, column) for c in self.left}
        return seen.pop() if len(seen) == 1 else None

    def value(self, candidate: Candidate, column: int) -> int:
        return self.values[candidate.index(column)] if column in candidate else 0


@dataclass(slots=True)
class Table:
    """Rows over the same columns, the identities between the columns, and which rows sum up to which."""

    columns: list[str]
    rows: list[Entry]
    sums: list[Sum] = field(default_factory=list)
    children: dict[int, list[int]] = field(default_factory=dict)
    levels: str = "levels"
    decimals: int = 0
    side: str = ""
    measures: dict[str, tuple[str, str]] = field(default_factory=dict)

    def groups(self) -> list[list[int]]:
        """The columns in groups that are placed one after the other: the parts of each total, then all others."""
        out = []
        seen: set[int] = set()
        for s in self.sums:
            group = [c for c in (s.total, *s.parts, *s.less) if c not in seen or c == s.total]
            fresh = [c for c in group if c not in seen]
            seen |= set(fresh)
            if fresh:
                out.append(fresh)
        rest = [c for c in range(len(self.columns)) if c not in seen]
        return [*([rest] if rest else []), *out]


@dataclass(slots=True)
class Draft:
    """A statement in the making."""

    form: Form
    cut: Cut
    title: str
    place: Place
    tables: list[Table]
    columns: list[str]

    def rows(self) -> list[tuple[Table, Entry]]:
        return [(t, r) for t in self.tables for r in t.rows]


def sums(identities: Sequence[Identity], columns: Sequence[str], side: str, variant: int = 0) -> list[Sum]:
    """The identities of a form that hold between the columns that are printed, totals before their parts.

    ``variant`` 0 takes the parts that the form names first, 1 and more what some layouts sum instead.
    """
    at = {c: n for n, c in enumerate(columns)}
    out = []
    for i in identities:
        if i.axis not in ("columns", "within") or i.total not in at or (i.side and side and i.side != side):
            continue
        if any(u in at for u in i.unless):
            continue
        named = i.others[variant - 1] if 0 < variant <= len(i.others) else i.parts
        parts = tuple(at[p] for p in named if p in at)
        if parts:
            less = tuple(at[p] for p in i.less if p in at)
            out.append(Sum(i.id, at[i.total], parts, less, i.axis == "within"))
    return out
