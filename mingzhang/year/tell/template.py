"""The templates as values: what figures are called, what is listed, phrases, sections; national first, then a province's."""

import tomllib
from dataclasses import dataclass, field, replace
from functools import lru_cache
from importlib import resources
from typing import Any

from mingzhang.year.tell.expression import NotATemplate


@dataclass(frozen=True, slots=True)
class Named:
    """A named figure: references, the first printed one counts; ``budget`` those of the approved budget."""

    at: tuple[str, ...]
    budget: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rows:
    """What is listed.

    ``codes`` (a statement; with ``digits``, ``starts`` and ``column``; ``budget``: codes that only the approved budget
    prints are listed too), ``named`` (the lines without code of a statement), ``parts`` (alternatives of (label,
    reference): the first that adds to ``whole``), or ``books``: ``units``, ``vehicles``, ``equipment``,
    ``procurement``, ``projects`` (those with a summary). Rows of nothing are left out unless ``zeros``.
    """

    codes: str = ""
    digits: int = 0
    starts: tuple[str, ...] = ()
    column: str = "total"
    budget: str = ""
    named: str = ""
    parts: tuple[tuple[tuple[str, str], ...], ...] = ()
    whole: str = ""
    books: str = ""
    zeros: bool = False


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words with cases (condition, text): the first that is met is said. ``of`` names what the phrase is called with."""

    of: tuple[str, ...]
    cases: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Say:
    """Sentences under a condition, or the clerk's paragraph with that key."""

    text: str = ""
    when: str = ""
    paragraph: str = ""
    required: bool = False
    zh: str = ""
    en: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with its sentences. ``en`` names it to who does not read Chinese; ``numbered``: 一、 before each text."""

    id: str
    depth: int
    heading: str
    en: str = ""
    when: str = ""
    each: str = ""
    numbered: bool = False
    say: tuple[Say, ...] = ()


@dataclass(frozen=True, slots=True)
class Template:
    """Everything that a disclosure of one kind, year and province says."""

    kind: str
    figures: dict[str, Named] = field(default_factory=dict)
    rows: dict[str, Rows] = field(default_factory=dict)
    phrases: dict[str, Phrase] = field(default_factory=dict)
    sections: tuple[Section, ...] = ()
    words: dict[str, Any] = field(default_factory=dict)


def _strings(value: Any) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value or ())


def _named(value: Any) -> Named:
    if isinstance(value, dict):
        return Named(_strings(value["at"]), _strings(value.get("budget")))
    return Named(_strings(value))


def _rows(data: dict[str, Any]) -> Rows:
    parts = tuple(tuple((label, at) for label, at in one) for one in data.get("parts", ()))
    return Rows(**data | {"starts": _strings(data.get("starts")), "parts": parts})


def _phrase(data: dict[str, Any]) -> Phrase:
    return Phrase(_strings(data.get("of")), tuple((c.get("when", ""), c["text"]) for c in data["cases"]))


def _in_force(data: dict[str, Any], year: int) -> bool:
    return bool(data.get("from", 0) <= year <= data.get("to", 9999))


def _says(rows: list[dict[str, Any]], year: int) -> tuple[Say, ...]:
    kept = (r for r in rows if _in_force(r, year))
    return tuple(Say(**{k: v for k, v in r.items() if k not in ("from", "to", "section", "first")}) for r in kept)


def _placed(sections: list[Section], new: Section, after: str) -> None:
    """``new`` with its subsections behind the section ``after`` and what belongs to that; at the end where none is named."""
    if not after:
        sections.append(new)
        return
    at = next((n for n, s in enumerate(sections) if s.id == after), None)
    if at is None:
        raise NotATemplate(f"section {new.id} stands after {after}, which there is not")
    end = at + 1
    while end < len(sections) and sections[end].depth > sections[at].depth:
        end += 1
    sections.insert(end, new)


def _block(sections: list[Section], at: int) -> list[Section]:
    end = at + 1
    while end < len(sections) and sections[end].depth > sections[at].depth:
        end += 1
    return sections[at:end]


def _vary_section(sections: list[Section], row: dict[str, Any], year: int) -> None:
    """A section that is new, or that is there and gets other words or another place (with its subsections)."""
    at = next((n for n, s in enumerate(sections) if s.id == row["id"]), None)
    changed = {k: v for k, v in row.items() if k in ("depth", "heading", "en", "when", "each", "numbered")}
    if "say" in row:
        changed["say"] = _says(row["say"], year)
    if at is None:
        _placed(sections, Section(row["id"], **changed), row.get("after", ""))
        return
    sections[at] = replace(sections[at], **changed)
    if "after" in row:
        moved = _block(sections, at)
        del sections[at : at + len(moved)]
        anchor = row["after"]
        for section in moved:
            _placed(sections, section, anchor)
            anchor = section.id


def _read(template: Template, data: dict[str, Any], year: int) -> Template:
    """The template with what one file adds or changes."""
    sections = [s for s in template.sections if s.id not in data.get("drop", ())]
    for row in data.get("section", []):
        if _in_force(row, year):
            _vary_section(sections, row, year)
    for row in data.get("add", []):
        at = next((n for n, s in enumerate(sections) if s.id == row["section"]), None)
        if at is None:
            raise NotATemplate(f"a sentence is added to section {row['section']}, which there is not")
        said = _says([row], year)
        old = sections[at].say
        sections[at] = replace(sections[at], say=said + old if row.get("first") else old + said)
    return Template(
        template.kind,
        template.figures | {k: _named(v) for k, v in data.get("figure", {}).items()},
        template.rows | {k: _rows(v) for k, v in data.get("rows", {}).items()},
        template.phrases | {k: _phrase(v) for k, v in data.get("phrase", {}).items()},
        tuple(sections),
        template.words | data.get("words", {}),
    )


@lru_cache(maxsize=32)
def load(kind: str, year: int, region: str = "") -> Template:
    """The template of ``kind`` (final or budget) in force in ``year`` where the province's code begins ``region``.

    Raises NotATemplate for another kind, and where a province changes a section that there is not.
    """
    template = Template(kind)
    kinds: set[str] = set()
    root = resources.files("mingzhang.year.tell") / "data"
    for folder in ("national", "provinces"):
        for file in sorted((root / folder).iterdir(), key=lambda f: f.name):
            if not file.name.endswith(".toml"):
                continue
            data = tomllib.loads(file.read_text("utf-8"))
            kinds.add(data.get("kind", ""))
            if data.get("kind", kind) != kind or not _in_force(data, year):
                continue
            if folder == "provinces" and not (region and region.startswith(str(data["region"]))):
                continue
            template = _read(template, data, year)
    if not kind or kind not in kinds:
        raise NotATemplate(f"no template for the kind {kind!r}; there are {', '.join(sorted(kinds - {''}))}")
    return template
