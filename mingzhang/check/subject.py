"""What the words in front of a figure speak of, with what the sentence and its section spoke of before."""

from mingzhang.check.clauses import Clause, before_year, clauses, noun
from mingzhang.check.phrases import Phrases
from mingzhang.check.said import AMOUNTS, Section, Spoken
from mingzhang.check.vocabulary import Topic, cleaned, first, kind_of, vocabulary

_PEOPLE = frozenset({"人", "人次"})
_VEHICLES = frozenset({"辆", "台"})
_CLASSIFIED = "一"
_NEAR, _SENTENCE = 60, 1000


class Subjects:
    """Finds the topics of the figures of one sentence."""

    def __init__(self, phrases: Phrases, section: Section, spoken: Spoken, text: str) -> None:
        self.phrases, self.section, self.spoken, self.text = phrases, section, spoken, text
        self.words = vocabulary().words

    def topic(self, bare: str, segment: str, before: list[Clause], role: str, unit: str, tail: str) -> Topic:
        """The topic of a figure: named in front of it, in an earlier clause, or what is being spoken of.

        ``segment`` is the clause in front of the figure, ``bare`` the same without the words of its role, ``before``
        the earlier clauses since the last figure, ``tail`` what follows up to the next figure.
        """
        found = self.named(bare, segment, role, unit, tail) or self.earlier(before, unit)
        return found or self._kept(bare, unit)

    def named(self, bare: str, segment: str, role: str, unit: str, tail: str) -> Topic | None:
        """What the words right in front of the figure name, or None where they name nothing new."""
        path, kind, name = self.section.path, kind_of(unit), cleaned(bare)
        topic = self.phrases.path(segment if role else bare) or self._source(name, segment, kind)
        if topic is None and self.words["year_expenditure"].match(name):
            topic = self._paired()
        if topic is None and kind == "count" and tail[:1] >= _CLASSIFIED and unit not in _PEOPLE:
            topic = first(vocabulary().after, tail, path, unit, start=True)
        if topic is not None:
            return topic
        if name in vocabulary().generic:
            return self._generic(name, role)
        if self.words["neutral"].fullmatch(name):
            return self._unnamed(bare, segment, unit)
        whole, last = self.spoken.whole, self.spoken.topic
        if last is not None and last.concept == "other" and kind == "money" and self.words["rest"].match(name):
            return last._replace(item=name)
        topic = self.phrases.use(name) if self.words["economic_under"].search(path) else None
        topic = topic or self._found(name, segment, unit) or self._by_name(name, kind)
        if topic is None and whole is not None and whole.parts and (kind == "money" or unit in _VEHICLES):
            topic = Topic(whole.parts, name, whole.plain if whole.parts == whole.concept else "own")
        if topic is not None and topic.plain == "score":
            scored = self.words["scored_project"].match(name)
            scored = scored or self.words["told_project"].search(cleaned(clauses(self.text)[0][1]))
            self.spoken.project = Topic("named_project", scored["name"]) if scored else None
        if topic is not None or not name:
            return topic
        if kind == "count" and self.words["classifier"].fullmatch(unit) and tail[:1] >= _CLASSIFIED:
            name = self.words["case"].sub("", name) + noun(tail)
        return self._sum(bare) or Topic("other", name, "amount")

    def _found(self, name: str, segment: str, unit: str) -> Topic | None:
        """The concept of a phrase, also without 预算数 and 情况 at its end."""
        shorter = tuple(self.words[tail].sub("", name) for tail in ("budget_tail", "heading_tail", "sum_tail"))
        for phrase in dict.fromkeys((name, *shorter, cleaned(segment))):
            topic = self.phrases.find(phrase, self.section.path, kind_of(unit), unit)
            if topic is not None:
                return self._taken_over(topic, unit)
        return None

    def _unnamed(self, bare: str, segment: str, unit: str) -> Topic | None:
        """Words that name nothing of their own: 合计, 累计, and the subject in front of a year (运行经费2030年决算)."""
        path, kind = self.section.path, kind_of(unit)
        front = cleaned(before_year(bare))
        dated = self.phrases.find(front, path, kind, unit)
        if dated is not None:
            return dated
        if kind == "money" and len(front) > 4 and front.endswith("项目"):
            return Topic("named_project", front.removesuffix("项目"))
        kept = self._sum(bare) or (self._people(unit) if kind == "count" else None)
        if kept is None and self.spoken.topic is None:
            kept = self.phrases.find(cleaned(segment), path, kind, unit)
        return kept

    def _by_name(self, name: str, kind: str) -> Topic | None:
        """A project of the document, a class or a use of the classification."""
        path = self.section.path
        bare = self.words["heading_tail"].sub("", name)
        told = self.words["project_money"].match(name)
        titled = kind == "money" and self.words["projects_under"].search(path)
        if told or (titled and self.words["project_name"].search(name)):
            return Topic("named_project", told["name"] if told else name)
        if bare and (bare.removesuffix("项目") in self.phrases.projects or bare in self.phrases.projects):
            return Topic("named_project", bare)
        if kind == "count" or not name:
            return None
        topic = self.phrases.function(name)
        if topic is None and self.words["classes_under"].search(path):
            topic = self.phrases.listed(bare)
        if topic is None and self.words["economic_under"].search(path):
            topic = self.phrases.economic(bare)
        return topic

    def _paired(self) -> Topic | None:
        """The expenditure from the money whose income the sentence told before: 一般公共预算收入…；本年支出…."""
        paired = vocabulary().paired
        for said in reversed(self.spoken.said):
            if said.topic.concept in paired:
                return Topic(paired[said.topic.concept])
        return None

    def _generic(self, name: str, role: str) -> Topic | None:
        """收入, 支出 alone: of a change, the income or expenditure that was spoken of last; else that of the year.

        None where the sentence or the heading says whose it is.
        """
        generic, heading = vocabulary().generic, self.section.heading
        if role in ("change", "growth"):
            here = [s.topic for s in self.spoken.said[-_NEAR:] if s.role in AMOUNTS]
            for topic in reversed([*self.section.recent[-_NEAR:], *here]):
                if topic.concept in generic[name]:
                    return topic
        whole = heading is None or not role or heading.concept in generic["收支"]
        if self.spoken.topic is not None or not whole:
            return None
        return self.phrases.find(name, self.section.path, "money") or Topic(generic[name][0])

    def _taken_over(self, topic: Topic, unit: str) -> Topic:
        """A part of vehicles to be bought is bought, a fund that is part of the income an income; the people of groups that
        went abroad went abroad."""
        spoken, said = self.spoken, self.spoken.said
        whole = spoken.whole or (said[0].topic if said else None)
        if whole is not None and whole.concept in vocabulary().follows(topic.concept):
            return topic._replace(concept=whole.concept)
        incomes = {expenditure: income for income, expenditure in vocabulary().paired.items()}
        if whole is not None and whole.concept in vocabulary().generic["收入"] and topic.concept in incomes:
            return topic._replace(concept=incomes[topic.concept])
        people = vocabulary().people
        if unit in _PEOPLE and spoken.topic is not None and topic.concept in people.values():
            return topic._replace(concept=people.get(spoken.topic.concept, topic.concept))
        return topic

    def _people(self, unit: str) -> Topic | None:
        people, topic = vocabulary().people, self.spoken.topic
        if unit in _PEOPLE and topic is not None and topic.concept in people:
            return topic._replace(concept=people[topic.concept])
        return None

    def _sum(self, bare: str) -> Topic | None:
        """合计, 总计 and 全年支出 under the heading of a project."""
        heading = self.section.heading
        if (
            heading is None
            or heading.concept != "named_project"
            or not self.words["sums"].fullmatch(bare.strip("，、："))
        ):
            return None
        return heading if "支出" in bare else heading._replace(plain="amount")

    def earlier(self, before: list[Clause], unit: str) -> Topic | None:
        """What an earlier clause since the last figure names; clauses that give reasons or purposes name nothing."""
        group: list[str] = []
        for mark, clause in before:
            group = [clause] if mark == "；" else [*group, clause]
        why = next((n for n, clause in enumerate(group) if self.words["why"].match(clause.lstrip("，、"))), len(group))
        path, kind = self.section.path, kind_of(unit)
        for clause in reversed(group[:why]):
            bare = self.words["compared"].sub("", clause)
            name = cleaned(bare)
            topic = self.phrases.path(bare) or self.phrases.find(name, path, kind, unit)
            if topic is None and kind == "count":
                topic = self.phrases.find(name, path, "money")
            topic = topic or self._by_name(name, kind)
            if topic is None and name.endswith("项目") and len(name) > len("项目"):
                topic = Topic("named_project", name)
            if topic is not None:
                return self._taken_over(topic, unit)
        return None

    def _kept(self, bare: str, unit: str) -> Topic:
        """What is being spoken of: in the sentence, by the numbered sentence or the heading above, or just before."""
        section, spoken = self.section, self.spoken
        counted = kind_of(unit) == "count"
        money = vocabulary().money.get(spoken.topic.concept) if spoken.topic is not None else None
        if money is not None and kind_of(unit) == "money":
            return Topic(money, "车辆", "amount") if money == "assets" else Topic(money)
        if spoken.topic is None and section.project is not None and not counted:
            return section.project
        if spoken.project is not None and not counted and spoken.topic is not None and spoken.topic.plain == "score":
            return spoken.project
        named = bool(cleaned(bare))
        kept = spoken.topic or spoken.whole or (None if counted and named else section.item)
        if kept is None and counted and not named:
            kept = section.first
        if kept is None and section.near:
            kept = section.heading
        return kept or section.first or section.heading or Topic("other", cleaned(bare), "amount")

    # projects

    def projects(self, segment: str, before: list[Clause], unit: str, tail: str) -> Topic | None:
        """The projects that a count counts: 对5个项目开展了自评, 编报绩效目标的项目共4个."""
        if kind_of(unit) != "count" or not self.words["projects_unit"].fullmatch(unit):
            return None
        path, bare = self.section.path, cleaned(segment)
        follow = clauses(tail)[0][1]
        followed = self.words["projects"].match(follow) is not None
        if not followed and not bare.endswith("项目"):
            return None
        known = self.phrases.find(bare, path, "count", "项")
        if known is not None:
            return known
        rated, *others = vocabulary().projects
        nearest = segment + follow if followed else segment
        topic = first((rated, *others), nearest, path, unit)
        for text in (*(clause for _, clause in reversed(before)), self.text[:_SENTENCE], path):
            topic = topic or first(others, text, path, unit)
        topic = topic or (self.spoken.topic if self.words["covered"].search(bare) else None)
        if topic is None and not followed:
            kinds = {concept.id for concept in vocabulary().projects}
            listed = (t for t in (self.spoken.topic, self.section.first) if t is not None and t.concept in kinds)
            topic = next((t._replace(item=bare) for t in listed), None)
        return topic

    def involved(self, of: str, before: list[Clause], unit: str, role: str) -> Topic:
        """The projects or the evaluation whose money a figure is (涉及资金…), by source where that is said."""
        spoken, section = self.spoken, self.section
        topic = self.earlier(before, unit) or spoken.topic or section.first or section.heading
        topic = (topic or Topic("performance_funds"))._replace(plain=role)
        spoken.involved = topic._replace(item="")
        source = self.words["money_sources"].match(cleaned(of))
        return topic._replace(item=source["item"]) if source else topic

    def _source(self, name: str, segment: str, kind: str) -> Topic | None:
        """A further source of the money that is being split (政府性基金预算支出…)."""
        if self.spoken.involved is None or kind != "money":
            return None
        source = self.words["money_sources"].match(cleaned(segment)) or self.words["money_sources"].match(name)
        return self.spoken.involved._replace(item=source["item"]) if source else None

    # parts and wholes

    def open(self, before: list[Clause], segment: str) -> None:
        """Take in what the following figures are parts of: 其中：, 具体构成：, …支出决算中，."""
        section, spoken, path = self.section, self.spoken, self.section.path
        for at, (_, clause) in enumerate([*before, ("", segment)]):
            last = at == len(before)
            opened = self.words["opens"].search(clause if last else f"{clause}：")
            if opened and (not last or clause.startswith("其中")):
                spoken.outer, spoken.apart = (spoken.whole, spoken.part_of), ""
                named = cleaned(self.words["of_which"].sub("", clause[: opened.start()] or ("" if last else clause)))
                found = self.phrases.find(named, path, "money")
                spoken.whole = found or spoken.topic or section.first or section.heading
                role = next((s.role for s in reversed(spoken.said) if s.role in AMOUNTS), "")
                spoken.part_of = role if spoken.said else section.role
            elif not last and self.words["within"].search(clause.strip('“”" ')):
                named = cleaned(self.words["within"].sub("", clause.strip('“”" ')))
                found = self.phrases.find(named, path, "money")
                found = found or self.phrases.find(self.words["heading_tail"].sub("", named), path, "money")
                spoken.whole = found or (Topic("other", named) if named else None)

    def part(self, lead: str, role: str) -> None:
        """Close 其中 where its parts stand apart by ， or 、 and a ； follows: 基本支出…，其中人员…、公用…；项目支出…."""
        spoken = self.spoken
        if spoken.outer is None or role not in AMOUNTS:
            return
        mark = "；" if "；" in lead else "，"
        if spoken.apart in ("", "first"):
            spoken.apart = mark if spoken.apart else "first"
        elif spoken.apart == "，" and mark == "；":
            (spoken.whole, spoken.part_of), spoken.outer = spoken.outer, None

    def share_of(self, of: str, topic: Topic) -> str:
        """What a share is a share of: what its words name (占本年支出的), else the whole that was spoken of."""
        section, spoken, path = self.section, self.spoken, self.section.path
        name = cleaned(self.words["compared"].sub("", of))
        found = self.phrases.path(of) or self.phrases.find(name, path, "money") or self._by_name(name, "money")
        if found is None:
            # What only was spoken of before, of the same concept, is a sister: another class, another use.
            beside = [spoken.said[0].topic if spoken.said else None, section.first]
            leading, before = (None if t is not None and t.concept == topic.concept else t for t in beside)
            wholes = (spoken.whole, leading, section.whole, before, section.heading)
            found = next((t for t in wholes if t is not None and t[:2] != topic[:2]), None)
        return f"of:{found.concept}" if found is not None else "of"
