"""One import from a file or a disclosure into the books: what the commands and the workbench call."""

from dataclasses import dataclass, replace
from pathlib import Path

from django.db import transaction

from mingzhang.books import registers, tell
from mingzhang.books.draft import Draft, Line
from mingzhang.books.intake.approved import approved
from mingzhang.books.intake.enter import Entered, enter, known
from mingzhang.books.intake.fault import ALL, Fault, Rejected
from mingzhang.books.intake.layout import Template
from mingzhang.books.intake.openings import openings
from mingzhang.books.intake.published import Told
from mingzhang.books.intake.records import Known
from mingzhang.books.intake.take import take
from mingzhang.books.models import Block, Book
from mingzhang.disclosure import Disclosure

_KINDS = {"final": ("opening",), "budget": ("approval", "carried")}


@dataclass(frozen=True, slots=True)
class Brought:
    """What an import did, what is to be said of the file (``notices``), and what the clerk must still fill in: ``open`` in
    words, ``gaps`` as rows of the template."""

    entered: Entered
    notices: tuple[Fault, ...] = ()
    open: tuple[Fault, ...] = ()
    gaps: tuple[Draft, ...] = ()


def bring(
    path: Path,
    *,
    author: str,
    year: int | None = None,
    department: str = "",
    of: Template | None = None,
    lang: str = "zh",
) -> Brought:
    """Imports a filled template. Raises Unreadable, Rejected with every reason (nothing is entered then)."""
    have = known(department, year)
    taken = take(path, year, have, of, lang)
    year = year or taken.records.year
    if year is None:
        raise Rejected([*taken.faults, Fault(path.name, 0, "", "", "year_missing")])
    own = have.department.code if have.department else department
    entered = enter(taken.records, year, author=author, department=own, faults=taken.faults)
    return Brought(entered, taken.notices)


def bring_published(
    disclosure: Disclosure, *, author: str, year: int, department: str = "", unit: str = "", document: str = ""
) -> Brought:
    """Imports last year's final accounts as opening balances, or this year's approved budget as budget lines, and keeps the
    document with the book, so that its figures stand. Raises Rejected."""
    have = known(department, year)
    if have.department is None:
        raise Rejected([Fault(ALL, 0, "", "", "department_missing")])
    code = have.department.code
    told = _told(disclosure, year, have, code, unit, document, _stands(code, year, _KINDS.get(disclosure.kind, ())))
    again = _again(code, year, disclosure, have, unit, document)
    if isinstance(told, Rejected):
        if again is None:
            raise told
        told = again
    with transaction.atomic():
        entered = enter(told.records, year, author=author, department=code)
        fixed = _fix(entered.book, disclosure, author)
    changed = entered.registered | {"published": int(fixed)}
    return Brought(replace(entered, registered=changed), open=told.open, gaps=told.gaps)


def _told(
    disclosure: Disclosure, year: int, have: Known, code: str, unit: str, document: str, stands: dict[Line, int]
) -> Told | Rejected:
    read = openings if disclosure.kind == "final" else approved
    try:
        return read(disclosure, year, have, stands, unit, document)
    except Rejected as rejected:
        return rejected


def _again(code: str, year: int, disclosure: Disclosure, have: Known, unit: str, document: str) -> Told | None:
    """What the document says to an empty book, where exactly that was imported before."""
    told = _told(disclosure, year, have, code, unit, document, {})
    if isinstance(told, Rejected):
        return None
    stands = Block.objects.filter(book__department=code, book__year=year, key=told.records.key).exists()
    return told if stands else None


def _stands(code: str, year: int, kinds: tuple[str, ...]) -> dict[Line, int]:
    """What the book has in entries of some kinds, fen by line; nothing where there is no book."""
    book = Book.objects.filter(department=code, year=year).first()
    found: dict[Line, int] = {}
    for (line, kind), fen in (tell.sums(book) if book else {}).items():
        if kind in kinds:
            own = line.means if "opening" in kinds else line
            found[own] = found.get(own, 0) + fen
    return {line: fen for line, fen in found.items() if fen}


def _fix(book: Book, disclosure: Disclosure, author: str) -> bool:
    """Keeps the document with the book, where it is not kept already."""
    publisher = disclosure.publisher.name
    if any(disclosure == kept for kept in registers.told(book)["published"]):
        return False
    registers.fix(book, f"{disclosure.kind} {disclosure.year} {publisher}"[:200], disclosure, author=author)
    return True
