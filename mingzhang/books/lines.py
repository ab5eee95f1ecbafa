"""What stands on the lines of a book, and its entries, as values to show."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from mingzhang.books.draft import Line
from mingzhang.books.law import limits, sources
from mingzhang.books.ledger import line_of
from mingzhang.books.models import Balance, Book, BudgetLine, Entry, Means
from mingzhang.books.models.ledger import SPAN


@dataclass(frozen=True, slots=True)
class Stand:
    """A line by its number, its quantities in fen (``law.QUANTITIES``), the means of its unit, source and item, and what
    can be paid from it: the least that any limit leaves."""

    number: int
    line: Line
    quantities: dict[str, int]
    means: int
    available: int


@dataclass(frozen=True, slots=True)
class Posted:
    """An entry of a book: its number and leg, its block's number and author, and the number it takes back or 0."""

    number: int
    leg: int
    block: int
    author: str
    kind: str
    line: Line
    amount: int
    date: date
    document: str
    words: str
    reverses: int
    reversed: bool


def lines(book: Book) -> list[Stand]:
    """Every line with a budget or payments, by unit, source, item."""
    rows = {row.pk: line_of(row) for row in BudgetLine.objects.filter(book=book)}
    means = {rows[m.line_id]: m.left for m in Means.objects.filter(line__book=book)}
    found = []
    for balance in Balance.objects.filter(line__book=book):
        line, quantities = rows[balance.line_id], balance.quantities()
        if line.use:
            left = means.get(line.means, 0)
            found.append(Stand(balance.line_id, line, quantities, left, available(line, quantities, left)))
    return sorted(found, key=lambda s: s.line)


def available(line: Line, quantities: dict[str, int], means: int) -> int:
    """What can be paid from a line, fen: the least that the limits on payments (``data/rules.toml``) leave."""
    known = quantities | {"means": means}
    kind = sources()[line.source]["kind"]
    left = [means]
    for limit in limits():
        if "paid" in limit.left and limit.sources in ("", kind):
            left.append(sum(known[q] for q in limit.right) - sum(known[q] for q in limit.left))
    return max(0, min(left))


def line(book: Book, number: int) -> Line:
    """The line of that number. Raises BudgetLine.DoesNotExist."""
    return line_of(BudgetLine.objects.get(book=book, pk=number))


def entries(
    book: Book, *, kind: str = "", number: int = 0, first: date | None = None, last: date | None = None
) -> Iterator[Posted]:
    """The entries of a book in their order; only of a kind, of a line (by number), or between two days."""
    span = (book.pk * SPAN, (book.pk + 1) * SPAN)
    rows = Entry.objects.filter(id__range=span).select_related("line", "block").order_by("pk")
    if kind:
        rows = rows.filter(kind=kind)
    if number:
        rows = rows.filter(line_id=number)
    if first:
        rows = rows.filter(date__gte=first)
    if last:
        rows = rows.filter(date__lte=last)
    gone = set(Entry.objects.filter(id__range=span).exclude(reverses=None).values_list("reverses_id", flat=True))
    for row in rows.iterator(chunk_size=5000):
        yield Posted(
            row.number, row.leg, row.block.number, row.block.author, row.kind, line_of(row.line), row.amount, row.date,
            row.document, row.words, (row.reverses_id or 0) % SPAN, row.pk in gone,
        )  # fmt: skip
