"""Every figure of the running text linked to what it speaks of: concept, item, role, year and comparison."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from mingzhang.check.clauses import Clause, Years, clauses, noun
from mingzhang.check.compared import base_figure, basis, compare_behind
from mingzhang.check.phrases import Phrases
from mingzhang.check.said import AMOUNTS, BUDGETS, Said, Section, Spoken
from mingzhang.check.subject import Subjects
from mingzhang.check.vocabulary import Topic, cleaned, kind_of, plain, vocabulary
from mingzhang.disclosure import Disclosure, Figure, Sentence

HEADER = ("section", "sentence", "value", "unit", "concept", "item", "role", "year", "comparison", "page")
_TIMES, _EQUALS = frozenset("*×xX"), "="
_SCORE = "分"
_LONGEST = 200
"""As much of a clause as can matter: names of items are long, but not longer."""


@dataclass(frozen=True, slots=True)
class Link:
    """A figure of the running text, and what it says. The words of every value are in ``words/links.toml``.

    ``concept`` is what it speaks of, ``item`` which one of several (the code of the classification, else its printed
    name), ``role`` as what (``initial_budget``, ``outturn``, ``change`` …), ``year`` the year it speaks of (None where
    it speaks of none), ``comparison`` a direction and with what (``increase:last_year``, ``of:initial_budget``,
    ``above:budget``), empty where nothing is compared.
    """

    sentence: Sentence
    figure: Figure
    concept: str
    item: str
    role: str
    year: int | None
    comparison: str


class _Walk:
    """Goes through the figures of one sentence from left to right."""

    def __init__(self, disclosure: Disclosure, phrases: Phrases, section: Section, sentence: Sentence) -> None:
        self.own = disclosure.year
        self.usual = "outturn" if disclosure.kind == "final" else "budget"
        self.section, self.spoken = section, Spoken()
        self.figures, self.text = sentence.figures, plain(sentence.text)
        self.subjects = Subjects(phrases, section, self.spoken, self.text)
        self.words = vocabulary().words
        self.years = Years(self.own, section.year)
        self.basis = ""
        self.of = ""
        self.each: list[Topic] = []
        self.opened: list[tuple[Topic | None, Topic | None, str]] = []

    def said(self) -> list[Said]:
        at, said = 0, self.spoken.said
        for n, figure in enumerate(self.figures):
            end = figure.end + (len(figure.unit) if self.text.startswith(figure.unit, figure.end) else 0)
            until = self.figures[n + 1].start if n + 1 < len(self.figures) else len(self.text)
            lead = self.text[at : figure.start]
            self._brackets(lead)
            if self.each and self.words["listed"].fullmatch(lead):
                said.append(replace(said[-1], figure=figure, topic=self.each.pop(0)))
            else:
                said.append(self._figure(figure, lead, self.text[end:until]))
                self.each = self._each(n, lead)
            self.spoken.topic = said[-1].topic
            compare_behind(self.text[end:until], said, self.own, self.basis or self.section.basis)
            at = end
        return said

    def _each(self, n: int, lead: str) -> list[Topic]:
        """What the figures that follow speak of, where they are told in turn: 甲…，乙…，分别比上年减少1.00万元、2.00万元."""
        said = self.spoken.said
        if not said or said[-1].role not in ("change", "growth") or not self.words["each"].search(lead):
            return []
        told = 1
        for before, after in pairwise(self.figures[n:]):
            between = self.text[before.end : after.start].removeprefix(before.unit)
            if not self.words["listed"].fullmatch(between):
                break
            told += 1
        amounts = [s.topic for s in said if s.role in AMOUNTS]
        if told < 2 or len(amounts) < told:
            return []
        said[-1].topic, *rest = amounts[-told:]
        return rest

    def _brackets(self, lead: str) -> None:
        """What is said behind a bracket goes on where the bracket began: 财政拨款收入（其中，…），占…."""
        depth = 0
        for letter in lead:
            if letter == "（":
                depth += 1
            elif letter == "）" and depth:
                depth -= 1
            elif letter == "）" and self.opened:
                self.spoken.topic, self.spoken.whole, self.spoken.part_of = self.opened.pop()
        for _ in range(depth):
            self.opened.append((self.spoken.topic, self.spoken.whole, self.spoken.part_of))

    def _figure(self, figure: Figure, lead: str, tail: str) -> Said:
        self.years.read(lead, first=not self.spoken.said)
        signed = self.words["sign"].search(lead)
        sign = signed.group() if signed else ""
        words = lead[: len(lead) - len(sign)]
        before = [(mark, clause[-_LONGEST:]) for mark, clause in clauses(words)]
        while before[-1][0] == "：" and not before[-1][1].strip('“”"、'):
            before.pop()
        segment = before.pop()[1].lstrip("、")
        if (words.endswith(f"{segment}：") or "：" in sign) and self.words["opens"].match(f"{segment}："):
            segment = ""
        self.subjects.open(before, segment)
        said = (
            self._formula(figure, lead)
            or self._threshold(figure, segment, lead, tail)
            or self._indicator(figure, segment, before, sign)
            or self._usual(figure, segment, before, lead, tail)
        )
        timeless = said.role == "threshold" or self.words["timeless"].search(segment)
        said.year = None if timeless else said.year or self.years.now
        return said

    def _formula(self, figure: Figure, lead: str) -> Said | None:
        """800人*380元=30.4万元: a standard behind ×, the result behind =."""
        topic, mark = self.spoken.topic, lead.strip()
        if topic is None:
            return None
        if mark in _TIMES:
            return Said(figure, topic, "standard")
        if mark == _EQUALS and self.spoken.said[-1].role == "standard":
            return Said(figure, topic, "amount" if kind_of(figure.unit) == "money" else "count")
        return None

    def _threshold(self, figure: Figure, segment: str, lead: str, tail: str) -> Said | None:
        """单价100万元以上设备3台: the threshold, and what is counted behind it."""
        said, kind = self.spoken.said, kind_of(figure.unit)
        if said and said[-1].role == "threshold" and self.words["threshold"].match(lead):
            return Said(figure, said[-1].topic, "count" if kind == "count" else "amount")
        hit = self.words["threshold"].match(tail)
        if kind == "rate" or hit is None:
            return None
        after = clauses(tail[hit.end() :])[0][1]
        find, front = self.subjects.phrases.find, cleaned(segment) + hit.group()
        topic = find(front + noun(after.removeprefix("的")), self.section.path, "count", "台")
        counted = "" if after.startswith("的") else noun(after)
        topic = topic or Topic("other", counted or cleaned(segment), "amount")
        return Said(figure, topic, "threshold", "at_least" if "上" in hit.group() else "at_most")

    def _indicator(self, figure: Figure, segment: str, before: list[Clause], sign: str) -> Said | None:
        """A figure of a performance indicator: 及时率=100%, 指标值：>=2次; a limit on money is a threshold."""
        kind, path = kind_of(figure.unit), self.section.path
        valued = next((role for role in ("target", "actual") if self.words[role].search(segment)), "")
        if valued:
            names = [name for _, c in before if (name := cleaned(c)) and not self.words["target"].search(c)]
            topic = Topic("indicator", names[-1], "actual") if names else self.spoken.topic
            return Said(figure, topic, valued) if topic is not None else None
        signs, name = self.words["no_sign"].sub("", sign), cleaned(segment)
        under = self.words["indicators_under"].search("/".join(path.split("/")[-2:]))
        rate = bool(under) and kind == "rate" and self.words["rate_name"].search(name) is not None
        if not name or not (signs or rate):
            return None
        limit = self.words["target_sign"].search(signs)
        if limit and kind == "money" and not under:
            upper = self.words["upper_sign"].search(signs)
            topic = Topic("other", self.words["most"].sub("", name), "amount")
            return Said(figure, topic, "threshold", "at_most" if upper else "at_least")
        achieved = self.words["achieved"].search(path) and not limit
        return Said(figure, Topic("indicator", name, "actual"), "actual" if achieved else "target")

    def _usual(self, figure: Figure, segment: str, before: list[Clause], lead: str, tail: str) -> Said:
        unit, kind = figure.unit, kind_of(figure.unit)
        projects = self.subjects.projects(segment, before, unit, tail)
        if projects is not None:
            return Said(figure, projects, "count")
        base = base_figure(segment, self.own)
        self.basis = basis(lead, self.own) or self.basis
        if base is not None:
            topic = self.subjects.topic("", "", before, base[0], unit, tail)
            return Said(figure, topic, base[0] or self._plain_role(topic, unit, "", tail), year=base[1])
        words = self.words["compared"].sub("", segment)
        if kind == "rate" and self.of and segment == "的" and self.spoken.topic is not None:
            return Said(figure, self.spoken.topic, "completion", f"of:{self.of}")
        role, bare, direction, of = self._role(words, unit)
        self.of = role if role in BUDGETS and bare.startswith("完成") else ""
        involved = self.words["involved"].search(words) if kind == "money" and role != "change" else None
        if involved is not None:
            plain_role = "budget" if self.words["budgeted"].search(words) else "amount"
            return Said(figure, self.subjects.involved(involved["of"] or "", before, unit, plain_role), plain_role)
        self.subjects.part(lead, role or ("amount" if kind == "money" else ""))
        if role in BUDGETS and basis(segment, self.own) == "other_year":
            # 比2031年“三公”经费年初预算6.00万元减少…: the budget of the own year is what is compared with.
            self.basis = role
        topic = self.subjects.topic(bare, words, before, role, unit, tail)
        told = topic.concept == "other" and kind == "rate" and not role and "绩效" in self.section.path
        if told and self.words["rate_name"].search(topic.item):
            return Said(figure, Topic("indicator", topic.item, "actual"), "actual" if self.usual == "outturn" else "target")
        if not role:
            role = self._plain_role(topic, unit, words, tail)
        elif role == "budget" and self.spoken.part_of in BUDGETS:
            role = self.spoken.part_of
        comparison = ""
        if role in ("change", "growth"):
            compared = self.basis or self.section.basis
            comparison = f"{direction}:{compared}" if compared else direction
        elif role == "completion":
            comparison = f"of:{of}"
        elif role == "share":
            comparison = self.subjects.share_of(of, topic)
        return Said(figure, topic, role, comparison)

    def _role(self, segment: str, unit: str) -> tuple[str, str, str, str]:
        """(role, the words in front of its words, direction, of what); a share whose % was forgotten is a share."""
        text = segment.rstrip('“”" ')
        kind = kind_of(unit)
        for role in vocabulary().roles:
            hit = role.words.search(text) if kind in role.kinds or (not unit and role.id == "share") else None
            if hit is None:
                continue
            named = hit.groupdict()
            of = named.get("of") or ""
            if role.id == "completion":
                of = next((f"{part}_budget" for part in ("initial", "full") if named.get(part)), "budget")
            return role.id, text[: hit.start()], role.direction, of
        return "", text, "", ""

    def _plain_role(self, topic: Topic, unit: str, segment: str, tail: str) -> str:
        """The role of a figure whose words name none."""
        kind = kind_of(unit)
        if kind == "rate":
            return "rate"
        if self.words["standard"].search(segment.rstrip("为是约")) or (kind == "money" and tail[:1] in _TIMES):
            return "standard"
        if kind == "count":
            return "score" if unit == _SCORE else "count"
        if topic.plain != "own":
            return topic.plain if topic.plain in AMOUNTS else "amount"
        return self.spoken.part_of if self.spoken.part_of in BUDGETS else self.usual


class _Reader:
    """Goes through the sentences of one disclosure in order, and remembers what each section spoke of."""

    def __init__(self, disclosure: Disclosure) -> None:
        self.disclosure, self.phrases = disclosure, Phrases(disclosure)
        self.words = vocabulary().words
        self.section = Section()
        self.under: tuple[str, ...] | None = None

    def read(self, sentence: Sentence) -> Iterator[Link]:
        if sentence.section != self.under:
            self._enter(sentence.section)
        section = self.section
        walk = _Walk(self.disclosure, self.phrases, section, sentence)
        said = walk.said()
        section.item = self._item(plain(sentence.text), said) or section.item
        section.recent += [one.topic for one in said if one.role in AMOUNTS or one.role == "count"]
        self.phrases.projects |= {one.topic.item for one in said if one.topic.concept == "named_project"}
        if said:
            section.first = said[0].topic
            section.project = walk.spoken.project
            section.role = next((s.role for s in reversed(said) if s.role in AMOUNTS), "")
        section.basis, section.whole = walk.basis or section.basis, walk.spoken.whole or section.whole
        section.year = walk.years.point
        for one in said:
            yield Link(sentence, one.figure, one.topic.concept, one.topic.item, one.role, one.year, one.comparison)

    def _enter(self, sections: tuple[str, ...]) -> None:
        self.under, self.section = sections, Section(plain("/".join(sections)))
        for depth in range(len(sections), 0, -1):
            topic = self._heading(plain(sections[depth - 1]), plain("/".join(sections[:depth])))
            if topic is not None:
                self.section.heading, self.section.near = topic, depth == len(sections)
                return

    def _heading(self, text: str, path: str) -> Topic | None:
        """What a heading names: an item, a concept, or a project or task of a performance table."""
        topic, name = self.phrases.path(text), cleaned(text)
        for _ in range(3):
            topic = topic or self.phrases.find(name, path, "money")
            name = self.words["heading_tail"].sub("", name)
        bare = self.words["numbering"].sub("", text)
        table = self.words["tables"].search(path.split("/")[0]) and "/" in path
        if topic is None and table and len(bare) > 2 and not self.words["headings"].search(bare):
            return Topic("named_project", bare)
        return topic

    def _item(self, text: str, said: list[Said]) -> Topic | None:
        """What a numbered sentence under a heading opens (1.教育支出（类）…), for the sentences that follow."""
        opening = clauses(text)[0][1]
        path = self.phrases.path(opening)
        if path is not None or not self.words["numbering"].match(text):
            return path
        return said[0].topic if said else self.phrases.find(cleaned(opening), self.section.path, "money")


def links(disclosure: Disclosure) -> tuple[Link, ...]:
    """One link for every figure of the running text, in printed order."""
    reader = _Reader(disclosure)
    return tuple(link for sentence in disclosure.sentences for link in reader.read(sentence))


def rows(found: Iterable[Link]) -> tuple[tuple[str, ...], Iterator[tuple[str, ...]]]:
    """Header and rows of ``links.csv``: the columns of ``narrative.csv`` with what each figure speaks of."""
    return HEADER, (
        (
            "/".join(link.sentence.section),
            link.sentence.text,
            link.figure.printed.plain,
            link.figure.unit,
            link.concept,
            link.item,
            link.role,
            "" if link.year is None else str(link.year),
            link.comparison,
            str(link.figure.place.page) if link.figure.place and link.figure.place.page else "",
        )
        for link in found
    )


def table(disclosures: Iterable[Disclosure]) -> tuple[tuple[str, ...], Iterator[tuple[str, ...]]]:
    """Header and rows of ``links.csv`` for several disclosures in their order."""
    return rows(link for disclosure in disclosures for link in links(disclosure))
