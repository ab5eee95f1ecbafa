"""A statement as it is set, before any format: boxes with spans, in header rows and body rows."""

from dataclasses import dataclass

from mingzhang.disclosure import Printed, Row


@dataclass(frozen=True, slots=True)
class Box:
    """A cell of a set table: its text, how many columns and rows it spans, how it is aligned.

    ``figure`` is the printed figure where the box holds one; a box that holds one or could says for which ``row``
    and ``column`` of its statement.
    """

    text: str = ""
    columns: int = 1
    rows: int = 1
    align: str = "left"
    figure: Printed | None = None
    row: Row | None = None
    column: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One statement as set. ``widths`` are in characters (em); a body row is a total where ``totals`` says so."""

    id: str
    title: str
    number: str
    unit: str
    publisher: str
    year: int | None
    widths: tuple[float, ...]
    header: tuple[tuple[Box, ...], ...]
    body: tuple[tuple[Box, ...], ...]
    totals: frozenset[int] = frozenset()
    notes: tuple[str, ...] = ()


def header_rows(paths: list[tuple[str, ...]]) -> tuple[tuple[Box, ...], ...]:
    """The header rows of columns headed by ``paths``: equal neighbours merge, a short path reaches down."""
    depth = max(map(len, paths))
    rows: list[tuple[Box, ...]] = []
    for level in range(depth):
        row: list[Box] = []
        start = 0
        while start < len(paths):
            path = paths[start]
            if len(path) <= level:
                start += 1
                continue
            end = start + 1
            if len(path) > level + 1:
                while end < len(paths) and len(paths[end]) > level + 1 and paths[end][: level + 1] == path[: level + 1]:
                    end += 1
            reach = depth - level if len(path) == level + 1 else 1
            row.append(Box(path[level], end - start, reach, "center"))
            start = end
        rows.append(tuple(row))
    return tuple(rows)


def width(text: str) -> float:
    """The width of a text in em: a Chinese character is 1, a digit or letter 0.56."""
    return sum(1.0 if ord(c) > 0x2E7F or c in "“”‘’—…" else 0.56 for c in text)


def column_width(header: str, figures: list[str]) -> float:
    """The em that a column of figures needs under a header that may wrap."""
    return max([3.2, width(header) / 4 + 0.3, *(width(f) for f in figures)]) + 0.3
