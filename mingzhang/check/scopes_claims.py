"""Quantifier over the figures of the running text that repeat a cell, and what explains a difference."""

from collections.abc import Iterator

from mingzhang.check.concept import Found
from mingzhang.check.facts import Facts
from mingzhang.check.formula import Quoted, shown
from mingzhang.check.rule import Rule
from mingzhang.check.scope import Scope, at, places
from mingzhang.figures import Interval

_ROLES = ("amount", "final", "budget", "initial", "full")


def claim(rule: Rule, facts: Facts) -> Iterator[Scope]:
    """Each figure of the text that repeats a cell: ``figure``, ``cell_amount``, ``reference``."""
    seen: set[tuple[str, str, str]] = set()
    for mention in facts.mentions:
        for role, figure in mention.figures.items():
            if role not in _ROLES:
                continue
            if mention.year is not None and facts.disclosure.year not in (None, mention.year):
                continue
            found = facts.concepts.find(mention, role)
            if found is None:
                continue
            key = (found.reference, figure.text, "/".join(mention.section))
            if key in seen:
                continue
            seen.add(key)
            names = {
                "figure": figure, "cell_amount": found.amount, "reference": found.reference, "role": role,
                "subject": mention.subject, "sureness": found.severity, "item": "1" if mention.items else "",
                "statement_id": found.reference.partition("/")[0],
                "cell_text": _cell_text(found.amount, figure),
                "elsewhere": _elsewhere(facts, figure, found),
                "grand": _grand(facts, found.reference),
            }  # fmt: skip
            yield Scope(names, at("/".join(mention.section), mention.place), places(mention.place), mention.text)


def _cell_text(amount: Interval, figure: Quoted) -> str:
    """A cell in words: as printed, and in the unit of the text where that is another."""
    there = shown(amount, 2, "万") if figure.unit == "万元" else shown(amount, 2, "元")
    if isinstance(amount, Quoted):
        return str(amount) if amount.unit == figure.unit else f"{amount}（{there}）"
    return there


def _elsewhere(facts: Facts, figure: Quoted, found: Found) -> str:
    """Where the same class is printed with the figure that the text gives: then the statements contradict each other."""
    parts = found.reference.split("/")
    if len(parts) != 3 or len(parts[1]) != 3 or not parts[1].isdigit() or figure.overlaps(found.amount):
        return ""
    for other in ("B04", "B01", "F04", "F01"):
        for column in ("general", "total", "amount"):
            amount = facts.cell(f"{other}/{parts[1]}/{column}")
            if amount is not None and amount.overlaps(figure):
                return f"（与{other}所印一致，报表之间不符）"
    return ""


def _grand(facts: Facts, reference: str) -> Interval | None:
    """The grand total beside the year's total that a reference names."""
    if "_total/" in reference:
        return facts.cell(reference.replace("_total/", "_grand/"))
    return None
