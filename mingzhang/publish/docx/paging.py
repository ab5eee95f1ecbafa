"""On which page a part of the Word document will stand: the numbers that its contents show until Word computes them."""

import re
from collections.abc import Sequence

from mingzhang.publish.docx.elements import looks
from mingzhang.publish.sheet import width

_TOKEN = re.compile(r"[（“‘《]*(?:[0-9A-Za-z.,%+-]+|.)[，。；：、）”’》！？]*")
"""What is not broken at the end of a line: numbers, and brackets and stops with what they belong to."""

_LATIN = re.compile(r"[0-9A-Za-z]")


class Pages:
    """The page being filled, from 1, and how much of it is full, in points of the given page height."""

    def __init__(self) -> None:
        self.number, self.high, self.used = 1, 1e9, 0.0

    def turn(self, high: float) -> None:
        """A new page of that height; an empty page is taken as it is."""
        if self.used:
            self.number += 1
        self.high, self.used = high, 0.0

    def paragraph(self, text: str, style: str, wide: float, high: float) -> None:
        """A paragraph in a style, line by line."""
        look = _look(style)
        if look.get("new_page"):
            self.turn(high)
        size = look["size"] - look.get("tight", 0)
        first = look.get("indent", 0) * look["size"]
        lines = _lines(text, size, first, wide)
        line = look["line"] or look["size"] * 1.3
        before = look.get("before", 0) if self.used else 0
        # A heading stays with two lines of what follows; no first line of several stands alone at the foot.
        wanted = (3 if style.startswith("Heading") and style != "Heading 1" else min(lines, 2)) * line
        if self.used + before + wanted > self.high + 0.1:
            self.turn(self.high)
            before = 0
        self.used += before + line
        for _ in range(lines - 1):
            self._add(line)
        self.used += look.get("after", 0)

    def table(self, heights: Sequence[float], repeated: int) -> None:
        """Rows that are not split, the first ones repeated on each page."""
        head = sum(heights[:repeated])
        for n, height in enumerate(heights):
            if n >= repeated and self.used + height > self.high:
                self.turn(self.high)
                self.used = head
            self.used += height

    def _add(self, height: float) -> None:
        if self.used and self.used + height > self.high + 0.1:
            self.turn(self.high)
        self.used += height


def _look(style: str) -> dict[str, float]:
    for part in ("own", "builtin", "styles"):
        if style in looks()[part]:
            found: dict[str, float] = looks()[part][style]
            return found
    raise KeyError(style)


def _lines(text: str, size: float, first: float, wide: float) -> int:
    """How many lines a text fills, with a quarter of a character between Chinese and Latin."""
    lines, used = 1, first
    before: bool | None = None
    for token in _TOKEN.findall(text):
        latin = bool(_LATIN.match(token))
        room = width(token) * size + (size / 4 if before is not None and before != latin else 0)
        # A stop at the end of a line may take half its room.
        if used + room - (size / 2 if token[-1] in "，。；：、）”" else 0) > wide:
            lines, used = lines + 1, 0.0
        used += room
        before = latin
    return lines
