"""Which printed numbers of a disclosure are totals of which others of their statement, by the identities of the forms."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from mingzhang.disclosure import Disclosure, Row
from mingzhang.figures import Constraint, Ledger, Sheet, Term, constraints
from mingzhang.figures.tree import children
from mingzhang.forms import Book, Identity

Spot = tuple[int, str]
"""A number by the ``id`` of its row and its column."""

_SUMS = ("columns", "lines", "levels", "numbered")


@dataclass(frozen=True, slots=True)
class Total:
    """A number that is the sum of ``plus`` less ``less``; ``off`` is by how much the printed digits miss it.

    Parts may be numbers that are not printed and count as nothing; ``words`` is the identity in words.
    """

    plus: tuple[Spot, ...]
    less: tuple[Spot, ...]
    words: str
    off: Decimal


def totals(disclosure: Disclosure, book: Book) -> dict[Spot, list[Total]]:
    """For every total the sums that it stands for, those that hold exactly in the printed digits first."""
    ledger = Ledger(disclosure, book)
    sheets = {id(sheet.statement): sheet for sheet in ledger.sheets}
    lines: dict[tuple[str, int], dict[int, Row]] = {}
    sums = [c for c in constraints(disclosure, book, ledger) if c.axis in _SUMS and c.relation == "=" and not c.doubt]
    for law in sums:
        if law.axis != "columns":
            named = lines.setdefault((law.id, id(law.left[0].row)), {})
            named |= {id(t.row): t.row for t in law.right if t.sign > 0}
    trees = {key: {id(head): rows for head, rows in children(sheet)} for key, sheet in sheets.items()}
    found: dict[Spot, list[Total]] = {}
    for law in sums:
        head = law.left[0]
        sheet = sheets[id(head.statement)]
        identity = _identity(sheet, law)
        rows = [*lines.get((law.id, id(head.row)), {}).values(), *_blank_rows(sheet, law, identity, trees)]
        found.setdefault((id(head.row), head.cell.column), []).append(_total(law, head, identity, rows))
    return {spot: sorted(several, key=lambda t: t.off != 0) for spot, several in found.items()}


def _identity(sheet: Sheet, law: Constraint) -> Identity | None:
    return next((i for i in sheet.form.identities if i.id == law.id), None) if sheet.form is not None else None


def _blank_rows(
    sheet: Sheet, law: Constraint, identity: Identity | None, trees: dict[int, dict[int, list[Row]]]
) -> Iterator[Row]:
    """Rows that are parts of the total although they print nothing."""
    if law.axis == "levels" and not law.others:
        yield from trees[id(sheet.statement)].get(id(law.left[0].row), ())
    elif law.axis == "lines" and identity is not None:
        for name in identity.parts:
            if not name.startswith("*"):
                yield from sheet.rows(name, identity.side)


def _total(law: Constraint, head: Term, identity: Identity | None, rows: list[Row]) -> Total:
    """The sum of the side that fits best, with the parts that are blank."""
    column = head.cell.column
    side = min(law.sides, key=lambda terms: abs(_sum(terms) - head.cell.printed.value))
    plus = [(id(t.row), t.cell.column) for t in side if t.sign > 0]
    less = [(id(t.row), t.cell.column) for t in side if t.sign < 0]
    if side is law.right and law.axis == "columns" and identity is not None:
        plus += [(id(head.row), c) for c in identity.parts if head.row.get(c) is None]
    elif side is law.right:
        plus += [(id(r), column) for r in rows if r.get(column) is None and r is not head.row]
    unique = tuple(dict.fromkeys(plus))
    return Total(unique, tuple(less), law.words, head.cell.printed.value - _sum(side))


def _sum(terms: tuple[Term, ...]) -> Decimal:
    return sum((t.cell.printed.value * t.sign for t in terms), Decimal(0))
