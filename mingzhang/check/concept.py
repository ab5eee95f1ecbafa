"""Which printed cell a figure of the running text repeats."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from mingzhang.check.formula import Added, Quoted
from mingzhang.check.mention import Mention
from mingzhang.codes import by_name, lookup
from mingzhang.figures import Interval, Ledger, Sheet, Term

_ORGAN = r"(?:.*(?:局|委|部|中心|院|校|会|室|所|站|队|厅|本级|办))?"


@dataclass(frozen=True, slots=True)
class Concept:
    """Words for one figure of a statement, and where that figure is printed."""

    kind: str
    words: re.Pattern[str]
    under: re.Pattern[str] | None
    forbidden: re.Pattern[str] | None
    at: dict[str, tuple[str, ...]]
    severity: str


@dataclass(frozen=True, slots=True)
class Found:
    """The cell that a figure should repeat: its amount, its words, and how sure the link is."""

    amount: Interval
    reference: str
    severity: str = "error"


@dataclass(frozen=True, slots=True)
class _Words:
    concepts: tuple[Concept, ...]
    items: dict[str, str]
    classes: re.Pattern[str]


def _own(row: dict[str, Any]) -> dict[str, tuple[str, ...]]:
    own = ("amount", "final") if row["kind"] == "final" else ("amount", "budget", "initial")
    at = {role: tuple(row["at"]) for role in row.get("roles", own)}
    at.update({role: tuple(row[role]) for role in ("budget", "initial", "full") if role in row})
    return at


@cache
def _words() -> _Words:
    data = tomllib.loads((resources.files("mingzhang.check") / "words" / "concepts.toml").read_text("utf-8"))
    concepts = tuple(
        Concept(
            row["kind"],
            re.compile(f"{_ORGAN}(?:{row['words']})"),
            re.compile(row["under"]) if "under" in row else None,
            re.compile(row["not"]) if "not" in row else None,
            _own(row),
            row.get("severity", "error"),
        )
        for row in data["concept"]
    )
    return _Words(concepts, data["items"], re.compile(data["classes_under"]))


def quoted(term: Term) -> Quoted:
    """The number of a statement, with its place."""
    return Quoted.read(term.cell.printed, term.statement.unit, term.cell, term.cell.place or term.row.place)


def _plain(name: str) -> str:
    return name.replace("其它", "其他").removesuffix("支出")


class Concepts:
    """Looks the figures of one disclosure up; each subject is resolved once."""

    def __init__(self, ledger: Ledger, kind: str) -> None:
        self.ledger = ledger
        words = _words()
        self.concepts = [c for c in words.concepts if c.kind == kind]
        statement, _, self.column = words.items.get(kind, "/").partition("/")
        self.sheet = ledger.by_id.get(statement)
        self.classes = words.classes
        self.known: dict[tuple[str, tuple[str, ...]], list[Concept]] = {}
        self.names: dict[str, list[str]] = {}
        if self.sheet is not None:
            for code, rows in self.sheet.codes.items():
                self.names.setdefault(_plain(rows[0].label), []).append(code)

    def find(self, mention: Mention, role: str) -> Found | None:
        """The cell that this figure of the mention repeats, or None where the document prints none."""
        if mention.items:
            own = ("amount", "final") if self.column and mention.figures.get("final") else ("amount",)
            return self._item(mention) if role in own else None
        key = (mention.subject, mention.section)
        fits = self.known.get(key)
        if fits is None:
            fits = self.known[key] = self._fitting(mention)
        for concept in fits:
            for reference in concept.at.get(role, ()):
                amount = self.cell(reference)
                if amount is not None:
                    return Found(amount, reference, concept.severity)
        if role == "amount" and self.classes.search("/".join(mention.section[-2:])):
            return self._class(mention.subject)
        return None

    def _fitting(self, mention: Mention) -> list[Concept]:
        if not mention.subject:
            return []
        section = "/".join(mention.section[-3:])
        return [
            c
            for c in self.concepts
            if c.words.fullmatch(mention.subject)
            and (c.under is None or c.under.search(section))
            and (c.forbidden is None or not c.forbidden.search(section))
        ]

    def cell(self, reference: str) -> Interval | None:
        """The amount that a reference names; the sum where it names several rows; None where nothing is printed."""
        figures = [quoted(t) for t in self.ledger.terms(reference)]
        if len(figures) > 1:
            return Added.signed((figure, 1) for figure in figures)
        return figures[0] if figures else None

    def _class(self, name: str) -> Found | None:
        codes = [c for c in self._codes(name) if len(c) == 3]
        if not codes and self.sheet is not None:
            main = self.ledger.by_id.get("B01") or self.ledger.by_id.get("F01")
            line = main.form.line(name, "expenditure") if main is not None and main.form else None
            codes = [line.id] if line is not None and line.id.isdigit() else []
        return self._at(codes[0]) if codes else None

    def _codes(self, name: str) -> list[str]:
        return self.names.get(_plain(name), [])

    def _item(self, mention: Mention) -> Found | None:
        level, name = mention.items[-1]
        if level == "类":
            return self._class(name)
        length = {"款": 5, "项": 7}[level]
        codes = [c for c in self._codes(name) if len(c) == length]
        if len(codes) > 1:
            section = next((n for at, n in mention.items if at == "款"), "")
            group = next((n for at, n in mention.items if at == "类"), "")
            within = [c for c in codes if c[:5] in self._codes(section)] or [
                c for c in codes if c[:3] in self._codes(group)
            ]
            codes = within if len(within) == 1 else []
        return self._at(codes[0]) if codes and not self._elsewhere(mention, codes[0]) else None

    def _elsewhere(self, mention: Mention, code: str) -> bool:
        """Whether the text names another section (of the chart, or of another class) than the item of this code has."""
        named = dict(mention.items)
        section, group = named.get("款", ""), named.get("类", "")
        if not section or self._bears(code[:5], section):
            return False
        return bool(by_name(section, "functional")) or bool(group and not self._bears(code[:3], group))

    def _bears(self, code: str, name: str) -> bool:
        """Whether a code bears that name, as printed or by the chart (where neither knows the code, it may)."""
        rows = self.sheet.codes.get(code, ()) if self.sheet is not None else ()
        entry = lookup("functional", code)
        own = {_plain(row.label) for row in rows} | ({_plain(entry.name)} if entry is not None else set())
        return not own or _plain(name) in own

    def _at(self, code: str) -> Found | None:
        sheet: Sheet | None = self.sheet
        if sheet is None:
            return None
        amount = self.cell(f"{sheet.id}/{code}/{self.column}")
        return Found(amount, f"{sheet.id}/{code}/{self.column}") if amount is not None else None
