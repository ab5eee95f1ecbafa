"""A sentence in pieces: its clauses, the noun that follows a figure, and the year that its words name."""

import re

from mingzhang.check.vocabulary import vocabulary

Clause = tuple[str, str]
"""The mark in front of a clause, and the clause."""

_YEAR = re.compile(r"(20\d\d)年|(上年|去年|上一年)度?(期末|年末|末|底)?(?!度?(?:结转|结余|财政拨款结))")
_TIME = re.compile(
    r"(?:截至|截止|至|到)?(?:20\d\d年|上年|去年)(?:度|期?末|底|初|内)?(?:\d{0,2}月)?(?:底|末)?(?:\d{0,2}日)?(?:止|，)?"
)
_LAW = re.compile(r"《[^》]*》|[〔\[{【（]20\d\d[〕\]}】）]")
_STOP = re.compile("[，；：。、）]")
_MARK = re.compile("[（），；：。！？]")
_HEAD = re.compile(r"(?:^|[，；])([^，；：]+)：")


def clauses(text: str) -> list[Clause]:
    """Every clause with the mark in front of it; brackets that close again are kept whole."""
    marks = [(hit.start(), hit.group()) for hit in _MARK.finditer(text)]
    partner: dict[int, int] = {}
    opened: list[int] = []
    for at, letter in marks:
        if letter == "（":
            opened.append(at)
        elif letter == "）" and opened:
            partner[opened.pop()] = at
    out, mark, start, skip = [], "", 0, -1
    for at, letter in marks:
        if at <= skip:
            continue
        if letter == "（" and at in partner:
            skip = partner[at]
        elif letter != "）":
            out.append((mark, text[start:at]))
            mark, start = letter, at + 1
    out.append((mark, text[start:]))
    return out


def noun(tail: str) -> str:
    """The noun at the start of what follows a figure: ``困难群众`` in 8名困难群众参加…."""
    text = _STOP.split(tail, maxsplit=1)[0]
    cut = vocabulary().words["noun_cut"].search(text)
    return (text[: cut.start()] if cut else text).replace("“", "").replace("”", "")


def before_year(text: str) -> str:
    """What stands in front of the first year that a phrase names; empty where it names none."""
    hit = _YEAR.search(text)
    return text[: hit.start()] if hit else ""


class Years:
    """The year that each figure of one sentence speaks of, from left to right.

    ``carried`` is a point in time that the sentence before named (2030年期末), ``own`` the year of the disclosure.
    A year at the start of a sentence holds to its end; another one up to the next ``；``, year or head (``补贴：``).
    """

    def __init__(self, own: int | None, carried: int | None) -> None:
        self.own, self.point = own, carried
        self.all: int | None = carried or own
        self.here: int | None = None

    @property
    def now(self) -> int | None:
        return self.here or self.all

    def read(self, lead: str, first: bool) -> None:
        """Take in the words in front of a figure; ``first`` says that it is the first of its sentence."""
        words = vocabulary().words
        pieces = clauses(lead)
        for at, (mark, clause) in enumerate(pieces):
            if mark == "；":
                self.here = None
            bare = _LAW.sub("", words["compared"].sub("", clause))
            found = list(_YEAR.finditer(bare))
            if not found:
                if words["this_year"].match(bare):
                    if first and at == 0:
                        self.all, self.point = self.own, None
                    else:
                        self.here = self.own
                continue
            year = int(found[-1][1]) if found[-1][1] else (self.own - 1 if self.own else None)
            alone = _TIME.fullmatch(bare) is not None
            cited = words["cited"].search(bare[: found[-1].start()])
            if first and (alone or (at == 0 and not cited)):
                self.all, self.here = year, None
                self.point = year if words["point"].search(bare[: found[-1].end() + 4]) else None
            elif alone or at == len(pieces) - 1:
                self.here = year
        heads = [head for head in _HEAD.findall(lead) if not words["opens"].search(head)]
        if heads and not first and not _YEAR.search(heads[-1]):
            self.here = None
