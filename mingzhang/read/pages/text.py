"""Text files become one page of lines: any usual encoding, page marks kept, page numbers left out."""

import codecs
import re
from collections import Counter
from pathlib import Path

from mingzhang.read.block import Line
from mingzhang.read.errors import ReadError
from mingzhang.read.pages.page import Page

LARGEST = 64 << 20
"""Bytes of the largest text file that is read; a disclosure is a hundred times smaller."""

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_NEWLINE = re.compile(r"\r\n|\r|\n")
_WIDE_GAP = re.compile(r"(?:[ \xa0]{3,}|\u3000{2,})")
_SPACES = re.compile(r"[ \xa0\u2000-\u200b\u202f\u3000\ufeff\x00-\x08\x0b-\x1f\x7f\u2028\u2029]+")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ufffd]")
_ORDINARY = re.compile(r"[\t\n\r\x20-\x7e\u00b7\u2010-\u2049\u2460-\u24ff\u2500-\u25ff\u3000-\u303f\uff00-\uffef]")
_BLANK_MARK = re.compile(r" [^ \t\f]")
_DRESSED_NUMBER = re.compile(
    r"([-—–－―─·~～])\1*\s*\d{1,4}\s*([-—–－―─·~～])\2*|第\s*\d{1,4}\s*页(?:\W*共\s*\d{1,4}\s*页)?"
)
_BARE_NUMBER = re.compile(r"(\d{1,4})(?:\s*/\s*\d{1,4})?")
_RARE = 0.12


def decode(data: bytes) -> str | None:
    """The text that the bytes hold: UTF-8 or UTF-16 with or without a mark, else GB18030; None where it is no text."""
    for mark, name in _BOMS:
        if data.startswith(mark):
            return _sound(data[len(mark) :].decode(name, "replace"))
    sample = data[:4096]
    if len(sample) > 1 and sample.count(0) > len(sample) // 50:
        return _utf16(data)
    try:
        return _sound(data.decode("utf-8"))
    except UnicodeDecodeError:
        pass
    text = data.decode("utf-8", "replace")
    wide = sum(1 for c in text[:20_000] if c > "\u07ff")
    if text.count("\ufffd", 0, 20_000) <= max(1, wide // 50) and wide:
        return _sound(text)
    return _chinese(data.decode("gb18030", "replace"))


def _utf16(data: bytes) -> str | None:
    """UTF-16 without a mark: the byte order that gives ordinary characters, if one does."""
    for name in ("utf-16-le", "utf-16-be"):
        text = data.decode(name, "replace")
        if _chinese(text) is not None:
            return text
    return None


def _sound(text: str) -> str | None:
    """The text, unless control characters and undecodable ones make up more than one in fifty."""
    sample = text[:20_000]
    return None if len(_CONTROL.findall(sample)) > len(sample) // 50 + 1 else text


def _chinese(text: str) -> str | None:
    """The text, if nearly all of it is ASCII, Chinese punctuation and common ideographs; names may hold rare ones."""
    sample = text[:20_000]
    wide = _ORDINARY.sub("", sample)
    rare = sum(1 for c in wide if not _common(c))
    return None if rare > max(len(sample) // 50, len(wide) // 6) + 1 else _sound(text)


def _common(character: str) -> bool:
    """Whether the character stands in GB 2312: a wrong guess of the encoding gives rare characters instead."""
    try:
        return len(character.encode("gb2312")) == 2
    except UnicodeEncodeError:
        return False


def pages(path: str | Path) -> list[Page]:
    """One page without a number; its ``lines`` keep tabs, leading blanks and form feeds.

    Raises ReadError where the file is no text, holds none, or is larger than ``LARGEST``.
    """
    file = Path(path)
    try:
        if file.stat().st_size > LARGEST:
            raise ReadError(path, "too-large", f"文本超过 {LARGEST >> 20} MB，不像一份公开文本；请拆分后再读")
        data = file.read_bytes()
    except OSError as error:
        raise ReadError(path, "cannot-open", f"无法读取：{error.strerror or error}") from None
    text = decode(data)
    if text is None:
        message = "不是文本：编码不是 UTF-8、UTF-16 或 GB18030，或文件已损坏；请另存为 UTF-8 文本"
        raise ReadError(path, "not-text", message)
    lines = _lines(text)
    if not any(line.strip() for _, line in lines):
        raise ReadError(path, "no-text", "文件里没有文字，只有空白；请检查是否保存完整")
    return [Page(None, lines=lines)]


def _lines(text: str) -> list[tuple[int, str]]:
    """Lines with their number from 1; a form feed begins a piece of its own with the same number."""
    out: list[tuple[int, str]] = []
    for number, line in enumerate(_NEWLINE.split(text.lstrip("\ufeff")), 1):
        if "\f" not in line:
            out.append((number, line))
            continue
        first, *rest = line.split("\f")
        if first.strip():
            out.append((number, first))
        out.extend((number, "\f" + piece) for piece in rest)
    return out


def _marks(lines: list[tuple[int, str]]) -> set[int]:
    """Indices of the lines that begin a page.

    A form feed says so. Without any, extraction may have left it as a single
    blank before the first word of the page: where leading blanks are rare
    and the line is not set off by an empty line as a paragraph or cell is.
    """
    feeds = {i for i, (_, line) in enumerate(lines) if line.startswith("\f")}
    if feeds:
        return feeds
    first = next((i for i, (_, line) in enumerate(lines) if line.strip()), 0)
    blanks = [i for i, (_, line) in enumerate(lines) if _BLANK_MARK.match(line)]
    printed = sum(1 for _, line in lines if line.strip())
    if len(blanks) > _RARE * printed:
        return set()
    return {i for i in blanks if i == first or lines[i - 1][1]}


def _page_numbers(lines: list[tuple[int, str]], marks: set[int]) -> set[int]:
    """Indices of the lines that are only a page number: ``- 3 -``, ``第 3 页``, or a bare one that counts the pages."""
    found = {i for i, (_, line) in enumerate(lines) if len(line) < 40 and _DRESSED_NUMBER.fullmatch(line.strip())}
    beside: list[tuple[int, int]] = []
    for ordinal, mark in enumerate(sorted(marks)):
        for page, step in ((ordinal, -1), (ordinal + 1, 1)):
            i = mark if step > 0 else mark - 1
            while 0 <= i < len(lines) and not lines[i][1].strip():
                i += step
            bare = _BARE_NUMBER.fullmatch(lines[i][1].strip()) if 0 <= i < len(lines) else None
            if bare:
                beside.append((i, int(bare.group(1)) - page))
    for offset, times in Counter(offset for _, offset in beside).items():
        if times >= 3:
            found.update(i for i, o in beside if o == offset)
    return found


def blocks(page: Page) -> tuple[list[Line], list[Line]]:
    """The printed lines in order, and the lines left out because they only number a page.

    ``text`` has single blanks between words; ``parts`` are split at tabs and
    wide gaps. Parts between tabs stay even where they are empty: they count
    columns. Empty lines give nothing; they separate paragraphs in some files
    and every line in others.
    """
    marks = _marks(page.lines)
    numbers = _page_numbers(page.lines, marks)
    printed: list[Line] = []
    dropped: list[Line] = []
    starts = False
    for i, (number, line) in enumerate(page.lines):
        starts = starts or i in marks
        if "\t" in line:
            parts = tuple(_SPACES.sub(" ", part).strip() for part in line.strip("\f").split("\t"))
        else:
            parts = tuple(_SPACES.sub(" ", part).strip() for part in _WIDE_GAP.split(line.strip("\f \xa0\u3000")))
        text = " ".join(part for part in parts if part)
        if i in numbers:
            dropped.append(Line(text, page.number, None, number, parts))
        elif text:
            printed.append(Line(text, page.number, None, number, parts, starts_page=starts))
            starts = False
    return printed, dropped
