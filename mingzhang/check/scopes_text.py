"""Quantifiers over running text that look at more than one sentence or at tables beside it."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from mingzhang.check.facts import Facts
from mingzhang.check.formula import Quoted
from mingzhang.check.mention import Listing, Mention, items_of
from mingzhang.check.rule import Rule
from mingzhang.check.scope import Scope, at, captured, places
from mingzhang.check.table import measured
from mingzhang.disclosure import Printed
from mingzhang.figures import total

_AMOUNT = re.compile(r"(?P<name>[^，；。：、\d]{0,6})(?P<part>\d[\d,]*(?:\.\d+)?)(?P<unit>亿元|万元|元)")


def _made_of(whole: Quoted, rest: str) -> str:
    """The amounts that follow in the sentence, where the first of them add to the whole: （甲2万元+乙3万元）."""
    told, parts = [], []
    for match in _AMOUNT.finditer(rest.partition("。")[0]):
        told.append(match.group())
        parts.append(Quoted.read(Printed.parse(match["part"]), match["unit"]))
        if len(parts) > 1 and total(parts).overlaps(whole):
            return f"（{'+'.join(told)}）"
    return ""


def listed_item(rule: Rule, facts: Facts) -> Iterator[Scope]:
    """Each economic item that a sentence lists (主要包括：…), with its amount in the basic-expenditure statement."""
    sheet = facts.ledger.by_id.get("F06") if facts.kind == "final" else facts.ledger.by_id.get("B06")
    assert rule.match is not None
    if sheet is None or sheet.statement.empty:
        return
    by_label = {r.label: r for r in sheet.statement.rows if len(r.code) == 5}
    for sentence in facts.disclosure.sentences:
        section = "/".join(sentence.section)
        if "主要包括" not in sentence.text or (rule.under is not None and not rule.under.search(section)):
            continue
        for match in rule.match.finditer(sentence.text):
            listed = match["items"].rstrip("等").split("、")
            for n, name in enumerate(listed):
                row = by_label.get(name)
                if row is None or not row.cells:
                    continue
                cell = row.cells[0]
                amount = Quoted.read(cell.printed, sheet.statement.unit, cell, cell.place or row.place)
                names = {
                    "name": name, "code": row.code, "amount": amount, "amount_text": cell.printed.text,
                    "before": "、".join(listed[:n]) + ("、" if n else ""), "opening": match.group().split("，")[0],
                }  # fmt: skip
                if amount.value == 0:
                    names["amount"] = replace(amount, low=amount.value, high=amount.value)
                yield Scope(names, at(section, sentence.place), places(sentence.place), match.group())


def copied_purpose(rule: Rule, facts: Facts) -> Iterator[Scope]:
    """Each item of the classification whose purpose (主要用于…) is word for word that of the item before."""
    assert rule.match is not None
    last: tuple[str, str] | None = None
    for sentence in facts.disclosure.sentences:
        heading = items_of(sentence.section[-1]) if sentence.section else ()
        match = rule.match.search(sentence.text) if "主要用于" in sentence.text else None
        if match is None:
            continue
        items = heading or items_of(sentence.text[: match.start()])
        if not items or items[-1][0] != "项":
            continue
        name, purpose = items[-1][1], match["purpose"]
        if last is not None and last[1] == purpose and last[0] != name:
            stem = last[0].removesuffix("支出")
            names = {
                "item": name, "previous": last[0], "purpose": purpose, "matched": match.group(),
                "named_here": "1" if name[:3] in purpose else "", "named_before": "1" if stem[:4] in purpose else "",
            }  # fmt: skip
            section = "/".join(sentence.section)
            yield Scope(names, at(section, sentence.place), places(sentence.place), match.group())
        last = (name, purpose)


def echoed_list(rule: Rule, facts: Facts) -> Iterator[Scope]:
    """Each sentence that repeats the parts of a stated list by name and amount, but not all of them."""
    lists = [x for x in facts.listings if x.kind == "of which" and len(x.parts) >= 3]
    by_sentence: dict[int, list[Mention]] = {}
    for mention in facts.mentions:
        by_sentence.setdefault(id(mention.sentence), []).append(mention)
    for listing in lists:
        known = {p.subject: p.figures["amount"] for p in listing.parts if "amount" in p.figures}
        for mentions in by_sentence.values():
            if len(mentions) < 2 or mentions[0].sentence is listing.total.sentence or mentions[0].listed is listing:
                continue
            same = [
                m for m in mentions
                if m.subject in known and "amount" in m.figures and m.figures["amount"].overlaps(known[m.subject])
            ]  # fmt: skip
            if len(same) < 2 or len(same) != len(mentions) or len(same) * 2 < len(known) or _pays_nothing(same):
                continue
            yield _echo(listing, known, same)


def _pays_nothing(mentions: list[Mention]) -> bool:
    return all(not m.figures["amount"].value for m in mentions) or mentions[0].figures["amount"].unit[-1:] != "元"


def _echo(listing: Listing, known: dict[str, Quoted], same: list[Mention]) -> Scope:
    told = {m.subject for m in same}
    missing = {name: figure for name, figure in known.items() if name not in told and figure.value}
    first = same[0]
    names: dict[str, Any] = {
        "missing": len(missing), "missing_names": "、".join(missing), "missing_sum": total(missing.values()),
        "short_list": "，".join(m.text for m in same), "short_added": "+".join(m.figures["amount"].text for m in same),
        "short_sum": total(m.figures["amount"] for m in same), "long_sum": total(known.values()), "count": len(known),
        "total_said": "/".join(listing.total.section[-1:]),
    }  # fmt: skip
    section = "/".join(first.section)
    return Scope(names, at(section, first.place), places(first.place, listing.total.place), first.sentence.text)


def told_spending(rule: Rule, facts: Facts) -> Iterator[Scope]:
    """Each amount that the goal text of a table says was spent, with the table's money line."""
    assert rule.match is not None
    for table in facts.tables:
        e = table.evaluation
        texts = [e.done] if e.done else []
        if e.kind.endswith("project") and len(e.project) > 3:
            texts += [
                s.text for s in facts.disclosure.sentences
                if any(e.project == part for part in s.section[-3:]) and "实际完成" in "".join(s.section[-2:])
            ]  # fmt: skip
        if not table.lines or table.lines[0].spent is None or not e.kind.startswith("self_project"):
            continue
        spent = table.lines[0].spent
        for text in dict.fromkeys(texts):
            for match in rule.match.finditer(text):
                names = captured(match)
                if names["x"] is None or names["x_unit"] not in ("元", "万元", "亿元"):
                    continue
                echo = next(
                    (i for i in table.rows if (f := measured(i.actual).figure) is not None and f.value == names["x"].value), None
                )  # fmt: skip
                names["echo"] = f"；{echo.name} {echo.target} {echo.actual}" if echo else ""
                names |= {"matched": match.group() + _made_of(names["x"], text[match.end() :]), "spent": spent}
                names["spent_text"] = spent.text
                where = at(f"{e.kind} {e.project}", table.place)
                yield Scope(names, where, places(table.place), match.group())
                break


def report_spending(rule: Rule, facts: Facts) -> Iterator[Scope]:
    """Each amount that an evaluation report says was paid, with the money line of its project's table."""
    assert rule.match is not None
    for sentence in facts.disclosure.sentences:
        if "支付" not in sentence.text or "评价报告" not in "".join(sentence.section):
            continue
        section = "".join(sentence.section)
        for table in facts.tables:
            if table.evaluation.kind != "dept_project" or not table.lines or table.lines[0].spent is None:
                continue
            stem = re.sub(r"(补助|专项|项目)*(资金|经费)$", "", table.evaluation.project)
            match = rule.match.search(sentence.text)
            if match is None or len(stem) < 2 or stem not in section:
                continue
            names = captured(match, sentence.figures) | {"matched": match.group(), "spent": table.lines[0].spent}
            where = at("/".join(sentence.section), sentence.place)
            yield Scope(names, where, places(sentence.place, table.place), match.group())


def costed_group(rule: Rule, facts: Facts) -> Iterator[Scope]:
    """Each head count of a costing (人 × 元) with the target that names the same group."""
    assert rule.match is not None
    targets = [
        (i.name, m.figure, i.target)
        for t in facts.tables if t.evaluation.kind == "goal_project"
        for i in t.rows
        if (m := measured(i.target)).figure is not None and m.unit == "人"
    ]  # fmt: skip
    for sentence in facts.disclosure.sentences:
        if "*" not in sentence.text and "×" not in sentence.text:
            continue
        for match in rule.match.finditer(sentence.text.replace("×", "*")):
            names = captured(match, sentence.figures)
            name = re.sub(r"^.*[：:、]", "", match["name"])
            stem = name[:4]
            same = next((t for t in targets if len(stem) >= 2 and t[0].startswith(stem)), None)
            if same is None or names["heads"] is None:
                continue
            names |= {"matched": match.group(), "target": same[1], "target_text": same[2], "target_name": same[0]}
            where = at("/".join(sentence.section), sentence.place)
            yield Scope(names, where, places(sentence.place), match.group())


def told_indicator(rule: Rule, facts: Facts) -> Iterator[Scope]:
    """Each indicator that the text analyses (``名称，指标值：…``) with the rows of the tables it may mean."""
    assert rule.match is not None
    rows = [i for t in facts.tables for i in t.rows if i.name]
    if not rows:
        return
    for sentence in facts.disclosure.sentences:
        if "指标值" not in sentence.text:
            continue
        for match in rule.match.finditer(sentence.text):
            name = match["name"]
            same = [i for i in rows if i.name == name or (len(i.name) >= 5 and name.startswith(i.name))]
            names = {
                "name": name, "target": match["target"], "actual": match["actual"], "matched": match.group(),
                "known_rows": len(same), "table_target": same[0].target if same else None,
                "t": measured(match["target"]).figure, "table_t": measured(same[0].target).figure if same else None,
            }  # fmt: skip
            section = "/".join(sentence.section)
            yield Scope(names, at(section, sentence.place), places(sentence.place), match.group(), group=section)
