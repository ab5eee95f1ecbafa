"""The identities and ties of the forms, judged: which hold, which rounding explains, which fail, and how they are told."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from mingzhang.check.facts import Facts
from mingzhang.disclosure import Finding, Outcome, Place
from mingzhang.figures import Constraint, Interval, Term, Verdict, constraints, scale

_MOST = 0.5
_MANY = 8


@dataclass(slots=True)
class _Law:
    words: str
    passed: int = 0
    failed: int = 0
    used: int = 0
    undecided: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Judged:
    """Every identity and tie of a disclosure: those that hold, those that fail; hints and outcomes."""

    passed: list[Constraint] = field(default_factory=list)
    failed: list[Constraint] = field(default_factory=list)
    hints: list[Finding] = field(default_factory=list)
    outcomes: list[Outcome] = field(default_factory=list)


def _money(value: Decimal, unit: str, decimals: int) -> str:
    return f"{value / scale(unit):.{decimals}f}"


def _decimals(terms: Sequence[Term]) -> int:
    return max((t.cell.printed.decimals for t in terms), default=2)


def _side(terms: Sequence[Term], unit: str, decimals: int) -> str:
    """The arithmetic of one side: ``12.50+1204.06+18.00=1234.56``."""
    shown = [t for t in terms if t.amount.value or len(terms) < 3] or list(terms[:1])
    text = ""
    for term in shown:
        mark = "-" if term.sign < 0 else ("+" if text else "")
        text += mark + term.cell.printed.plain
    if len(shown) > 1:
        amount = sum((t.amount.value * t.sign for t in terms), Decimal(0))
        text += f"={_money(amount, unit, decimals)}"
    return text


def _who(term: Term) -> str:
    return f"{term.row.code}{' ' if term.row.code else ''}{term.row.label}" or "合计"


def column_name(term: Term, facts: Facts) -> str:
    """The name of the column that a number stands in."""
    form = facts.book.by_id.get(term.statement.id)
    column = form.by_column.get(term.cell.column) if form else None
    return column.name if column else term.cell.column


def places_of_terms(terms: Sequence[Term]) -> tuple[Place, ...]:
    """Where the numbers are printed, each place once."""
    places: dict[Place, None] = {}
    for term in terms:
        place = term.cell.place or term.row.place
        if place is not None and (place.page is not None or place.line is not None):
            places[place] = None
    return tuple(places)


def _pages(terms: Sequence[Term]) -> str:
    pages = list(dict.fromkeys(str(p) for p in places_of_terms(terms)))
    return f" {pages[0]}" if pages else ""


def statements_of(constraint: Constraint) -> list[str]:
    """The ids of the statements that it speaks of."""
    return list(dict.fromkeys(t.statement.id for t in constraint.terms))


def _difference(constraint: Constraint) -> Interval:
    left, right = constraint.sums()
    return left - right


def _named(constraint: Constraint) -> str:
    return f"{'/'.join(statements_of(constraint))} {_who(constraint.left[0])}{_pages(constraint.terms)}"


def _arithmetic(constraint: Constraint) -> str:
    """The sum in words: ``12.50+1204.06+18.00=1234.56，与1234.55差0.01``."""
    head = constraint.left[0]
    unit = head.statement.unit
    decimals = _decimals(constraint.terms)
    left = _side(constraint.left, unit, decimals)
    right = _side(constraint.right, constraint.right[0].statement.unit, decimals)
    gap = _money(abs(_difference(constraint).value), unit, decimals)
    return f"{right}，与{left}差{gap}"


def kind_of(constraint: Constraint) -> str:
    """The class of its findings."""
    return "cross" if constraint.axis == "tie" else "arithmetic"


def _hint(facts: Facts, same: list[Constraint]) -> Finding:
    """A sum that rounding explains; the same sum in several columns is one hint."""
    first = same[0]
    head = first.left[0]
    columns = "、".join(dict.fromkeys(column_name(c.left[0], facts) for c in same))
    ids = statements_of(first)
    unit, decimals = head.statement.unit, _decimals(first.terms)
    left = _side(first.left, unit, decimals)
    parts = "、".join(t.cell.printed.plain for t in first.right if t.amount.value)
    return Finding(
        first.id,
        kind_of(first),
        "hint",
        f"{'/'.join(ids)} {_who(head)} {columns}{_pages(first.terms)}".strip(),
        f"{_who(head)} {left} / {parts}"[:200],
        f"{_arithmetic(first)}，四舍五入可解释（{first.words}）",
        places_of_terms(first.terms),
    )


def _hints(facts: Facts, rounded: list[list[Constraint]]) -> list[Finding]:
    """One hint a sum; where one identity is off by rounding in very many rows of a statement, one for them all."""
    by_layout: dict[tuple[str, int], list[list[Constraint]]] = {}
    for same in rounded:
        by_layout.setdefault((same[0].id, id(same[0].left[0].statement)), []).append(same)
    out: list[Finding] = []
    for groups in by_layout.values():
        hints = [_hint(facts, same) for same in groups[: _MANY + 1]]
        if len(groups) <= _MANY:
            out += hints
            continue
        first = groups[0][0]
        printed = "；".join(f.printed for f in hints)
        out.append(
            Finding(
                first.id,
                kind_of(first),
                "hint",
                "/".join(statements_of(first)),
                printed if len(printed) <= 200 else printed[:199] + "…",
                f"{len(groups)}处尾差，四舍五入都可解释（{first.words}），如：{_arithmetic(first)}",
                places_of_terms([t for same in groups for t in same[0].left]),
            )
        )
    return out


def told(facts: Facts, constraint: Constraint) -> Finding:
    """The finding of one failing identity or tie, with its arithmetic."""
    head = constraint.left[0]
    unit, decimals = head.statement.unit, _decimals(constraint.terms)
    left = _side(constraint.left, unit, decimals)
    others = [t for t in constraint.right if t.amount.value][:12] or list(constraint.right[:2])
    if constraint.axis == "tie":
        ids = statements_of(constraint)
        one = f"{ids[0]} {head.row.label or '合计'} {left}"
        two = f"{others[0].statement.id} {others[0].row.label or '合计'} " + "、".join(
            t.cell.printed.plain for t in others
        )
        printed = f"{one}；{two}"
    else:
        printed = f"{_who(head)} {column_name(head, facts)} {left}；" + "、".join(
            f"{t.row.label} {t.cell.printed.plain}" for t in others
        )
    printed = printed if len(printed) <= 200 else f"{_who(head)} {left} / {'、'.join(t.cell.printed.plain for t in others)}"
    return Finding(
        constraint.id,
        kind_of(constraint),
        constraint.severity,
        _named(constraint),
        printed[:200],
        f"{constraint.words}：{_arithmetic(constraint)}，四舍五入不能解释",
        places_of_terms(constraint.terms),
    )


def _layout_doubts(every: list[tuple[Constraint, Verdict]]) -> set[str]:
    """Column identities that fail in most rows of a statement: the layout is another one, not every row wrong."""
    failing: Counter[str] = Counter()
    seen: Counter[str] = Counter()
    for constraint, verdict in every:
        if constraint.axis == "columns":
            key = f"{constraint.id} {id(constraint.left[0].statement)}"
            seen[key] += 1
            failing[key] += verdict is Verdict.IMPOSSIBLE
    return {key for key, n in failing.items() if n >= 3 and n > _MOST * seen[key]}


def cover(failed: list[Constraint], passed: list[Constraint]) -> list[tuple[set[int], list[Constraint]]]:
    """The failing laws grouped by the row amount that most of them share (and fewest passing laws speak for).

    With each group the ids of the cells that print that amount.
    """
    left = list(failed)
    if not left:
        return []
    good = Counter(_key(t) for c in passed for t in c.terms)
    groups: list[tuple[set[int], list[Constraint]]] = []
    while left:
        votes = Counter(key for c in left for key in {_key(t) for t in c.terms})
        best = max(votes, key=lambda key: (votes[key], -good[key]))
        chosen = [c for c in left if any(_key(t) == best for t in c.terms)]
        groups.append(({id(t.cell) for c in chosen for t in c.terms if _key(t) == best}, chosen))
        left = [c for c in left if c not in chosen]
    return groups


def _key(term: Term) -> tuple[int, int, Decimal]:
    return id(term.statement), id(term.row), term.amount.value


def judge(facts: Facts) -> Judged:
    """Every identity and tie that the forms know for this disclosure."""
    laws: dict[str, _Law] = {}
    every = [(c, c.verdict()) for c in constraints(facts.disclosure, facts.book, facts.ledger)]
    doubted = _layout_doubts(every)
    out = Judged()
    rounded: dict[tuple[object, ...], list[Constraint]] = {}
    for constraint, verdict in every:
        law = laws.get(constraint.id)
        if law is None:
            law = laws[constraint.id] = _Law(constraint.words)
        doubt = constraint.doubt
        if doubted and f"{constraint.id} {id(constraint.left[0].statement)}" in doubted:
            doubt = "多数行不成立，表式可能与此不同"
        if constraint.used:
            law.used += 1
        if verdict is Verdict.IMPOSSIBLE and doubt:
            law.undecided.append(f"{statements_of(constraint)[0]} {_who(constraint.left[0])}：{doubt}")
        elif verdict is Verdict.IMPOSSIBLE:
            law.failed += 1
            out.failed.append(constraint)
        else:
            if not constraint.used:
                law.passed += 1
            out.passed.append(constraint)
            if verdict is Verdict.ROUNDING and not doubt:
                left, right = constraint.sums()
                key = (constraint.id, id(constraint.left[0].row), left.value, right.value)
                rounded.setdefault(key, []).append(constraint)
    out.hints = _hints(facts, list(rounded.values()))
    out.outcomes = [
        Outcome(id, law.words, law.passed, law.failed, law.used, tuple(dict.fromkeys(law.undecided))[:20])
        for id, law in laws.items()
    ]
    known = set(laws)
    absent = [(i.id, i.words) for form in facts.book.forms for i in form.identities if form.kind == facts.kind]
    absent += [(t.id, t.words) for t in facts.book.ties if t.id[0] == {"budget": "B", "final": "F"}[facts.kind]]
    out.outcomes += [Outcome(id, words) for id, words in absent if id not in known]
    return out
