"""Two versions of one document: what changed, and which findings are mended, stay, or are new."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from mingzhang.disclosure import Disclosure, Finding, Sentence
from mingzhang.forms import load

_DIGITS = re.compile(r"[-−]?\d[\d,，.]*")
_SIDES = {"income": "收入", "expenditure": "支出"}
_PAGE = re.compile(r"[（(]?p\d+[）)]?|line \d+|第\d+页")


@dataclass(frozen=True, slots=True)
class Change:
    """A figure or sentence that differs: where it stands, what the old and the new version print (empty: nothing)."""

    where: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """What became of a document: changed figures and sentences; findings mended, staying, and new."""

    changes: tuple[Change, ...]
    mended: tuple[Finding, ...]
    staying: tuple[Finding, ...]
    new: tuple[Finding, ...]


def _cells(disclosure: Disclosure) -> dict[tuple[str, ...], list[str]]:
    out: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for statement in disclosure.statements:
        for row, cell in statement.cells():
            key = (statement.id, row.block, row.side, row.code or row.label, cell.column)
            out[key].append(f"{cell.printed.text}{statement.unit}")
    return out


def _where(key: tuple[str, ...]) -> str:
    return " ".join(part for part in key if part)


def _named(*disclosures: Disclosure) -> dict[tuple[str, ...], str]:
    """Where a figure stands, in the words of its form: statement, code and label, column."""
    forms = load().by_id
    out: dict[tuple[str, ...], str] = {}
    for statement in (s for d in disclosures for s in d.statements):
        columns = forms[statement.id].by_column if statement.id in forms else {}
        for row, cell in statement.cells():
            name = columns[cell.column].name if cell.column in columns else cell.column
            key = (statement.id, row.block, row.side, row.code or row.label, cell.column)
            label = row.label.strip()
            side = _SIDES.get(row.side, row.side)
            out.setdefault(key, _where((statement.id, side, row.code, label if label != row.code else "", name)))
    return out


def _figures(old: Disclosure, new: Disclosure) -> list[Change]:
    before, after, named = _cells(old), _cells(new), _named(old, new)
    out = []
    for key in dict.fromkeys((*before, *after)):
        a, b = before.get(key, []), after.get(key, [])
        if a != b:
            for n in range(max(len(a), len(b))):
                one, two = (a[n] if n < len(a) else ""), (b[n] if n < len(b) else "")
                if one != two:
                    out.append(Change(named[key], one, two))
    return out


def _template(sentence: Sentence) -> tuple[str, str]:
    return (_DIGITS.sub("#", "/".join(sentence.section)), _DIGITS.sub("#", sentence.text))


def _sentences(old: Disclosure, new: Disclosure) -> list[Change]:
    """Sentences with other figures in the same words; then those that only one version has."""
    left = Counter(s.text for s in old.sentences)
    right = Counter(s.text for s in new.sentences)
    gone = [s for s in old.sentences if left[s.text] > right[s.text]]
    come = [s for s in new.sentences if right[s.text] > left[s.text]]
    by_words: dict[tuple[str, str], list[Sentence]] = defaultdict(list)
    for s in come:
        by_words[_template(s)].append(s)
    out = []
    taken: set[int] = set()
    for s in gone:
        twins = [t for t in by_words[_template(s)] if id(t) not in taken]
        if twins:
            taken.add(id(twins[0]))
        out.append(Change("/".join(s.section[-2:]), s.text, twins[0].text if twins else ""))
    out += [Change("/".join(s.section[-2:]), "", s.text) for s in come if id(s) not in taken]
    return out


def _evaluations(old: Disclosure, new: Disclosure) -> list[Change]:
    def rows(disclosure: Disclosure) -> dict[tuple[str, ...], list[str]]:
        out: dict[tuple[str, ...], list[str]] = defaultdict(list)
        for e in disclosure.evaluations:
            for i in e.indicators:
                said = (i.target, i.actual, i.weight, i.score, i.deviation, i.reason)
                out[(e.title or e.kind, e.project, i.level1, i.name)].append(" ".join(x for x in said if x))
        return out

    before, after = rows(old), rows(new)
    out = []
    for key in dict.fromkeys((*before, *after)):
        if before.get(key, []) != after.get(key, []):
            out.append(Change(_where(key), "；".join(before.get(key, [])), "；".join(after.get(key, []))))
    return out


def _same(finding: Finding, figures: bool) -> tuple[str, ...]:
    """What makes two findings one: the rule, the place without its page, the words, and the figures where asked."""
    where = "".join(_PAGE.sub("", finding.where).split())
    printed = "".join(finding.printed.split())
    return (finding.rule, finding.kind, where, printed if figures else _DIGITS.sub("#", printed))


def _matched(
    old: Sequence[Finding], new: Sequence[Finding], figures: bool
) -> tuple[list[Finding], list[Finding], list[Finding]]:
    """(old only, in both as the new version has them, new only)."""
    waiting: dict[tuple[str, ...], list[Finding]] = defaultdict(list)
    for f in old:
        waiting[_same(f, figures)].append(f)
    both, come = [], []
    for f in new:
        if waiting[_same(f, figures)]:
            waiting[_same(f, figures)].pop(0)
            both.append(f)
        else:
            come.append(f)
    return [f for some in waiting.values() for f in some], both, come


def compare(
    old: Disclosure, new: Disclosure, old_findings: Sequence[Finding], new_findings: Sequence[Finding]
) -> Comparison:
    """What changed from ``old`` to ``new``; a finding whose figures changed but which the same rule still makes stays."""
    gone, same, come = _matched(old_findings, new_findings, True)
    mended, still, new_ones = _matched(gone, come, False)
    changes = [*_figures(old, new), *_sentences(old, new), *_evaluations(old, new)]
    order = {id(f): n for n, f in enumerate(new_findings)}
    staying = sorted([*same, *still], key=lambda f: order[id(f)])
    return Comparison(tuple(changes), tuple(mended), tuple(staying), tuple(new_ones))
