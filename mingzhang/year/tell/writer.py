"""What the language of the templates means: names, rows, calls, phrases, and what the clerk gives."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from mingzhang.year.tell import ledger
from mingzhang.year.tell.amount import NOTHING, Amount, rate
from mingzhang.year.tell.expression import HOLE, NotATemplate, Value, evaluate
from mingzhang.year.tell.ground import Ground, Line
from mingzhang.year.tell.template import Phrase, Rows, Say, Template

_REASON = re.compile(r"^(?:主要)?原因[：:]?(?:是|为)?[：:]?|[。；，、\s]+$")
_ALL = Decimal(100)


def words_of(line: Line) -> dict[str, Value]:
    """What a row is called while it is told."""
    return {**line.words, "amount": line.amount, "won": line.won}


@dataclass
class Writer:
    """What is bound while telling: the figures, the row of a loop, what the clerk was asked for."""

    template: Template
    ground: Ground
    books: ledger.Books
    given: dict[str, Value]
    bound: list[Mapping[str, Value]] = field(default_factory=list)
    asked: list[tuple[str, str]] = field(default_factory=list)
    cached: dict[str, Any] = field(default_factory=dict)

    # Names and calls of the language

    def name(self, name: str) -> Value:
        for words in reversed(self.bound):
            if name in words:
                return words[name]
        if name in self.given:
            return self.given[name]
        if name in self.template.rows:
            return self.rows(name)
        if name not in self.template.figures:
            raise NotATemplate(f"nothing is called {name}")
        figure = self.template.figures[name]
        if any("{" in reference for reference in (*figure.at, *figure.budget)):
            words = {k: v for scope in self.bound for k, v in scope.items() if isinstance(v, str)}
            return self.ground.named(figure, words)
        if name not in self.cached:
            self.cached[name] = self.ground.named(figure, {})
        return self.cached[name]

    def rows(self, name: str) -> list[Line]:
        """What is listed under that name."""
        if name not in self.cached:
            rows: Rows = self.template.rows[name]
            if rows.books == "units":
                found = [Line({"label": unit.name, "code": unit.code}, None) for unit in self.books.units]
            elif rows.books == "projects":
                found = self.books.described()
            elif rows.books == "procurement":
                kinds = self.template.words["procurement"]
                found = [Line({"label": n, "code": k}, self.given[k], self.given[f"{k}_sme"]) for k, n in kinds.items()]
                found = [line for line in found if line.amount]
            elif rows.books:
                found = ledger.assets(self.books, self.ground)[rows.books]
                found = [line for line in found if line.amount or rows.zeros]
            else:
                found = self.ground.lines(rows)
            self.cached[name] = found
        return list(self.cached[name])

    def call(self, name: str, arguments: list[Value]) -> Value:
        match name, arguments:
            case "known", [value]:
                return value is not None
            case "any", [list() as rows]:
                return bool(rows)
            case "number", [list() as rows]:
                return Amount(Decimal(len(rows)), "", 0)
            case "sum", [list() as rows]:
                amounts = [line.amount for line in rows if line.amount is not None]
                return sum(amounts, replace(amounts[0], value=NOTHING)) if amounts else None
            case "rate", [part, whole]:
                return rate(part, whole) if part is not None and whole is not None else None
            case "uneven", [list() as rows, Amount() as whole]:
                shares = [share for line in rows if line.amount is not None and (share := rate(line.amount, whole))]
                return bool(shares) and sum(share.value for share in shares) != _ALL
            case "each", [list() as rows, str() as phrase, str() as between]:
                said = [self.phrase(phrase, [], words_of(line)) for line in rows]
                return None if None in said else between.join(text for text in said if text)
            case "count", [str() as id, amount]:
                return self.count(id, amount)
            case "reason", [str() as key]:
                return self.reason(key)
        if name in self.template.phrases:
            return self.phrase(name, arguments, {})
        raise NotATemplate(f"{name} cannot be called with {len(arguments)} values")

    def phrase(self, name: str, arguments: list[Value], words: Mapping[str, Value]) -> str | None:
        """The words of the first case that is met; empty where none is, None where a figure in them is unknown."""
        phrase: Phrase = self.template.phrases[name]
        if len(arguments) != len(phrase.of):
            raise NotATemplate(f"{name} is called with {len(arguments)} values, not with {', '.join(phrase.of)}")
        self.bound.append({**words, **dict(zip(phrase.of, arguments))})
        try:
            case = next((text for when, text in phrase.cases if not when or evaluate(when, self)), "")
            return self.filled(case)
        finally:
            self.bound.pop()

    def filled(self, text: str) -> str | None:
        """The text with its holes filled; None where something in them is unknown."""
        out, last = "", 0
        for hole in HOLE.finditer(text):
            value = evaluate(hole[1], self)
            if value is None:
                return None
            if isinstance(value, Amount) and hole[2]:
                value = replace(value, unit="")
            out += text[last : hole.start()] + str(value) + (hole[2] or "")
            last = hole.end()
        return out + text[last:]

    # What the clerk gives

    def _of_unit(self, texts: Mapping[str, str], key: str) -> str:
        unit = self.given["unit_code"]
        return (texts.get(f"{key}@{unit}", "") if unit else "") or texts.get(key, "")

    def _gap(self, kind: str, key: str) -> str:
        self.asked.append((kind, key))
        return self.template.words["gap"]

    def reason(self, key: str) -> str:
        """The clerk's reason without 主要原因是 and full stop, or a gap that is asked for."""
        reason = _REASON.sub("", _REASON.sub("", self._of_unit(self.books.accounts.reasons, key).strip()))
        return reason.replace("。", "；") or self._gap("reason", key)

    def count(self, id: str, amount: Value) -> Value:
        """What the books count; nothing where there is no amount to it, else a gap that is asked for."""
        found = self.books.count(id)
        if found is None and amount:
            return self._gap("count", id)
        return Amount(Decimal(found or 0), "", 0)

    def paragraph(self, say: Say) -> str | None:
        """The clerk's paragraph; a required one that is not there leaves a gap."""
        text = self._of_unit(self.books.accounts.paragraphs, say.paragraph).strip()
        if text or not say.required:
            return text or None
        return self._gap("paragraph", say.paragraph) + "。"

    def said(self, say: Say) -> str | None:
        if say.when and not evaluate(say.when, self):
            return None
        return self.paragraph(say) if say.paragraph else self.filled(say.text)
