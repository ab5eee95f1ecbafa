"""Confronting a disclosure with the rule book: findings and outcomes."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from mingzhang.check.arithmetic import judge
from mingzhang.check.facts import Facts
from mingzhang.check.formula import Answer, filled, met, truth
from mingzhang.check.locate import SECONDS, Trial, explain, laws_of
from mingzhang.check.result import SEVERITIES, Report
from mingzhang.check.rule import Rule, rules
from mingzhang.check.scope import Scope, places_of
from mingzhang.check.scopes import QUANTIFIERS
from mingzhang.disclosure import Disclosure, Finding, Outcome, Place
from mingzhang.figures.law import Law
from mingzhang.forms import Book, load

LONGEST = 200


@dataclass(slots=True)
class _Tally:
    passed: int = 0
    failed: int = 0
    undecided: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    trials: list[Trial] = field(default_factory=list)


def shortened(text: str) -> str:
    """At most 200 characters, cut at a punctuation mark where there is one near."""
    plain = "".join(text.split()) if len(text) > LONGEST else text.strip()
    if len(plain) <= LONGEST:
        return plain
    cut = plain[: LONGEST - 1]
    at = max(cut.rfind(mark) for mark in "；，。、 ")
    return (cut[:at] if at > LONGEST // 2 else cut) + "…"


def _severity(rule: Rule, names: dict[str, Any]) -> str:
    for condition, severity in rule.grades:
        if met(condition(names)):
            return severity
    return rule.severity


def _finding(rule: Rule, scope: Scope, names: dict[str, Any], severity: str) -> Finding:
    if severity == "of the cell":
        severity = names.get("sureness") or "error"
    printed = filled(rule.printed, names) if rule.printed else scope.text
    where = filled(rule.where, names) if rule.where else scope.where
    return Finding(
        rule.id, rule.family, severity, where, shortened(printed), filled(rule.expected, names).strip(),
        places_of(scope, names, rule.speaks),
    )  # fmt: skip


def _one(rule: Rule, facts: Facts, scope: Scope, tally: _Tally, grouped: dict[str, list[Finding]]) -> None:
    names = facts.frame | scope.names
    for name, node in rule.let:
        names[name] = node(names)
    if rule.when is not None and not met(rule.when(names)):
        return
    answer = rule.test(names) if rule.test is not None else Answer.FAILS
    if answer is None:
        return
    if scope.doubt:
        tally.undecided.append(scope.doubt)
        return
    holds = answer is Answer.ROUNDING or truth(answer)
    if rule.equation is not None and holds:
        tally.trials.append(Trial(rule, names, None))
    if answer is Answer.ROUNDING:
        tally.passed += 1
        if rule.rounding != "pass":
            tally.findings.append(_finding(rule, scope, names, rule.rounding))
        return
    if holds:
        tally.passed += 1
        return
    tally.failed += 1
    finding = _finding(rule, scope, names, _severity(rule, names))
    if rule.equation is not None:
        tally.trials.append(Trial(rule, names, finding))
    elif rule.collect:
        grouped.setdefault(scope.group if rule.collect == "group" else "", []).append(finding)
    else:
        tally.findings.append(finding)


def _joined(findings: list[Finding]) -> Finding:
    first = findings[0]
    printed = shortened("；".join(dict.fromkeys(f.printed for f in findings)))
    places: dict[Place, None] = {p: None for f in findings for p in f.places}
    severity = min((f.severity for f in findings), key=SEVERITIES.index)
    expected = "；".join(list(dict.fromkeys(f.expected for f in findings))[:4])
    return Finding(first.rule, first.kind, severity, first.where, printed, expected, tuple(places))


def _apply(rule: Rule, facts: Facts) -> _Tally:
    tally = _Tally()
    grouped: dict[str, list[Finding]] = {}
    key = (rule.each, rule.table, rule.statement, rule.match, rule.has, rule.under)
    scopes = facts.looked_at.get(key)
    if scopes is None:
        scopes = facts.looked_at[key] = list(QUANTIFIERS[rule.each](rule, facts))
    for scope in scopes:
        _one(rule, facts, scope, tally, grouped)
    tally.findings += [_joined(findings) for findings in grouped.values()]
    return tally


def _unique(findings: list[Finding]) -> list[Finding]:
    seen: set[tuple[str, str, str]] = set()
    out = []
    for finding in sorted(findings, key=lambda f: SEVERITIES.index(f.severity)):
        key = (finding.printed, finding.expected, finding.where if finding.severity != "hint" else "")
        if key not in seen:
            seen.add(key)
            out.append(finding)
    return out


def _softened(finding: Finding) -> Finding:
    """An error that no sum confirms, in text that was read by OCR, is a warning."""
    return replace(finding, severity="warning") if finding.severity == "error" else finding


def _applied(facts: Facts) -> Iterator[tuple[Rule, _Tally]]:
    """Every rule with what became of it; one for the other kind of document does not apply."""
    for rule in rules():
        yield rule, _apply(rule, facts) if not rule.kind or rule.kind == facts.kind else _Tally()


def laws(disclosure: Disclosure, book: Book | None = None) -> list[Law]:
    """Every law over printed figures that holds the disclosure together: identities, ties, and rules that are equations.

    The key of a quantity is the ``id()`` of the cell or figure that prints it.
    """
    facts = Facts(disclosure, book or load(disclosure.year))
    return laws_of(facts, judge(facts), [trial for _, tally in _applied(facts) for trial in tally.trials])


def check(disclosure: Disclosure, book: Book | None = None, seconds: float = SECONDS) -> Report:
    """Every rule of the book over one disclosure.

    The book of forms defaults to the forms of the disclosure's year.
    ``seconds`` bounds the search for the figures that are wrong, which runs
    only where something fails. A page that was read by OCR yields no error
    but what arithmetic confirms.
    """
    facts = Facts(disclosure, book or load(disclosure.year))
    judged = judge(facts)
    outcomes = judged.outcomes
    found: list[Finding] = []
    trials: list[Trial] = []
    for rule, tally in _applied(facts):
        found += tally.findings
        trials += tally.trials
        outcomes.append(
            Outcome(rule.id, rule.words, tally.passed, tally.failed, 0, tuple(dict.fromkeys(tally.undecided)))
        )
    broken, located = explain(facts, judged, trials, seconds)
    findings = [*judged.hints, *broken, *found]
    if any(r.kind == "ocr" for r in disclosure.remarks):
        spoken = {rule.id for rule in rules()}
        findings = [_softened(f) if f.rule in spoken else f for f in findings]
    return Report(tuple(_unique(findings)), tuple(outcomes), located)
