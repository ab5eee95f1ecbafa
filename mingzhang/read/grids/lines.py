"""Words become lines of text."""

from collections.abc import Iterable, Sequence
from statistics import median

from mingzhang.read.block import Box, Line
from mingzhang.read.pages.page import Word

WIDE = 1.6  # of the line height: a gap that sets pieces of a line apart

Level = list[Word]


def levels(words: Iterable[Word]) -> list[Level]:
    """The words parted into lines by their heights, from the top; each line from the left."""
    rest = sorted(words, key=lambda w: w.top + w.bottom)
    out: list[Level] = []
    level: Level = []
    centre = size = 0.0
    for word in rest:
        middle, height = word.top + word.bottom, word.bottom - word.top
        if level and middle - centre <= 0.8 * min(height, size):
            level.append(word)
            continue
        level = [word]
        out.append(level)
        centre, size = middle, height
    for level in out:
        if len(level) > 1:
            level.sort(key=lambda w: w.x0)
    return out


def around(words: Sequence[Word]) -> Box:
    """The box around words."""
    return (
        min(w.x0 for w in words),
        min(w.top for w in words),
        max(w.x1 for w in words),
        max(w.bottom for w in words),
    )


def line(level: Sequence[Word], page: int | None, starts_page: bool = False) -> Line:
    """A line from the words of one height."""
    size = median([w.bottom - w.top for w in level])
    parts = [level[0].text]
    for before, word in zip(level, level[1:], strict=False):
        if word.x0 - before.x1 > WIDE * min(before.bottom - before.top, word.bottom - word.top):
            parts.append(word.text)
        else:
            parts[-1] += " " + word.text
    return Line(" ".join(parts), page, around(level), None, tuple(parts), round(size, 2), starts_page)
