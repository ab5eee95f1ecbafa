"""Proving a book: its chain, entry by entry, and its balances. The first fault is named."""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.db import connection, transaction

from mingzhang.books import chain, store
from mingzhang.books.control import Quantities, nothing
from mingzhang.books.law import QUANTITIES, kinds
from mingzhang.books.ledger import line_of
from mingzhang.books.models import Balance, Book, BudgetLine, Means
from mingzhang.books.models.ledger import SPAN

_WORDS = {
    "entry": ("第 {entry} 号分录与记账时不同", "entry {entry} is not what was entered"),
    "missing": ("第 {entry} 号分录缺失", "entry {entry} is missing"),
    "extra": ("第 {entry} 号分录不在链上", "entry {entry} is not in the chain"),
    "rows": (
        "第 {block} 块里的分录（第 {entry} 号起）被一起改过",
        "the entries of block {block} (from {entry}) were changed together",
    ),
    "block": ("第 {block} 块（第 {entry} 号起）与记账时不同", "block {block} (from entry {entry}) is not what was entered"),
    "no_block": ("第 {block} 块（第 {entry} 号起）缺失", "block {block} (from entry {entry}) is missing"),
    "head": ("账簿的链头与最后一块不符（第 {entry} 号之后）", "the head of the book does not follow its last block (after entry {entry})"),
    "closed": ("账簿的结账标志与链不符", "the book's closing is not what its chain says"),
    "balance": ("{line} 的余额与分录合计不符：{quantity}", "the balance of {line} is not the sum of its entries: {quantity}"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Fault:
    """What does not hold: ``entry`` and ``block`` are numbers in the book, 0 where there is none."""

    what: str
    entry: int = 0
    block: int = 0
    line: str = ""
    quantity: str = ""

    def words(self, lang: str = "zh") -> str:
        """The fault as a clerk reads it; ``lang`` is ``zh`` or ``en``."""
        return _WORDS[self.what][lang != "zh"].format(
            entry=self.entry, block=self.block, line=self.line, quantity=self.quantity
        )


@dataclass(frozen=True, slots=True)
class Proof:
    """What was proven of a book: ``hash`` is the head of the chain, worth noting elsewhere. No ``fault``: all holds."""

    entries: int
    blocks: int
    hash: str
    fault: Fault | None = None


def verify(book: Book) -> Proof:
    """Recomputes the chain of a book and the sums of its entries, and names the first fault.

    Finds any stored value of an entry or block that was changed, removed,
    added or put elsewhere. Who can write to the database can forge the whole
    chain anew; that is found only by whoever noted ``hash`` elsewhere.
    """
    outermost = not connection.in_atomic_block
    with transaction.atomic():
        if connection.vendor == "postgresql" and outermost:
            # One snapshot for all statements, so that nobody who writes has to wait.
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        try:
            book = Book.objects.get(pk=book.pk)
        except (ValueError, TypeError):  # a date that is none
            return Proof(0, 0, "", Fault("head"))
        if not (isinstance(book.blocks, int) and isinstance(book.entries, int)):
            return Proof(0, 0, "", Fault("head"))
        walk = _Walk(book)
        fault = walk.chain() or next(_balances(book, walk.sums), None)
    return Proof(walk.entries, walk.blocks, walk.hash.hex(), fault)


def _bytes(stored: object) -> bytes:
    """A stored hash; nothing of what is none (SQLite takes a value of any type into any column)."""
    return bytes(stored) if isinstance(stored, bytes | memoryview) else b""


class _Walk:
    """One pass over blocks and entries, adding up what the entries move."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.entries = self.blocks = 0
        self.hash = chain.book_hash(book.department_id, book.year, book.first, book.last, book.standards)
        self.sums: dict[tuple[int, str], int] = {}
        rows = BudgetLine.objects.filter(book=book)
        self.lines = {row.pk: chain.line_content(line_of(row)) for row in rows}

    def chain(self) -> Fault | None:
        book, base = self.book, self.book.pk * SPAN
        rows = store.entries(book.pk)
        acts = ["open"]
        for id, owner, act, first, count, author, time, key, digest, hash in store.blocks(book.pk):
            number = self.blocks + 1
            if id != base + number:
                return Fault("no_block", self.entries + 1, number)
            if (
                owner != book.pk
                or first != self.entries + 1
                or not isinstance(count, int)
                or self.entries + count > book.entries
            ):
                return Fault("block", self.entries + 1, number)
            fault, whole = self._rows(rows, base, id, count)
            if fault:
                return fault
            if whole != _bytes(digest):
                return Fault("rows", first, number)
            own = chain.block_hash(self.hash, number, act, first, count, author, time, key, whole)
            if own != _bytes(hash):
                return Fault("block", first, number)
            self.hash, self.blocks = own, number
            acts.append(act)
        if self.blocks < book.blocks:
            return Fault("no_block", self.entries + 1, self.blocks + 1)
        if (extra := next(rows, None)) is not None:
            return Fault("extra", extra[0] - base)
        if (self.blocks, self.entries, self.hash) != (book.blocks, book.entries, _bytes(book.hash)):
            return Fault("head", self.entries, self.blocks)
        if (book.closed_at is not None) != (acts[-1] == "close") or "close" in acts[:-1]:
            return Fault("closed")
        return None

    def _rows(self, rows: Iterator[tuple[Any, ...]], base: int, block: int, count: int) -> tuple[Fault | None, bytes]:
        whole, lines, sums, book = sha256(), self.lines, self.sums, block - base
        for ordinal in range(count):
            row = next(rows, None)
            number = self.entries + 1
            if row is None or row[0] != base + number:
                return Fault("missing", number, book), b""
            _, owner, leg, line, kind, amount, date, document, words, consent, reverses, digest = row
            back = reverses - base if isinstance(reverses, int) else 0 if reverses is None else reverses
            made = chain.entry_digest(
                ordinal, leg, kind, lines.get(line, ""), amount, date, document, words, consent, back
            )
            if owner != block or made != _bytes(digest):
                return Fault("entry", number, book), b""
            whole.update(made)
            sums[line, kind] = sums.get((line, kind), 0) + amount
            self.entries = number
        return None, whole.digest()


def _balances(book: Book, sums: dict[tuple[int, str], int]) -> Iterator[Fault]:
    """The balances and means that are not the sums of the entries."""
    rows = {row.pk: line_of(row) for row in BudgetLine.objects.filter(book=book)}
    keys = {line: pk for pk, line in rows.items()}
    own: dict[int, Quantities] = {pk: nothing() for pk in rows}
    means = dict.fromkeys(rows, 0)
    for (pk, kind), amount in sums.items():
        for quantity, sign in kinds()[kind].moves:
            if quantity == "means":
                if rows[pk].means not in keys:
                    yield Fault("balance", line=str(rows[pk].means), quantity="means")
                    return
                means[keys[rows[pk].means]] += sign * amount
            else:
                own[pk][quantity] += sign * amount
    stored = {b.pk: b.quantities() for b in Balance.objects.filter(line__book=book)}
    left = dict(Means.objects.filter(line__book=book).values_list("line_id", "left"))
    for pk, line in rows.items():
        for quantity in QUANTITIES:
            if stored.get(pk, nothing())[quantity] != own[pk][quantity]:
                yield Fault("balance", line=str(line), quantity=quantity)
        if left.get(pk, 0) != means[pk]:
            yield Fault("balance", line=str(line), quantity="means")
