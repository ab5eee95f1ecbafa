"""Three-public expenses and running expenses: which entries they are, by their economic codes."""

from collections.abc import Sequence

from mingzhang.forms.book import Book
from mingzhang.forms.fill.plan import PlannedRow
from mingzhang.forms.fill.sets import Sets
from mingzhang.forms.fill.whose import Member

_SUMS = {"vehicles": ("purchase", "operation"), "total": ("abroad", "purchase", "operation", "reception")}


def items(sets: Sets, book: Book) -> dict[str, int]:
    """The entries of each line of F09 and B09 (abroad, vehicles, purchase, operation, reception, total)."""
    found = {id: sets.economic(*codes) for id, codes in book.filling.items.items()}
    for id, parts in _SUMS.items():
        found[id] = 0
        for part in parts:
            found[id] |= found[part]
    return found


def rows(form: str, sets: Sets, book: Book, columns: dict[str, int]) -> list[PlannedRow]:
    """The lines of F09 or B09, each column cut to the entries of the line."""
    every = items(sets, book)
    lines = [line for line in book.by_id[form].lines if line.id in every]
    return [PlannedRow(line.name, {c: set & every[line.id] for c, set in columns.items()}) for line in lines]


def office(sets: Sets, book: Book, public: int, members: Sequence[Member]) -> int:
    """The running expenses: of the ``public`` expenses those of units that running expenses are told of."""
    return public & sets.unit(*(m.unit for m in members if m.nature in book.filling.running))
