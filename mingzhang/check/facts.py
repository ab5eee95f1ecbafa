"""Everything a rule can ask of one disclosure, worked out once."""

from collections.abc import Callable
from functools import cached_property
from typing import Any

from mingzhang.check.concept import Concepts
from mingzhang.check.formula import Answer, Quoted, pattern
from mingzhang.check.mention import Listing, Mention, listen
from mingzhang.check.table import Table, measured, number, tables_of
from mingzhang.disclosure import Disclosure, Figure, Place
from mingzhang.figures import Interval, Ledger, total
from mingzhang.figures.ledger import TOTALS
from mingzhang.forms import Book

_AMOUNTS = ("amount", "final", "budget", "initial", "full")


def _answer(value: object) -> Answer:
    return Answer.HOLDS if value else Answer.FAILS


class Facts:
    """A disclosure with its cells looked up, its text listened to and its performance tables told apart."""

    def __init__(self, disclosure: Disclosure, book: Book) -> None:
        self.disclosure = disclosure
        self.book = book
        self.ledger = Ledger(disclosure, book)
        self.kind = disclosure.kind or self._kind()
        self.concepts = Concepts(self.ledger, self.kind)
        self.looked_at: dict[tuple[Any, ...], list[Any]] = {}
        self.tables: list[Table] = tables_of(disclosure.evaluations)

    def _kind(self) -> str:
        ids = [s.id[:1] for s in self.disclosure.statements]
        return "budget" if ids.count("B") > ids.count("F") else "final"

    @cached_property
    def _heard(self) -> tuple[list[Mention], list[Listing]]:
        return listen(self.disclosure.sentences, self.disclosure.year)

    @property
    def mentions(self) -> list[Mention]:
        return self._heard[0]

    @property
    def listings(self) -> list[Listing]:
        return self._heard[1]

    @cached_property
    def passages(self) -> list[tuple[str, str, Place | None, tuple[Figure, ...]]]:
        """(where, text, place, figures) of every sentence, heading and note, and of the words of performance tables."""
        out: list[tuple[str, str, Place | None, tuple[Figure, ...]]] = []
        d = self.disclosure
        out += [("/".join(s.section), s.text, s.place, s.figures) for s in d.sentences]
        out += [(h.text, h.text, h.place, ()) for h in d.headings]
        out += [(s.id, n.text, n.place or s.place, ()) for s in d.statements for n in s.notes]
        said = {s.text for s in d.sentences}
        for table in self.tables:
            e = table.evaluation
            for text in (e.goal, e.done, *(part for task in e.tasks for part in task)):
                if text and text not in said:
                    out.append((f"{e.kind} {e.project}", text, table.place, ()))
        return out

    @cached_property
    def words(self) -> str:
        """All running text in one string, a line for each passage."""
        return "\n".join(text for _, text, *_ in self.passages)

    def _usual_year(self) -> int | None:
        """The year that most statements carry."""
        years = [s.year for s in self.disclosure.statements if s.year is not None]
        return max(set(years), key=years.count) if years else self.disclosure.year

    @cached_property
    def frame(self) -> dict[str, Any]:
        """The names that every rule may use."""
        d = self.disclosure
        functions: dict[str, Callable[..., Any]] = {
            "cell": self.cell,
            "says": lambda words: _answer(pattern(words).search(self.words)),
            "printed_statement": lambda id: _answer(id in self.ledger.by_id),
            "blank": lambda id: _answer(id in self.ledger.by_id and self.ledger.by_id[id].statement.empty),
            "tables": self.count_tables,
            "spoken": self.spoken,
            "counted": lambda id: len(self.projects(id)),
            "named": lambda id, words: len(self.projects(id, words)) if id in self.ledger.by_id else None,
            "named_sum": lambda id, words: total(a for _, a in self.projects(id, words)),
            "named_list": lambda id, words: "、".join(f"{name} {a}" for name, a in self.projects(id, words)),
            "project_items": self.project_items,
            "has_column": lambda id, column: _answer(
                id in self.ledger.by_id and column in self.ledger.by_id[id].statement.columns
            ),
            "sum_spent": lambda words: self.money(words, "spent"),
            "sum_full": lambda words: self.money(words, "full"),
            "whole": self.whole,
            "scored": self.scored,
            "share_with": lambda kind, level: sum(
                1 for t in self.tables if t.evaluation.kind == kind and any(level in i.level1 for i in t.rows)
            ),
            "timed": lambda words: _answer(
                any(pattern(words).search(i.name) and measured(i.target).figure for t in self.tables for i in t.rows)
            ),
            "full_quantities": self.full_quantities,
            "paid_in_time": lambda: int(
                any(
                    "拨付" in i.name and "及时率" in i.name and (f := measured(i.actual).figure) is not None and f.value == 100
                    for t in self.tables
                    for i in t.rows
                )
            ),
            "told": self.told,
            "phrase": lambda words: (m.group() if (m := pattern(words).search(self.words)) else ""),
            "listed": self.listed,
            "sentence_before": self.sentence_before,
            "sentence_after": self.sentence_after,
        }
        return {
            **functions,
            "kind": self.kind,
            "year": d.year,
            "publisher": d.publisher.name,
            "level": d.publisher.level,
            "scope": d.publisher.scope,
            "pages": d.pages,
            "statements": len(d.statements),
            "title": d.title,
            "usual_year": self._usual_year(),
            "blank_form": int(bool(d.statements) and all(s.empty for s in d.statements)),
        }

    def cell(self, *references: str) -> Interval | None:
        """The first of the referenced amounts that is printed."""
        for reference in references:
            amount = self.concepts.cell(reference)
            if amount is not None:
                return amount
        return None

    def count_tables(self, words: str) -> int:
        """How many performance tables there are whose kind the words match."""
        return sum(1 for t in self.tables if pattern(words).search(t.evaluation.kind))

    def spoken(self, words: str, under: str = "") -> Interval | None:
        """The first figure that the running text gives for a subject (under a heading)."""
        mention = self._telling(words, under)
        return mention.first(*_AMOUNTS) if mention is not None else None

    def told(self, words: str, under: str = "") -> str:
        """The passage that gives that figure."""
        mention = self._telling(words, under)
        return mention.text if mention is not None else ""

    def _telling(self, words: str, under: str) -> Mention | None:
        for mention in self.mentions:
            named = pattern(words).fullmatch(mention.subject) and mention.first(*_AMOUNTS) is not None
            if named and (not under or pattern(under).search("/".join(mention.section))):
                return mention
        return None

    def listed(self, id: str, column: str) -> str:
        """The amounts that the project lines of a statement print in a column."""
        sheet = self.ledger.by_id.get(id)
        if sheet is None:
            return ""
        names = {name for name, _ in self.projects(id)}
        cells = (sheet.cell(row, column) for row in sheet.statement.rows if row.label in names)
        return "、".join(cell.printed.plain for cell in cells if cell is not None)

    def projects(self, id: str, words: str = "") -> list[tuple[str, Quoted]]:
        """The project lines of a statement with their totals: those whose name the words match."""
        sheet = self.ledger.by_id.get(id)
        if sheet is None:
            return []
        out = []
        for row in sheet.statement.rows:
            cell = sheet.cell(row, "total")
            if cell is None or row.label in TOTALS or (row.code and len(row.code) <= 8 and not row.side):
                continue
            if not words or pattern(words).search(row.label):
                out.append((row.label, Quoted.read(cell.printed, sheet.statement.unit, cell, cell.place or row.place)))
        return out

    def project_items(self, id: str) -> str:
        """The items of a statement that have project expenditure, in words."""
        sheet = self.ledger.by_id.get(id)
        if sheet is None:
            return ""
        found = [(r.code, sheet.cell(r, "project")) for r in sheet.statement.rows if len(r.code) == 7]
        return "；".join(f"{code}：{cell.printed.plain}" for code, cell in found if cell is not None and cell.printed.value)

    def money(self, words: str, what: str) -> Interval | None:
        """What the tables whose kind the words match have in all on their main money line."""
        amounts = [getattr(t.lines[0], what) for t in self.tables if pattern(words).search(t.evaluation.kind) and t.lines]
        known = [a for a in amounts if a is not None]
        return total(known) if known and len(known) == len(amounts) else None

    def whole(self, what: str) -> Quoted | None:
        """``full`` or ``spent`` of the money line of the one self-evaluation of the whole department."""
        found = [t.lines[0] for t in self.tables if t.evaluation.kind == "self_whole" and t.lines]
        amount: Quoted | None = getattr(found[0], what) if len(found) == 1 else None
        return amount

    def scored(self, words: str, score: Interval) -> str | None:
        """The project whose table of that kind has just this total score (full marks do not count)."""
        for table in self.tables:
            points = number(table.points.score) if table.points else None
            if points is None or not pattern(words).search(table.evaluation.kind):
                continue
            if points.value == score.value and points.value % 10:
                return table.evaluation.project
        return None

    def full_quantities(self) -> int:
        """1 where every quantity indicator of the self-evaluations has full marks."""
        rows = [
            i for t in self.tables if t.evaluation.kind.startswith("self") for i in t.rows if "数量" in i.level2 and i.weight
        ]
        return int(bool(rows) and all(number(i.weight) == number(i.score) for i in rows))

    def sentence_before(self, sentence: str) -> str:
        """The sentence, with the one before it where it is short."""
        every = self.disclosure.sentences
        at = next((n for n, s in enumerate(every) if s.text == sentence), None)
        return sentence if at is None or at == 0 or len(sentence) > 20 else every[at - 1].text + sentence

    def sentence_after(self, sentence: str) -> str:
        """The two sentences that follow."""
        every = self.disclosure.sentences
        at = next((n for n, s in enumerate(every) if s.text == sentence), None)
        return "" if at is None else "".join(s.text for s in every[at + 1 : at + 3])
