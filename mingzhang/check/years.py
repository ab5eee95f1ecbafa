"""Two years of one department: what this year's text says of last year, against what last year's document printed."""

from collections.abc import Iterator

from mingzhang.check.facts import Facts
from mingzhang.check.formula import Quoted
from mingzhang.check.mention import Mention
from mingzhang.disclosure import UNDECIDED, Disclosure, Finding
from mingzhang.figures import Interval, Verdict, compare
from mingzhang.forms import Book, load

_ROLES = ("final", "amount", "budget")
_CARRIED = {
    "final": (("F01/opening/amount", "F01/closing/amount"), ("F04/opening/amount", "F04/closing/total")),
    "budget": (),
}
_WORDS = "本年所说的上年数，应与上年文本所印的同一数一致"
_CARRIED_WORDS = "本年年初结转和结余等于上年年末结转和结余"


class NotConsecutive(ValueError):
    """The two disclosures are not of one department, one kind and consecutive years."""


def consecutive(old: Disclosure, new: Disclosure) -> bool:
    """Whether ``new`` is the year after ``old``, of the same kind."""
    return old.kind == new.kind and old.year is not None and new.year == old.year + 1


def years(old: Disclosure, new: Disclosure, book: Book | None = None) -> tuple[Finding, ...]:
    """Where this year's document says something else of last year than last year's did.

    A difference that rounding explains is none. Raises NotConsecutive.
    """
    if not consecutive(old, new):
        raise NotConsecutive(f"{old.year} {old.kind} / {new.year} {new.kind}")
    before, after = Facts(old, book or load()), Facts(new, book or load())
    return (*_compared(before, after), *_carried(before, after))


def _figure(mention: Mention, facts: Facts) -> tuple[str, Interval] | None:
    """The amount of this year that the mention speaks of, and its role."""
    for role in _ROLES:
        said = mention.figures.get(role)
        if said is not None:
            return role, said
        found = facts.concepts.find(mention, role)
        if found is not None:
            return role, found.amount
    return None


def _compared(before: Facts, after: Facts) -> Iterator[Finding]:
    seen: set[tuple[str, str]] = set()
    for mention in after.mentions:
        change = mention.figures.get("change")
        if change is None or mention.basis not in ("", "上年", "上年度", "去年", "上年决算", "上年预算"):
            continue
        now = _figure(mention, after)
        if now is None:
            continue
        role, amount = now
        printed = before.concepts.find(mention, role)
        if printed is None:
            continue
        implied = amount - change
        if compare(implied, printed.amount) is not Verdict.IMPOSSIBLE:
            continue
        key = (mention.subject, str(change))
        if key in seen:
            continue
        seen.add(key)
        yield Finding(
            "years-change",
            "cross",
            "warning",
            "/".join(mention.section),
            mention.text[:200],
            f"按本年说明推算，上年为{_said(implied)}；上年文本{_named(before, printed.reference)}印{_said(printed.amount)}，"
            f"相差{_said(_gap(implied, printed.amount))}",
            tuple(p for p in (mention.place,) if p is not None),
        )


def _carried(before: Facts, after: Facts) -> Iterator[Finding]:
    for opening, closing in _CARRIED.get(after.kind, ()):
        now, then = _held(after, opening), _held(before, closing)
        if now is None or then is None or compare(now, then) is not Verdict.IMPOSSIBLE:
            continue
        place = now.place if isinstance(now, Quoted) else None
        yield Finding(
            "years-carried",
            "cross",
            "warning",
            opening.split("/")[0],
            f"年初结转和结余{_said(now)}",
            f"{_CARRIED_WORDS}：上年文本{closing.split('/')[0]}年末印{_said(then)}，相差{_said(_gap(now, then))}，"
            "须有年初调整的说明",
            (place,) if place is not None else (),
        )


def _held(facts: Facts, reference: str) -> Interval | None:
    """The figure of a line; nothing where the line is printed and left blank in a statement whose figures all have
    their columns; None where the line is not printed."""
    if (found := facts.concepts.cell(reference)) is not None:
        return found
    id, line, _ = reference.split("/")
    statement, form = facts.disclosure.statement(id), facts.book.by_id[id]
    if statement is None or statement.empty or any(cell.column == UNDECIDED for _, cell in statement.cells()):
        return None
    rows = [row for row in statement.rows if (known := form.line(row.label, row.side)) is not None and known.id == line]
    return Interval.exact(0) if rows and not any(row.cells for row in rows) else None


def _named(facts: Facts, reference: str) -> str:
    """A cell reference in words: statement and row."""
    terms = facts.ledger.terms(reference)
    return f"{terms[0].statement.id} {terms[0].name}" if terms else reference.split("/")[0]


def _gap(one: Interval, two: Interval) -> Interval:
    return Interval.exact(abs(one.value - two.value))


def _said(amount: Interval) -> str:
    """An amount in 元 as 万元 with two digits, or as 元 where that is not exact."""
    wan = amount.value / 10_000
    return f"{wan:,.2f}万元" if wan == wan.quantize(type(wan)("0.01")) else f"{amount.value:,.2f}元"
