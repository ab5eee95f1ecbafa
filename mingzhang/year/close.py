"""Closing: from the books of a year to the disclosures of a department and of each of its units."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from mingzhang.books.accounts import Accounts, Organisation
from mingzhang.codes import every, lookup
from mingzhang.disclosure import Disclosure, Evaluation, Note, Publisher, Statement
from mingzhang.figures import rounding
from mingzhang.figures.rounding import Rounding, Wanted
from mingzhang.forms import Book, fill, load
from mingzhang.forms.fill import PLANNED, Entry, Member, Plan, Press, Sets, Whose
from mingzhang.year import published, sound
from mingzhang.year.agreed import agreed
from mingzhang.year.closed import Closed, Exact, Lack, Refusal, Refused, Tail
from mingzhang.year.tell import tell

STEPS = {"万元": 10_000, "元": 1}
"""The last printed digit of a statement in fen, by its unit: 0.01万元, 0.01元."""

SECONDS = 10.0
_WORDS = {"final": "决算", "budget": "预算"}
_PLANS = (*PLANNED, "adjust")


@dataclass(frozen=True, slots=True)
class _Paper:
    """What one publisher will print: its plans, and what of it is published already."""

    publisher: Publisher
    whose: Whose
    plans: tuple[Plan, ...]
    last: Disclosure | None
    budget: Disclosure | None
    known: tuple[published.Known, ...]


def close(
    accounts: Accounts,
    kind: str,
    evaluations: Sequence[Evaluation] = (),
    unit: str = "万元",
    province: str | None = None,
    *,
    press: Press | None = None,
    seconds: float = SECONDS,
) -> Closed:
    """The disclosures of ``kind`` (``final`` or ``budget``) of the department and of each of its units.

    ``evaluations`` are the performance tables, those of a unit by its name;
    ``unit`` is what statements are printed in (万元 or 元, two decimals),
    ``province`` the region code whose forms are used (the department's, where
    None). ``seconds`` bounds the search for the rounding. Raises Refused with
    every reason where the books make no sense, or contradict what was
    published; ValueError for another kind or unit.
    """
    if kind not in _WORDS or unit not in STEPS:
        raise ValueError(f"nothing is closed as {kind!r} in {unit!r}")
    region = province if province is not None else accounts.department.region_code
    book = load(accounts.year, region or "-")
    names = _names(accounts.year)
    refused = tuple(sound.refusals(accounts, _of_kind(accounts.entries, kind), kind, names, book))
    if refused:
        raise Refused(refused)
    entries = aggregated(accounts.entries, kind, book)
    sets = Sets(entries)
    papers = [_paper(accounts, one, kind, sets, book, names) for one in (None, *accounts.units)]
    found = _rounded(entries, papers, sets, kind, STEPS[unit], seconds)
    press = press or Press()
    disclosures: list[Disclosure] = []
    ledger: list[Exact] = []
    tails: list[Tail] = []
    missing: list[Lack] = []
    for paper in papers:
        made = _disclosure(accounts, paper, kind, unit, book, found, press, evaluations)
        disclosures.append(made[0])
        missing += made[1]
        ledger += _ledger(paper, found, unit, press)
        tails += _tails(paper, found, press)
    return Closed(disclosures[0], tuple(disclosures[1:]), tuple(ledger), found.way, tuple(tails), tuple(missing))


@lru_cache(maxsize=8)
def _names(year: int) -> Mapping[str, str]:
    """The name of every code in force: functional (2…), economic (3…), governmental (5…)."""
    kinds = ("functional", "economic", "governmental")
    return {c.code: c.name for kind in kinds for c in every(kind) if c.in_force(year) and lookup(kind, c.code, year) is not None}


def _of_kind(entries: Iterable[Entry], kind: str) -> list[Entry]:
    """The entries that a kind of disclosure is about: those of the year's budget, or all."""
    return [e for e in entries if e.amount and (kind == "final" or e.flow in PLANNED)]


def aggregated(entries: Iterable[Entry], kind: str, book: Book) -> list[Entry]:
    """Entries that print in the same figures added up; what comes to nothing falls away.

    Final accounts do not print projects, governmental codes and uses, nor
    economic codes but of basic expenditure and of three-public items.
    """
    public = {code for codes in book.filling.items.values() for code in codes}
    counted = book.filling.counted
    found: dict[tuple[object, ...], int] = {}
    for e in _of_kind(entries, kind):
        key: tuple[object, ...]
        if kind == "budget":
            key = (e.item, e.source, e.flow, e.use, e.unit, e.economic, e.government, e.project, e.appropriation)
        elif e.flow in _PLANS:
            if e.economic not in public:
                continue
            key = (e.item, e.source, e.flow, "", e.unit, e.economic)
        else:
            shown = e.economic in public or (e.flow == "basic" and e.source == "general")
            key = (e.item, counted.get(e.source, e.source), e.flow, "", e.unit, e.economic if shown else "")
        found[key] = found.get(key, 0) + e.amount
    return [Entry(amount, *key) for key, amount in found.items() if amount]  # type: ignore[arg-type]


def _publisher(one: Organisation, scope: str, department: Organisation) -> Publisher:
    superior = one.superior or (department.name if scope == "unit" else "")
    return Publisher(
        one.name, one.region_code or department.region_code, one.level or department.level, one.code, scope, superior
    )


def _paper(
    accounts: Accounts, one: Organisation | None, kind: str, sets: Sets, book: Book, names: Mapping[str, str]
) -> _Paper:
    """The plans of the department (``one`` is None) or of a unit."""
    organisation, scope = (accounts.department, "department") if one is None else (one, "unit")
    units = accounts.units if one is None else (one,)
    members = tuple(Member(u.code, u.code, u.name, u.nature) for u in units)
    own = sets if one is None else sets.within(sets.unit(one.code))
    projects = {p.code: p.name for p in accounts.projects}
    whose = Whose(scope, organisation.code, organisation.name, accounts.year, members, names, projects)
    publisher = _publisher(organisation, scope, accounts.department)
    last = published.of(accounts.published, publisher, kind, accounts.year - 1)
    budget = published.of(accounts.published, publisher, "budget", accounts.year) if kind == "final" else None
    if kind == "budget":
        return _Paper(publisher, whose, fill.budget.plans(own, whose, book), last, None, ())
    plans = fill.final.plans(own, whose, book, _counts(accounts, one))
    by_id = {plan.id: plan for plan in plans}
    known: list[published.Known] = []
    if last is not None:
        known += published.opening(last, by_id, book)
    if budget is not None:
        known += published.approved(budget, by_id, own.source("general"), own.flow("adjust"))
    return _Paper(publisher, whose, plans, last, budget, tuple(known))


def _counts(accounts: Accounts, one: Organisation | None) -> dict[str, int]:
    """The lines of F10."""
    found: dict[str, int] = {}
    for count in accounts.counts:
        name = count.id.removeprefix("asset:")
        if name != count.id and (one is None or count.unit == one.code):
            found[name] = found.get(name, 0) + count.number
    return found


def _rounded(
    entries: Sequence[Entry], papers: Sequence[_Paper], sets: Sets, kind: str, step: int, seconds: float
) -> Rounding:
    """One rounding for all publishers. Raises Refused where the books contradict what was published."""
    fixed: dict[int, int] = {}
    refused: list[Refusal] = []
    true = fill.sums(e.amount for e in entries)
    for paper in papers:
        sums = {k.set: true(k.set) for k in paper.known}
        refused += published.contradictions(paper.known, sums, paper.publisher.name, paper.publisher.unit_code)
        for known in paper.known:  # where last year contradicts itself the first statement (F01) counts
            # 7.67万元 stands for many amounts in 元: what was published with fewer digits fixes none.
            if known.set and known.digit <= step and known.fen % step == 0:
                fixed.setdefault(known.set, known.fen // step)
    if refused:
        raise Refused(tuple(refused))
    wanted = [
        Wanted(set, plan.weight(row), fixed.get(set))
        for paper in papers
        for plan in paper.plans
        for row, _, set in plan.figures()
        if set
    ]
    balances = [(came, went) for came, went in sound.pots(entries).values()] if kind == "final" else []
    return rounding.round_sums([e.amount for e in entries], wanted, balances, step=step, seconds=seconds)


def _disclosure(
    accounts: Accounts,
    paper: _Paper,
    kind: str,
    unit: str,
    book: Book,
    found: Rounding,
    press: Press,
    evaluations: Sequence[Evaluation],
) -> tuple[Disclosure, list[Lack]]:
    publisher, year = paper.publisher, accounts.year
    statements = tuple(_statement(plan, paper, unit, book, found, press) for plan in paper.plans)
    own = tuple(agreed(e, statements, book) for e in evaluations if _belongs(e, paper))
    told = tell(accounts, publisher, kind, statements, paper.last, paper.budget, own)
    word = ("单位" if publisher.scope == "unit" else "部门") + _WORDS[kind]
    made = Disclosure(
        publisher, year, kind, f"{publisher.name}{year}年度{word}", statements=statements, headings=told.headings,
        sentences=told.sentences, evaluations=own,
    )  # fmt: skip
    return made, [Lack(publisher, missing) for missing in told.missing]


def _belongs(evaluation: Evaluation, paper: _Paper) -> bool:
    """The department publishes every table, a unit those that name it."""
    return paper.publisher.scope == "department" or paper.publisher.name in (evaluation.unit_name, evaluation.department)


def _statement(plan: Plan, paper: _Paper, unit: str, book: Book, found: Rounding, press: Press) -> Statement:
    form = book.by_id[plan.id]
    made = fill.printed(plan, lambda set: found.figures[set], press)
    carrying = [words for words, _ in _carried(plan, found)]
    note = book.filling.notes["tail"].format(figures="、".join(dict.fromkeys(carrying))) if carrying else ""
    return replace(
        made, title=form.name, number=form.numbers[0] if form.numbers else "", unit=made.unit or unit,
        publisher=paper.publisher.name, year=paper.whose.year, headers=tuple(form.by_column[c].name for c in plan.columns),
        notes=(*made.notes, Note(note)) if note else made.notes,
    )  # fmt: skip


def _carried(plan: Plan, found: Rounding) -> Iterator[tuple[str, tuple[int, str, int]]]:
    """The figures of a plan that keep a difference: their words, and where they are."""
    for row, column, set in plan.figures():
        if set in found.tails:
            yield f"“{plan.rows[row].label}”", (row, column, set)


def _ledger(paper: _Paper, found: Rounding, unit: str, press: Press) -> Iterator[Exact]:
    for plan in paper.plans:
        for row, column, set in plan.figures():
            if set or press.zeros:
                planned = plan.rows[row]
                value = press.figure(found.figures[set] if set else 0).value
                yield Exact(
                    paper.publisher.unit_code, paper.publisher.scope, plan.id, row, planned.code, planned.label, column, value, unit,
                    found.true[set] if set else 0,
                )  # fmt: skip


def _tails(paper: _Paper, found: Rounding, press: Press) -> Iterator[Tail]:
    for plan in paper.plans:
        for row, column, set in plan.figures():
            if set in found.tails or set in found.off:
                kept = set in found.tails
                zh = "与已公开的数字一致，与各项之和存在尾差" if kept else "为与已公开的数字衔接，末位比账面多进或多舍一位"
                en = "as published, differs from the sum of its parts" if kept else "one unit beyond the nearest digits"
                value = press.figure(found.figures[set]).value
                yield Tail(
                    paper.publisher.unit_code, paper.publisher.scope, plan.id, plan.rows[row].label, column, value, found.true[set], zh, en
                )  # fmt: skip
