"""The header of a table without lines: which columns it shows, and which of them each piece stands over."""

from collections.abc import Sequence

from mingzhang.read.grids.pieces import Piece, Row, column_of
from mingzhang.read.pages.page import Rule

Cell = tuple[int, int, int, int, list[Piece]]


def widened(columns: list[tuple[float, float]], head: Sequence[Row]) -> list[tuple[float, float]]:
    """The columns with those that only the header shows (a column without any number)."""
    out = list(columns)
    below: list[Piece] = []
    every = [p for row in head for p in row.pieces]
    for row in reversed(head):
        fresh: list[tuple[float, float]] = []
        for p in row.pieces if len(row.pieces) > 1 else ():
            if any(p.x0 < b and p.x1 > a for a, b in out):
                continue
            left = max(((a, b) for a, b in out if b <= p.x0), default=None)
            right = min(((a, b) for a, b in out if a >= p.x1), default=None)
            group = left and right and all(any(q.x0 < b and q.x1 > a for q in below) for a, b in (left, right))
            if group:
                continue
            bare = [c for c in (left, right) if c and not any(q.x0 < c[1] and q.x1 > c[0] for q in every)]
            if bare and p.number is False:
                near = min(bare, key=lambda c: max(c[0] - p.x1, p.x0 - c[1]))
                out[out.index(near)] = (min(near[0], p.x0), max(near[1], p.x1))
            else:
                fresh.append((p.x0, p.x1))
        out = sorted(out + fresh)
        below += row.pieces
    return out


def cells_of(rows: Sequence[Row], columns: Sequence[tuple[float, float]], lines: Sequence[Rule]) -> list[Cell]:
    """The cells of the header, one grid row for each line; wrapped lines of one column stay together."""
    cells: list[Cell] = []
    for k, row in enumerate(rows):
        below = {c for later in rows[k + 1 :] for p in later.pieces for c in _under(p, columns)}
        own = [_under(p, columns) for p in row.pieces]
        for at, piece in enumerate(row.pieces):
            taken = {c for other, cover in enumerate(own) if other != at for c in cover}
            first, last = _span(piece, own[at], columns, taken, below, lines)
            old = next((c for c in cells if c[1] == first and c[3] == last - first + 1 and c[0] + c[2] == k), None)
            if old is not None and piece.top - max(p.bottom for p in old[4]) < 0.5 * (piece.bottom - piece.top):
                cells.remove(old)
                cells.append((old[0], first, old[2] + 1, old[3], [*old[4], piece]))
            else:
                cells.append((k, first, 1, last - first + 1, [piece]))
    return cells


def _under(piece: Piece, columns: Sequence[tuple[float, float]]) -> list[int]:
    cover = [k for k, (a, b) in enumerate(columns) if piece.x0 < b and piece.x1 > a]
    return cover or [column_of(piece, columns)]


def _span(
    piece: Piece,
    cover: list[int],
    columns: Sequence[tuple[float, float]],
    taken: set[int],
    below: set[int],
    lines: Sequence[Rule],
) -> tuple[int, int]:
    """The columns a header piece stands over: those of a rule under it, or the widest group it is the middle of."""
    for r in lines:
        if -3 <= r.top - piece.bottom < 12 and r.x0 <= piece.x0 + 2 and piece.x1 - 2 <= r.x1:
            group = [k for k, (a, b) in enumerate(columns) if r.x0 - 2 <= (a + b) / 2 <= r.x1 + 2]
            if group and len(group) < len(columns) and not taken & set(group):
                return group[0], group[-1]
    first, last = cover[0], cover[-1]
    centre = (piece.x0 + piece.x1) / 2
    best = (first, last)
    if any(c in below for c in cover):
        for a in range(first, -1, -1):
            if a in taken or (a != first and a not in below):
                break
            for b in range(last, len(columns)):
                if b in taken or (b != last and b not in below):
                    break
                middle = (columns[a][0] + columns[b][1]) / 2
                if b - a > best[1] - best[0] and abs(middle - centre) < max(
                    6.0, 0.08 * (columns[b][1] - columns[a][0])
                ):
                    best = (a, b)
    return best
