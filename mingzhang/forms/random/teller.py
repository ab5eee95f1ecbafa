"""Telling figures: from the numbers of the statements to sentences with amounts, shares, growth and completion rates."""

import random
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

from mingzhang.disclosure import Figure, Heading, Printed, Row, Sentence, Statement
from mingzhang.forms.random.ledger import words

_FIGURE = re.compile(r"\{([^{}|]+)\|([^{}]+)\}")
_CENT = Decimal("0.01")
NOTHING = Decimal(0)


def _sentence(text: str, section: tuple[str, ...]) -> Sentence:
    """``{1234.56|万元}`` in the text becomes a figure."""
    out, figures, last = "", [], 0
    for hit in _FIGURE.finditer(text):
        out += text[last : hit.start()]
        start = len(out)
        out += hit[1]
        figures.append(Figure(Printed.parse(hit[1]), hit[2], start, len(out)))
        out += hit[2]
        last = hit.end()
    return Sentence(out + text[last:], section, tuple(figures))


@dataclass
class Teller:
    """What is told so far, and how: the year, the unit of the statements and that of the text, the decimals."""

    draw: random.Random
    year: int
    unit: str
    text_unit: str
    decimals: int
    statements: dict[str, Statement]
    headings: list[Heading] = field(default_factory=list)
    sentences: list[Sentence] = field(default_factory=list)

    def section(self, text: str, depth: int, *lines: str) -> None:
        """A heading with its sentences."""
        self.headings.append(Heading(text, depth))
        path: list[Heading] = []
        for heading in self.headings:
            path = [h for h in path if h.depth < heading.depth] + [heading]
        section = tuple(h.text for h in path)
        self.sentences.extend(_sentence(line, section) for line in lines)

    def row(self, id: str, label: str, side: str = "") -> Row | None:
        """The first row of that label or code."""
        for row in self.statements[id].rows if id in self.statements else ():
            if label in (row.label, row.code) and (not side or row.side == side):
                return row
        return None

    def value(self, id: str, label: str, column: str, side: str = "") -> Decimal:
        """A number of a statement in its unit; nothing where none is printed."""
        row = self.row(id, label, side)
        cell = row.get(column) if row is not None else None
        return cell.printed.value if cell is not None else NOTHING

    def _in_text(self, value: Decimal) -> Decimal:
        if self.unit != self.text_unit:
            value = value / 10_000
        return value.quantize(Decimal(1).scaleb(-self.decimals), ROUND_HALF_UP)

    def money(self, value: Decimal) -> str:
        return "{" + f"{self._in_text(value):.{self.decimals}f}|{self.text_unit}" + "}"

    def percent(self, part: Decimal, whole: Decimal) -> str:
        rate = (part * 100 / whole).quantize(_CENT, ROUND_HALF_UP) if whole else NOTHING
        return "{" + f"{rate:.2f}|%" + "}"

    def count(self, number: int, unit: str) -> str:
        return "{" + f"{number}|{unit}" + "}"

    def about(self, value: Decimal, low: int = 70, high: int = 140) -> Decimal:
        """Some other amount of that size, in the digits of the statements."""
        factor = Decimal(self.draw.randint(low, high)) / 100
        return (value * factor).quantize(Decimal(1).scaleb(-self.decimals), ROUND_HALF_UP)

    def reason(self) -> str:
        reason: str = self.draw.choice(words()["reasons"])
        return reason

    def share(self, name: str, part: Decimal, whole: Decimal) -> str:
        """``基本支出1.00万元，占25.00%``."""
        return f"{name}{self.money(part)}，占{self.percent(part, whole)}"

    def shares(self, whole: Decimal, parts: Iterable[tuple[str, Decimal]]) -> str:
        """The parts that are something, with their shares."""
        return "；".join(self.share(name, part, whole) for name, part in parts if part)

    def growth(self, now: Decimal, what: str = "") -> str:
        """How an amount changed from an invented one of last year."""
        before = self.about(now)
        change = now - before
        if not self._in_text(change) or not self._in_text(before) or not self._in_text(now):
            return f"与上年相比，{what.removesuffix('各')}持平。" if what else "与上年持平。"
        way, rate = ("增加", "增长") if change > 0 else ("减少", "下降")
        told = f"与上年相比，{what}{way}{self.money(abs(change))}，{rate}{self.percent(abs(change), before)}"
        return f"{told}，主要原因是{self.reason()}。"

    def compared(self, budget: Decimal, spent: Decimal, named: str) -> str:
        """How the outturn stands to the budget in words, where the printed digits show it."""
        one, two = self._in_text(spent), self._in_text(budget)
        if one == two:
            return f"决算数与{named}持平。"
        return f"决算数{'大于' if one > two else '小于'}{named}的主要原因是{self.reason()}。"
