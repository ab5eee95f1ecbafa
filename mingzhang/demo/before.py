"""What the county published for the year before, as far as this year is compared with it (before.toml)."""

from mingzhang.books.accounts import Accounts
from mingzhang.demo import filled
from mingzhang.demo.data import data, fen
from mingzhang.forms.fill import Entry
from mingzhang.year import Closed, close


def accounts() -> Accounts:
    """The books of the year before: everything that came in was spent."""
    told = data("before")
    spent = [
        Entry(fen(amount), item, source, kind, unit=unit, economic=economic)
        for unit, item, economic, kind, source, amount in told["rows"]
    ]
    came = [Entry(e.amount, e.item, e.source, "income", unit=e.unit) for e in spent]
    office = filled.units()[0].code
    item = next(e.item for e in spent if e.economic == told["three_public"][0][0])
    planned = [
        Entry(fen(amount), item, "general", "year", "basic_goods", unit=office, economic=economic)
        for economic, amount in told["three_public"]
    ]
    return Accounts(filled.department(), filled.units(), told["year"], (*spent, *came, *planned))


def published() -> Closed:
    """The final accounts of the year before, of the department and its units; their text says only what figures say."""
    return close(accounts(), "final")
