"""The money of performance tables from the books: budgets and outturns of a project or of the whole department, by source."""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cache
from importlib import resources
from typing import Any

from mingzhang.books.accounts import Accounts, Paid
from mingzhang.forms.fill import PLANNED, SPENT
from mingzhang.performance.assess import Money
from mingzhang.performance.monitor import cumulated


@cache
def words() -> Mapping[str, Any]:
    """``registers.toml``: which indicators the books know, and what sources are called."""
    return tomllib.loads((resources.files("mingzhang.year") / "data" / "registers.toml").read_text("utf-8"))


def source(id: str) -> str:
    """What the money of a source of the books is called in a performance table."""
    names: Mapping[str, str] = words()["sources"]
    return names.get(id, names["own"])


@dataclass(frozen=True, slots=True)
class Held:
    """What the books hold for a project, or for the department (``left``: its closing balance), in fen."""

    initial: int
    full: int
    outturn: int
    left: int
    sources: tuple[tuple[str, int, int, int], ...]

    def money(self, reason: str = "", measure: str = "") -> Money:
        """The money line of an evaluation; sources are told where there is more than one."""
        several = self.sources if len(self.sources) > 1 else ()
        return Money(self.initial, self.full, self.outturn, reason, measure, several)

    @property
    def planned(self) -> tuple[tuple[str, str, int], ...]:
        """The money lines of a goal table."""
        return tuple(("", name, initial) for name, initial, *_ in self.sources if initial) if len(self.sources) > 1 else ()


def held(accounts: Accounts, project: str = "") -> Held:
    """The money of a project by its code, or of the whole department."""
    by_source: dict[str, list[int]] = {}
    left = 0
    for e in accounts.entries:
        if project and e.project != project:
            continue
        left += e.amount if e.flow == "closing" else 0
        if e.flow not in (*PLANNED, "adjust", *SPENT):
            continue
        sums = by_source.setdefault(source(e.source), [0, 0, 0])
        sums[0] += e.amount if e.flow in PLANNED else 0
        sums[1] += e.amount if e.flow in (*PLANNED, "adjust") else 0
        sums[2] += e.amount if e.flow in SPENT else 0
    names = [n for n in words()["sources"].values() if any(by_source.get(n, ()))]
    lines = tuple((n, by_source[n][0], by_source[n][1], by_source[n][2]) for n in names)
    initial, full, outturn = (sum(sums[n] for sums in by_source.values()) for n in (0, 1, 2))
    return Held(initial, full, outturn, left, lines)


def spent(paid: Iterable[Paid], day: date, project: str = "") -> int:
    """What was paid up to a day, in fen."""
    return sum(p.amount for p in paid if p.day <= day and (not project or p.project == project))


def course(paid: Sequence[Paid], project: str = "") -> tuple[Fraction, ...] | None:
    """How an earlier year was paid: the cumulative shares at the ends of its months; None where nothing was.

    What came back later was not paid for good: it is taken from the months before it.
    """
    months = [0] * 12
    for p in paid:
        if not project or p.project == project:
            months[p.day.month - 1] += p.amount
    for n in range(11, 0, -1):
        if months[n] < 0:
            months[n - 1] += months[n]
            months[n] = 0
    return cumulated(months) if min(months) >= 0 and any(months) else None
