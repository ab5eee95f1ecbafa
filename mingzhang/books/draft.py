"""What a clerk wants to enter, before it is admitted: drafts on lines. Amounts in fen."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple


class Line(NamedTuple):
    """A budget line: unit × source × functional item × economic items × project × use; the words of ``forms.fill.Entry``.

    Empty where the books do not go so deep: what comes in has only unit, source and item.
    """

    unit: str
    source: str
    item: str
    economic: str = ""
    government: str = ""
    project: str = ""
    use: str = ""
    appropriation: bool = True

    @property
    def means(self) -> "Line":
        """The line without what only expenditure has: whose means they are."""
        return Line(self.unit, self.source, self.item, appropriation=self.appropriation)

    def __str__(self) -> str:
        return " / ".join(str(part) for part in self[:-1] if part)


@dataclass(frozen=True, slots=True)
class Draft:
    """One amount that is to be entered on a line.

    ``kind`` is a kind of ``data/kinds.toml``; ``amount`` is positive (of a
    virement: negative where the money comes from). Drafts that follow each
    other with the same ``voucher`` are legs of one voucher and stand or fall
    together. ``consent`` is the number of a document that allows what needs
    one (a virement between personnel and public expenses).
    """

    kind: str
    line: Line
    amount: int
    date: date
    document: str
    words: str = ""
    voucher: str = ""
    consent: str = ""
