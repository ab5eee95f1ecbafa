"""Grids from aligned words, for tables without uprights: ruled across only, or not at all."""

import re
from collections.abc import Sequence
from statistics import median

from mingzhang.read.block import Box, Grid, GridCell
from mingzhang.read.grids.lines import Level
from mingzhang.read.grids.pieces import AMOUNT, ROWS, Piece, Row, bands_of, column_of, columns_of, row_of, solid
from mingzhang.read.pages.page import Page, Rule

Cell = tuple[int, int, int, int, list[Piece]]
_STOPS = re.compile(r"[，。；]")
_HEADER = 10  # lines a header may take
_LABELLED = re.compile(r"(?<!其中)[:：]")


def grids(rest: list[Level], page: Page, ruled: Sequence[Grid]) -> tuple[list[Grid], list[Level]]:
    """The tables among lines of words that lie in no ruled grid, and the lines that are in none."""
    rows = [row_of(level) for level in rest]
    for row in rows:
        if _page_number(row, page):
            row.data = False
    if not any(r.data for r in rows):
        return [], rest
    across = sorted((r for r in page.rules if r.top == r.bottom and r.x1 - r.x0 > 40), key=lambda r: r.top)
    boxes = [g.box for g in ruled]
    across = [
        r for r in across if not any(b[1] - 4 <= r.top <= b[3] + 4 and r.x0 < b[2] and r.x1 > b[0] for b in boxes)
    ]
    out: list[Grid] = []
    free: list[Level] = []
    i = 0
    for start, end in _stretches(rows, across, boxes):
        made = _grid(rows[start:end], across, page.number)
        if made is None:
            continue
        free += rest[i:start]
        out.append(made)
        i = end
    return out, free + rest[i:]


def _page_number(row: Row, page: Page) -> bool:
    """Whether a line is the number of the page: one short whole number alone at the head or foot."""
    if len(row.pieces) != 1 or not row.pieces[0].text.isdigit() or len(row.pieces[0].text) > 4:
        return False
    margin = 0.1 * page.height
    return row.bottom < margin or row.top > page.height - margin


def _stretches(rows: list[Row], across: list[Rule], boxes: list[Box]) -> list[tuple[int, int]]:
    """The first and last lines of what may be tables."""
    out: list[tuple[int, int]] = []
    i = 0
    while i < len(rows):
        if not rows[i].data:
            i += 1
            continue
        end = i + 1
        last = i  # the last line with numbers
        alone = 0  # lines of one piece since
        while end < len(rows):
            row, before = rows[end], rows[end - 1]
            height = row.bottom - row.top
            far = row.top - before.bottom > 3.5 * height and not (
                row.top - before.bottom < 20 * height and _alike(row, rows[i : last + 1])
            )
            if far or _parted(before, row, boxes):
                break
            if row.data:
                last = end
                alone = 0
            else:
                flush = any(abs(row.pieces[0].x0 - p.x0) < 3 for r in rows[i:end] for p in r.pieces)
                alone = alone + 1 if len(row.pieces) == 1 and not flush else 0
                if alone > 4 or not _fits(row, rows[i : last + 1]):
                    break
            end += 1
        end = last + 1
        while end < len(rows) and _under_rule(rows[end], across, rows[last]):
            end += 1
        while end < len(rows) and _wraps(rows[end], rows[end - 1], rows[i]):
            end += 1
        start = _header(rows, i, across, boxes, out[-1][1] if out else 0)
        out.append((start, end))
        i = max(end, i + 1)
    return out


def _parted(above: Row, below: Row, boxes: list[Box]) -> bool:
    """Whether a ruled grid lies between two lines."""
    return any(above.bottom <= b[1] + 2 and b[3] - 2 <= below.top for b in boxes)


def _fits(row: Row, body: Sequence[Row]) -> bool:
    """Whether every piece of a line stands over one column only, and not as running text does."""
    columns = columns_of(body)
    if len(columns) < 2 or any(_LABELLED.search(p.text) for p in row.pieces):
        return False
    return all(sum(p.x0 < b and p.x1 > a for a, b in columns) <= 1 for p in row.pieces)


def _alike(row: Row, body: Sequence[Row]) -> bool:
    """Whether a line far below has its numbers where the lines above have theirs."""
    numbers = [p for p in row.pieces if p.number]
    known = [p.x1 for r in body for p in r.pieces if p.number]
    return len(numbers) > 1 and _fits(row, body) and all(any(abs(p.x1 - x) < 3 for x in known) for p in numbers)


def _wraps(row: Row, above: Row, first: Row) -> bool:
    """Whether a line continues the label of the line above it."""
    if len(row.pieces) != 1 or row.top - above.bottom > 0.35 * (row.bottom - row.top) or row.data:
        return False
    piece, label = row.pieces[0], above.pieces[0]
    numbers = [p.x0 for p in above.pieces if p.number]
    return (
        abs(piece.x0 - label.x0) < 3 and bool(numbers) and piece.x1 < min(numbers) and not _LABELLED.search(piece.text)
    )


def _under_rule(row: Row, across: list[Rule], last: Row) -> bool:
    """Whether a line lies above the rule that closes the table."""
    return any(row.bottom <= r.top + 3 and r.top - last.bottom < 60 and _over(r, last) for r in across) and any(
        r.top < last.top + 3 and _over(r, last) for r in across
    )


def _over(rule: Rule, row: Row) -> bool:
    return rule.x0 <= row.pieces[0].x1 and rule.x1 >= row.pieces[-1].x0


def _header(rows: list[Row], first: int, across: list[Rule], boxes: list[Box], floor: int) -> int:
    """The first line of the header over the first line with numbers."""
    body = rows[first]
    size = median([w.bottom - w.top for w in body.level])
    above = [r.top for r in across if r.top < body.top + 3 and _over(r, body)]
    start = first
    lowest = first
    while lowest > floor and first - lowest < _HEADER:
        row, below = rows[lowest - 1], rows[lowest]
        height = row.bottom - row.top
        ruled = any(top <= row.top + 3 and body.top - top < 14 * height for top in above)
        if below.top - row.bottom > (4.0 if ruled else 2.5) * height or _parted(row, below, boxes):
            break
        if not ruled and (
            height > 1.3 * size + 1 or any(_LABELLED.search(p.text) or len(p.text) > 24 for p in row.pieces)
        ):
            break
        if above and not ruled:
            break
        lowest -= 1
        if len(row.pieces) > 1 or ruled or (start == lowest + 1 < first and _over_columns(row, rows[start:first])):
            start = lowest
    return start


def _over_columns(row: Row, head: Sequence[Row]) -> bool:
    """Whether a lone piece above a header stands over some of its columns, and not over all as a title does."""
    (piece,) = row.pieces
    pieces = [p for r in head for p in r.pieces]
    left, right = min(p.x0 for p in pieces), max(p.x1 for p in pieces)
    centre = (piece.x0 + piece.x1) / 2
    return (
        len(piece.text) <= 16
        and left <= piece.x0
        and piece.x1 <= right
        and head[0].top - row.bottom < 1.3 * (row.bottom - row.top)
        and abs(centre - (left + right) / 2) > 0.08 * (right - left)
    )


def _grid(rows: list[Row], across: list[Rule], page: int | None) -> Grid | None:
    body = [r for r in rows if r.data]
    columns = columns_of(body)
    if len(columns) < 2:
        return None
    left, right = min(a for a, _ in columns), max(b for _, b in columns)
    lines = [r for r in across if rows[0].top - 40 <= r.top <= rows[-1].bottom + 40 and r.x0 < right and r.x1 > left]
    wide = [r for r in lines if r.x0 <= left + 3 and r.x1 >= right - 3]
    framed = len(wide) >= 3 and wide[0].top <= rows[0].top and wide[-1].top >= rows[-1].bottom - 3
    strong = any(
        len(r.pieces) > 2
        and sum(bool(AMOUNT.match(p.text)) for p in r.pieces) > 1
        and not any(_STOPS.search(p.text) for p in r.pieces)
        for r in body
    )
    need = 1 if framed or strong else ROWS
    headed = len(columns) == 2 and any(len(r.pieces) == 2 and not r.data for r in rows[: rows.index(body[0])])
    if len(body) < need or not solid(body, columns, len(lines) >= 2 or headed, need):
        return None
    first = next(k for k, r in enumerate(rows) if r.data)
    numbers = min(p.top for p in rows[first].pieces if p.number)
    while first and rows[first - 1].bottom > numbers + 1:
        first -= 1  # the upper lines of a label that is taller than its numbers
        if rows[first].data or len(rows[first].pieces) > 1:
            first += 1
            break
    n = first
    cells: list[Cell] = [
        (k, column_of(p, columns), 1, 1, [p]) for k, row in enumerate(rows[:first]) for p in row.pieces
    ]
    bands = bands_of(rows[first:], lines)
    for band in bands:
        for at, pieces in enumerate(_placed(band, columns)):
            cells.append((n, at, 1, 1, pieces))
        n += 1
    full = [r for r in lines if r.x1 - r.x0 > 0.6 * (right - left)]
    if full:
        left, right = min(left, min(r.x0 for r in full)), max(right, max(r.x1 for r in full))
    edges = [left, *((a[1] + b[0]) / 2 for a, b in zip(columns, columns[1:], strict=False)), right]
    tops = _row_edges(cells, n, rows)
    made = tuple(
        GridCell(
            r,
            c,
            h,
            w,
            tuple(p.text for p in sorted(pieces, key=lambda p: (p.top + p.bottom, p.x0))),
            _around(pieces) or (edges[c], tops[r], edges[c + w], tops[r + h]),
        )
        for r, c, h, w, pieces in sorted(cells, key=lambda c: c[:2])
    )
    return Grid(page, n, len(columns), made, (edges[0], tops[0], edges[-1], tops[-1]), ruled=False)


def _around(pieces: Sequence[Piece]) -> Box | None:
    """The box of what is printed: without lines a cell has no other bounds."""
    if not pieces:
        return None
    return (
        min(p.x0 for p in pieces),
        min(p.top for p in pieces),
        max(p.x1 for p in pieces),
        max(p.bottom for p in pieces),
    )


def _placed(rows: Sequence[Row], columns: Sequence[tuple[float, float]]) -> list[list[Piece]]:
    out: list[list[Piece]] = [[] for _ in columns]
    for row in rows:
        for p in row.pieces:
            out[column_of(p, columns)].append(p)
    return out


def _row_edges(cells: Sequence[Cell], count: int, rows: Sequence[Row]) -> list[float]:
    """The heights between grid rows."""
    tops, bottoms = [1e9] * count, [-1e9] * count
    for r, _, h, _, pieces in cells:
        for p in pieces:
            tops[r] = min(tops[r], p.top)
            bottoms[r + h - 1] = max(bottoms[r + h - 1], p.bottom)
    edges = [min(r.top for r in rows)]
    for k in range(count - 1):
        high = max([edges[-1], *[b for b in bottoms[: k + 1] if b > -1e9]])
        low = tops[k + 1] if tops[k + 1] < 1e9 else high
        edges.append(max(edges[-1], (high + low) / 2))
    return [*edges, max(r.bottom for r in rows)]
