"""What was seen on a page: placed words and ruled lines, and what was left out and why."""

from dataclasses import dataclass, field
from typing import NamedTuple


class Word(NamedTuple):
    """A run of characters without a gap, in points from the upper left corner of the page as it is shown."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float


class Rule(NamedTuple):
    """A ruled line (horizontal where top == bottom, vertical where x0 == x1)."""

    x0: float
    top: float
    x1: float
    bottom: float


class Dropped(NamedTuple):
    """Text that is in the file but not printed: its words and the reason (clipped, no ink, outside the page …)."""

    word: Word
    reason: str


@dataclass(slots=True)
class Page:
    """One page. Text without pages has ``number`` None and its ``lines`` instead of words.

    ``turned`` is how many quarters clockwise the page was turned so that the
    words of most of its text stand upright; width, height, words and rules are
    those of the turned page. ``ocr`` marks words that come from an invisible text layer over an image.
    ``lines`` are (line number from 1, text) for files without geometry.
    """

    number: int | None
    width: float = 0.0
    height: float = 0.0
    words: list[Word] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    dropped: list[Dropped] = field(default_factory=list)
    lines: list[tuple[int, str]] = field(default_factory=list)
    ocr: bool = False
    turned: int = 0
