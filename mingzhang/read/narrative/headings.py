"""Headings of the running text: which paragraph is one, how deep it stands, what text follows in the same line."""

import re
from typing import NamedTuple

from mingzhang.read.narrative.words import words

_CHINESE = "一二三四五六七八九十百"
_RANKS: tuple[tuple[int, re.Pattern[str]], ...] = (
    (0, re.compile(rf"第[{_CHINESE}]+(?:部分|章|篇|编)")),
    (2, re.compile(rf"[{_CHINESE}]{{1,3}}[、.．]")),
    (3, re.compile(rf"[（(][{_CHINESE}]{{1,3}}[)）][、.．]?")),
    (4, re.compile(r"[0-9０-９]{1,2}(?:[、.．](?![0-9０-９])|[.．](?=(?:19|20)\d\d年))")),
    (5, re.compile(r"[（(][0-9０-９]{1,2}[)）][、.．]?")),
    (6, re.compile(r"[①-⑳]|[0-9０-９]{1,2}[)）]")),
)
_STARTS = frozenset(f"第（({_CHINESE}0123456789０１２３４５６７８９①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳")
_TITLE = 1
_PROSE = re.compile(r"[，。；！？,;：:]")
_FIGURE = re.compile(r"\d[\d,]*\.\d|\d+(?:万元|元|%)")
_ENDINGS = words("headings", "endings")
_COLON = words("headings", "colon")
_TITLES = words("headings", "titles")
_TITLES_NOT = words("headings", "titles_not")
_SPACED = words("headings", "spaced")
_VERBS = tuple(words("headings", "verbs"))
_ITEM = re.compile(r".+[（(]类[）)].+[（(]款[）)].+[（(]项[）)]")
_ITEM_MARK = re.compile(r"[（(]项[）)]?")
_LEVEL = re.compile(r"[（(][类款][)）]")
_LONGEST = 60


class Head(NamedTuple):
    """A heading: its rank, its text, and where it ends in the paragraph.

    Ranks: 0 第一部分, 1 an unnumbered title, 2 一、, 3 （一）, 4 1., 5 （1）, 6 ①.
    """

    rank: int
    text: str
    end: int


def rank(text: str) -> int | None:
    """The rank of the numbering that a line without white space begins with, or None."""
    if not text or text[0] not in _STARTS:
        return None
    for number, pattern in _RANKS:
        if pattern.match(text):
            return number
    return None


def _number_end(text: str, number: int) -> int:
    hit = next(pattern for n, pattern in _RANKS if n == number).match(text)
    return hit.end() if hit else 0


def bare_part(text: str) -> bool:
    """Whether a line is a 第三部分 that still wants its name."""
    return text.startswith("第") and rank(text) == 0 and _number_end(text, 0) == len(text)


def is_title(text: str) -> bool:
    """Whether an unnumbered line of its own is a title (部门预算编制说明, …评价报告)."""
    return (
        4 <= len(text) <= 45
        and text.endswith(_TITLES)
        and not _PROSE.search(text)
        and not any(word in text for word in _TITLES_NOT)
    )


def complete(text: str) -> bool:
    """Whether a numbered line ends as headings end (一、收入决算情况说明), so that the next line begins the text."""
    number = rank(text) if len(text) <= _LONGEST + 10 else None
    if number is None:
        return False
    body = text[_number_end(text, number) :]
    bare = body.rstrip("。：:")
    if not bare or len(bare) > _LONGEST or _PROSE.search(bare) or _FIGURE.search(bare):
        return False
    if _ITEM.fullmatch(bare):
        return True
    if _LEVEL.search(bare):
        return False  # an item of the classification goes on to its （项）
    return bare.endswith(_ENDINGS) and not bare.endswith(("）", ")")) and not (bare != body and bare.startswith(_VERBS))


def wants_item(text: str) -> bool:
    """Whether a numbered line names a class or section and not yet its item (…（类）…（款）其他 before …支出（项）)."""
    return (
        rank(text) is not None
        and _LEVEL.search(text) is not None
        and not _ITEM_MARK.search(text)
        and not _PROSE.search(text)
        and not _FIGURE.search(text)
    )


def heading(text: str, spaced: int = 0) -> Head | None:
    """The heading that a paragraph without white space is, or begins with; None where it is plain text.

    ``spaced`` is where in ``text`` the first white space of the paragraph
    stood: 1.公务接待费 预算数为… is a heading and its text.
    """
    number = rank(text)
    if number is None:
        return Head(_TITLE, text, len(text)) if is_title(text) else None
    start = _number_end(text, number)
    if number == 0:
        bare = text.rstrip("。：:")
        return Head(0, bare, len(text)) if len(text) <= _LONGEST and not _PROSE.search(bare) else None
    body = text[start:]
    if not body:
        return None
    stop = _PROSE.search(body)
    if stop is None:
        if (
            len(body) <= _LONGEST
            and not _FIGURE.search(body)
            and (not body.startswith(_VERBS) or body.endswith(_ENDINGS))
        ):
            return Head(number, text, len(text))
        return None
    name, mark = body[: stop.start()], stop.group()
    if name and len(name) <= _LONGEST and not _FIGURE.search(name) and not name.startswith(_VERBS):
        last = stop.end() == len(body)
        if mark in "。：:" and last and (name.endswith(_ENDINGS) or (mark != "。" and len(name) <= 20)):
            return Head(number, text[: start + stop.start()], len(text))
        if mark == "。" and name.endswith(_ENDINGS):
            return Head(number, text[: start + stop.start()], start + stop.end())
        if mark in "：:" and name.endswith(_COLON) and len(name) <= 20:
            return Head(number, text[: start + stop.start()], start + stop.end())
    if start < spaced <= start + 20 and text[start:spaced].endswith(_SPACED) and not text[spaced].isascii():
        return Head(number, text[:spaced], spaced)
    return None
