"""Paragraphs → headings and sentences with their figures and places."""

import re
from collections.abc import Iterator, Sequence

from mingzhang.disclosure import Figure, Heading, Place, Sentence
from mingzhang.read.block import Line
from mingzhang.read.narrative.figures import figures
from mingzhang.read.narrative.headings import heading, rank
from mingzhang.read.narrative.paragraphs import Paragraph, paragraphs

_SENTENCE = re.compile(r"[^。！？]*(?:[。！？]+[”’）)》]*|$)")
_DIGIT = re.compile(r"\d")


def _place(line: Line, file: str) -> Place:
    return Place(file, line.page, line.box, line.number)


def _spans(text: str, start: int = 0) -> Iterator[tuple[int, int]]:
    """Start and end of every sentence from ``start``."""
    for hit in _SENTENCE.finditer(text, start):
        if hit.end() > hit.start():
            yield hit.span()


def _sentences(paragraph: Paragraph, start: int, section: tuple[str, ...], file: str) -> Iterator[Sentence]:
    text = paragraph.text
    places: dict[int, Place] = {}

    def place(at: int) -> Place:
        line = paragraph.line(at)
        if id(line) not in places:
            places[id(line)] = _place(line, file)
        return places[id(line)]

    for begin, end in _spans(text, start):
        said = text[begin:end]
        found: tuple[Figure, ...] = ()
        if _DIGIT.search(said):
            found = tuple(Figure(f.printed, f.unit, f.start, f.end, place(begin + f.start)) for f in figures(said))
        yield Sentence(said, section, found, place(begin))


def narrate(lines: Sequence[Line], file: str) -> tuple[tuple[Heading, ...], tuple[Sentence, ...]]:
    """The headings and sentences of the running text of one document.

    ``lines`` are those of the text regions only, in reading order. The place
    of a figure is that of the line it is printed on, so a sentence that
    crosses pages has figures on both.
    """
    headings: list[Heading] = []
    said: list[Sentence] = []
    path: list[tuple[int, str]] = []
    section: tuple[str, ...] = ()
    for paragraph in paragraphs(lines):
        head = heading(paragraph.text, paragraph.spaced)
        start = 0
        if head is not None:
            while path and path[-1][0] >= head.rank:
                path.pop()
            path.append((head.rank, head.text))
            section = tuple(text for _, text in path)
            headings.append(Heading(head.text, len(path), _place(paragraph.lines[0], file)))
            start = head.end
        if start < len(paragraph.text):
            said.extend(_sentences(paragraph, start, section, file))
    return tuple(headings), tuple(said)


def sentences(text: str, section: tuple[str, ...] = (), place: Place | None = None) -> tuple[Sentence, ...]:
    """The sentences of a text inside a table (预期目标, 实际完成情况 …) with their figures.

    A line that begins with a numbering begins a sentence; other line breaks
    are wrapping.
    """
    pieces: list[str] = []
    for line in text.splitlines():
        plain = "".join(line.split())
        if not plain:
            continue
        if pieces and rank(plain) is None:
            pieces[-1] += plain
        else:
            pieces.append(plain)
    out = []
    for piece in pieces:
        for begin, end in _spans(piece):
            said = piece[begin:end]
            found = tuple(Figure(f.printed, f.unit, f.start, f.end, place) for f in figures(said))
            out.append(Sentence(said, section, found, place))
    return tuple(out)
