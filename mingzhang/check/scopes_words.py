"""Quantifiers over what words say of figures: comparisons with the budget, years, statements that must be there."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from mingzhang.check.facts import Facts
from mingzhang.check.formula import Quoted
from mingzhang.check.mention import Mention
from mingzhang.check.rule import Rule
from mingzhang.check.scope import Scope, at, places
from mingzhang.codes import every

_BASES = {"年初": ("initial",), "全年": ("full",), "调整": ("full",), "调整后": ("full",)}
_ANY = ("budget", "full", "initial")
_DONE = ("final", "amount")
_ENOUGH = 6
_HAN = re.compile(r"(?:(?![的和与及或在为等其将对])[一-龥]){4,}")
_BREAKS = re.compile(r"[，。；：！？|\n]+")
_WORD, _OFTEN, _SELDOM = 4, 4, 2
_SHORT = 3
_OPENING = re.compile(r"(?:[（(]?[一二三四五六七八九十\d]{1,2}[）)、.．])?(?:截[至止])?(?P<front>[^，。\d]{0,16})(?P<year>20\d\d)年")
_CITED = re.compile("根据|按照|依据|参照|由|自|从|较|比|与")
_CHARTS = ("functional", "economic", "governmental")


def comparison(rule: Rule, facts: Facts) -> Iterator[Scope]:
    """Each ``决算数大于年初预算数`` with the outturn and the budget that the words before it tell.

    Groups of the match: ``way`` or ``flat`` (持平), and, where the words name it, ``base``.
    """
    assert rule.match is not None
    by_sentence: dict[int, list[Mention]] = {}
    for mention in facts.mentions:
        by_sentence.setdefault(id(mention.sentence), []).append(mention)
    before: list[Mention] = []
    section: tuple[str, ...] = ()
    for sentence in facts.disclosure.sentences:
        if sentence.section != section:
            section, before = sentence.section, []
        here = by_sentence.get(id(sentence), [])
        if any(word in sentence.text for word in rule.has):
            for match in rule.match.finditer(sentence.text):
                told = [m for m in (*before, *here) if m.sentence is not sentence or m.start < match.start()]
                way = match["way"] or match["flat"]
                found = _compared(told, match["base"] or "") if way else None
                if found is None:
                    continue
                mention, done, bases = found
                names = {
                    "way": way, "base": match["base"] or "", "done": done, "budget": bases[0], "budgets": bases,
                    "other": bases[-1], "matched": match.group(), "said": mention.text, "subject": mention.subject,
                }  # fmt: skip
                where = at("/".join(section), sentence.place)
                yield Scope(names, where, places(sentence.place, mention.place), match.group())
        # What follows speaks of the last thing that was told with its budget.
        before = (before + here)[-4:]


def _compared(told: list[Mention], base: str) -> tuple[Mention, Quoted, list[Quoted]] | None:
    """The last mention that has an outturn and that budget."""
    for mention in reversed(told):
        done = mention.first(*_DONE)
        bases = [mention.figures[role] for role in _BASES.get(base, _ANY) if role in mention.figures]
        if done is not None and bases:
            return mention, done, bases
        if done is not None and mention.first("budget", "full", "initial"):
            return None
    return None


def dated_claim(rule: Rule, facts: Facts) -> Iterator[Scope]:
    """Each amount of the text that is told of another year and yet is that of the year's own cell."""
    year = facts.disclosure.year
    for mention in facts.mentions:
        if year is None or mention.year in (None, year) or f"{mention.year}年" not in mention.sentence.text:
            continue
        for role in ("amount", "final", "budget", "initial"):
            figure = mention.figures.get(role)
            found = facts.concepts.find(mention, role) if figure is not None else None
            if figure is None or found is None or not figure.value:
                continue
            names = {
                "figure": figure, "cell_amount": found.amount, "told_year": mention.year, "subject": mention.subject,
                "said": mention.text, "statement_id": found.reference.partition("/")[0],
                "equal": "1" if figure.overlaps(found.amount) and len(figure.text.strip("0.,").replace(",", "")) > _SHORT else "",
            }  # fmt: skip
            yield Scope(names, at("/".join(mention.section), mention.place), places(mention.place), mention.text)


def opening_year(rule: Rule, facts: Facts) -> Iterator[Scope]:
    """The year that each section of the running text opens with, where its first figure is told of a year by number:
    ``told_year``, ``own`` and ``other`` (how many sections open with the disclosure's year, and with another one),
    ``again`` (the section goes on with the disclosure's year), ``point`` (the year's beginning or end is meant)."""
    year = facts.disclosure.year
    opened: dict[tuple[str, ...], list[Mention]] = {}
    for mention in facts.mentions:
        opened.setdefault(mention.section, []).append(mention)
    told: list[tuple[list[Mention], int]] = []
    for mentions in opened.values():
        first = mentions[0]
        named = first.year is not None and _named_year(first)
        if named and year is not None and first.year is not None:
            told.append((mentions, first.year))
    own = sum(1 for _, y in told if y == year)
    for mentions, y in told:
        first = mentions[0]
        names = {
            "told_year": y, "own": own, "other": len(told) - own, "said": first.text,
            "again": "1" if any(f"{year}年" in m.sentence.text for m in mentions) else "",
            "point": "1" if re.search(rf"{y}年(?:度)?(?:[末底初]|期[末初]|\d+月)", first.sentence.text) else "",
        }  # fmt: skip
        yield Scope(names, at("/".join(first.section), first.place), places(first.place), first.text)


def _named_year(mention: Mention) -> bool:
    """Whether the sentence begins with the year that its first figure is told of; 根据2030年的救助人数 cites one."""
    hit = _OPENING.match(mention.sentence.text)
    return hit is not None and int(hit["year"]) == mention.year and not _CITED.match(hit["front"])


def required_statement(rule: Rule, facts: Facts) -> Iterator[Scope]:
    """Each statement that a document of its kind must have, where it has enough of them and none was left unread."""
    sheets = [s for s in facts.ledger.sheets if s.form is not None and s.form.kind == facts.kind]
    if len({s.id for s in sheets}) < _ENOUGH:
        return
    unread = any(s.form is None for s in facts.ledger.sheets)
    for form in facts.book.forms:
        if form.kind != facts.kind or not form.required:
            continue
        names = {
            "id": form.id, "name": form.name, "there": "1" if form.id in facts.ledger.by_id else "",
            "listed": "1" if any(re.search(title, facts.words) for title in form.titles) else "",
        }  # fmt: skip
        doubt = "有未能识别的表" if unread and not names["there"] else ""
        yield Scope(names, f"{form.id} {form.name}", (), form.name, doubt)


def _moved(wrong: str, right: str) -> bool:
    """Whether one letter of ``right`` stands at another place in ``wrong``; a word read from its second letter on does
    not count."""
    for n in range(_WORD):
        rest = right[:n] + right[n + 1 :]
        for to in range(_WORD):
            if {n, to} != {0, _WORD - 1} and rest[:to] + right[n] + rest[to:] == wrong:
                return True
    return False


def _counted(lines: Mapping[str, int]) -> dict[str, int]:
    """Every run of four letters, with how often it is printed; ``lines`` says how often each line is."""
    count: dict[str, int] = {}
    for line, times in lines.items():
        for run in _HAN.findall(line):
            for n in range(len(run) - _WORD + 1):
                word = run[n : n + _WORD]
                count[word] = count.get(word, 0) + times
    return count


def _apart(word: str, lines: Iterable[str]) -> bool:
    """Whether it is a word of its own: printed between other letters each time, not always inside one longer word."""
    around = [(line[at.start() - 1 : at.start()], line[at.end() : at.end() + 1]) for line in lines for at in re.finditer(word, line)]
    return len({before for before, _ in around}) > 1 and len({behind for _, behind in around}) > 1


@cache
def _charted() -> Mapping[frozenset[str], tuple[str, ...]]:
    """The names of four letters in the national chart of accounts, by their letters."""
    names = {code.name for chart in _CHARTS for code in every(chart) if len(code.name) == len(set(code.name)) == _WORD}
    found: dict[frozenset[str], tuple[str, ...]] = {}
    for name in sorted(names):
        found[frozenset(name)] = (*found.get(frozenset(name), ()), name)
    return found


def moved_letter(rule: Rule, facts: Facts) -> Iterator[Scope]:
    """Each word of four letters that is printed twice at most, and stands in the chart of accounts, or is printed much
    more often, with one of its letters at another place."""
    named = [(t.place, i.name) for t in facts.tables for i in t.rows]
    named += [(r.place, r.label) for s in facts.disclosure.statements for r in s.rows]
    lines = Counter([text for _, text, *_ in facts.passages] + [name for _, name in named])
    count, charted = _counted(lines), _charted()
    often: dict[frozenset[str], list[str]] = {}
    for word, times in count.items():
        if times >= _OFTEN:
            often.setdefault(frozenset(word), []).append(word)
    for word, times in count.items():
        letters = frozenset(word) if times <= _SELDOM else frozenset()
        official = charted.get(letters, ())
        if len(letters) != _WORD or word in official:
            continue
        known = [*official, *(w for w in often.get(letters, ()) if _moved(word, w) and _apart(w, lines))]
        meant = next((w for w in known if _moved(word, w)), "")
        if not meant:
            continue
        shown = [part for line in lines for part in _BREAKS.split(line) if word in part]
        spots = [place for place, name in named if word in name]
        spots += [place for _, text, place, _ in facts.passages if word in text]
        where = next((w for w, text, *_ in facts.passages if word in text), "")
        names = {"wrong": word, "right": meant, "shown": "；".join(dict.fromkeys(shown))}
        yield Scope(names, at(where, spots[0]), places(*spots), word)
