"""The characters of a PDF page with their boxes, and the tight runs they stand in."""

import ctypes
import math
from collections import Counter
from dataclasses import dataclass, field

from mingzhang.read.pages import pdfium as p
from mingzhang.read.pages.frame import Matrix, placed, turned

BLANK = frozenset("\0\t\n\v\f\r \x1c\x1d\x1e\x1f\x85\xa0\u1680\u180e\u2028\u2029\u202f\u205f\u3000\ufeff\ufffe\x01\x02\x03"
                  "\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u200b\u200c\u200d\u200e\u200f\u00ad")  # fmt: skip
_MOST = 2_000_000


@dataclass(slots=True)
class Glyphs:
    """Characters by their index in the page's text, boxes on the page as shown; blanks have no box and are in no run.

    A run holds the indices of characters that follow each other without a
    gap on one baseline. ``turn`` says by how many quarters clockwise the
    run's text is turned against the page, None where it is slanted.
    """

    text: str
    x0: list[float]
    top: list[float]
    x1: list[float]
    bottom: list[float]
    runs: list[list[int]] = field(default_factory=list)
    unmapped: int = 0


def read(textpage: int, matrix: Matrix) -> Glyphs:
    """All characters of a text page."""
    count = min(p.count_chars(textpage), _MOST)
    text = _text(textpage, max(count, 0))
    n = len(text)
    x0, top, x1, bottom = [0.0] * n, [0.0] * n, [0.0] * n, [0.0] * n
    runs: list[list[int]] = []
    run: list[int] = []
    add = runs.append
    floats, at, loose, blank = p.FLOATS, p.F0, p.loose_box, BLANK
    ma, mb, mc, md, me, mf = matrix
    plain = mb == 0.0 and mc == 0.0 and ma == 1.0 and md == -1.0
    end = low = 0.0  # where the run ends, its bottom
    high = -1.0
    last = ""
    unmapped = 0
    for i, char in enumerate(text):
        if char in blank:
            if char == "\0" and not p.is_generated(textpage, i):
                unmapped += 1
            continue
        if not loose(textpage, i, at):
            continue
        left, up, right, down, _, _ = floats
        if plain:
            left += me
            right += me
            up = mf - up
            down = mf - down
        else:
            left, up, right, down = placed(matrix, left, down, right, up)
        size = down - up
        if (right <= left or size <= 0.0) and (right < left or size < 0.0):
            continue
        x0[i] = left
        top[i] = up
        x1[i] = right
        bottom[i] = down
        gap = left - end
        if run and -0.3 * size < gap < 0.15 * size and -0.25 * size < down - low < 0.25 * size and size < 1.5 * high:
            if char == last and abs(left - x0[run[-1]]) < 0.25 * (right - left):
                continue  # printed twice for weight
            run.append(i)
        else:
            run = [i]
            add(run)
        end, low, high, last = right, down, size, char
    return Glyphs(text, x0, top, x1, bottom, runs, unmapped)


def _text(textpage: int, count: int) -> str:
    """One character for each index; what PDFium cannot name is U+0000."""
    if not count:
        return ""
    buffer = ctypes.create_string_buffer(2 * count + 2)
    if p.get_text(textpage, 0, count, ctypes.addressof(buffer)) == count + 1:
        text = buffer.raw[: 2 * count].decode("utf-16-le", "surrogatepass")
        if len(text) == count and not any("\ud800" <= c <= "\udfff" for c in set(text)):
            return text
    codes = (p.unicode_of(textpage, i) for i in range(count))
    return "".join(chr(c) if c < 0xD800 or 0xDFFF < c < 0x110000 else "\0" for c in codes)


def quarter(textpage: int, index: int, rotation: int) -> int | None:
    """How many quarters clockwise a character is turned on the shown page; None where it is slanted."""
    angle = p.char_angle(textpage, index)
    if angle <= 0.0:
        return rotation
    quarters = angle / (math.pi / 2)
    near = round(quarters)
    return (near + rotation) % 4 if abs(quarters - near) < 0.3 else None


def turns(textpage: int, glyphs: Glyphs, rotation: int) -> tuple[list[int | None], int]:
    """The turn of each run, and the turn of most characters of the page."""
    each = [quarter(textpage, run[0], rotation) for run in glyphs.runs]
    counts: Counter[int] = Counter()
    for turn, run in zip(each, glyphs.runs, strict=True):
        if turn is not None:
            counts[turn] += len(run)
    return each, counts.most_common(1)[0][0] if counts else 0


def regrouped(glyphs: Glyphs, indices: list[int], width: float, height: float, quarters: int) -> Glyphs:
    """The given characters turned upright, in fresh runs, from a page of that size."""
    n = len(glyphs.text)
    x0, top, x1, bottom = [0.0] * n, [0.0] * n, [0.0] * n, [0.0] * n
    runs: list[list[int]] = []
    run: list[int] = []
    for i in indices:
        box = turned((glyphs.x0[i], glyphs.top[i], glyphs.x1[i], glyphs.bottom[i]), width, height, quarters)
        x0[i], top[i], x1[i], bottom[i] = box
        size = box[3] - box[1]
        if run:
            k = run[-1]
            gap, drop = box[0] - x1[k], box[3] - bottom[k]
            if -0.3 * size < gap < 0.15 * size and abs(drop) < 0.25 * size:
                if glyphs.text[i] != glyphs.text[k] or abs(box[0] - x0[k]) >= 0.25 * (box[2] - box[0]):
                    run.append(i)
                continue
        run = [i]
        runs.append(run)
    return Glyphs(glyphs.text, x0, top, x1, bottom, runs)
