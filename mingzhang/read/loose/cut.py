"""A statement region → what stands above its header, the header, the lines of its body, its notes."""

import re
from dataclasses import dataclass, field

from mingzhang.disclosure import Note, Place
from mingzhang.forms import Form
from mingzhang.read.block import Line
from mingzhang.read.loose.tokens import AMOUNT, DASH, WHOLE, WORD, Token, data, ordinal, tokens
from mingzhang.read.outline import Region, belongs_before
from mingzhang.read.words import plain

_UNIT = re.compile(r"单位[:：](?:人民币)?(百万元|千元|万元|亿元|元|[台辆套个人件幢栋]+(?:、[台辆套个人件幢栋]+)*|%)")
_YEAR = re.compile(r"(20\d\d)年")
_YEAR_ALONE = re.compile(r"[（(]?20\d\d年度?[)）]?")
_NUMBER = re.compile(r"(?:公开|预算|决算|附|财决)(?:公开|预算|决算)?(?:附?表)?[\d一二三四五六七八九十]{1,3}表?")
_WHOSE = re.compile(
    r"(?:编制|填报|编报|预算)?(?:部门|单位)(?:名称|（单位）(?:名称)?|\(单位\)(?:名称)?)?[:：]"
    r"((?!人民币|[百千]?万?亿?元)[^:：]{2,40}?)(?=金额单位|单位[:：]|20\d\d年|$)"
)
_WHOSE_ALONE = re.compile(r"(?:编制|填报|编报|预算)?(?:部门|单位)?(?:名称|称)[:：]")
_NOTE = re.compile(r"(?:附?注|说明|备注|附注)\d*[:：.、]")
_PAGE = re.compile(r"[-—–]\s*\d{1,4}\s*[-—–]|第\s*\d+\s*页(?:[，,]?共\s*\d+\s*页)?")


@dataclass(slots=True)
class Cut:
    """The parts of a statement region. ``header`` are the words of the header as printed pieces, ``count`` the highest
    column number printed under it (0 where none is), ``rows_numbered`` whether the header has a row number column."""

    unit: str = ""
    publisher: str = ""
    year: int | None = None
    number: str = ""
    header: list[str] = field(default_factory=list)
    counts: list[int] = field(default_factory=list)
    rows_numbered: bool = False
    body: list[list[Token]] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)

    @property
    def head(self) -> str:
        return "".join(self.header)


def _starts_code(found: list[Token], form: Form) -> bool:
    if form.shape not in ("classified", "abreast", "projects") or not found or found[0].kind != WHOLE:
        return False
    text = found[0].text
    return 3 <= len(text) <= 12 and text[0] != "-" and not (len(text) == 4 and text[:2] in ("19", "20"))


def column_numbers(found: list[Token]) -> list[int]:
    """The numbers of a line that numbers the columns (栏次 1 2 3 …), [] where it is none."""
    whole = [int(t.text) for t in found if t.kind == WHOLE]
    words = [t.text for t in found if t.kind == WORD]
    named = data("words")["column_numbers"] in words
    if any(t.kind == AMOUNT for t in found) or not whole:
        return []
    if sorted(whole) != list(range(1, len(whole) + 1)):
        return []
    if named or (len(whole) >= 3 and all(len(w) <= 3 for w in words)):
        return whole
    return []


def _is_data(found: list[Token], form: Form) -> bool:
    if not found:
        return False
    if any(t.kind == AMOUNT for t in found) or _starts_code(found, form):
        return True
    if form.shape in ("two_sided", "items", "lines") and found[0].kind == WORD and ordinal(found[0].text) == 1:
        return True
    return form.shape in ("items", "lines") and found[0].kind == WORD and found[0].text[:2] in ("1.", "1、", "1．")


def _header_end(lines: list[list[Token]], form: Form) -> tuple[int, list[int]]:
    """How many lines the header has, and its column numbers."""
    first = next((n for n, found in enumerate(lines) if _is_data(found, form)), len(lines))
    counts: list[int] = []
    end = first
    numbered = -1
    for n in range(first):
        run = column_numbers(lines[n])
        if run:
            counts, numbered = run, n
    totals = set(data("words")["totals"])
    if numbered >= 0:
        return numbered + 1, counts
    while end and [t.text for t in lines[end - 1] if t.kind != DASH] and len(lines[end - 1]) == 1:
        if lines[end - 1][0].text not in totals or end < len(lines) and lines[end][0].kind == WORD:
            break
        end -= 1
    return end, counts


def _without_repeats(lines: list[list[Token]], header: list[str]) -> list[list[Token]]:
    """The body without the headers that continuation pages print again."""
    texts = ["".join(t.text for t in found) for found in lines]
    first = {text: [i for i, h in enumerate(header) if h == text] for text in set(texts)}
    out: list[list[Token]] = []
    n = 0
    while n < len(lines):
        longest = 0
        for start in first[texts[n]]:
            run = 0
            while n + run < len(lines) and start + run < len(header) and texts[n + run] == header[start + run]:
                run += 1
            if run >= 3 or (start == 0 and (run == 2 or len(texts[n]) >= 8)):
                longest = max(longest, run)
        if longest:
            n += longest
            continue
        out.append(lines[n])
        n += 1
    return out


def _without_pages(body: list[list[Token]], form: Form, rows_numbered: bool) -> list[list[Token]]:
    """The body without page numbers that stand alone on a line, where amounts show that they are none."""
    decimals = any("." in t.text for found in body for t in found if t.kind == AMOUNT)
    if not decimals or rows_numbered or form.shape in ("items", "lines"):
        return body
    return [f for f in body if not (len(f) == 1 and f[0].kind == WHOLE and len(f[0].text) <= 2)]


def cut(region: Region, form: Form, file: str) -> Cut:
    """Cut the region of a statement into its parts."""
    out = Cut()
    lines: list[list[Token]] = []
    before: list[str] = []
    noted = False
    pending_name = False
    for block in region.blocks:
        if not isinstance(block, Line):
            continue
        text = plain(block.text)
        if not text or _PAGE.fullmatch(text):
            continue
        if not lines and _YEAR_ALONE.fullmatch(text):
            before.append(text)
            continue
        if _NOTE.match(text):
            noted = True
        found = tokens(block)
        if noted:
            if not (_starts_code(found, form) and any(t.kind == AMOUNT for t in found)):
                out.notes.append(Note(text, Place(file, block.page, block.box, block.number)))
                continue
            noted = False
        if belongs_before(block) and not any(t.kind == AMOUNT for t in found):
            before.append(text)
            continue
        if region.title is not None and text == plain(region.title.text):
            continue
        if not lines and (pending_name or _WHOSE_ALONE.fullmatch(text)):
            before.append(text)
            pending_name = not pending_name
            continue
        lines.append(found)
    end, out.counts = _header_end(lines, form)
    rows = ["".join(t.text for t in found) for found in lines[:end]]
    out.header = [t.text for found in lines[:end] for t in found if t.kind == WORD]
    out.rows_numbered = data("words")["row_numbers"] in "".join(rows)
    out.body = _without_pages(_without_repeats(lines[end:], rows), form, out.rows_numbered)
    _declare(out, before, "".join(rows), region)
    return out


def _declare(out: Cut, before: list[str], head: str, region: Region) -> None:
    """Unit, publisher, year and number from the lines around the title."""
    for text in [*before, "".join(before), head, "".join(before) + head]:
        hit = _UNIT.search(text)
        if hit:
            out.unit = hit.group(1)
            break
    for text in [*before, "".join(before)]:
        whose = _WHOSE.search(text)
        if whose:
            out.publisher = whose.group(1)
            break
    if not out.publisher and _WHOSE.search(head):
        name = _WHOSE.search(head)
        out.publisher = name.group(1) if name and len(name.group(1)) <= 30 else ""
    title = plain(region.title.text) if region.title is not None else ""
    for text in (title, *before, head):
        year = _YEAR.search(text)
        if year:
            out.year = int(year.group(1))
            break
    for text in before:
        number = _NUMBER.match(text)
        if number:
            out.number = number.group()
            break
