"""Figures in a sentence: every amount, count, rate and threshold with its unit; no years, dates or numbering."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from mingzhang.disclosure import NotANumber, Printed
from mingzhang.read.narrative.words import WIDE, words


def _any(table: str, key: str) -> str:
    return "|".join(map(re.escape, words(table, key)))


_RATE = r"(?:/(?:人次|人月|人|户|年|月|天|日|次|平方米|亩|吨|辆|个)){0,2}"
_UNIT = re.compile(
    rf"\\?({_any('units', 'signs')})"
    rf"|[余多]?((?:{_any('units', 'scales')})?)[余多]?((?:{_any('units', 'measures')}){_RATE})"
    rf"|[余多]?({_any('units', 'alone')})"
)
_NUMBER = re.compile(r"\d{1,3}(?:,\d{3})+(?![\d])(?:\.\d+)?|\d+(?:\.\d+)?")
_YEAR = r"(?:19|20)\d\d"
_DATE = re.compile(
    rf"{_YEAR}(?:年?[-—–~至、和及/]+(?:19|20)?\d\d(?=年|\D|$)){0, 6}年(?:度|初|末|底|中)?"
    r"(?:\d{1,2}(?:[-—–~至]\d{1,2})?月(?:份|底|末|初)?)?(?:\d{1,2}[日号])?"
    rf"|{_YEAR}([-./])\d{{1,2}}\1\d{{1,2}}(?!\d)"
    rf"|{_YEAR}[-—–~/至](?:{_YEAR}|\d{{1,2}})(?![\d.])"
    r"|\d{1,2}(?:[-—–~至到、]\d{1,2}){0,12}月(?:份|底|末|初|中旬|上旬|下旬)?(?:\d{1,2}[日号])?(?:[-—–~至]\d{1,2}[日号])?"
    r"|\d{1,2}[日号](?!内|以内|龄)"
    r"|\d{1,2}[时点](?!间)(?:\d{1,2}分)?"
    r"|\d{1,2}:\d{2}(?![\d.])(?::\d{2})?"
    r"|\d{1,6}:\d{1,6}(?![\d.])"
    r"|7[×xX*]24(?:小时)?"
)
_DURATION = re.compile(r"(\d{1,2})[余多]?年(?=内|以上|以下|以内|来|期|左右|制)")
_SHORT_YEAR = re.compile(r"\d{1,4}年")
_PHONE = re.compile(r"(?:0\d{2,3}[-—]?\d{7,8}|1[3-9]\d{9}|\d{3,4}[-—]\d{7,8})(?![\d.万千元])")
_NAME = re.compile(r"\d{1,12}(?:[-—.、]\d{1,6}){0,4}(?:号|表|版)")
_LABEL = re.compile(rf"(?:{_any('bare', 'labels')})[:：]?$")
_NUMBERING = re.compile(rf"\d{{1,2}}(?:[.、)）](?!\d)|[.、](?={_YEAR}年))")
_ORDINAL = re.compile(r"\d+(?:[-—–~至、,]\d+)*")
_COMMAND = re.compile(r"\\[a-z]+$")
_LETTERS = re.compile(r"[A-Za-z]{2,}$")
_COUNTED = re.compile(rf"\d+(?:{_any('units', 'measures')})")
_BRACKETED = re.compile(rf"[（(]((?:{_any('units', 'scales')})?(?:{_any('units', 'measures')})|%)[)）]")
_RANGE = re.compile(r"[-—–~至到]+(?=\d)")
_AFTER = re.compile(rf"(?:{_any('bare', 'after')})[:：]?$")
_BEFORE_NOT = re.compile(rf"{_any('bare', 'before_not')}")
_DIGIT = re.compile(r"\d")
_WORD = re.compile(r"[A-Za-z\d.\-+]+")
_TIMES = frozenset("年日")
_LEVELS = frozenset(words("units", "levels"))
_LONGEST = 30
_OPEN, _CLOSE = "[〔［【｛{(（", "]〕］】｝})）"
_BREAKS = '。；;：:！？!?，,“”"（('


class Found(NamedTuple):
    """A figure as found: where it starts and ends (with its unit) in the text, its number, its unit."""

    start: int
    end: int
    printed: Printed
    unit: str


def _skipped(text: str, at: int) -> int | None:
    """Where to go on when what begins at ``at`` is no figure by what stands before it or by its shape, else None."""
    before = text[at - 1] if at else ""
    if before == "第":
        return _end(_ORDINAL, text, at)
    if before and before.isascii() and before.isalpha():
        times = before in "xX" and at > 1 and not text[at - 2].isascii()
        counted = _LETTERS.search(text, max(0, at - 6), at) and _COUNTED.match(text, at)
        if not times and not counted and not _COMMAND.search(text, max(0, at - 12), at):
            return _end(_WORD, text, at)
    if before == "·":
        return _end(_NUMBER, text, at)
    if before and before in _OPEN and re.match(rf"{_YEAR}年?度?", text[at : at + 6]):
        closing = at + 4 + text[at + 4 : at + 6].count("年") + text[at + 4 : at + 6].count("度")
        if closing < len(text) and text[closing] in _CLOSE:
            tail = re.compile(r"第?\d{1,5}(?:[-—、]\d+)*号?").match(text, closing + 1)
            return tail.end() if tail and (text[tail.end() - 1] == "号" or text[at - 1] not in "(（") else closing + 1
    if (not before or before in _BREAKS) and (numbering := _NUMBERING.match(text, at)):
        return numbering.end()
    for pattern in (_PHONE, _DATE, _NAME):
        if hit := pattern.match(text, at):
            return hit.end()
    if (years := _SHORT_YEAR.match(text, at)) and not _DURATION.match(text, at):
        near = text[max(0, at - 2) : at]
        return None if near.endswith(("近", "满", "共", "前", "期", "每", "续", "超", "过", "达")) else years.end()
    return None


def _end(pattern: re.Pattern[str], text: str, at: int) -> int:
    hit = pattern.match(text, at)
    return hit.end() if hit else at + 1


def _unit(text: str, at: int, digits: str) -> tuple[str, int] | None:
    """The unit printed at ``at`` after the number ``digits`` and where it ends, or None."""
    hit = _UNIT.match(text, at)
    if not hit:
        bracketed = _BRACKETED.match(text, at)
        if bracketed:
            return bracketed.group(1), bracketed.end()
        return (text[at], at + 1) if text[at : at + 1] in _TIMES else None
    if hit.group(1):
        return hit.group(1), hit.end()
    if hit.group(3):
        if hit.group(3) in _LEVELS and digits.isdigit() and len(digits) in (3, 5, 7) and not hit.group(2):
            return None
        return hit.group(2) + hit.group(3), hit.end()
    return hit.group(4), hit.end()


def _sign(text: str, start: int, last: int) -> int:
    """Where the number at ``start`` begins with its minus sign; a dash after the figure ending at ``last`` is none."""
    if not start or text[start - 1] != "-" or start - 1 == last:
        return start
    return start if start > 1 and text[start - 2].isascii() and text[start - 2].isalnum() else start - 1


def _counts(text: str, start: int, end: int, digits: str) -> bool:
    """Whether a number without a unit is a figure."""
    before, after = text[max(0, start - 6) : start], text[end : end + 1]
    if after == "+" or before.endswith("+") or (after.isascii() and after.isalpha() and after not in "xX"):
        return False
    if _LABEL.search(before) or (not start and after >= "一"):
        return False
    if not digits.isdigit():
        return not _BEFORE_NOT.match(text, end) and not (after == "." or before.endswith("."))
    if len(digits) > 1 and digits[0] == "0":
        return False
    if after in tuple("=*×÷") or before.endswith(tuple("=*×÷≥≤<>")):
        return True
    if re.fullmatch(_YEAR, digits):
        return False
    return (not after or after in "：:，,；;。)）") and _AFTER.search(before) is not None


def figures(text: str) -> Iterator[Found]:
    """Every figure of a sentence without white space, in order.

    Left out are years, dates, times, ordinals, numbers of documents, tables,
    items and lines, codes, versions, telephone numbers and numbers written in
    characters. A number without a unit counts only where the words show that
    it is an amount or a count.
    """
    plain = text.translate(WIDE)
    at, last = 0, -1
    pending: tuple[int, int] | None = None
    while hit := _DIGIT.search(plain, at):
        start = hit.start()
        skip = _skipped(plain, start)
        if skip is not None:
            at = last = skip
            pending = None
            continue
        end = _end(_NUMBER, plain, start)
        if end - start > _LONGEST:
            at = last = end
            continue
        digits = plain[start:end]
        sign = _sign(plain, start, last)
        unit = ("%", end) if plain.endswith("百分之", 0, sign) else _unit(plain, end, digits)
        if unit is None and _RANGE.match(plain, end):
            pending = (sign, end)
            at = last = end
            continue
        if pending is not None and unit is not None and _RANGE.match(plain, pending[1]):
            yield from _found(text, pending[0], pending[1], pending[1], unit[0])
        pending = None
        if unit is not None:
            yield from _found(text, sign, end, unit[1], unit[0])
            at = last = unit[1]
            continue
        if _counts(plain, sign, end, digits):
            yield from _found(text, sign, end, end, "")
        at = last = end


def _found(text: str, start: int, end: int, stop: int, unit: str) -> Iterator[Found]:
    try:
        yield Found(start, stop, Printed.parse(text[start:end]), unit)
    except NotANumber:
        return
