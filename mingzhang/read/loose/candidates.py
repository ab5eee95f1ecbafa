"""The columns that the figures of one row may stand in.

Every rising assignment that breaks no row identity; where there is none (a
figure of the row is wrong) those that break the fewest, and one more.
"""

from collections.abc import Sequence

from mingzhang.read.loose.draft import BROKEN, INEXACT, Candidate, Entry, Sum

MOST = 400
"""More candidates than this are not told apart: the row stays undecided."""
_STEPS = 60_000


def row_cost(values: dict[int, int], columns_sums: Sequence[Sum]) -> int:
    """The cost of the row identities for figures (in units of the last digit) by column; a blank is nothing."""
    return sum(_cost(values, s) for s in columns_sums)


def _cost(values: dict[int, int], s: Sum) -> int:
    parts = [values[p] for p in s.parts if p in values]
    less = [values[p] for p in s.less if p in values]
    total = values.get(s.total)
    if total is None and not parts and not less:
        return 0
    if s.within:
        return 0 if sum(parts) <= (total or 0) + len(parts) else BROKEN
    off = abs((total or 0) - sum(parts) + sum(less))
    if off == 0:
        return 0
    return INEXACT * off if 2 * off <= len(parts) + len(less) + 1 and total is not None else BROKEN


def candidates(entry: Entry, width: int, columns_sums: Sequence[Sum]) -> None:
    """Fill ``entry.left`` with the assignments and their costs; ``entry.open`` where there are too many."""
    values = entry.values
    entry.open = False
    if not values:
        entry.left = {(): 0}
        return
    if len(values) > width:
        entry.left, entry.open = {}, True
        return
    if len(values) == width:
        full = tuple(range(width))
        entry.left = {full: row_cost(dict(enumerate(values)), columns_sums)}
        return
    for allowed in (0, 1, 2):
        found = _search(values, width, columns_sums, allowed)
        if found is None:
            entry.left, entry.open = {}, True
            return
        if found and allowed:
            found = _search(values, width, columns_sums, allowed + 1)
            if found is None:
                break
        if found:
            entry.left = found
            return
    entry.left, entry.open = {}, True


def fits(values: Sequence[int], width: int, columns_sums: Sequence[Sum]) -> bool:
    """Whether some placement of the figures breaks no row identity (also where there are too many to tell)."""
    return len(values) > width or _search(values, width, columns_sums, 0) != {}


def wider(entry: Entry, columns_used: Sequence[int], columns_sums: Sequence[Sum]) -> dict[Candidate, int]:
    """The candidates of a row in the given columns with one more broken identity than need be, as well as its own."""
    least = min(entry.left.values(), default=0) // BROKEN
    found: dict[Candidate, int] = {}
    width = max(columns_used, default=-1) + 1
    if len(entry.values) <= len(columns_used):
        more = _search(entry.values, width, columns_sums, least + 1, frozenset(columns_used))
        found = more if more is not None else {}
    return {**found, **entry.left}


def _search(
    values: Sequence[int],
    width: int,
    columns_sums: Sequence[Sum],
    allowed: int,
    only: frozenset[int] | None = None,
) -> dict[Candidate, int] | None:
    """All assignments with at most ``allowed`` broken identities and their costs; None where there are too many.

    A blank total forces blank parts.
    """
    closing: list[list[Sum]] = [[] for _ in range(width)]
    totals: list[list[int]] = [[] for _ in range(width)]
    for s in columns_sums:
        closing[min(s.last, width - 1)].append(s)
        for p in s.parts:
            if s.total < p < width:
                totals[p].append(s.total)
    count = len(values)
    found: dict[Candidate, int] = {}
    steps = 0

    def go(n: int, column: int, placed: dict[int, int], broken: int, cost: int) -> bool:
        nonlocal steps
        steps += 1
        if steps > _STEPS or len(found) > MOST:
            return False
        if column == width:
            if n == count:
                found[tuple(placed)] = cost
            return True
        options = []
        if n < count and (only is None or column in only) and all(t in placed for t in totals[column]):
            options.append(True)
        if width - column > count - n:
            options.append(False)
        for here in options:
            if here:
                placed[column] = values[n]
            extra = sum(_cost(placed, s) for s in closing[column])
            worse = broken + sum(1 for s in closing[column] if _cost(placed, s) >= BROKEN)
            if worse <= allowed and not go(n + here, column + 1, placed, worse, cost + extra):
                return False
            if here:
                del placed[column]
        return True

    return found if go(0, 0, {}, 0, 0) else None
