"""Lines that lost their columns → pieces: the words of each line, with what joins and parts them."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from mingzhang.disclosure import Place
from mingzhang.read.block import Line
from mingzhang.read.evaluations.vocabulary import Words

_BLANKED = re.compile(r"\d (?=[\u4e00-\u9fff])")
_UNBLANKED = re.compile(r"\d(?=[\u4e00-\u9fff])")
_LATIN = re.compile(r"[\x00-\x7f]")
_UNBROKEN = re.compile(r"[\x21-\x7e]+")
KIND = "evaluation"
"""The kind of the remarks on performance tables."""
MOST_LINES = 30
"""Lines that one wrapped cell may take; longer runs are not tried every way."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One word or tabbed cell of a line.

    ``line`` is the index of its line in the region, ``alone`` whether it is
    the only piece of it, ``gap`` the empty lines before its line, ``bol`` and
    ``eol`` whether it is the first and last of it. ``apart`` says that a tab
    or a wide gap parts it from the piece before, ``loose`` that the file has
    blanks between Chinese characters and figures, so that such a blank parts
    nothing.
    """

    text: str
    line: int
    alone: bool
    gap: int
    bol: bool = True
    eol: bool = True
    apart: bool = False
    loose: bool = False
    width: int = field(init=False, compare=False)
    first: int = field(init=False, compare=False)
    slack: int = field(init=False, compare=False)

    def __post_init__(self) -> None:
        """Set ``width`` (columns the text takes), ``first`` (of its first unbroken thing) and ``slack`` (its doubt)."""
        object.__setattr__(self, "width", width(self.text))
        object.__setattr__(self, "first", first_width(self.text))
        object.__setattr__(self, "slack", slack(self.text))


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


@lru_cache(maxsize=8192)
def width(text: str) -> int:
    """Columns the text takes: two for a Chinese character, one for a Latin one."""
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


def first_width(text: str) -> int:
    """The width of the first thing in a text that is not broken over lines: a Chinese character, a figure, a sign."""
    if not text:
        return 0
    hit = _UNBROKEN.match(text)
    return width(hit.group()) if hit else width(text[0])


def slack(line: str) -> int:
    """By how much the width of a line may be misjudged: Latin characters and figures differ, Chinese ones do not."""
    return 1 if _LATIN.search(line) else 0


def joint(before: Piece, piece: Piece) -> float:
    """What it costs that two pieces of one line stand in one cell."""
    if piece.apart:
        return 2.5
    if piece.loose and before.text[-1].isascii() != piece.text[0].isascii():
        return 0.1
    return 0.8


def _loose(lines: Sequence[tuple[int, Line]], words: Words) -> bool:
    """Whether blanks stand between figures and Chinese characters all over: ``12 月底前``, ``46 座``."""
    text = "\n".join(line.text for _, line in lines)
    with_blank = sum(1 for hit in _BLANKED.finditer(text) if words.unit.match(text, hit.end()))
    without = sum(1 for hit in _UNBLANKED.finditer(text) if words.unit.match(text, hit.end()))
    return with_blank > without


def rows(lines: Sequence[tuple[int, Line]], words: Words) -> list[Row]:
    """The lines of a region (with their index in it) as rows of pieces.

    Where most lines are parted by tabs, only these part words; else every
    blank does.
    """
    parted = sum(1 for _, line in lines if sum(1 for p in line.parts if p) > 1)
    tabs = parted * 2 > len(lines) and any("" in line.parts for _, line in lines)
    loose = _loose(lines, words)
    out: list[Row] = []
    last: Line | None = None
    for index, line in lines:
        gap = 0
        if last is not None:
            if line.number is not None and last.number is not None:
                gap = max(0, line.number - last.number - 1)
            elif line.page != last.page:
                gap = 3
        if tabs:
            texts = ["".join(p.split()) for p in (line.parts or (line.text,)) if p.strip()]
            apart = [True] * len(texts)
        else:
            texts, apart = [], []
            for part in line.parts or (line.text,):
                merged = _merged(part.split(), words)
                texts += merged
                apart += [True, *[False] * (len(merged) - 1)] if merged else []
        if not texts:
            continue
        starts = line.starts_page or gap >= 3 or (last is not None and line.page != last.page)
        alone = len(texts) == 1
        made = tuple(
            Piece(t, index, alone, gap, k == 0, k == len(texts) - 1, k > 0 and apart[k], loose)
            for k, t in enumerate(texts)
        )
        out.append(Row(index, made, gap, starts, line))
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
