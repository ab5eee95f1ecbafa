"""The steps of the county's year, each through the functions that a clerk's commands use. They need the ``office``."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from mingzhang.books import refusal
from mingzhang.books.accounts import Accounts
from mingzhang.books.intake import Records, Rejected
from mingzhang.demo import before, content, filled, goals
from mingzhang.disclosure import Disclosure, from_json
from mingzhang.performance.assess import Assessment, Incomplete
from mingzhang.performance.monitor import Progress, Rectification
from mingzhang.publish import every
from mingzhang.read import read
from mingzhang.year import Appraised, Closed, Refused, close

AUTHOR = "示例会计"
REFUSALS = (Rejected, refusal.Refused, Refused, Incomplete)
"""What the steps raise where the books, the import, the closing or the self-evaluation refuse."""


@dataclass(frozen=True, slots=True)
class Entered:
    """What came into the books in the year: entries imported and entered one by one, those that ``verify`` proved (the
    budget's, too), what was refused and in which words, the head of the chain and the first fault found (empty: none)."""

    imported: int
    singly: int
    proven: int
    refused: dict[str, str]
    hash: str
    fault: str


@dataclass(frozen=True, slots=True)
class Published:
    """One format of a disclosure: its file, what was read back of it, how many cells, indicators and figures of the text
    were written, and how many of each differ."""

    path: Path
    found: tuple[Disclosure, ...]
    counts: tuple[int, ...]
    differ: tuple[int, ...]

    @property
    def same(self) -> bool:
        return not any(self.differ)


DATABASE = "mingzhang-demo.sqlite3"


class Occupied(OSError):
    """The folder holds files that no demonstration made."""


def folder(out: Path) -> Path:
    """The folder, made where absent. Raises Occupied where it holds anything but what a demonstration left, OSError where it
    cannot be made."""
    out.mkdir(parents=True, exist_ok=True)
    if any(out.iterdir()) and not (out / DATABASE).exists():
        raise Occupied(str(out))
    return out


@contextmanager
def office(database: Path, fresh: bool = True) -> Iterator[None]:
    """Django on that database, ``fresh``: a new one in its place. The office's own files go into a folder for the time."""
    from mingzhang.office import setup

    kept = os.environ.get("MINGZHANG_HOME")
    with TemporaryDirectory() as home:
        os.environ["MINGZHANG_HOME"] = home
        try:
            if fresh:
                for tail in ("", "-wal", "-shm"):
                    database.with_name(database.name + tail).unlink(missing_ok=True)
            setup(database, migrate=fresh)
            yield
        finally:
            _leave(kept)


def _leave(kept: str | None) -> None:
    from django.db import connection

    connection.close()
    if kept is None:
        del os.environ["MINGZHANG_HOME"]
    else:
        os.environ["MINGZHANG_HOME"] = kept


def imported(records: Records, template: Path) -> int:
    """Fills in a template, reads it and enters it; the number of entries."""
    from mingzhang.books.intake import read, write
    from mingzhang.books.intake.enter import enter, known

    write(records, template)
    code = filled.department().code
    taken = read(template, known=known(code, filled.year()))
    enter(taken, filled.year(), author=AUTHOR, department=code)
    return len(taken.drafts)


def enter(template: Path) -> Entered:
    """Imports the year, keeps the goals of what it began, enters its last payments one by one, tries an overdraft, and
    proves the chain."""
    from mingzhang.books import ledger
    from mingzhang.books.closing import open_book
    from mingzhang.books.verify import verify

    many = imported(filled.second(), template)
    goals.promise(accounts(), AUTHOR)
    book, singly = open_book(filled.department().code, filled.year()), filled.last_payments()
    for draft in singly:
        ledger.append(book, [draft], author=AUTHOR)
    refused = {}
    try:
        ledger.append(book, [filled.overdraft()], author=AUTHOR)
    except refusal.Refused as found:
        refused = {lang: found.refusals[0].words(lang) for lang in ("zh", "en")}
    proof = verify(book)
    fault = proof.fault.words() if proof.fault else ""
    return Entered(many, len(singly), proof.entries, refused, proof.hash, fault)


def accounts() -> Accounts:
    """The year as the books hold it."""
    from mingzhang.books.tell import accounts as told

    return told(filled.department().code, filled.year())


def _fix(closed: Closed) -> None:
    """What was published stands in the books and fixes figures."""
    from mingzhang.books import registers
    from mingzhang.books.closing import open_book

    book = open_book(filled.department().code, filled.year())
    for d in closed.disclosures:
        registers.fix(book, f"{d.year} {d.kind} {d.publisher.unit_code} {d.publisher.scope}", d, author=AUTHOR)


def budget() -> Closed:
    """The approved budget with its goals; from then on it is published."""
    own = accounts()
    goals.promise(own, AUTHOR)
    closed = _closed(goals.appraised(own, "budget"), "budget")
    _fix(closed)
    return closed


def _closed(found: Appraised, kind: str) -> Closed:
    return found.joined(close(found.accounts, kind, found.evaluations))


def monitored() -> tuple[tuple[Progress, ...], tuple[Rectification, ...]]:
    """The lights in the middle of the year, and what each red one demands."""
    return goals.monitored(filled.department().code, filled.year(), AUTHOR)


def evaluate(evidence: Path) -> None:
    """The self-evaluations, the evidence in a folder."""
    goals.evaluate(accounts(), goals.evidence(evidence), AUTHOR)


def final() -> tuple[Closed, tuple[Assessment, ...]]:
    """The final accounts with the self-evaluations, last year's known; the book is closed."""
    from mingzhang.books.closing import close as shut
    from mingzhang.books.closing import open_book

    _fix(before.published())
    found = appraised()
    closed = _closed(found, "final")
    shut(open_book(found.accounts.department.code, found.accounts.year), author=AUTHOR)
    return closed, tuple(goals.assessments(found))


def appraised() -> Appraised:
    """What is kept of the year's performance, as its final accounts take it."""
    return goals.appraised(accounts(), "final")


def publish(disclosure: Disclosure, folder: Path) -> tuple[Published, ...]:
    """Writes every format and reads each back."""
    return tuple(_back(disclosure, path) for path in every(disclosure, folder))


def _back(disclosure: Disclosure, path: Path) -> Published:
    """A document is read; of data the disclosure.json beside it is."""
    if path.suffix == ".json":
        own = path.with_name("disclosure.json") if path.name == "datapackage.json" else path
        found: tuple[Disclosure, ...] = (from_json(own.read_text("utf-8")),)
    else:
        found = tuple(read([path]))
    return Published(path, found, content.counts(disclosure), content.differ(disclosure, found))
