"""One amount, one figure: performance tables print what the statements print, where rounding tells them apart."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from mingzhang.disclosure import Evaluation, Indicator, NotANumber, Printed, Statement
from mingzhang.forms import Book

_LAST = Decimal("0.01")


def agreed(evaluation: Evaluation, statements: Sequence[Statement], book: Book) -> Evaluation:
    """The table with its amount as the statement prints it (B12, B01, F01), where they differ by one unit of the last digit.

    Controlled rounding may print the floor where a table by itself would print
    the ceiling. A larger difference is left to be seen.
    """
    if not evaluation.indicators:
        return evaluation
    money = evaluation.indicators[0]
    field = "target" if evaluation.kind.startswith("goal") else "actual"
    figure = _figure(evaluation, statements, book)
    mine = _printed(getattr(money, field))
    if figure is None or mine is None or mine.value == figure.value or abs(mine.value - figure.value) > _LAST:
        return evaluation
    first = _with(money, field, figure.value)
    return replace(evaluation, indicators=(first, *_moved(evaluation, field, figure.value - mine.value)))


def _moved(evaluation: Evaluation, field: str, step: Decimal) -> Sequence[Indicator]:
    """The rows after the first; the largest of the sources takes the difference, so that they still add up."""
    rows = list(evaluation.indicators[1:])
    funds = evaluation.indicators[0].level1
    figures = [_printed(getattr(row, field)) if row.level1 == funds else None for row in rows]
    parts = [(figure.value, n) for n, figure in enumerate(figures) if figure is not None]
    if parts:
        value, n = max(parts)
        rows[n] = _with(rows[n], field, value + step)
    return rows


def _with(row: Indicator, field: str, value: Decimal) -> Indicator:
    text = f"{value:.2f}"
    return replace(row, target=text) if field == "target" else replace(row, actual=text)


def _figure(evaluation: Evaluation, statements: Sequence[Statement], book: Book) -> Printed | None:
    if evaluation.kind == "goal_project":
        return _row(statements, book, "B12", "total", label=evaluation.project)
    if evaluation.kind == "goal_whole":
        return _row(statements, book, "B01", "amount", line="income_grand")
    if evaluation.kind == "self_whole":
        return _row(statements, book, "F01", "amount", line="expenditure_total")
    return None


def _row(
    statements: Sequence[Statement], book: Book, id: str, column: str, label: str = "", line: str = ""
) -> Printed | None:
    """The figure of the one row with that label or line, where the statement is in 万元."""
    statement = next((s for s in statements if s.id == id and s.unit == "万元"), None)
    if statement is None:
        return None
    wanted = next((x for x in book.by_id[id].lines if x.id == line), None)
    rows = [r for r in statement.rows if (wanted.matches(r.label) if wanted else r.label == label)]
    cell = rows[0].get(column) if len(rows) == 1 else None
    return cell.printed if cell is not None else None


def _printed(text: str) -> Printed | None:
    try:
        return Printed.parse(text)
    except NotANumber:
        return None
