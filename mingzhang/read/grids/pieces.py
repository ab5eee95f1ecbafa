"""The pieces of lines, and what their places say: columns, aligned numbers, rows."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from mingzhang.read.grids.lines import Level
from mingzhang.read.pages.page import Rule, Word

NUMBER = re.compile(r"[-−－+]?(?:\d+|\d{1,3}(?:[,，]\d{3})+)(?:[.．]\d+)?%?\Z")
AMOUNT = re.compile(r"[-−－+]?(?:\d+|\d{1,3}(?:[,，]\d{3})+)[.．]\d+\Z|[-−－+]?\d{1,3}(?:[,，]\d{3})+\Z")
_LEADERS = re.compile(r"…|\.{4,}|·{3,}|．{3,}|-{4,}")
_NUMBERED = re.compile(r"[一二三四五六七八九十]+[、.．]|[（(][一二三四五六七八九十\d]+[)）]|\d+[、.．]|其中|[#＃]")
ROWS = 3  # rows of aligned numbers that make a table


class Piece:
    """Words of one line that stand close together."""

    __slots__ = ("bottom", "number", "text", "top", "words", "x0", "x1")

    def __init__(self, words: list[Word]) -> None:
        self.words = words
        self.text = " ".join(w.text for w in words)
        self.x0, self.x1 = words[0].x0, max(w.x1 for w in words)
        self.top, self.bottom = min(w.top for w in words), max(w.bottom for w in words)
        self.number = bool(NUMBER.match(self.text))


@dataclass(slots=True)
class Row:
    """A line of pieces; ``data`` where a number stands apart in it."""

    level: Level
    pieces: list[Piece]
    top: float
    bottom: float
    data: bool


def row_of(level: Level) -> Row:
    """The pieces of a line: words closer than a character belong together, numbers never."""
    groups: list[list[Word]] = [[level[0]]]
    for a, b in zip(level, level[1:], strict=False):
        size = min(a.bottom - a.top, b.bottom - b.top)
        if NUMBER.match(a.text) and NUMBER.match(b.text):
            enough = 0.1
        else:
            enough = 0.3 if AMOUNT.match(a.text) or AMOUNT.match(b.text) else 0.95
        if b.x0 - a.x1 < enough * size:
            groups[-1].append(b)
        else:
            groups.append([b])
    pieces = [Piece(g) for g in groups]
    text = "".join(w.text for w in level)
    data = len(pieces) > 1 and any(p.number for p in pieces) and not _LEADERS.search(text)
    return Row(level, pieces, min(w.top for w in level), max(w.bottom for w in level), data)


def columns_of(rows: Sequence[Row]) -> list[tuple[float, float]]:
    """The columns of lines: what their pieces cover from side to side, apart where nothing stands in any."""
    spans = sorted((p.x0, p.x1) for row in rows if row.data for p in row.pieces)
    out: list[list[float]] = []
    for x0, x1 in spans:
        if out and x0 < out[-1][1] - 0.5:
            out[-1][1] = max(out[-1][1], x1)
        else:
            out.append([x0, x1])
    return [(a, b) for a, b in out]


def column_of(piece: Piece, columns: Sequence[tuple[float, float]]) -> int:
    """The column a piece shares most with, or the nearest."""
    return max(range(len(columns)), key=lambda k: min(piece.x1, columns[k][1]) - max(piece.x0, columns[k][0]))


def solid(body: Sequence[Row], columns: Sequence[tuple[float, float]], ruled: bool, need: int = ROWS) -> bool:
    """Whether numbers are aligned well enough: in two columns, or in one with amounts or rules."""
    good = 0
    for a, b in columns:
        found = [p for row in body for p in row.pieces if p.x0 >= a - 1 and p.x1 <= b + 1]
        numbers = [p for p in found if p.number]
        if len(numbers) < need or len(numbers) < 0.6 * len(found):
            continue
        places = ([p.x1 for p in numbers], [p.x0 for p in numbers], [(p.x0 + p.x1) / 2 for p in numbers])
        if any(sum(abs(v - median(at)) <= 3 for v in at) >= 0.75 * len(at) for at in places):
            amounts = sum(bool(AMOUNT.match(p.text)) for p in numbers)
            good += 2 if amounts >= 2 or ruled else 1
    return good >= 2


def bands_of(rows: Sequence[Row], lines: Sequence[Rule]) -> list[list[Row]]:
    """The lines that make one row each: between rules, or around each line with numbers.

    A line without numbers belongs to the line with numbers that it stands
    closest to, or is a row of its own where it keeps the usual distance.
    """
    pitch = [b.top - a.top for a, b in zip(rows, rows[1:], strict=False) if a.data and b.data]
    usual = median(pitch) if pitch else 1e9

    widest: dict[int, float] = {}
    for row in rows:
        for p in row.pieces:
            if not p.number:
                widest[round(p.x0 / 3)] = max(p.x1, widest.get(round(p.x0 / 3), 0.0))

    def wraps(above: Row, below: Row) -> bool:
        for p in below.pieces:
            full = any(abs(q.x0 - p.x0) < 0.7 * (q.bottom - q.top) and q.x1 > widest.get(round(q.x0 / 3), 0.0) - 1.2 * (q.bottom - q.top)
                       for q in above.pieces if not q.number)  # fmt: skip
            if not full or _NUMBERED.match(p.text):
                return False
        return not below.data

    def joins(above: Row, below: Row) -> bool:
        if not below.data and all(_NUMBERED.match(p.text) for p in below.pieces):
            return False
        size = min(below.bottom - below.top, above.bottom - above.top)
        gap, step = below.top - above.bottom, below.top - above.top
        return (
            gap < size
            and (gap < 0.35 * size and step < 0.9 * usual or step < 1.1 * usual and wraps(above, below))
            and not any(above.bottom - 3 <= r.top <= below.top + 3 for r in lines)
        )

    out: list[list[Row]] = []
    for k, row in enumerate(rows):
        if out:
            above = out[-1][-1]
            has = any(r.data for r in out[-1])
            ahead = k + 1 < len(rows) and rows[k + 1].data and not row.data and joins(row, rows[k + 1])
            closer = ahead and rows[k + 1].top - row.bottom < row.top - above.bottom - 0.5
            if joins(above, row) and not (row.data and has) and not (has and closer):
                out[-1].append(row)
                continue
        out.append([row])
    return out
