"""What the words of a performance table are: header words, level names, target values, money lines."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache

from mingzhang.forms import EvaluationForm
from mingzhang.forms.form import Column, Group
from mingzhang.read.words import bare, plain

_NUMBER = r"[-−－]?\d[\d,，]*(?:[.．]\d+)?"
_PLAIN_NUMBER = re.compile(_NUMBER + r"\Z")
_PERCENT = re.compile(_NUMBER + r"[%％]?\Z")
_DASH = re.compile(r"[-—－–/／\\]{1,3}\Z")
_DATE = re.compile(r"(?:(?:\d{4}年)?\d{1,2}月(?:\d{1,2}[日号]|[底末初])?(?:前|之前|以前)?|\d{4}年(?:底|末)?前?)\Z")
_POINTS = re.compile(r"(?:[（(](?:分值|权重)?[:：]?\d+(?:\.\d+)?[分%％]?[)）]|\d+(?:\.\d+)?分)\Z")
_POINTED = re.compile(r"[\u4e00-\u9fff]{2,10}[（(](?:分值|权重)?[:：]?\d+(?:\.\d+)?[分%％][)）]\Z")
_UNCLOSED = re.compile(r"[\u4e00-\u9fff]{2,10}[（(](?:\d+(?:\.\d+)?分?)?\Z")
_ONLY_POINTS = re.compile(r"[（(]\d+(?:\.\d+)?[分%％]?[)）]\Z")
_SENTENCE = re.compile(r"[。；;！？]|，.*，")
_UNIT_IN_BRACKETS = re.compile(r"[（(](?:单位[:：])?[万亿千]?元[)）]")
_GROUP = re.compile(r".{2,8}[:：](?=[（(]?\d{1,2}[)）、.])")
_LONGEST_WORD = 24
_LONGEST_LEVEL = 24
_MOST_RUNS = 4096
_LEVEL_LIKE = re.compile(r"[\u4e00-\u9fff]{2,8}指标\Z")


def _any(patterns: Sequence[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{p})" for p in patterns) if patterns else r"(?!)")


class Header:
    """The header words of one part of a table: (column id, pattern) in order, and what has been looked up."""

    __slots__ = ("_found", "_runs", "_start", "columns")

    def __init__(self, columns: Sequence[Column]) -> None:
        self.columns = tuple((c.id, _any(c.words)) for c in columns)
        self._start = _any([word for c in columns for word in c.words])
        self._found: dict[str, str] = {}
        self._runs: dict[str, tuple[str, ...] | None] = {"": ()}

    def column(self, name: str) -> str:
        """The id of the column whose word the whole name is, or an empty string."""
        if self._start.match(name) is None:
            return ""
        if name not in self._found:
            if len(self._found) >= _MOST_RUNS:
                self._found.clear()
            self._found[name] = next((id for id, pattern in self.columns if pattern.fullmatch(name)), "")
        return self._found[name]

    def begins(self, text: str) -> bool:
        """Whether the text begins with one of the words."""
        return self._start.match(text) is not None

    def run(self, text: str) -> tuple[str, ...] | None:
        """The columns whose words make up the text from end to end, the longest words first; None where they do not."""
        if text in self._runs:
            return self._runs[text]
        if self._start.match(text) is None:
            return None
        found: tuple[str, ...] | None = None
        for end in range(min(len(text), _LONGEST_WORD), 1, -1):
            id = self.column(text[:end])
            rest = self.run(text[end:]) if id else None
            if rest is not None:
                found = (id, *rest)
                break
        if len(self._runs) < _MOST_RUNS:
            self._runs[text] = found
        return found


@dataclass(frozen=True)
class Words:
    """The compiled words of one EvaluationForm."""

    columns: Header
    budget: Header
    management: Header
    goals: Header
    tasks: Header
    labels: Header
    sections: Header
    level1: dict[str, str]
    level2: dict[str, tuple[str, ...]]
    beginnings: frozenset[str]
    standard: dict[str, str]
    evidence: tuple[tuple[str, tuple[re.Pattern[str], ...], tuple[re.Pattern[str], ...]], ...]
    money: re.Pattern[str]
    money_total: re.Pattern[str]
    management_line: re.Pattern[str]
    total: re.Pattern[str]
    placeholder: re.Pattern[str]
    unit: re.Pattern[str]
    comparator: re.Pattern[str]
    quality: re.Pattern[str]
    quantity: re.Pattern[str]
    prose: re.Pattern[str]
    footer: re.Pattern[str]
    fits: dict[tuple[str, str], float] = field(default_factory=dict, compare=False, repr=False)
    ranks: dict[str, int] = field(default_factory=dict, compare=False, repr=False)

    def number(self, text: str) -> bool:
        return _PLAIN_NUMBER.match(text) is not None

    def percent(self, text: str) -> bool:
        return _PERCENT.match(text) is not None

    def dash(self, text: str) -> bool:
        return _DASH.match(text) is not None

    def sentence(self, text: str) -> bool:
        """Whether the text reads as a sentence rather than as a value."""
        return _SENTENCE.search(text) is not None

    def is_quantity(self, text: str) -> bool:
        """Whether the text is a target with a figure: ≥5000人次, =100%, 不低于3次, 12月底前."""
        return self.quantity.fullmatch(text) is not None or _DATE.match(text) is not None

    def money_name(self, text: str) -> str:
        """The name of a money line without numbering, unit and colon, or an empty string."""
        name = bare_name(text)
        return name if self.money.fullmatch(name) else ""

    def level(self, text: str) -> int:
        """1 or 2 for a known level name, 3 for a name that only looks like one, else 0 (white space does not count).

        ``产出`` and ``产出指标（50分）`` are both the level 1 that the form calls 产出指标.
        """
        if not text or len(text) > _LONGEST_LEVEL:
            return 0
        known = self.ranks.get(text)
        if known is None:
            if len(self.ranks) >= _MOST_RUNS:
                self.ranks.clear()
            known = self.ranks[text] = self._level(text)
        return known

    def _level(self, text: str) -> int:
        name = unpointed(text)
        if core(name) in self.level1:
            return 1
        if name in self.level2:
            return 2
        if self.comparator.fullmatch(core(name)) or name.startswith("无"):
            return 0
        return 3 if _LEVEL_LIKE.match(name) or _POINTED.match(plain(text)) else 0

    def begins_level(self, text: str) -> bool:
        """Whether a known level name, or the points of one, goes on after the text."""
        return text in self.beginnings or _UNCLOSED.match(text) is not None

    def parents(self, name: str) -> tuple[str, ...]:
        """The cores of the level-1 names that a level-2 name may stand under."""
        return self.level2.get(name, ())


def points_of(text: str) -> Decimal | None:
    """The points printed behind a level name, or None."""
    hit = _POINTS.search(plain(text))
    figures = re.search(r"\d+(?:\.\d+)?", hit.group()) if hit else None
    return Decimal(figures.group()) if figures else None


def only_points(text: str) -> bool:
    """Whether the text is the points of a level name alone: （50分）."""
    return _ONLY_POINTS.match(text) is not None


def unpointed(text: str) -> str:
    """A level name without its points: 产出指标（50分） is 产出指标."""
    return _POINTS.sub("", plain(text))


def core(name: str) -> str:
    """A level name without points and 指标: 产出, 产出指标 and 产出指标（50分） are one."""
    return unpointed(name).removesuffix("指标")


def bare_name(text: str) -> str:
    """A printed name without numbering, 其中：, the group before a colon, a unit in brackets and a colon."""
    name = _UNIT_IN_BRACKETS.sub("", plain(text)).strip("：:")
    return bare(_GROUP.sub("", bare(name)))


@lru_cache(maxsize=16)
def words(form: EvaluationForm) -> Words:
    """The words of the form, ready to match."""
    unit, comparator = f"(?:{form.units})", f"(?:{form.comparators})"
    unit = rf"{unit}(?:[/·](?:{unit}|[\u4e00-\u9fff]{{1,3}}))?"
    body = rf"(?:{comparator}\s*)?{_NUMBER}\s*(?:{unit}|[^\d\s,，。；;、：:（()）]{{0,3}})(?:及?以[上下]|以内|左右)?"
    ranged = rf"(?:{comparator}\s*)?{_NUMBER}\s*(?:{unit})?\s*[-~～—至]\s*{_NUMBER}\s*(?:{unit})?"
    level2: dict[str, tuple[str, ...]] = {}
    for group in form.levels:
        for part in group.parts:
            level2[part] = (*level2.get(part, ()), core(group.name))
    return Words(
        Header(form.columns),
        Header(form.budget),
        Header(form.management),
        Header(form.goals),
        Header(form.tasks),
        Header(form.labels),
        Header(form.sections),
        {core(g.name): g.name for g in form.levels},
        level2,
        frozenset(
            name[:k]
            for full in (*level2, *(g.name for g in form.levels), *(core(g.name) for g in form.levels))
            for name in (full, f"{full}指标")
            for k in range(1, len(name))
        ),
        {name: g.name for g in form.standard for name in g.parts},
        tuple(_evidence(g) for g in form.evidence),
        _any(form.money),
        re.compile(form.money_total or r"(?!)"),
        _any(form.management_lines),
        _any(form.totals),
        re.compile(form.placeholder or r"(?!)"),
        re.compile(form.units or r"(?!)"),
        re.compile(form.comparators or r"(?!)"),
        re.compile(form.qualities or r"(?!)"),
        re.compile(f"{ranged}|{body}"),
        re.compile(form.prose or r"(?!)"),
        re.compile(form.footers or r"(?!)"),
    )


def _evidence(group: Group) -> tuple[str, tuple[re.Pattern[str], ...], tuple[re.Pattern[str], ...]]:
    names = tuple(re.compile(p) for p in group.parts if not p.startswith("="))
    targets = tuple(re.compile(p[1:]) for p in group.parts if p.startswith("="))
    return group.name, names, targets


def column_of(text: str, header: Header) -> str:
    """The id of the column whose header word the text is, or an empty string."""
    return header.column(plain(text).rstrip("：:"))


def columns_in(text: str, header: Header) -> tuple[str, ...] | None:
    """The columns whose header words make up the text from end to end, in order; None where they do not."""
    return header.run(plain(text))
