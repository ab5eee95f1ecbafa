"""What prints each figure of the laws, what it is called, where it stands, and what stands beside it."""

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib import resources

from mingzhang.check.arithmetic import column_name, places_of_terms
from mingzhang.check.facts import Facts
from mingzhang.check.mention import MONEY
from mingzhang.disclosure import Figure, Place, Row, Sentence, Statement
from mingzhang.figures import Term
from mingzhang.figures.law import Quantity
from mingzhang.figures.ledger import TOTALS
from mingzhang.figures.locate import Way

_NATURAL = 0.02
_WHOLE = 0.1
_ROW = 3
"""The fewest figures of a row that are said to have slipped together."""
_SUMS = frozenset({"total", "year_total", "carry_total", "amount"})


@cache
def culprit_words() -> dict[str, dict[str, str]]:
    """How figures and slips are named (``words/culprits.toml``)."""
    data: dict[str, dict[str, str]] = tomllib.loads(
        (resources.files("mingzhang.check") / "words" / "culprits.toml").read_text("utf-8")
    )
    return data


@dataclass(frozen=True, slots=True)
class _Told:
    """A figure of the text: what it is called, its place and its sentence."""

    figure: Figure
    name: str
    place: Place | None
    sentence: Sentence


class Printings:
    """What prints each figure of the laws: the number of a statement, or the figure of a sentence."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        rows = (terms for sheet in facts.ledger.sheets for terms in sheet.terms.values())
        self.terms: dict[int, Term] = {id(term.cell): term for terms in rows for term in terms.values()}
        self._usual: dict[int, int] = {}
        self._at: dict[int, dict[int, int]] = {}
        self._told: dict[int, _Told] | None = None

    def usual(self, statement: Statement) -> int:
        """The most decimals that a number of the statement has."""
        found = self._usual.get(id(statement))
        if found is None:
            found = max((cell.printed.decimals for _, cell in statement.cells()), default=0)
            self._usual[id(statement)] = found
        return found

    def quantity(self, term: Term) -> Quantity:
        """The number as one that may be wrong."""
        unit = term.statement.unit
        return Quantity(id(term.cell), term.cell.printed, unit, self.usual(term.statement) if unit in MONEY else 0)

    def _figures(self) -> dict[int, "_Told"]:
        """Each figure of the text with its name, its place, and its sentence."""
        if self._told is None:
            roles = culprit_words()["roles"]
            self._told = {}
            for mention in self.facts.mentions:
                section = mention.section[-1] if mention.section else ""
                for role, quoted in mention.figures.items():
                    if isinstance(quoted.source, Figure):
                        name = f"说明“{section}”{mention.subject if mention.subject not in section else ''}{roles.get(role, '')}"
                        told = _Told(quoted.source, name, quoted.place or mention.place, mention.sentence)
                        self._told.setdefault(id(quoted.source), told)
        return self._told

    def name(self, quantity: Quantity) -> str:
        """Statement, code or label and column; or the section and the subject."""
        term = self.terms.get(quantity.key)  # type: ignore[call-overload]
        if term is not None:
            row = f"{term.row.code}{term.row.label if len(term.row.code) < 7 else ''}" or "合计"
            column = column_name(term, self.facts)
            alone = sum(1 for c in term.statement.columns if c != term.cell.column) == 0
            return f"{term.statement.id} {row}{'' if alone or column == '金额' else f' {column}'}"
        told = self._figures().get(quantity.key)  # type: ignore[call-overload]
        return told.name if told else "所印数字"

    def place(self, quantity: Quantity) -> tuple[Place, ...]:
        """Where it is printed, if that is known."""
        term = self.terms.get(quantity.key)  # type: ignore[call-overload]
        if term is not None:
            return places_of_terms((term,))
        told = self._figures().get(quantity.key)  # type: ignore[call-overload]
        place = told.place if told else None
        return (place,) if place is not None and (place.page is not None or place.line is not None) else ()

    def home(self, quantity: Quantity) -> int:
        """What tells the row or the sentence that prints it: figures of one home are wrong together."""
        term = self.terms.get(quantity.key)  # type: ignore[call-overload]
        if term is not None:
            return id(term.row)
        told = self._figures().get(quantity.key)  # type: ignore[call-overload]
        return id(told.sentence) if told else id(quantity)

    def in_text(self, quantity: Quantity) -> bool:
        """Whether the running text prints it, not a statement."""
        return quantity.key not in self.terms

    def beside(self, quantity: Quantity) -> Sequence[tuple[Decimal, float]]:
        """The numbers printed to the left and right, above and below; the other figures of a sentence.

        With each, how telling it is that it equals this one.
        """
        term = self.terms.get(quantity.key)  # type: ignore[call-overload]
        if term is None:
            told = self._figures().get(quantity.key)  # type: ignore[call-overload]
            others = told.sentence.figures if told else ()
            return [
                (f.printed.value, 1.0 if f.unit != told.figure.unit else _WHOLE)
                for f in others if told and f is not told.figure and f.printed.value
            ]  # fmt: skip
        return [(value, telling) for value, telling in _neighbours(term, self._row_number(term)) if value]

    def ways(self, quantity: Quantity) -> Sequence[Way]:
        """What a number's row must have been where it is shifted by a column, or exchanged with the row above or below."""
        term = self.terms.get(quantity.key)  # type: ignore[call-overload]
        if term is None:
            return ()
        cells, rows, at = term.row.cells, term.statement.rows, self._row_number(term)
        keys = [id(c) for c in cells]
        found: list[Way] = []
        if len(cells) >= _ROW:
            found.append({keys[0]: None} | {key: c.printed for key, c in zip(keys[1:], cells[:-1], strict=True)})
            found.append({keys[-1]: None} | {key: c.printed for key, c in zip(keys[:-1], cells[1:], strict=True)})
        for n in (at - 1, at + 1):
            pairs = [(c, o) for c in cells if (o := rows[n].get(c.column)) is not None] if 0 <= n < len(rows) else []
            if len(pairs) >= _ROW:
                found.append({id(c): o.printed for c, o in pairs} | {id(o): c.printed for c, o in pairs})
        return found

    def _row_number(self, term: Term) -> int:
        numbers = self._at.get(id(term.statement))
        if numbers is None:
            numbers = self._at[id(term.statement)] = {id(row): n for n, row in enumerate(term.statement.rows)}
        return numbers[id(term.row)]


def _neighbours(term: Term, at: int) -> Iterator[tuple[Decimal, float]]:
    """The numbers beside one. A total of only one part naturally equals it, and so does a class of one item."""
    cells, column = term.row.cells, term.cell.column
    place = next(n for n, c in enumerate(cells) if c is term.cell)
    for n in (place - 1, place + 1):
        if 0 <= n < len(cells):
            yield cells[n].printed.value, _NATURAL if _whole(column, cells[n].column) else 1.0
    rows: tuple[Row, ...] = term.statement.rows
    for n in (at - 1, at + 1):
        cell = rows[n].get(column) if 0 <= n < len(rows) else None
        if cell is not None:
            yield cell.printed.value, _NATURAL if _contains(rows[n], term.row) else 1.0


def _whole(one: str, two: str) -> bool:
    """Whether one of two columns is the sum of the other and more."""
    return one in _SUMS or two in _SUMS or one.startswith(two) or two.startswith(one)


def _contains(one: Row, two: Row) -> bool:
    """Whether one of two rows is a total, or a class of the other."""
    a, b = one.code, two.code
    if not a or not b:
        return bool(a or b) or one.label in TOTALS or two.label in TOTALS
    return len(a) != len(b)
