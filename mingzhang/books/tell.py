"""A book as plain values: the sums of its entries, for whoever makes the budget or the final accounts of them."""

from collections import defaultdict
from datetime import date

from django.db.models import Sum

from mingzhang.books import registers
from mingzhang.books.accounts import Accounts, Paid
from mingzhang.books.draft import Line
from mingzhang.books.law import kinds, uses
from mingzhang.books.ledger import line_of
from mingzhang.books.models import Book, BudgetLine
from mingzhang.books.models import Entry as Stored
from mingzhang.forms.fill import Entry

_LEFT = {"opening": 1, "income": 1, "use_surplus": 1, "distribution": -1, "spent": -1}


def accounts(department: str, year: int, day: date | None = None) -> Accounts:
    """The year of a department (by code) up to a ``day``, amounts summed by the database. Raises Book.DoesNotExist.

    Income of appropriation is what was allotted less what was withdrawn, of
    other sources what was entered as income. ``closing`` is, of each unit,
    source and item, opening + income + use of surplus − expenditure −
    distribution, whether the book is closed or not.
    """
    book = Book.objects.get(department=department, year=year)
    own, units = registers.organisations(department)
    entries = flows(sums(book, day))
    if any(e.unit == department for e in entries) or not units:
        units = (own, *units)
    told = registers.told(book)
    return Accounts(own, units, year, entries, projects=registers.projects(department, year), **told)


def sums(book: Book, day: date | None = None) -> dict[tuple[Line, str], int]:
    """What was entered on each line in each kind up to a ``day``, fen, what was taken back deducted; by the order of the
    lines."""
    lines = {row.pk: line_of(row) for row in BudgetLine.objects.filter(book=book)}
    rows = (
        Stored.objects.filter(line__in=BudgetLine.objects.filter(book=book), **({"date__lte": day} if day else {}))
        .order_by()
        .values_list("line_id", "kind")
        .annotate(total=Sum("amount"))
    )
    found = {(lines[line], kind): int(total) for line, kind, total in rows}
    return dict(sorted(found.items()))


def flows(sums: dict[tuple[Line, str], int]) -> tuple[Entry, ...]:
    """The sums of lines and kinds as entries of the accounts; of each line and flow one, none of zero."""
    added: dict[tuple[str, Line], int] = defaultdict(int)
    left: dict[Line, int] = defaultdict(int)
    for (line, id), amount in sums.items():
        kind = kinds()[id]
        if kind.flow == "closing":
            continue
        signed = kind.sign * amount
        left[line.means] += _LEFT.get(kind.flow, 0) * signed
        flow = uses()[line.use]["flow"] if kind.flow == "spent" else kind.flow
        added[flow, line if kind.grain == "line" else line.means] += signed
    for line, amount in left.items():
        added["closing", line] += amount
    return tuple(
        Entry(
            amount,
            line.item,
            line.source,
            flow,
            line.use,
            line.unit,
            line.economic,
            line.government,
            line.project,
            line.appropriation,
        )
        for (flow, line), amount in added.items()
        if amount
    )


def payments(department: str, year: int) -> tuple[Paid, ...]:
    """What was paid in a department's year by project, source and day, in their order; nothing where there is no book."""
    signs = {id: kind.sign for id, kind in kinds().items() if kind.flow == "spent"}
    rows = (
        Stored.objects.filter(
            line__book__department=department, line__book__year=year, kind__in=signs
        )
        .order_by()
        .values_list("line__project", "line__source", "date", "kind")
        .annotate(total=Sum("amount"))
    )
    found: dict[tuple[str, str, date], int] = defaultdict(int)
    for project, source, day, kind, total in rows:
        found[project, source, day] += signs[kind] * int(total)
    return tuple(Paid(*key, amount) for key, amount in sorted(found.items()) if amount)
