"""The text as it grows: numbered headings, sentences with their figures, and what is missing in them."""

from dataclasses import dataclass, field
from typing import Any

from mingzhang.disclosure import Heading, Sentence
from mingzhang.forms.fill import chinese
from mingzhang.read.narrative.narrate import sentences
from mingzhang.year.tell.template import Say
from mingzhang.year.tell.told import Missing


@dataclass
class Text:
    """What is told so far."""

    words: dict[str, Any]
    headings: list[Heading] = field(default_factory=list)
    sentences: list[Sentence] = field(default_factory=list)
    missing: list[Missing] = field(default_factory=list)
    path: list[Heading] = field(default_factory=list)
    numbers: dict[int, int] = field(default_factory=dict)

    def open(self, depth: int, text: str) -> None:
        """A heading with its number: 第一部分, 一、, （一）, 1."""
        number = self.numbers.get(depth, 0) + 1
        self.numbers = {d: n for d, n in self.numbers.items() if d < depth} | {depth: number}
        leads = {1: "第{}部分", 2: "{}、", 3: "（{}）"}
        lead = leads[depth].format(chinese(number)) if depth in leads else f"{number}."
        heading = Heading(lead + text, depth)
        self.headings.append(heading)
        self.path = [*(h for h in self.path if h.depth < depth), heading]

    def say(self, text: str, asked: list[tuple[str, str]], say: Say, en: str) -> None:
        """The sentences of a text; what was asked for belongs to the sentence with the gap."""
        section = tuple(h.text for h in self.path)
        told = sentences(text, section)
        self.sentences += told
        wanted = iter(asked)
        for sentence in told:
            for _ in range(sentence.text.count(self.words["gap"])):
                if (ask := next(wanted, None)) is not None:
                    self.missing.append(self._missing(*ask, sentence, say, en))

    def _missing(self, kind: str, key: str, sentence: Sentence, say: Say, en: str) -> Missing:
        words = {"key": key, "section": sentence.section[-1], "sentence": sentence.text, "what": say.zh or key}
        zh = self.words["missing"][kind]["zh"].format_map(words)
        words |= {"section": en or sentence.section[-1], "what": say.en or key}
        said = "" if kind == "paragraph" else sentence.text
        figures = () if kind == "paragraph" else sentence.figures
        en = self.words["missing"][kind]["en"].format_map(words)
        return Missing(kind, key, sentence.section, said, figures, zh, en)
