"""Lines → paragraphs: wrapped lines are joined; page numbers, contents, notes and table rows are left out."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from mingzhang.read.block import Line
from mingzhang.read.narrative.headings import bare_part, complete, is_title, rank, wants_item
from mingzhang.read.narrative.words import words

_FOLIO = re.compile(r"[-—–－·\s]*(?:第?\d{1,4}页?|第\d+页[,，/]?共\d+页|\d+/\d+|[ivxIVX]{1,5})[-—–－·\s]*")
_LEADER = re.compile(r"(?:…|\.{3}|·{3}|．{3}|。{3}|-{4}|—{3}).*$")
_ENTRY, _ENTRIES = 200, 400
_LEADING = re.compile(r"(?:…{2,}|\.{4,}|·{4,}|．{4,})\d{0,4}$")
_CONTENTS = re.compile(r"[-—]*目录[-—]*")
_BULLET = re.compile(r"[-•●■◆▪*#]+\s+")
_NOTE = re.compile(r"(?:注|说明|备注|附注)\d*[:：.．]")
_NOTE_WORDS = re.compile("|".join(words("notes", "words")))
_NOTE_ITEM = re.compile(r"\d{1,2}[.．、]")
_NUMBERS = re.compile(r"[-\d.,%]+(?:\s+[-\d.,%]+)+")
_NUMBER = re.compile(r"[-\d.,%]+")
_SUBTITLE = re.compile(r"[（(](?:19|20)\d\d年?度?[)）]")
_END = "。：:！？!?"
_OPEN_END = "，、（(“《,及和与"
_CONTINUES = re.compile(r"[，。；：、）)”》%％,;]|(?:万|亿)?元|[辆台个人次批项家名位起](?![\u4e00-\u9fff]{2})")
_TOKEN = re.compile(r"[A-Za-z\d.,%]+[，。；：、）”》]*|.[，。；：、）”》]*")
_PROSE = re.compile(r"[，。；]")
_SPEAKER = re.compile(r"[\u4e00-\u9fff]{2,10}[：:]")


@dataclass(slots=True)
class Paragraph:
    """Joined lines: the text without white space, the lines, and where each of them starts in the text.

    ``spaced`` is where the first white space of the first line stood (0: nowhere).
    """

    text: str
    lines: list[Line]
    starts: list[int] = field(default_factory=lambda: [0])
    spaced: int = 0

    def line(self, at: int) -> Line:
        """The line on which the character ``at`` of the text is printed."""
        return self.lines[bisect_right(self.starts, at) - 1]


def _width(text: str) -> int:
    """Columns that a text takes: two for a Chinese character or mark, one for a digit or Latin letter."""
    return sum(1 if char.isascii() else 2 for char in text)


class _Measure:
    """How wide the text is set: by the right edge of each page, or by the usual width of the lines."""

    def __init__(self, lines: Sequence[Line]) -> None:
        right: dict[int, float] = {}
        for line in lines:
            if line.box is not None and line.page is not None:
                right[line.page] = max(right.get(line.page, 0.0), line.box[2])
        usual = sorted(right.values())[len(right) // 2] if right else 0.0
        self.right = {page: max(edge, usual) if edge > 0.6 * usual else usual for page, edge in right.items()}
        widths = sorted(w for w in (_width(line.text) for line in lines) if w >= 20) if not right else []
        self.columns = 0
        if len(widths) >= 6:
            wide = widths[int(len(widths) * 0.9)]
            if sum(abs(w - wide) <= max(4, wide * 0.12) for w in widths) >= 0.4 * len(widths):
                self.columns = wide

    @property
    def even(self) -> bool:
        """Whether the lines are wrapped at one width (else a line is as long as its paragraph)."""
        return bool(self.right or self.columns)

    def short(self, line: Line, following: str) -> float:
        """How much of the width a line leaves free beyond what the next word needs: 0 or less for a full line."""
        token = _TOKEN.match(following)
        room = _width(token.group()) if token else 2
        if line.box is not None and line.page in self.right:
            size = line.size or line.box[3] - line.box[1] or 10.0
            edge = self.right[line.page]
            return (edge - line.box[2] - (room / 2 + 1.2) * size) / (edge or 1.0)
        return (self.columns - _width(line.text) - room - 3) / (self.columns or 1)


def _running(lines: Sequence[Line]) -> set[str]:
    """Texts that stand first or last on many pages: headers and footers."""
    edges: Counter[str] = Counter()
    pages = set()
    for n, line in enumerate(lines):
        if line.page is None:
            return set()
        pages.add(line.page)
        first = n == 0 or lines[n - 1].page != line.page
        last = n + 1 == len(lines) or lines[n + 1].page != line.page
        if (first or last) and "。" not in line.text:
            edges["".join(line.text.split())] += 1
    return {text for text, count in edges.items() if count >= 3 and count * 2 >= len(pages)}


def _is_row(line: Line, text: str) -> bool:
    """Whether a line is a row of a table that has no ruled lines."""
    if _NUMBERS.fullmatch(line.text.strip()):
        return True
    if len(line.parts) < 2 or _PROSE.search(text) or rank(text) is not None:
        return False
    if len(line.parts) == 2:
        return any(_NUMBER.fullmatch(part.strip()) for part in line.parts)
    return sum(len(part.strip()) > 1 for part in line.parts) * 2 > len(line.parts)


def _entry(text: str) -> str:
    """A line of the contents without leader and page number."""
    return re.sub(r"[\d\s]+$", "", _LEADER.sub("", text)).rstrip("….·")


def _printed(lines: Sequence[Line]) -> Iterator[tuple[Line | None, str]]:
    """The lines that are running text with their text without white space; (None, "") where something stood between."""
    running = _running(lines)
    contents: list[str] | None = None
    leaders = False
    page: int | None = None
    for line in lines:
        raw = line.text.strip()
        if raw[:1] in "-•●■◆▪*#":
            raw = _BULLET.sub("", raw, count=1)
        text = "".join(raw.split())
        if not text or (len(text) <= 20 and _FOLIO.fullmatch(text)) or text in running:
            continue
        if _CONTENTS.fullmatch(text):
            contents, leaders, page = [], False, line.page
            continue
        if contents is not None and (len(text) > _ENTRY or len(contents) > _ENTRIES):
            contents = None
        if contents is not None:
            entry = _entry(text)
            leaders = leaders or _LEADER.search(text) is not None
            turned = leaders and line.page != page and not _LEADER.search(text)
            known = bool(contents) and (
                entry in contents or (rank(entry) == 0 and any(c.startswith(entry) for c in contents))
            )
            if not known and not turned and not _PROSE.search(text):
                contents.append(entry)
                continue
            if not known and not turned and _NOTE.match(text):
                continue
            contents = None
            yield None, ""
        elif len(text) <= _ENTRY and _LEADING.search(text) and not _PROSE.search(text):
            continue
        if _SUBTITLE.fullmatch(text) or _is_row(line, text):
            yield None, ""
            continue
        yield line, text


def _joins(before: Paragraph, line: Line, text: str, measure: _Measure) -> bool:
    """Whether a line goes on with the paragraph before it."""
    last = before.lines[-1]
    if last.number is not None and line.number is not None and not 0 <= line.number - last.number <= 4:
        return False
    if last.page is not None and line.page is not None and not 0 <= line.page - last.page <= 1:
        return False
    said = before.text
    if bare_part(said):
        return rank(text) is None and len(text) <= 60
    if line.box is None and line.number is None:
        return False  # a line of a Word file or web page is a paragraph
    number = rank(text)
    if number is not None:
        return number == 0 and said.endswith(("见", "“", "《", "及", "和", "与"))
    if wants_item(said):
        return True
    if is_title(said):
        return False
    if said[-1] in _OPEN_END or _CONTINUES.match(text):
        return True
    if not measure.even:
        return not (said[-1] in _END or _SPEAKER.match(text) or is_title(text) or complete(said))
    short = measure.short(last, text)
    if is_title(text) and last.size and line.size > last.size * 1.15:
        return False
    if complete(said):
        return short <= 0 and len(text) <= 8 and not _PROSE.search(text)
    return short <= 0 or (short <= 0.2 and said[-1] not in _END and said[-1] not in "；;")


def paragraphs(lines: Sequence[Line]) -> list[Paragraph]:
    """The paragraphs of the running text, in order."""
    kept = list(_printed(lines))
    measure = _Measure([line for line, _ in kept if line is not None])
    out: list[Paragraph] = []
    open_ = False
    for line, text in kept:
        if line is None:
            open_ = False
            continue
        if open_ and _joins(out[-1], line, text, measure):
            out[-1].starts.append(len(out[-1].text))
            out[-1].lines.append(line)
            out[-1].text += text
            continue
        raw = _BULLET.sub("", line.text.strip(), count=1)
        gap = next((n for n, char in enumerate(raw) if char.isspace() and n > 4), 0)
        out.append(Paragraph(text, [line], spaced=len("".join(raw[:gap].split())) if gap else 0))
        open_ = True
    return _without_notes(out)


def _without_notes(paragraphs: list[Paragraph]) -> list[Paragraph]:
    out: list[Paragraph] = []
    noting = False
    for paragraph in paragraphs:
        if _NOTE.match(paragraph.text):
            noting = _NOTE_WORDS.search(paragraph.text) is not None
        elif noting:
            noting = _NOTE_ITEM.match(paragraph.text) is not None and _NOTE_WORDS.search(paragraph.text) is not None
        if not noting:
            out.append(paragraph)
    return out
