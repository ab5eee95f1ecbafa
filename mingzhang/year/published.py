"""What is published already and fixes figures: last year's closing is this year's opening, the approved budget its budget."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from mingzhang.disclosure import Cell, Disclosure, Publisher, Row
from mingzhang.figures import scale
from mingzhang.forms import Book
from mingzhang.forms.fill import APPROPRIATION, Plan
from mingzhang.year.closed import Refusal
from mingzhang.year.sound import money, yuan

_FUNDS = ("F07", "F08")
_DIGITS = 2


@dataclass(frozen=True, slots=True)
class Known:
    """A figure that is published: where it goes now (statement, row, column), its fen, and the last digit it was printed with."""

    statement: str
    row: int
    column: str
    set: int
    fen: int
    digit: int
    words: str
    en: str


def of(published: Iterable[Disclosure], publisher: Publisher, kind: str, year: int) -> Disclosure | None:
    """The disclosure of that publisher, kind and year."""
    for found in published:
        if found.kind != kind or found.year != year or (found.publisher.scope or "department") != publisher.scope:
            continue
        other = found.publisher
        if (other.unit_code and other.unit_code == publisher.unit_code) or other.name == publisher.name:
            return found
    return None


def _fen(cell: Cell | None, unit: str) -> tuple[int, int]:
    """The amount of a cell and of its last digit, in fen; nothing where nothing is printed."""
    fen = int(scale(unit) * 100)
    if cell is None:
        return 0, fen // 100
    return int(cell.printed.value * fen), max(1, int(Decimal(fen).scaleb(-cell.printed.decimals)))


def opening(last: Disclosure, plans: Mapping[str, Plan], book: Book) -> Iterator[Known]:
    """The opening balances of F01, F04, F07 and F08 as last year's statements closed."""
    words, en = f"{last.year}年决算的年末结转和结余", f"the closing balance of {last.year}"
    for id, columns in (("F01", ("amount",)), ("F04", ("total", *APPROPRIATION))):
        before = last.statement(id)
        line = next(x for x in book.by_id[id].lines if x.id == "closing")
        closed = next((r for r in before.rows if r.side == "expenditure" and line.matches(r.label)), None) if before else None
        if before is None or closed is None:
            continue
        for column, (number, set) in zip(columns, _openings(id, plans[id], book), strict=False):
            yield Known(id, number, "amount", set, *_fen(closed.get(column), before.unit), words, en)
    for id in _FUNDS:
        before = last.statement(id)
        if before is None or "opening" not in plans[id].columns or (before.columns and "closing" not in before.columns):
            continue
        closing: dict[str, Row] = {row.code: row for row in before.rows}
        for number, planned in enumerate(plans[id].rows):
            row = closing.pop(planned.code, None)
            cell = row.get("closing") if row is not None else None
            yield Known(id, number, "opening", planned.sets["opening"], *_fen(cell, before.unit), words, en)
        for code, row in closing.items():
            if (cell := row.get("closing")) is not None and cell.printed.value:
                yield Known(id, -1, "opening", 0, *_fen(cell, before.unit), f"{words}（{code} {row.label}）", f"{en}, {code}")


def _openings(id: str, plan: Plan, book: Book) -> Iterator[tuple[int, int]]:
    """(row, set) of the opening line, and of the lines of each budget under it."""
    line = next(x for x in book.by_id[id].lines if x.id == "opening")
    start = next(n for n, row in enumerate(plan.rows) if row.side == "income" and line.matches(row.label))
    for number in range(start, min(start + 1 + len(APPROPRIATION), len(plan.rows))):
        yield number, plan.rows[number].sets["amount"]


def approved(budget: Disclosure, plans: Mapping[str, Plan], general: int, adjusted: int) -> Iterator[Known]:
    """The budget columns of F09 as B09 printed them, where nothing but the general budget pays and nothing was adjusted."""
    before = budget.statement("B09")
    if before is None:
        return
    amounts = {row.label: row.get("budget") for row in before.rows}
    for number, row in enumerate(plans["F09"].rows):
        for column in ("initial_budget", "budget"):
            set = row.sets.get(column)
            if set is None or row.label not in amounts or set & ~general or set & adjusted:
                continue
            words, en = f"{budget.year}年批准的“三公”经费预算", f"the approved three-public budget of {budget.year}"
            yield Known("F09", number, column, set, *_fen(amounts[row.label], before.unit), words, en)


def contradictions(known: Iterable[Known], true: Mapping[int, int], name: str, code: str) -> Iterator[Refusal]:
    """The books' figures that are not the published ones, by two units of the last printed digit or more."""
    seen: set[tuple[int, int]] = set()
    for figure in known:
        books = true.get(figure.set, 0)
        if abs(books - figure.fen) < _DIGITS * figure.digit or (figure.set, figure.fen) in seen:
            continue
        seen.add((figure.set, figure.fen))
        gap = books - figure.fen
        yield Refusal(
            f"{name} {figure.statement}：账面{yuan(books)}，与{figure.words}{yuan(figure.fen)}相差{yuan(gap)}。"
            "先按已公开数调整年初数或预算数，或更正已公开的数字并说明，再结账",
            f"{code} {figure.statement} {figure.column}: the books have {money(books)} yuan, {figure.en} was published as "
            f"{money(figure.fen)}; adjust the opening balance or the budget, or correct what was published, before closing",
        )
