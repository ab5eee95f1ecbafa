"""Level names between rows → the rows that each name covers.

A merged level cell is printed once, at the top of its rows or in their
middle; which of the two is told by the table as a whole.
"""

from collections.abc import Callable, Iterable, Sequence

_NEVER = 1e9
_FAR = 10.0
_EMPTY = 1.2
_WIDEST = 150


def _centred(start: int, end: int, at: float) -> float:
    """How far a name at ``at`` stands from the middle of the rows ``start`` to ``end`` - 1."""
    return abs((start + end - 1) / 2 - at)


def _topped(start: int, end: int, at: float) -> float:
    """How far a name at ``at`` stands from the first row, on its line or just above it."""
    return 0.0 if start - 1 < at <= start else abs(start - at) + (0.5 if at < start else 1.2)


def _ends(start: int, at: float, size: int, centred: bool) -> Iterable[int]:
    """The row after the last one that a name at ``at`` may cover from ``start`` on, none first; further ones cost too much."""
    last = min(size, start + _WIDEST)
    if not centred:
        return range(start, (last if _topped(start, start + 1, at) <= _FAR else start) + 1)
    low, high = int(2 * (at - _FAR) + 1 - start), int(2 * (at + _FAR) + 2 - start)
    return (start, *range(max(start + 1, low), min(last, high) + 1))


def cover(
    places: Sequence[float],
    size: int,
    centred: bool,
    suits: Callable[[int, int, int], float] = lambda name, start, end: 0.0,
) -> tuple[float, list[int]]:
    """How badly it fits, and the first row of each name, such that names follow each other without gaps;
    a name may cover no row.

    ``places`` says where the names stand: 3 on the line of row 3, 2.5
    between rows 2 and 3. ``suits(name, start, end)`` is what it costs that a
    name covers the rows ``start`` to ``end`` - 1. The first name begins with the first row.
    """
    count = len(places)
    if not count:
        return 0.0, []
    far = _centred if centred else _topped
    best = [[_NEVER] * (size + 1) for _ in range(count + 1)]
    back = [[0] * (size + 1) for _ in range(count + 1)]
    best[0][0] = 0.0
    for k, at in enumerate(places):
        for start in range(size + 1):
            if best[k][start] >= _NEVER or abs(start - at) > (_WIDEST if centred else _FAR):
                continue
            for end in _ends(start, at, size, centred):
                cost = far(start, end, at) if end > start else _EMPTY + abs(start - 0.5 - at)
                if cost > _FAR:
                    continue
                cost += best[k][start] + suits(k, start, end)
                if cost < best[k + 1][end]:
                    best[k + 1][end], back[k + 1][end] = cost, start
    if best[count][size] >= _NEVER:
        return _NEVER, []
    starts: list[int] = []
    end = size
    for k in range(count, 0, -1):
        end = back[k][end]
        starts.insert(0, end)
    return best[count][size], starts
