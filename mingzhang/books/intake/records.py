"""A year as it was filled in: who, what projects, what entries, what is counted and written. Amounts in fen."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from itertools import groupby
from types import MappingProxyType
from typing import NamedTuple

from mingzhang.books.accounts import Count, Organisation, Procurement, Project
from mingzhang.books.chain import content
from mingzhang.books.draft import Draft

_NOTHING: Mapping[str, str] = MappingProxyType({})


class Spot(NamedTuple):
    """Where an entry was filled in: sheet and row."""

    sheet: str
    row: int


@dataclass(frozen=True, slots=True)
class Records:
    """What a filled template holds, in the order in which it is entered.

    ``department`` and ``year`` are empty where the file does not say them;
    ``spots`` tells of each draft where it stands. ``projects`` without costing
    keep the costing that the books have.
    """

    year: int | None = None
    department: Organisation | None = None
    units: tuple[Organisation, ...] = ()
    projects: tuple[Project, ...] = ()
    drafts: tuple[Draft, ...] = ()
    procurement: tuple[Procurement, ...] = ()
    counts: tuple[Count, ...] = ()
    paragraphs: Mapping[str, str] = field(default_factory=lambda: _NOTHING)
    reasons: Mapping[str, str] = field(default_factory=lambda: _NOTHING)
    spots: tuple[Spot, ...] = field(default=(), compare=False)

    @property
    def key(self) -> str:
        """The same for the same entries, whatever file they came in: makes importing them twice harmless."""
        whole = sha256()
        for d in self.drafts:
            line = (*d.line[:-1], int(d.line.appropriation))
            fields = (d.kind, *line, d.amount, d.date.isoformat(), d.document, d.words, d.voucher, d.consent)
            whole.update(content(fields).replace(b"\n", b"\\n") + b"\n")
        return f"import {whole.hexdigest()}"

    @property
    def empty(self) -> bool:
        """Whether there is nothing to enter."""
        return not (
            self.units
            or self.projects
            or self.drafts
            or self.procurement
            or self.counts
            or self.paragraphs
            or self.reasons
        )


@dataclass(frozen=True, slots=True)
class Known:
    """What the books know already, which a file need not repeat."""

    department: Organisation | None = None
    units: tuple[Organisation, ...] = ()
    projects: tuple[Project, ...] = ()


NOTHING_KNOWN = Known()
"""Of empty books."""


def ordered(
    rows: Iterable[tuple[int | None, Spot, Draft]], kinds: Sequence[Sequence[str]]
) -> tuple[tuple[Draft, ...], tuple[Spot, ...]]:
    """Drafts in the order in which they are entered: by the order that is filled in, else by date, means before what is
    paid of them (``kinds``, those of a day in this order); legs of one voucher together, vouchers numbered anew."""
    rank = {kind: n for n, together in enumerate(kinds) for kind in together}
    groups: dict[tuple[str, str], list[tuple[int | None, Spot, Draft]]] = {}
    vouchers: list[list[tuple[int | None, Spot, Draft]]] = []
    for row in rows:
        _, spot, draft = row
        if not draft.voucher:
            vouchers.append([row])
            continue
        legs = groups.setdefault((spot.sheet, draft.voucher), [])
        if not legs:
            vouchers.append(legs)
        legs.append(row)

    def place(legs: Sequence[tuple[int | None, Spot, Draft]]) -> tuple[int, int, int]:
        order, _, draft = legs[0]
        if order is not None:
            return (0, order, 0)
        return (1, draft.date.toordinal(), rank.get(draft.kind, len(rank)))

    drafts, spots = [], []
    for number, legs in enumerate(sorted(vouchers, key=place), start=1):
        voucher = str(number) if len(legs) > 1 else ""
        for _, spot, draft in legs:
            drafts.append(draft if draft.voucher == voucher else replace(draft, voucher=voucher))
            spots.append(spot)
    return tuple(drafts), tuple(spots)


def renumbered(drafts: Sequence[Draft]) -> tuple[Draft, ...]:
    """The drafts, their vouchers numbered as ``ordered`` does."""
    out = []
    runs = groupby(enumerate(drafts), lambda pair: pair[1].voucher or pair[0])
    for number, (_, run) in enumerate(runs, start=1):
        legs = [draft for _, draft in run]
        voucher = str(number) if len(legs) > 1 else ""
        out += [replace(leg, voucher=voucher) for leg in legs]
    return tuple(out)
