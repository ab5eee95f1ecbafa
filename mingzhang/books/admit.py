"""What can be said against drafts without knowing the balances: form, codes, dates, and the legs of vouchers."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import groupby

from mingzhang.books.draft import Draft, Line
from mingzhang.books.law import LARGEST, kinds, sources, uses
from mingzhang.books.refusal import Refusal
from mingzhang.codes import LENGTHS, lookup

TEXTS = {"document": 120, "consent": 120, "words": 1000}
"""The longest text of a draft's fields, in characters."""

UNSEEN = "\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff"
"""Characters that print nothing or turn the text around (of a regular expression's class): two texts would look alike."""

_CONTROL = re.compile(rf"[\x00-\x09\x0b-\x1f\x7f\ud800-\udfff{UNSEEN}]")


@dataclass(frozen=True, slots=True)
class Setting:
    """What an open book admits: its year and days, the codes of its units and projects."""

    year: int
    first: date
    last: date
    units: frozenset[str]
    projects: frozenset[str]


def vouchers(drafts: Sequence[Draft]) -> Iterator[range]:
    """The rows of each voucher, in order; a draft without voucher number is one by itself."""
    start = 0
    for _, run in groupby(enumerate(drafts), lambda pair: pair[1].voucher or pair[0]):
        stop = start + sum(1 for _ in run)
        yield range(start, stop)
        start = stop


def refuse_form(draft: Draft, row: int, first: date, last: date) -> list[Refusal]:
    """What is wrong with one draft: kind, amount, date, texts, and whether its source and use go with its kind."""
    kind = kinds().get(draft.kind)
    if kind is None:
        return [Refusal("form.kind", row, {"value": draft.kind})]
    found = []
    amount = draft.amount
    if (amount == 0 or abs(amount) > LARGEST) or (amount < 0 and not kind.signed):
        found.append(Refusal("form.amount", row, {"kind": draft.kind, "requested": amount, "largest": LARGEST}))
    if not first <= draft.date <= last:
        days = {"date": draft.date.isoformat(), "first": first.isoformat(), "last": last.isoformat()}
        found.append(Refusal("form.date", row, days))
    for field, text in (("document", draft.document), ("consent", draft.consent), ("words", draft.words)):
        empty = field == "document" and not text.strip()
        if empty or len(text) > TEXTS[field] or _CONTROL.search(text):
            found.append(Refusal("form.text", row, {"field": field, "length": TEXTS[field]}))
    source = sources().get(draft.line.source)
    if source is not None and kind.sources not in ("", source["kind"]):
        found.append(Refusal("form.source_kind", row, {"kind": draft.kind, "source": draft.line.source}))
    if kind.grain == "line" and not draft.line.use:
        found.append(Refusal("form.use_missing", row, {"kind": draft.kind}))
    return found


@lru_cache(maxsize=8192)
def _refuse_codes(line: Line, year: int) -> tuple[tuple[str, tuple[tuple[str, object], ...]], ...]:
    found: list[tuple[str, tuple[tuple[str, object], ...]]] = []
    source = sources().get(line.source)
    if source is None:
        found.append(("form.source", (("value", line.source),)))
    use = uses().get(line.use)
    if use is None and line.use:
        found.append(("form.use", (("value", line.use),)))
    if use and line.economic and "economic" in use and line.economic[:3] not in use["economic"]:
        found.append(("form.use_economic", (("use", line.use), ("economic", line.economic))))
    given = (("functional", line.item), ("economic", line.economic), ("governmental", line.government))
    for classification, value in given:
        if not value and classification != "functional":
            continue
        code = lookup(classification, value, year) if len(value) == LENGTHS[classification][-1] else None
        if code is None:
            figures = (("classification", classification), ("value", value), ("year", year))
            found.append(("form.code", figures))
        elif classification == "functional" and source is not None and code.budget != source["budget"]:
            found.append(("form.budget", (("value", value), ("budget", code.budget), ("source", line.source))))
    return tuple(found)


def refuse_line(line: Line, row: int, setting: Setting) -> list[Refusal]:
    """What is wrong with a line that the book does not have yet: source, use, codes of the year, unit, project."""
    found = [Refusal(rule, row, dict(figures)) for rule, figures in _refuse_codes(line, setting.year)]
    if line.unit not in setting.units:
        found.append(Refusal("form.unit", row, {"value": line.unit}))
    if line.project and line.project not in setting.projects:
        found.append(Refusal("form.project", row, {"value": line.project}))
    return found


def refuse_voucher(drafts: Sequence[Draft], rows: range) -> list[Refusal]:
    """What is wrong with the legs of one voucher together."""
    legs = [drafts[row] for row in rows]
    head, start = legs[0], rows.start
    found = []
    if any((leg.kind, leg.date, leg.document) != (head.kind, head.date, head.document) for leg in legs):
        found.append(Refusal("voucher.mixed", start, {}))
    seen: set[Line] = set()
    for row, leg in zip(rows, legs):
        if leg.line in seen:
            found.append(Refusal("voucher.twice", row, {"line": leg.line}))
        seen.add(leg.line)
    if head.kind == "virement":
        found += refuse_virement(legs, start)
    return found


def refuse_virement(legs: Sequence[Draft], row: int) -> list[Refusal]:
    """Whether a virement balances and stays within what the law lets it join."""
    into = sum(leg.amount for leg in legs if leg.amount > 0)
    out = -sum(leg.amount for leg in legs if leg.amount < 0)
    found = []
    if into != out:
        found.append(Refusal("voucher.unbalanced", row, {"into": into, "out": out, "over": abs(into - out)}))
    funds = list(dict.fromkeys(leg.line.source for leg in legs))
    if len(funds) > 1:
        found.append(Refusal("virement.funds", row, {"a": funds[0], "b": funds[1]}))
    known = [leg for leg in legs if leg.line.use in uses()]
    parts = {uses()[leg.line.use]["part"]: leg.line.use for leg in reversed(known)}
    if len(parts) > 1:
        a, b = list(parts.values())[:2]
        found.append(Refusal("virement.parts", row, {"a": a, "b": b}))
    shares = {uses()[leg.line.use].get("share") for leg in known}
    if shares == {"personnel", "public"} and not all(leg.consent.strip() for leg in legs):
        found.append(Refusal("virement.shares", row, {}))
    return found
