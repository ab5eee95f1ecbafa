"""The printed words that surround figures: numbering, totals, units, departments, years."""

import re

from mingzhang.disclosure import NotANumber, Printed

_NUMBERING = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}[.．、](?!\d)|其中[：:]?|[①②③④⑤⑥⑦⑧⑨])"
)
_TOTAL = re.compile(r"(?:合计|总计|[收支]入?出?总?合?计|合计数)")
_UNIT = re.compile(r"单位[:：](?:人民币)?(万元|亿元|千元|元|[台辆套个人、]+|%)")
_WHOSE = re.compile(
    r"(?:编制|填报|编报|预算)?(?:部门|单位)(?:名称|[（(]单位[）)]名称)?[:：](?!人民币|万元|元|亿元|千元|单位|金额|\d{4}年)(.{2,40}?)"
    r"(?=金额单位|单位[:：]|\d{4}年|\d{4}$|(?:公开|预算|决算)\d{1,2}表|$)"
)
_YEAR = re.compile(r"(20\d\d)年?度?")
NOTHING = re.compile(r"[-—－…*/\\.·]*|无")


def plain(text: str) -> str:
    """The text without white space."""
    return "".join(text.split())


def bare(label: str) -> str:
    """A label without white space and leading numbering (一、 （一） 1. 其中：)."""
    text = plain(label)
    while True:
        hit = _NUMBERING.match(text)
        if hit is None or hit.end() == len(text):
            return text
        text = text[hit.end() :]


def number(text: str) -> Printed | None:
    """The printed number that the text is, or None."""
    if not text or not (text[0].isdigit() or text[0] in "-−－"):
        return None
    try:
        return Printed.parse(text)
    except NotANumber:
        return None


def is_total(label: str) -> bool:
    """Whether a bare label is that of the total row of a classified statement."""
    return _TOTAL.fullmatch(label) is not None


def unit_of(text: str) -> str:
    """The unit a line such as ``单位：万元`` declares, or an empty string."""
    hit = _UNIT.search(plain(text))
    return hit.group(1) if hit else ""


def whose(text: str) -> str:
    """The department or unit a line such as ``编制部门：某某局`` names, or an empty string."""
    hit = _WHOSE.search(plain(text))
    return hit.group(1) if hit else ""


def year_of(text: str) -> int | None:
    hit = _YEAR.search(plain(text))
    return int(hit.group(1)) if hit else None
