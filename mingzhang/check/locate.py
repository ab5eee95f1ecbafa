"""Which printed figure is wrong: what failed in statements and text, solved together, each figure told once.

The identities and ties of the forms and every rule that says that amounts are equal are one system of laws. Its
contradictions are located (``mingzhang.figures.locate``); all laws that one wrong figure breaks become one finding,
which names the figure and what it should be, or all candidates where that cannot be decided.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from mingzhang.check.arithmetic import Judged, cover, kind_of, places_of_terms, statements_of, told
from mingzhang.check.facts import Facts
from mingzhang.check.linear import law_of
from mingzhang.check.printing import Printings, culprit_words
from mingzhang.check.result import SEVERITIES, Located
from mingzhang.check.rule import Rule
from mingzhang.check.scope import spoken_of
from mingzhang.disclosure import Finding
from mingzhang.figures import Constraint, Term, scale
from mingzhang.figures.law import Law, Quantity
from mingzhang.figures.locate import Culprit, Location, locate

SECONDS = 0.3
_SHOWN = 6
_CONSEQUENCES = 5


@dataclass(frozen=True, slots=True)
class Trial:
    """A rule whose test is an equation, put to one thing: the named values, and the finding where it failed."""

    rule: Rule
    names: Mapping[str, Any]
    finding: Finding | None


@dataclass(slots=True)
class _Case:
    """A law with what states it: an identity or tie of the forms, or the trial of a rule."""

    law: Law
    constraint: Constraint | None = None
    trial: Trial | None = None

    def speaks_of(self, key: object) -> bool:
        return any(q.key == key for q in self.law.quantities)

    @property
    def weak(self) -> bool:
        """Whether it links words to a cell that they may not mean: it then only counts together with others."""
        return self.trial is not None and self.trial.names.get("sureness") == "warning"

    @property
    def words(self) -> str:
        if self.constraint is not None:
            return f"{self.constraint.words}（{'/'.join(statements_of(self.constraint))}）"
        assert self.trial is not None
        return self.trial.rule.words


@dataclass(slots=True)
class _Group:
    """The failing laws that one finding tells, with the figures that are wrong for sure, or the sets that may be."""

    cases: list[_Case]
    sure: list[Culprit]
    others: list[tuple[Culprit, ...]]
    complete: bool = True


def _layout(constraint: Constraint) -> tuple[str, int]:
    return constraint.id, id(constraint.left[0].statement)


def _meant(constraints: Sequence[Constraint]) -> dict[tuple[str, int], int]:
    """Of the sides that a layout may sum, the one that fits most rows or columns of its statement."""
    votes: dict[tuple[str, int], list[int]] = {}
    for constraint in constraints:
        if constraint.others:
            tally = votes.setdefault(_layout(constraint), [0] * len(constraint.sides))
            for side in range(min(len(tally), len(constraint.sides))):
                tally[side] += constraint.fits(side)
    return {key: tally.index(max(tally)) for key, tally in votes.items()}


def _cases(judged: Judged, trials: Sequence[Trial], printings: Printings) -> list[_Case]:
    """Every law of the disclosure. What only compares (≥, a hint) is none."""
    known: dict[int, Quantity] = {}

    def quantity(term: Term) -> Quantity:
        found = known.get(id(term.cell))
        if found is None:
            found = known[id(term.cell)] = printings.quantity(term)
        return found

    cases = []
    every = [c for c in (*judged.failed, *judged.passed) if c.relation == "=" and c.severity == "error"]
    meant = _meant(every)
    failed = {id(c) for c in judged.failed}
    for constraint in every:
        side = meant.get(_layout(constraint), 0)
        if constraint.others and id(constraint) not in failed and not constraint.fits(side):
            continue
        terms = [(quantity(t), t.sign) for t in constraint.left]
        terms += [(quantity(t), -t.sign) for t in constraint.sides[side]]
        cases.append(_Case(Law(constraint.id, tuple(terms)), constraint=constraint))
    for trial in trials:
        law = law_of(trial.rule, trial.names)
        if law is not None:
            cases.append(_Case(law, trial=trial))
    return cases


def laws_of(facts: Facts, judged: Judged, trials: Sequence[Trial]) -> list[Law]:
    """The laws that a disclosure is held to, those that hold and those that fail."""
    return [case.law for case in _cases(judged, trials, Printings(facts))]


def _off(culprit: Culprit) -> Decimal:
    """How far a figure is from what it should be, in 元."""
    should = culprit.value if culprit.value is not None else (culprit.low + culprit.high) / 2
    return abs(culprit.quantity.printed.value - should) * scale(culprit.quantity.unit)


def _groups(location: Location, cases: list[_Case], printings: Printings) -> list[_Group]:
    """One group for the figures of a row or sentence that are wrong for sure, with the laws they break; one for the rest.

    A law that several of them break goes to the one that is farthest off. Figures without a law of their own (they
    only follow from the others) go with the first.
    """
    homes: dict[int, list[Culprit]] = {}
    for culprit in sorted(location.sure, key=_off, reverse=True):
        homes.setdefault(printings.home(culprit.quantity), []).append(culprit)
    left = list(cases)
    groups: list[_Group] = []
    following: list[Culprit] = []
    for culprits in homes.values():
        own = [c for c in left if any(c.speaks_of(culprit.quantity.key) for culprit in culprits)]
        if own:
            left = [c for c in left if c not in own]
            groups.append(_Group(own, culprits, []))
        else:
            following += culprits
    if following and not groups:
        groups.append(_Group(left, [], []))
        left = []
    if following:
        groups[0].sure.extend(following)
    named = {c.quantity.key for c in location.sure}
    if left:
        rest = [tuple(c for c in answer if c.quantity.key not in named) for answer in location.answers]
        distinct = {tuple(c.quantity.key for c in answer): answer for answer in reversed(rest) if answer}
        groups.append(_Group(left, [], list(reversed(distinct.values())), location.complete))
    return groups


def _finding(facts: Facts, case: _Case) -> Finding:
    if case.constraint is not None:
        return told(facts, case.constraint)
    assert case.trial is not None and case.trial.finding is not None
    return case.trial.finding


def _telling(group: _Group, printings: Printings) -> _Case:
    """The law that shows the contradiction best: where the wrong figure stands, and as few figures as possible."""
    culprit = group.sure[0].quantity if group.sure else None
    text = culprit is not None and printings.in_text(culprit)

    def rank(case: _Case) -> tuple[int, int, int, int]:
        if case.constraint is not None:
            severity, kind = case.constraint.severity, (0 if kind_of(case.constraint) == "arithmetic" else 1)
        else:
            assert case.trial is not None and case.trial.finding is not None
            severity, kind = case.trial.finding.severity, 2
        apart = culprit is not None and not case.speaks_of(culprit.key)
        return SEVERITIES.index(severity), int(apart), -kind if text else kind, len(case.law.quantities)

    return min(group.cases, key=rank)


def _said(culprit: Culprit, printings: Printings, with_: Sequence[Culprit] = ()) -> str:
    """``F03 2101301 项目支出：印537.00，应为573.00（两位数字颠倒）``; ``with_`` are the others wrong with it."""
    q = culprit.quantity
    unit = q.unit if printings.in_text(q) else ""
    should = f"，应为{culprit.should}{unit}" if culprit.should else ""
    same = any(c is not culprit and c.quantity.printed.value == q.printed.value for c in with_)
    slip = "" if culprit.slip == "copied" and same else culprit_words()["slips"].get(culprit.slip, "")
    return f"{printings.name(q)}：印{q.printed.text}{unit}{should}{f'（{slip}）' if slip else ''}"


def _candidates(group: _Group, printings: Printings) -> str:
    shown = ["并且".join(_said(c, printings, answer) for c in answer) for answer in group.others[:_SHOWN]]
    more = len(group.others) - len(shown)
    rest = f"；等共{len(group.others)}种" if more else "" if group.complete else "；可能还有其他"
    return "或".join(f"（{n}）{text}" for n, text in enumerate(shown, 1)) + rest


def _sources(trial: Trial) -> set[int]:
    """The figures that a rule was put to."""
    return {id(f.source) for f in spoken_of(trial.names, trial.rule.speaks) if f.source is not None}


def _one(facts: Facts, group: _Group, printings: Printings, more: Sequence[str]) -> Finding:
    """The finding of a group: its most telling law, the figure that is wrong, and what else it breaks."""
    main = _telling(group, printings)
    first = _finding(facts, main)
    others = [c for c in group.cases if c is not main]
    findings = [_finding(facts, c) for c in others]
    expected = first.expected.rstrip("；。 ")
    if group.sure:
        expected += "；最可能错的是" + "；以及".join(_said(c, printings, group.sure) for c in group.sure)
    elif len(group.others) == 1:
        expected += f"；可能错的是{_candidates(group, printings)[3:]}"
    elif group.others:
        expected += f"；可能错的有（不能确定是哪一处）{_candidates(group, printings)}"
    broken = list(dict.fromkeys([*(c.words for c in others), *more]))
    if broken:
        rest = f"等{len(broken)}项" if len(broken) > _CONSEQUENCES else ""
        expected += f"；同一数字还使以下关系不成立：{'；'.join(broken[:_CONSEQUENCES])}{rest}"
    severity = min((f.severity for f in (first, *findings)), key=SEVERITIES.index)
    wrong = group.sure or [c for answer in group.others[:_SHOWN] for c in answer]
    places = [p for c in wrong for p in printings.place(c.quantity)]
    places += [p for f in (first, *findings) for p in f.places]
    return replace(first, severity=severity, expected=expected, places=tuple(dict.fromkeys(places)))


def _plain(facts: Facts, judged: Judged, constraints: Sequence[Constraint], trials: Sequence[Trial]) -> list[Finding]:
    """Findings without a figure named: what shares an amount of a statement is one; the other rules one by one."""
    out = []
    for cells, broken in cover(list(constraints), judged.passed):
        first = told(facts, broken[0])
        also = [t for t in trials if t.finding is not None and cells & _sources(t)]
        trials = [t for t in trials if t not in also]
        words = [f"{c.words}（{'/'.join(statements_of(c))}）" for c in broken[1:]]
        more = list(dict.fromkeys([*words, *(t.rule.words for t in also)]))
        expected = first.expected
        if more:
            expected += f"；同一数字还使以下关系不成立：{'；'.join(more[:_CONSEQUENCES])}"
        severity = min((c.severity for c in broken), key=SEVERITIES.index)
        places = places_of_terms([t for c in broken for t in c.terms])
        out.append(replace(first, severity=severity, expected=expected, places=places))
    return out + [t.finding for t in trials if t.finding is not None]


def explain(
    facts: Facts, judged: Judged, trials: Sequence[Trial], seconds: float = SECONDS
) -> tuple[list[Finding], tuple[Located, ...]]:
    """The findings of everything that failed and can be computed, and what was located.

    At most about ``seconds`` are spent on the search (0: none is made); what
    is not solved by then is told plainly.
    """
    if not judged.failed and all(t.finding is None for t in trials):
        return [], ()
    if seconds <= 0:
        return _plain(facts, judged, judged.failed, trials), ()
    printings = Printings(facts)
    cases = _cases(judged, trials, printings)
    by_law = {id(case.law): case for case in cases}
    findings: list[Finding] = []
    located: list[Located] = []
    constraints = list(judged.failed)
    open_trials = list(trials)
    for location in locate([c.law for c in cases], seconds, printings.beside, printings.ways):
        own = [by_law[id(law)] for law in location.laws]
        # A law that only just fails is told by its finding; without one there is nothing to tell.
        own = [c for c in own if c.constraint is not None or (c.trial is not None and c.trial.finding is not None)]
        if not location.answers or all(c.weak for c in own):
            continue
        failed = {id(c.constraint) for c in own}
        constraints = [c for c in constraints if id(c) not in failed]
        done = {id(c.trial) for c in own}
        open_trials = [t for t in open_trials if id(t) not in done]
        told_here = []
        for group in _groups(location, own, printings):
            keys = {c.quantity.key for c in group.sure}
            more = [c for c in constraints if keys & {id(t.cell) for t in c.terms}]
            constraints = [c for c in constraints if c not in more]
            also = [t for t in open_trials if t.finding is not None and keys & _sources(t)]
            open_trials = [t for t in open_trials if t not in also]
            words = [f"{c.words}（{'/'.join(statements_of(c))}）" for c in more] + [t.rule.words for t in also]
            told_here.append(_one(facts, group, printings, words))
        findings += told_here
        located.append(Located(location, tuple(told_here)))
    return findings + _plain(facts, judged, constraints, open_trials), tuple(located)
