"""Where on which page something is printed."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a file: a box on a page, or a line of a text.

    ``page`` counts from 1 (None for text without pages); ``box`` is
    (x0, top, x1, bottom) in points from the upper left corner of the page as
    it is shown; ``line`` counts from 1.
    """

    file: str = ""
    page: int | None = None
    box: tuple[float, float, float, float] | None = None
    line: int | None = None

    def __str__(self) -> str:
        if self.page is not None:
            return f"p{self.page}"
        return f"line {self.line}" if self.line is not None else ""
