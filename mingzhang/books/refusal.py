"""Why something was not entered: the rule, the draft, the figures, in Chinese and English."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mingzhang.books.draft import Line
from mingzhang.books.law import Rule, kinds, rules, sources, uses
from mingzhang.codes import lookup

_TABLES = {"kind": kinds, "source": sources, "budget": sources, "use": uses}
_FIELDS = {"document": ("文号", "document"), "consent": ("批准文号", "consent"), "words": ("摘要", "words")}
_CLASSIFICATIONS = {
    "functional": ("功能分类", "functional"),
    "economic": ("部门经济分类", "departmental economic"),
    "governmental": ("政府经济分类", "governmental economic"),
}


@dataclass(frozen=True, slots=True)
class Refusal:
    """One reason against one draft. ``row`` counts the drafts from 0; amounts among the figures are fen (int)."""

    rule: str
    row: int
    figures: Mapping[str, object]

    @property
    def law(self) -> str:
        """The law behind the rule; empty where there is none."""
        return self._rule.source

    @property
    def _rule(self) -> Rule:
        return rules()[self.rule]

    def words(self, lang: str = "zh") -> str:
        """The reason as a clerk reads it, amounts in yuan; ``lang`` is ``zh`` or ``en``."""
        shown = {key: _shown(key, value, lang) for key, value in self.figures.items()}
        text = (self._rule.zh if lang == "zh" else self._rule.en).format(**shown)
        return f"{text}〔{self.law}〕" if self.law and lang == "zh" else f"{text} [{self.law}]" if self.law else text


def _shown(key: str, value: object, lang: str) -> object:
    if key == "field":
        return _FIELDS[str(value)][lang != "zh"]
    if key in ("number", "row", "year", "length"):
        return value
    if isinstance(value, int):
        return yuan(value)
    if isinstance(value, Line):
        return _named(value, lang)
    if key == "classification":
        return _CLASSIFICATIONS[str(value)][lang != "zh"]
    for table in (_TABLES[key],) if key in _TABLES else (sources, uses) if key in "ab" else ():
        if entry := table().get(str(value)):
            return entry[lang] if isinstance(entry, Mapping) else getattr(entry, lang)
    return value


def _named(line: Line, lang: str) -> str:
    """The line as a clerk calls it: codes with their names, source and use in words."""
    coded = (("functional", line.item), ("economic", line.economic), ("governmental", line.government))
    named = [f"{value} {code.name}" if (code := lookup(kind, value)) else value for kind, value in coded if value]
    words = [table()[value][lang] for table, value in ((sources, line.source), (uses, line.use)) if value in table()]
    return " / ".join([line.unit, *words[:1], *named, *([line.project] if line.project else []), *words[1:]])


def yuan(fen: int) -> str:
    """123456 → 1,234.56."""
    whole, rest = divmod(abs(fen), 100)
    return f"{'-' * (fen < 0)}{whole:,}.{rest:02}"


class Refused(Exception):
    """Nothing was entered. ``refusals`` are all reasons, in the order of the drafts."""

    def __init__(self, refusals: Sequence[Refusal]) -> None:
        self.refusals = tuple(refusals)
        super().__init__("\n".join(f"{r.row + 1}: {r.words()}" for r in refusals))
