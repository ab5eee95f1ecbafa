"""What a rule looks at: each statement, row, sentence, mention, listing, claim, evaluation, indicator … as named values."""

import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

from mingzhang.check.concept import quoted
from mingzhang.check.facts import Facts
from mingzhang.check.formula import Added, Quoted
from mingzhang.check.mention import Listing, Mention
from mingzhang.check.rule import Rule
from mingzhang.check.scope import Scope, at, captured, cells, places
from mingzhang.check.scopes_claims import claim
from mingzhang.check.scopes_tables import TABLES, evaluation_names
from mingzhang.check.scopes_text import (
    copied_purpose,
    costed_group,
    echoed_list,
    listed_item,
    report_spending,
    told_indicator,
    told_spending,
)
from mingzhang.check.scopes_words import comparison, dated_claim, moved_letter, opening_year, required_statement
from mingzhang.check.table import Table
from mingzhang.disclosure import Sentence
from mingzhang.figures import Interval, Sheet, scale, total
from mingzhang.figures.ledger import TOTALS

_YEAR = re.compile(r"(20\d\d)年")
_ROLES = ("amount", "final", "budget", "initial", "full")


def _document(rule: Rule, facts: Facts) -> Iterator[Scope]:
    yield Scope({}, facts.disclosure.title or "全文")


def _statement(rule: Rule, facts: Facts) -> Iterator[Scope]:
    for sheet in facts.ledger.sheets:
        s = sheet.statement
        if rule.statement is not None and not rule.statement.fullmatch(s.id):
            continue
        names = {
            "id": s.id,
            "title": s.title,
            "printed_year": s.year,
            "unit": s.unit,
            "named": s.publisher,
            "name": sheet.form.name if sheet.form else s.title,
            "empty_note": sheet.form.empty_note if sheet.form else "",
            "empty": "1" if s.empty else "",
            "note": "".join(n.text for n in s.notes),
            "rows": len([r for r in s.rows if r.code]),
            "columns": " ".join(s.columns),
        }
        yield Scope(names, at(s.id, s.place), places(s.place), s.title)


def _sheets(rule: Rule, facts: Facts) -> Iterator[Sheet]:
    for sheet in facts.ledger.sheets:
        if rule.statement is None or rule.statement.fullmatch(sheet.id):
            yield sheet


def _row(rule: Rule, facts: Facts) -> Iterator[Scope]:
    for sheet in _sheets(rule, facts):
        for row in sheet.statement.rows:
            if rule.match is not None and not rule.match.fullmatch(row.label):
                continue
            names: dict[str, Any] = {
                "id": sheet.id, "code": row.code, "label": row.label, "side": row.side, "line": row.printed_label,
                "is_total": "1" if row.label in TOTALS and not row.code else "",
                "leaf": "1" if len(row.code) == 7 else "",
            }  # fmt: skip
            for column, figure in cells(sheet, row).items():
                names.setdefault(column, figure)
            place = row.place or (row.cells[0].place if row.cells else None)
            yield Scope(names, at(sheet.id, place), places(place), f"{row.code}{row.label}", group=sheet.id)


def _around(sentences: tuple[Sentence, ...], n: int) -> str:
    here = sentences[n]
    return "".join(s.text for s in sentences[max(0, n - 1) : n + 3] if s.section == here.section)


def _sentence(rule: Rule, facts: Facts) -> Iterator[Scope]:
    if rule.has and not any(word in facts.words for word in rule.has):
        return
    assert rule.match is not None
    sentences = facts.disclosure.sentences
    for n, sentence in enumerate(sentences):
        text = sentence.text
        if rule.has and not any(word in text for word in rule.has):
            continue
        section = "/".join(sentence.section)
        if rule.under is not None and not rule.under.search(section):
            continue
        for match in rule.match.finditer(text):
            names = captured(match, sentence.figures)
            names.update(matched=match.group(), sentence=text, section=section, around=_around(sentences, n))
            yield Scope(names, at(section, sentence.place), places(sentence.place), match.group())


def _passage(rule: Rule, facts: Facts) -> Iterator[Scope]:
    if rule.has and not any(word in facts.words for word in rule.has):
        return
    assert rule.match is not None
    for where, text, place, figures in facts.passages:
        if rule.has and not any(word in text for word in rule.has):
            continue
        if rule.under is not None and not rule.under.search(where):
            continue
        for match in rule.match.finditer(text):
            names = captured(match, figures)
            names.update(matched=match.group(), sentence=text, section=where)
            yield Scope(names, at(where, place), places(place), match.group())


def _whole(mention: Mention, facts: Facts) -> Interval | None:
    if mention.share_of:
        name = mention.share_of
        for other in facts.mentions:
            if other.section == mention.section and other.subject and (name == other.subject or name in other.subject):
                figure = other.first(*_ROLES)
                if figure is not None and other is not mention:
                    return figure
        found = facts.concepts.find(Mention(name, mention.sentence, 0, 0), "amount")
        return found.amount if found else None
    return _fitting_whole(mention)


def _fitting_whole(mention: Mention) -> Interval | None:
    """The whole a part is listed under; where lists are nested, the one that the printed share fits."""
    first: Interval | None = None
    whole, now = mention.whole, mention.first(*_ROLES)
    while whole is not None:
        figure = whole.first(*_ROLES)
        if figure is not None:
            first = first if first is not None else figure
            if now is not None and figure.value and not figure.low <= 0 <= figure.high:
                exact = now / figure * Interval.exact(100)
                if exact.overlaps(mention.figures["share"]):
                    return figure
        whole = whole.whole
    return first


def _said(mention: Mention, facts: Facts) -> dict[str, Any]:
    f = mention.figures
    now = mention.first("amount", "final", "budget", "initial")
    names: dict[str, Any] = {
        "subject": mention.subject, "section": "/".join(mention.section), "sentence": mention.sentence.text,
        "said": mention.text, "basis": mention.basis, "share_of": mention.share_of, "now": now, "up": mention.sign,
        "one_way": int(len(mention.ways) < 2),
        **f,
    }  # fmt: skip
    if "change" in f and now is not None:
        names["before"] = Added.signed(((now, 1), (f["change"], -mention.sign)))
    if "share" in f:
        names["whole"] = _whole(mention, facts)
    base = {"年初": "initial", "全年": "full", "调整": "full", "调整后": "full"}.get(mention.basis)
    done = mention.first("final", "amount")
    names["base"] = f.get(base) if base else _fitting_base(mention, done)
    names["done"] = done
    return names


def _fitting_base(mention: Mention, done: Quoted | None) -> Quoted | None:
    """The budget that a completion rate without a named base fits, else the first that is told."""
    told = [mention.figures[role] for role in ("budget", "full", "initial") if role in mention.figures]
    rate = mention.figures.get("completion")
    for base in told:
        if rate is not None and done is not None and base.low > 0:
            exact = done / base * Interval.exact(100)
            if exact.overlaps(rate):
                return base
    return told[0] if told else None


def _mention(rule: Rule, facts: Facts) -> Iterator[Scope]:
    needed = rule.has
    for n, mention in enumerate(facts.mentions):
        if needed and not any(role in mention.figures for role in needed):
            continue
        if rule.under is not None and not rule.under.search("/".join(mention.section)):
            continue
        if rule.match is not None and not rule.match.fullmatch(mention.subject):
            continue
        names = _said(mention, facts) | {"previous": facts.mentions[n - 1].text if n else ""}
        yield Scope(names, at("/".join(mention.section), mention.place), places(mention.place), mention.text)


def _subset(parts: list[Quoted], amount: Interval) -> bool:
    whole = total(parts)
    return any(p.value and (whole - p).overlaps(amount) for p in parts)


def _listing(rule: Rule, facts: Facts) -> Iterator[Scope]:
    for listing in facts.listings:
        stated, parts = _stated(listing), _parts(listing)
        if stated is None or len(parts) < 2:
            continue
        first = listing.total
        if first.listed is not None:
            parts = _nested(parts, stated)
        names = {
            "total": stated, "parts": parts, "sum": Added.signed((p, 1) for p in parts), "role": listing.role, "subject": first.subject,
            "list_kind": listing.kind, "section": "/".join(first.section), "said": first.text,
            "added": "+".join(p.text for p in parts),
            "sum_text": _in_unit(sum(p.value for p in parts), stated),
            "gap_text": _in_unit(abs(sum(p.value for p in parts) - stated.value), stated),
            "listed": "，".join(str(p) for p in parts),
            "subset": "1" if _subset(parts, stated) else "",
            "names": "、".join(p.subject for p in listing.parts),
        }  # fmt: skip
        shares = [p.figures["share"] for p in listing.parts if "share" in p.figures]
        if len(shares) == len(parts):
            names["shares"] = shares
            names["share_sum"] = Added.signed((s, 1) for s in shares)
            names["share_list"] = "+".join(s.text for s in shares)
        text = _passage_of(listing)
        yield Scope(names, at("/".join(first.section), first.place), places(first.place), text)


def _in_unit(amount: Decimal | int, like: Quoted) -> str:
    """An amount (money in 元) in the unit and with the decimals of a printed figure."""
    return f"{amount / scale(like.unit):.{like.decimals}f}{like.unit}"


def _nested(parts: list[Quoted], stated: Quoted) -> list[Quoted]:
    """The parts of a list inside a list: those up to where they add to its total; what follows belongs to the outer."""
    for n in range(2, len(parts)):
        if total(parts[:n]).overlaps(stated):
            return parts[:n]
    return parts


def _stated(listing: Listing) -> Quoted | None:
    if listing.kind == "of which":
        return listing.total.first(*_ROLES)
    other = {"final": ("amount",), "amount": ("final", "budget", "initial")}.get(listing.role, ())
    return listing.total.first(listing.role, *other)


def _parts(listing: Listing) -> list[Quoted]:
    if listing.kind != "of which":
        return [p.figures[listing.role] for p in listing.parts]
    return [f for f in (p.first(*_ROLES) for p in listing.parts) if f is not None]


def _passage_of(listing: Listing) -> str:
    first, last = listing.total, listing.parts[-1]
    if first.sentence is last.sentence:
        return first.sentence.text[first.start : last.end].lstrip("，；。、：: ")
    return f"{first.text}；{'；'.join(p.text for p in listing.parts)}"


def _year(text: str) -> int | None:
    """The year that a text names, where it names one."""
    found = set(_YEAR.findall(text))
    return int(found.pop()) if len(found) == 1 else None


def _heading(rule: Rule, facts: Facts) -> Iterator[Scope]:
    headings, spoken = facts.disclosure.headings, {s.section[-1] for s in facts.disclosure.sentences if s.section}
    within = {part for s in facts.disclosure.sentences for part in s.section}
    for n, heading in enumerate(headings):
        following = headings[n + 1] if n + 1 < len(headings) else None
        names = {
            "text": heading.text, "depth": heading.depth, "told_year": _year(heading.text), "last": "1" if following is None else "",
            "has_text": "1" if heading.text in spoken or heading.text in within else "",
            "has_parts": "1" if following is not None and following.depth > heading.depth else "",
        }  # fmt: skip
        yield Scope(names, at(heading.text, heading.place), places(heading.place), heading.text)


def _item(rule: Rule, facts: Facts) -> Iterator[Scope]:
    """Each classification item of the text that has a performance table of the same name."""
    by_name = {t.evaluation.project: t for t in facts.tables}
    for mention in facts.mentions:
        if not mention.items:
            continue
        name = mention.items[-1][1]
        table = by_name.get(name)
        if table is not None:
            names = _said(mention, facts) | {f"table_{k}": v for k, v in evaluation_names(table).items()}
            yield Scope(names, at("/".join(mention.section), mention.place), places(mention.place), mention.text)


def _project(rule: Rule, facts: Facts) -> Iterator[Scope]:
    """Each project line of a statement that has performance tables of the same name."""
    by_name: dict[str, list[Table]] = {}
    for every in facts.tables:
        by_name.setdefault(every.evaluation.project, []).append(every)
    for sheet in _sheets(rule, facts):
        lines = {name for name, _ in facts.projects(sheet.id)}
        for row in sheet.statement.rows:
            same = by_name.get(row.label, [])
            table = same[0] if len(same) == 1 and row.label in lines else None
            if table is None:
                continue
            names = {f"table_{k}": v for k, v in evaluation_names(table).items()} | {"label": row.label, "id": sheet.id}
            for column, figure in cells(sheet, row).items():
                names.setdefault(column, figure)
            place = row.place or (row.cells[0].place if row.cells else None)
            yield Scope(names, at(sheet.id, place), places(place, table.place), row.label)


def _wage_line(rule: Rule, facts: Facts) -> Iterator[Scope]:
    """Each wage item that the summary of all expenditure has higher than the basic one, with a project of that amount."""
    every, basic = facts.ledger.by_id.get("B08"), facts.ledger.by_id.get("B06")
    projects = facts.projects("B12")
    if every is None or basic is None or not projects:
        return
    sums: dict[str, list[Interval]] = {}
    for row in basic.statement.rows:
        term = basic.term(row, "total")
        if term is not None:
            sums.setdefault(f"{row.code} {row.block}".strip(), []).append(term.amount)
    for row in every.statement.rows:
        term, own = every.term(row, "total"), sums.get(f"{row.code} {row.block}".strip())
        if term is None or own is None or not row.code.startswith("301") or len(row.code) != 5 or row.code == "30199":
            continue
        less = total(own)
        gap = term.amount - less
        found = next(((n, a) for n, a in projects if gap.value > 0 and a.overlaps(gap)), ("", None))
        same = next((r for r in basic.statement.rows if r.code == row.code and r.block == row.block), None)
        shown_basic = basic.term(same, "total") if same is not None else None
        names = {
            "id8": every.id, "id6": basic.id, "label": row.label, "whole": quoted(term),
            "basic": quoted(shown_basic) if shown_basic else less, "project": found[0],
            "project_amount": found[1],
        }  # fmt: skip
        yield Scope(names, at(every.id, term.cell.place), places(term.cell.place), row.label)


QUANTIFIERS: dict[str, Callable[[Rule, Facts], Iterator[Scope]]] = {
    "document": _document,
    "statement": _statement,
    "row": _row,
    "sentence": _sentence,
    "passage": _passage,
    "mention": _mention,
    "claim": claim,
    "listing": _listing,
    "item": _item,
    "heading": _heading,
    "project": _project,
    "wage line": _wage_line,
    "listed item": listed_item,
    "copied purpose": copied_purpose,
    "echoed list": echoed_list,
    "told spending": told_spending,
    "report spending": report_spending,
    "costed group": costed_group,
    "told indicator": told_indicator,
    "comparison": comparison,
    "dated claim": dated_claim,
    "moved letter": moved_letter,
    "opening year": opening_year,
    "required statement": required_statement,
    **TABLES,
}
