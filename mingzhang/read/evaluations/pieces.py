"""Lines that lost their columns → pieces: the words of each line, with what joins and parts them."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from mingzhang.disclosure import Place
from mingzhang.read.block import Line
from mingzhang.read.evaluations.vocabulary import Words

MOST_LINES = 30
"""Lines that one wrapped cell may take; longer runs are not tried every way."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One word or tabbed cell of a line.

    ``line`` is the index of its line in the region, ``alone`` whether it is
    the only piece of it, ``gap`` the empty lines before its line.
    """

    text: str
    line: int
    alone: bool
    gap: int

    @property
    def width(self) -> int:
        """Columns the text takes: two for a Chinese character, one for a Latin one."""
        return width(self.text)


@dataclass(frozen=True, slots=True)
class Row:
    """The pieces of one line, its index in the region, and whether it begins a page."""

    index: int
    pieces: tuple[Piece, ...]
    gap: int
    starts_page: bool
    source: Line

    @property
    def texts(self) -> list[str]:
        return [p.text for p in self.pieces]

    @property
    def joined(self) -> str:
        return "".join(p.text for p in self.pieces)


def width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WFA" else 1 for c in text)


def place(line: Line, file: str) -> Place:
    return Place(file, line.page, line.box, line.number)


def _merged(texts: list[str], words: Words) -> list[str]:
    """Words that a blank parts but that are one value: ``≥ 5``, ``5 次``, ``0.0 %``."""
    out: list[str] = []
    for text in texts:
        if out and (
            (words.comparator.fullmatch(out[-1]) and (text[0].isdigit()))
            or (words.unit.fullmatch(text) and out[-1][-1].isdigit() and words.is_quantity(out[-1] + text))
        ):
            out[-1] += text
        else:
            out.append(text)
    return out


def rows(lines: Sequence[tuple[int, Line]], words: Words) -> list[Row]:
    """The lines of a region (with their index in it) as rows of pieces.

    Where most lines are parted by tabs or wide gaps, only these part words;
    else every blank does.
    """
    parted = sum(1 for _, line in lines if sum(1 for p in line.parts if p) > 1)
    by_parts = parted * 2 > len(lines)
    out: list[Row] = []
    last: Line | None = None
    for index, line in lines:
        gap = 0
        if last is not None:
            if line.number is not None and last.number is not None:
                gap = max(0, line.number - last.number - 1)
            elif line.page != last.page:
                gap = 3
        if by_parts:
            texts = ["".join(p.split()) for p in (line.parts or (line.text,)) if p.strip()]
        else:
            texts = _merged(line.text.split(), words)
        if not texts:
            continue
        starts = line.starts_page or gap >= 3 or (last is not None and line.page != last.page)
        alone = len(texts) == 1
        out.append(Row(index, tuple(Piece(t, index, alone, gap) for t in texts), gap, starts, line))
        last = line
    return out


def cost_of_cell(pieces: Sequence[Piece]) -> float:
    """How unlike one wrapped cell the pieces are: each line but the last ought to fill the width."""
    if len(pieces) <= 1:
        return 0.0
    full = max(p.width for p in pieces)
    cost = sum(max(0.0, full - p.width - 2) for p in pieces[:-1])
    cost += 6.0 * sum(1 for p in pieces if not p.alone)
    cost += 3.0 * sum(1 for p in pieces[:-1] if p.text[-1] in "。；;")
    cost -= 0.3 * (pieces[-1].width < full - 2)
    return cost


def cells(pieces: Sequence[Piece], count: int) -> list[list[Piece]]:
    """The pieces as ``count`` wrapped cells in order (fewer where there are fewer pieces), the likeliest way."""
    if len(pieces) > MOST_LINES:
        rest = cells(pieces[-MOST_LINES:], count)
        return [[*pieces[:-MOST_LINES], *rest[0]], *rest[1:]]
    n = len(pieces)
    count = min(count, n)
    if count <= 1:
        return [list(pieces)] if n else []
    best: dict[tuple[int, int], tuple[float, int]] = {(0, 0): (0.0, 0)}
    for k in range(1, count + 1):
        for end in range(k, n + 1):
            options = [
                (best[(k - 1, start)][0] + cost_of_cell(pieces[start:end]), start)
                for start in range(k - 1, end)
                if (k - 1, start) in best
            ]
            if options:
                best[(k, end)] = min(options)
    out: list[list[Piece]] = []
    end = n
    for k in range(count, 0, -1):
        start = best[(k, end)][1]
        out.insert(0, list(pieces[start:end]))
        end = start
    return out


def glued(pieces: Sequence[Piece]) -> str:
    return "".join(p.text for p in pieces)
