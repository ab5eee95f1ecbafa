"""Lines of text → tokens: numbers, whole numbers that may be codes or row numbers, dashes, words."""

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any

from mingzhang.disclosure import Printed
from mingzhang.read.block import Line
from mingzhang.read.words import plain

_WIDE = str.maketrans("０１２３４５６７８９．，－−　", "0123456789.,-- ")
_AMOUNT = re.compile(r"-?(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+\.\d+|\.\d+)\Z")
_WHOLE = re.compile(r"-?\d+\Z")
_DASH = re.compile(r"[-—–─/]+\Z")
_GLUED = re.compile(r"(?<=[㐀-鿿）)])(-?\d{1,3}(?:,?\d{3})*\.\d{2})(?=[㐀-鿿（(]|\Z)")
_CODED = re.compile(r"(\d{7}|\d{5}|\d{3})(?=[㐀-鿿])(?!年|万|元|个|人|辆|台|套|号|项|家|次|以)")
_NUMBERING = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十]{1,3}[）)][、.]?|\d{1,2}[.．、](?!\d)|[（(]\d{1,2}[）)]|[①-⑳]|其中[：:]|[#*])"
)
_ORDINAL = re.compile(r"[（(]?([一二三四五六七八九十]{1,3})(?:[、.．]|[）)])")
_ARABIC = re.compile(r"(\d{1,2})[.．、](?!\d)")
_DIGITS = {c: n for n, c in enumerate("一二三四五六七八九十", 1)}

AMOUNT, WHOLE, DASH, WORD = "amount", "whole", "dash", "word"
_LONGEST = 24


@dataclass(slots=True)
class Token:
    """A piece of a line: its kind, its text, its line number, and where tabs are kept which piece of how many it is."""

    kind: str
    text: str
    line: int | None = None
    part: int = -1
    width: int = 0

    def printed(self) -> Printed:
        return Printed.parse("0" + self.text if self.text.startswith(".") else self.text)


@lru_cache(maxsize=4)
def data(name: str) -> dict[str, Any]:
    """A data file of this package."""
    return tomllib.loads((resources.files("mingzhang.read.loose") / f"{name}.toml").read_text("utf-8"))


def unnumbered(text: str) -> str:
    """The name without its leading numbering (``一、``, ``（一）``, ``1.``, ``其中：``)."""
    while True:
        hit = _NUMBERING.match(text)
        if not hit or hit.end() == len(text):
            return text
        text = text[hit.end() :]


def numbering(text: str) -> tuple[str, int]:
    """The style (``一``, ``（``, ``1`` or empty) and the number of the numbering of a name."""
    found = ordinal(text)
    if found:
        return ("（" if text[0] in "（(" else "一"), found
    hit = _ARABIC.match(text)
    return ("1", int(hit.group(1))) if hit else ("", 0)


def ordinal(text: str) -> int:
    """The number that the Chinese numbering of a name says, 0 where there is none."""
    hit = _ORDINAL.match(text)
    if not hit:
        return 0
    tens, _, ones = hit.group(1).rpartition("十") if "十" in hit.group(1) else ("", "", hit.group(1))
    if "十" in hit.group(1):
        return (_DIGITS.get(tens, 1) if tens else 1) * 10 + _DIGITS.get(ones, 0)
    return _DIGITS.get(ones, 0)


def _kind(text: str) -> str:
    if len(text) > _LONGEST:
        return WORD
    if _AMOUNT.match(text):
        return AMOUNT
    if _WHOLE.match(text):
        return WHOLE
    return DASH if _DASH.match(text) else WORD


def _split(text: str) -> list[str]:
    """A word that a number or a code is glued to, cut apart."""
    out: list[str] = []
    coded = _CODED.match(text)
    if coded:
        out.append(coded.group())
        text = text[coded.end() :]
    at = 0
    for hit in _GLUED.finditer(text):
        out += [text[at : hit.start()], hit.group(1)]
        at = hit.end()
    if at < len(text):
        out.append(text[at:])
    return out


def tokens(line: Line) -> list[Token]:
    """The tokens of a line. Letter-spaced words are joined; with tabs each piece is one token."""
    if len(line.parts) > 1:
        out = []
        for n, part in enumerate(line.parts):
            text = plain(part.translate(_WIDE))
            if text:
                out.append(Token(_kind(text), text, line.number, n, len(line.parts)))
        return out
    found: list[Token] = []
    single = False
    for text in line.text.translate(_WIDE).split():
        kind = _kind(text)
        if kind != WORD:
            found.append(Token(kind, text, line.number))
            single = False
            continue
        for piece in _split(text):
            kind = _kind(piece)
            one = kind == WORD and len(piece) == 1
            numbered = found and found[-1].kind == WORD and _NUMBERING.fullmatch(found[-1].text)
            if kind == WORD and found and (numbered or one and single):
                found[-1].text += piece
            else:
                found.append(Token(kind, piece, line.number))
            single = one
    return found
