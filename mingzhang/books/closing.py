"""Opening a book, closing it, and carrying what is left into the next."""

from datetime import MAXYEAR, MINYEAR, date

from django.db import transaction

from mingzhang.books import chain, tell
from mingzhang.books.draft import Draft, Line
from mingzhang.books.ledger import Receipt, append, legs, line_of, write
from mingzhang.books.models import Book, Entry, Means, Organisation
from mingzhang.books.models.ledger import SPAN
from mingzhang.books.refusal import Refusal, Refused

STANDARDS = "政府会计准则制度"


def open_book(department: str, year: int, standards: str = STANDARDS) -> Book:
    """The book of a department (by code) and year, made where there is none.

    The year is the calendar year (预算法第十八条). Raises Organisation.DoesNotExist, ValueError for a year that is none.
    """
    if not MINYEAR <= year <= MAXYEAR:
        raise ValueError(f"没有 {year} 年 (there is no year {year})")
    owner = Organisation.objects.get(pk=department)
    first, last = date(year, 1, 1), date(year, 12, 31)
    hash = chain.book_hash(department, year, first, last, standards)
    values = {"first": first, "last": last, "standards": standards, "hash": hash}
    return Book.objects.get_or_create(department=owner, year=year, defaults=values)[0]


def close(book: Book, *, author: str, document: str = "", key: str = "") -> Receipt:
    """Carries over what is left of each unit, source and item, and closes the book; nothing can be entered then.

    ``document`` is the paper that closes it, 年终结账 where empty. Closing
    again gives the first receipt. Raises Refused where somebody paid meanwhile.
    """
    key = key or f"close {book.year}"
    with transaction.atomic():
        book = Book.objects.select_for_update().get(pk=book.pk)
        if book.closed_at is not None:
            block = book.chain.get(act="close")
            return Receipt(block.number, block.first, block.first + block.count - 1, bytes(block.hash).hex(), True)
    rest = Means.objects.filter(line__book=book, left__gt=0).select_related("line").order_by("line_id")
    paper = document or f"{book.year}年年终结账"
    drafts = [Draft("carry_over", line_of(m.line), m.left, book.last, paper, "年末结转和结余") for m in rest]
    return write(book, drafts, legs(drafts), [0] * len(drafts), author=author, key=key, act="close")


def carry_over(book: Book, into: Book, *, author: str) -> Receipt | None:
    """Enters what a closed book carried over as the opening balances of the next; once only. None where nothing was left.

    Raises ValueError where the book is open or the other is not the next of the same department; Refused, also where the
    next has opening balances already (from last year's published accounts, or entered by hand): they would stand twice.
    """
    if book.closed_at is None:
        book.refresh_from_db()
    if book.closed_at is None:
        raise ValueError(f"{book.year} 年账簿还没有结账，不能结转 (close the book of {book.year} first)")
    if (into.department_id, into.year) != (book.department_id, book.year + 1):
        raise ValueError(f"{into} 不是 {book} 的下一年账簿 ({into} is not the next book of {book})")
    sums: dict[Line, int] = {}
    span = (book.pk * SPAN, (book.pk + 1) * SPAN)
    for entry in Entry.objects.filter(id__range=span, kind="carry_over").select_related("line").order_by("pk"):
        sums[line_of(entry.line)] = sums.get(line_of(entry.line), 0) + entry.amount
    paper = f"{book.year}年结转"
    drafts = [
        Draft("opening", line, amount, into.first, paper, "年初结转和结余") for line, amount in sums.items() if amount
    ]
    key = f"opening from {book.year}"
    if not into.chain.filter(key=key).exists():
        own = sum(fen for (_, kind), fen in tell.sums(into).items() if kind == "opening")
        if own and drafts:
            figures = {"year": into.year, "own": own, "requested": sum(d.amount for d in drafts)}
            raise Refused([Refusal("carry.stands", 0, figures)])
    return append(into, drafts, author=author, key=key) if drafts else None
