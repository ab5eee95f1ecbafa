"""What is told from: the figures of the printed statements, of last year's disclosure and of the approved budget."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property

from mingzhang.codes import lookup
from mingzhang.disclosure import Disclosure, Row, Statement
from mingzhang.figures import scale
from mingzhang.forms import Book, load
from mingzhang.year.tell.amount import NOTHING, Amount, rounded
from mingzhang.year.tell.template import Named, Rows

_TOTALS = ("合计", "总计", "小计")
_TERM = re.compile(r"([+-]?)\s*([^\s+-][^+\s]*)")
_ITEM = 7
_MONEY = ("元", "千元", "万元", "百万元", "亿元")


@dataclass(frozen=True)
class Papers:
    """The statements of one disclosure, with the forms that name their lines. Values come out in 元."""

    statements: Mapping[str, Statement]
    book: Book

    @classmethod
    def of(cls, statements: Iterable[Statement], year: int, region: str) -> "Papers":
        first: dict[str, Statement] = {}
        for statement in statements:
            first.setdefault(statement.id, statement)
        return cls(first, load(year, region or None))

    def value(self, reference: str) -> Decimal | None:
        """The sum of ``F01/income_total/amount + …``; None where a term is not printed."""
        total = NOTHING
        for sign, term in _TERM.findall(reference):
            one = self._cell(*term.split("/"))
            if one is None:
                return None
            total += -one if sign == "-" else one
        return total

    def _cell(self, id: str, who: str, column: str) -> Decimal | None:
        statement = self.statements.get(id)
        if statement is None:
            return None
        printed = any(cell.column == column for _, cell in statement.cells())
        if not printed and statement.columns and column not in statement.columns:
            return None
        if statement.empty:
            return NOTHING
        rows = list(self._rows(statement, who, column))
        if not rows:
            return NOTHING if who.isdigit() else None
        cells = [cell for row in rows if (cell := row.get(column)) is not None]
        return sum((c.printed.value for c in cells), NOTHING) * scale(statement.unit)

    def _rows(self, statement: Statement, who: str, column: str) -> Iterator[Row]:
        """The rows that a reference names: a code (its items where the level itself is not printed), a line, a label."""
        if who.isdigit():
            levels = any(len(row.code) == _ITEM - 2 for row in statement.rows)
            by_items = self.functional(statement.id) and len(who) < _ITEM and not levels
            for row in statement.rows:
                item = len(row.code) == _ITEM and row.code.startswith(who)
                if item if by_items else row.code == who:
                    yield row
            return
        who, _, nth = who.partition(":")
        form = self.book.by_id.get(statement.id)
        at = form.by_column.get(column) if form is not None else None
        line = next((x for x in form.lines if x.id == who), None) if form is not None else None
        found = []
        for row in statement.rows:
            if at is not None and at.side and row.side and row.side != at.side:
                continue
            if line is not None:
                if line.side in ("", row.side) and line.matches(row.label):
                    found.append(row)
            elif not row.code and row.label == who:
                found.append(row)
        yield from found[int(nth or 1) - 1 : int(nth or 1)]

    def functional(self, id: str) -> bool:
        """Whether the codes of the statement are those of the functional classification."""
        form = self.book.by_id.get(id)
        return form is not None and form.codes == "functional"

    def labels(self, id: str) -> dict[str, str]:
        """Code to printed name."""
        statement = self.statements.get(id)
        return {r.code: r.label for r in statement.rows if r.code} if statement is not None else {}


@dataclass(frozen=True)
class Line:
    """One row that is listed: its words and figure; ``won`` is what SMEs won of a kind of procurement."""

    words: dict[str, str]
    amount: Amount | None
    won: Amount | None = None


@dataclass(frozen=True)
class Ground:
    """All printed figures that a text may speak of, in the unit and digits of the statements."""

    own: Papers
    last: Papers | None
    budget: Papers | None
    kind: str
    year: int

    @classmethod
    def of(
        cls,
        kind: str,
        year: int,
        region: str,
        own: Iterable[Statement],
        last: Disclosure | None,
        budget: Disclosure | None,
    ) -> "Ground":
        return cls(
            Papers.of(own, year, region),
            Papers.of(last.statements, last.year or year - 1, region) if last is not None else None,
            Papers.of(budget.statements, year, region) if budget is not None else None,
            kind,
            year,
        )

    @cached_property
    def shape(self) -> Amount:
        """An amount of nothing in the unit, digits and grouping that the statements print."""
        money = [s for s in self.own.statements.values() if s.unit in _MONEY]
        printed = [cell.printed for s in money for _, cell in s.cells()]
        decimals = max((p.decimals for p in printed), default=2)
        unit = next((s.unit for s in money), "万元")
        return Amount(NOTHING, unit, decimals, grouped=any("," in p.text for p in printed))

    def amount(self, yuan: Decimal | None) -> Amount | None:
        """An amount in 元 as the text prints it."""
        if yuan is None:
            return None
        shape = self.shape
        return replace(shape, value=rounded(yuan / scale(shape.unit), shape.decimals))

    def fen(self, fen: int) -> Amount:
        """An amount of the books as the text prints it."""
        shape = self.shape
        return replace(shape, value=rounded(Decimal(fen) / 100 / scale(shape.unit), shape.decimals))

    def named(self, named: Named, words: Mapping[str, str]) -> Amount | None:
        """The figure with last year's and the budget's; ``words`` fill the ``{code}`` of its references."""

        def first(papers: Papers | None, references: tuple[str, ...]) -> Amount | None:
            if papers is None:
                return None
            for reference in references:
                found = self.amount(papers.value(reference.format_map(words)))
                if found is not None:
                    return found
            return None

        now = first(self.own, named.at)
        if now is None:
            return None
        own = named.budget and named.budget[0][0] == named.at[0][0]
        return replace(
            now, last=first(self.last, named.at), budget=first(self.own if own else self.budget, named.budget)
        )

    def lines(self, rows: Rows) -> list[Line]:
        """What is listed, in the order of the codes or of the statement."""
        if rows.codes:
            found = self._codes(rows)
        elif rows.named:
            found = self._named(rows)
        else:
            found = self._parts(rows)
        return [line for line in found if rows.zeros or line.amount or (line.amount is not None and line.amount.budget)]

    def _codes(self, rows: Rows) -> list[Line]:
        papers = [(self.own, rows.codes)]
        if rows.budget and self.budget is not None:
            papers.append((self.budget, rows.budget))
        codes: set[str] = set()
        for paper, id in papers:
            for code in paper.labels(id):
                if len(code) >= rows.digits and (not paper.functional(id) or len(code) in (3, 5, 7)):
                    codes.add(code[: rows.digits])
        known = {code for paper, id in papers for code in paper.labels(id) if len(code) == _ITEM}
        if self.own.functional(rows.codes) and known:
            codes &= {code[: rows.digits] for code in known}
        at = (f"{rows.codes}/{{code}}/{rows.column}",)
        budget = (f"{rows.budget}/{{code}}/total",) if rows.budget else ()
        out = []
        for code in sorted(codes):
            if rows.starts and not code.startswith(rows.starts):
                continue
            words = {"code": code} | self.names(code, rows.codes)
            out.append(Line(words, self.named(Named(at, budget), words)))
        return out

    def names(self, code: str, id: str) -> dict[str, str]:
        """``label`` of a code, and ``class_name`` and ``section_name`` above it: as printed, else by the chart."""
        kind = "functional" if self.own.functional(id) else "economic"
        printed: dict[str, str] = {}
        for papers in (self.budget, self.own):
            for other in papers.statements if papers is not None else ():
                form = papers.book.by_id.get(other) if papers is not None else None
                if papers is not None and form is not None and form.codes == kind:
                    printed |= papers.labels(other)
        printed |= self.own.labels(id)

        def name(part: str) -> str:
            listed = printed.get(part) if len(part) != 3 or kind == "economic" or self._classified else None
            entry = lookup(kind, part, self.year) or lookup(kind, part)
            return listed or (entry.name if entry is not None else part)

        return {"label": name(code), "class_name": name(code[:3]), "section_name": name(code[:5])}

    @cached_property
    def _classified(self) -> bool:
        """Whether three digits are a class, not the code of a department."""
        id = "F05" if self.kind == "final" else "B05"
        return any(len(code) == 5 for code in self.own.labels(id))

    def _named(self, rows: Rows) -> list[Line]:
        statement = self.own.statements.get(rows.named)
        out = []
        for row in statement.rows if statement is not None else ():
            cell = row.get(rows.column)
            if row.code or row.label in _TOTALS or cell is None or statement is None:
                continue
            amount = self.amount(cell.printed.value * scale(statement.unit))
            out.append(Line({"label": row.label, "code": row.block}, amount))
        return out

    def _parts(self, rows: Rows) -> list[Line]:
        whole = self.own.value(rows.whole) if rows.whole else None
        for alternative in rows.parts:
            lines = [Line({"label": label, "code": ""}, self.named(Named((at,)), {})) for label, at in alternative]
            known = [line for line in lines if line.amount is not None]
            total = sum((line.amount.value for line in known if line.amount), NOTHING)
            wanted = self.amount(whole)
            if known and (not rows.whole or (wanted is not None and wanted.value == total)):
                return known
        return []
