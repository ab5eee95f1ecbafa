"""The vocabulary of links (``words/links.toml``): concepts by their words, roles by theirs."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Any, NamedTuple

_MONEY = frozenset({"元", "万元", "千元", "亿元", "百万元", "万", "亿"})
_WIDE = str.maketrans("(),;:＝＊　", "（），；：=* ")
_QUOTES = str.maketrans("", "", "“”\"'＂‘’「」$\\ ")


class Topic(NamedTuple):
    """What a figure speaks of: a concept, which one of several, the role of an amount whose words name none, and the
    concept of what is listed under it."""

    concept: str
    item: str = ""
    plain: str = "own"
    parts: str = ""


@dataclass(frozen=True, slots=True)
class Concept:
    """The words of one concept, under which headings and with which units they count."""

    id: str
    words: re.Pattern[str]
    under: re.Pattern[str] | None
    forbidden: re.Pattern[str] | None
    kinds: frozenset[str]
    units: frozenset[str]
    plain: str
    parts: str
    follows: tuple[str, ...]

    def fits(self, section: str, kind: str, unit: str) -> bool:
        return (
            (not self.kinds or kind in self.kinds)
            and (not self.units or unit in self.units)
            and (self.under is None or self.under.search(section) is not None)
            and (self.forbidden is None or not self.forbidden.search(section))
        )

    def topic(self, hit: re.Match[str]) -> Topic:
        item = hit.groupdict().get("item") or "" if hit.re.groupindex else ""
        return Topic(self.id, cleaned(item) if item else "", self.plain, self.parts)


@dataclass(frozen=True, slots=True)
class Role:
    """The words of one role, matched to the end of what stands in front of a figure."""

    id: str
    kinds: frozenset[str]
    words: re.Pattern[str]
    direction: str


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Everything that ``words/links.toml`` says, compiled. ``meaning`` gives the Chinese word of every value."""

    concepts: tuple[Concept, ...]
    after: tuple[Concept, ...]
    projects: tuple[Concept, ...]
    roles: tuple[Role, ...]
    generic: Mapping[str, tuple[str, ...]]
    people: Mapping[str, str]
    money: Mapping[str, str]
    paired: Mapping[str, str]
    words: Mapping[str, re.Pattern[str]]
    meaning: Mapping[str, str]

    def follows(self, concept: str) -> frozenset[str]:
        """The concepts of a whole that its parts known as ``concept`` take over."""
        return frozenset(f for c in self.concepts if c.id == concept for f in c.follows)


def kind_of(unit: str) -> str:
    """``money``, ``rate`` or ``count``."""
    if unit in _MONEY:
        return "money"
    return "rate" if unit in ("%", "％") else "count"


def plain(text: str) -> str:
    """The text with wide brackets and marks, one for one."""
    return text.translate(_WIDE)


def _concept(row: dict[str, Any], form: str) -> Concept:
    return Concept(
        row["id"],
        re.compile(form.format(row["words"])),
        re.compile(row["under"]) if "under" in row else None,
        re.compile(row["not"]) if "not" in row else None,
        frozenset(row.get("unit", ())),
        frozenset(row.get("units", ())),
        row.get("plain", "own"),
        row.get("parts", ""),
        tuple(row.get("follows", ())),
    )


@cache
def vocabulary() -> Vocabulary:
    """The vocabulary, read once."""
    data = tomllib.loads((resources.files("mingzhang.check") / "words" / "links.toml").read_text("utf-8"))
    rows = [*data["concept"], *data["projects"], *data["further"]]
    return Vocabulary(
        tuple(_concept(row, "(?:{})$") for row in data["concept"]),
        tuple(_concept(row, "(?:{})") for row in data["after"]),
        tuple(_concept(row, "(?:{})") for row in data["projects"]),
        tuple(
            Role(r["id"], frozenset(r["unit"].split()), re.compile(r["words"]), r.get("direction", ""))
            for r in data["role"]
        ),
        MappingProxyType({word: tuple(ids) for word, ids in data["generic"].items()}),
        MappingProxyType(data["people"]),
        MappingProxyType(data["money"]),
        MappingProxyType(data["paired"]),
        MappingProxyType({name: re.compile(words) for name, words in data["words"].items()}),
        MappingProxyType(
            {r["id"]: r["zh"] for r in reversed([*rows, *data["role"]])} | data["roles"] | data["comparisons"]
        ),
    )


def cleaned(text: str) -> str:
    """What a phrase names: without quotes, numbering, the year and what stands before it, and connecting words."""
    words = vocabulary().words
    text = text.translate(_QUOTES)
    for name in ("lead_cut", "numbering", "start"):
        text = words[name].sub("", text)
    while (shorter := words["trailing"].sub("", text)) != text:
        text = shorter
    return text.strip("，；。、：·- ")


def first(concepts: Iterable[Concept], text: str, section: str, unit: str, start: bool = False) -> Topic | None:
    """The first of the concepts whose words stand in the text (at its start)."""
    for concept in concepts:
        if concept.fits(section, kind_of(unit), unit):
            hit = concept.words.match(text) if start else concept.words.search(text)
            if hit:
                return concept.topic(hit)
    return None
