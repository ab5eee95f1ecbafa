"""Entering into a book: one voucher or a million, the same way, all or nothing.

The order of locks is the same for every writer: the balances of the lines by
key, the means by key, and last the book, whose row is the head of the chain.
Control needs only the first two; the head is held from the moment the numbers
are known until the commit. On SQLite a transaction holds the whole file from
its start.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

from django.db import IntegrityError, transaction

from mingzhang.books import chain, store
from mingzhang.books.admit import Setting, refuse_form, refuse_line, refuse_voucher, vouchers
from mingzhang.books.control import Quantities, post
from mingzhang.books.documents import refuse_documents
from mingzhang.books.draft import Draft, Line
from mingzhang.books.law import kinds
from mingzhang.books.models import Balance, Block, Book, BudgetLine, Entry, Means, Organisation, Project
from mingzhang.books.models.ledger import SPAN
from mingzhang.books.refusal import Refusal, Refused


@dataclass(frozen=True, slots=True)
class Receipt:
    """What was entered: the numbers of the first and last entry, their block and its hash; ``again`` where the key had
    been used for the same content before and nothing was entered now."""

    block: int
    first: int
    last: int
    hash: str
    again: bool = False


def append(book: Book, drafts: Sequence[Draft], *, author: str, key: str = "") -> Receipt:
    """Enters the drafts as one block of the book's chain, or none of them.

    ``key`` makes the call safe to repeat: what was entered under it before is
    not entered again. Raises Refused with every reason against every draft;
    ValueError without drafts or author.
    """
    found = _form(book, drafts)
    if not found:
        try:
            return write(book, drafts, legs(drafts), [0] * len(drafts), author=author, key=key)
        except Refused as refused:
            found = list(refused.refusals)
    raise Refused(sorted(_every(book, drafts, found, author), key=lambda r: r.row))


def _form(book: Book, drafts: Sequence[Draft]) -> list[Refusal]:
    found = [r for row, d in enumerate(drafts) for r in refuse_form(d, row, book.first, book.last)]
    made = {id for id, kind in kinds().items() if kind.by}
    found += [Refusal("form.made", row, {"kind": d.kind}) for row, d in enumerate(drafts) if d.kind in made]
    for rows in vouchers(drafts):
        if len(rows) > 1 or drafts[rows.start].kind == "virement":
            found += refuse_voucher(drafts, rows)
    return found


def _every(book: Book, drafts: Sequence[Draft], found: list[Refusal], author: str) -> list[Refusal]:
    """What was found, and what later checks have against the vouchers that are not refused yet; enters nothing."""
    for _stage in ("lines", "balances", "documents"):
        bad = {r.row for r in found}
        good = [row for rows in vouchers(drafts) if bad.isdisjoint(rows) for row in rows]
        if not good:
            break
        rest = [drafts[row] for row in good]
        try:
            with transaction.atomic():
                write(book, rest, legs(rest), [0] * len(rest), author=author)
                transaction.set_rollback(True)
            break
        except Refused as more:
            found += [replace(r, row=good[r.row]) for r in more.refusals]
    return found


def legs(drafts: Sequence[Draft]) -> list[int]:
    """The place of each draft in its voucher."""
    return [row - rows.start for rows in vouchers(drafts) for row in rows]


def write(
    book: Book,
    drafts: Sequence[Draft],
    legs: Sequence[int],
    reverses: Sequence[int],
    *,
    author: str,
    key: str = "",
    act: str = "entries",
) -> Receipt:
    """Enters drafts whose form was admitted; ``reverses`` are the numbers of the entries that they take back, or 0.

    Raises Refused, ValueError.
    """
    if not author.strip():
        raise ValueError("记账要有经办人：用 --author 写明 (say who enters: --author)")
    if any(c < " " for c in author + key) or len(author) > 150 or len(key) > 100:
        raise ValueError(
            "经办人最多 150 个字，防重号最多 100 个字，都不能有控制字符 (author at most 150, key 100 characters, no control characters)"
        )
    if not drafts and act == "entries":
        raise ValueError("没有可记的业务 (nothing to enter)")
    texts = {line: chain.line_content(line) for line in {d.line for d in drafts}}
    digests = [
        chain.entry_digest(
            row, legs[row], d.kind, texts[d.line], d.amount, d.date.isoformat(), d.document, d.words, d.consent, reverses[row]
        )
        for row, d in enumerate(drafts)
    ]  # fmt: skip
    rows = chain.rows_digest(digests)
    try:
        return _written(book, drafts, legs, reverses, digests, rows, author, key, act)
    except IntegrityError:
        # Another writer came first with the same key, or took back the same entry.
        if key and (block := Block.objects.filter(book=book, key=key).first()):
            return _again(block, rows, len(drafts))
        taken = [n for n in reverses if n and Entry.objects.filter(reverses=book.pk * SPAN + n).exists()]
        if taken:
            raise Refused([Refusal("reversal.twice", 0, {"number": taken[0]})]) from None
        raise


def _written(
    book: Book,
    drafts: Sequence[Draft],
    legs: Sequence[int],
    reverses: Sequence[int],
    digests: Sequence[bytes],
    rows: bytes,
    author: str,
    key: str,
    act: str,
) -> Receipt:
    with transaction.atomic():
        ids = _lines(book, drafts)
        lines, means = _locked(ids, drafts)
        if key and (block := Block.objects.filter(book=book, key=key).first()):
            return _again(block, rows, len(drafts))
        before = dict(lines), dict(means)
        if found := post(lines, means, drafts):
            raise Refused(found)
        _save(ids, before, (lines, means))
        head = Book.objects.select_for_update().get(pk=book.pk)
        found = [] if head.closed_at is None else [Refusal("form.closed", 0, {"year": head.year})]
        if act == "close" and not found:
            found = _left(book)
        found += refuse_documents(head.pk, head.entries, drafts, reverses, ids)
        if found:
            raise Refused(found)
        block = _block(head, rows, len(drafts), author=author, key=key or uuid4().hex, act=act)
        first = head.entries + 1
        base = head.pk * SPAN
        store.insert(
            (
                (
                    base + first + row, block.pk, legs[row], ids[d.line], d.kind, d.amount, d.date.isoformat(),
                    d.document, d.words, d.consent, base + reverses[row] if reverses[row] else None, digests[row],
                )
                for row, d in enumerate(drafts)
            ),
            len(drafts),
        )  # fmt: skip
        values: dict[str, Any] = {"closed_at": block.time} if act == "close" else {}
        Book.objects.filter(pk=head.pk).update(
            blocks=block.number, entries=head.entries + len(drafts), hash=block.hash, **values
        )
    return _receipt(block)


def reverse(book: Book, number: int, *, author: str, words: str, on: date | None = None, key: str = "") -> Receipt:
    """Takes back the whole voucher of an entry with its opposite; ``on`` is the day, the voucher's own where None.

    Raises Refused: no such entry, reversed already, or what it gave is spent.
    """
    entry = Entry.objects.filter(pk=book.pk * SPAN + number).first()
    if entry is None:
        raise Refused([Refusal("reversal.unknown", 0, {"number": number})])
    start = entry.pk - entry.leg
    legs_: list[Entry] = []
    rows = Entry.objects.filter(pk__gte=start, block=entry.block).select_related("line").order_by("pk")
    for one in rows.iterator(chunk_size=100):
        if one.leg != len(legs_):
            break
        legs_.append(one)
    if key and (block := Block.objects.filter(book=book, key=key).first()):
        first = Entry.objects.filter(pk=book.pk * SPAN + block.first).first()
        if first is not None and first.reverses_id == start:
            return _receipt(block, again=True)
    if any(one.reverses_id for one in legs_) or Entry.objects.filter(reverses__in=[one.pk for one in legs_]).exists():
        raise Refused([Refusal("reversal.twice", 0, {"number": number})])
    drafts = [
        Draft(one.kind, line_of(one.line), -one.amount, on or one.date, one.document, words, str(start), one.consent)
        for one in legs_
    ]
    found = [r for row, d in enumerate(drafts) for r in refuse_form(d, row, book.first, book.last)]
    if found := [r for r in found if r.rule != "form.amount"]:
        raise Refused(found)
    return write(book, drafts, [one.leg for one in legs_], [one.number for one in legs_], author=author, key=key)


def line_of(row: BudgetLine) -> Line:
    """A stored line as a value."""
    return Line(
        row.unit_id, row.source, row.item, row.economic, row.government, row.project, row.use, bool(row.appropriation)
    )


def _lines(book: Book, drafts: Sequence[Draft]) -> dict[Line, int]:
    """The keys of the lines and of their means; lines that the book does not have are admitted and made."""
    first: dict[Line, int] = {}
    for row, draft in enumerate(drafts):
        first.setdefault(draft.line, row)
    wanted = dict.fromkeys([*first, *(line.means for line in first)])
    ids = _known(book, wanted)
    new = [line for line in wanted if line not in ids]
    if not new:
        return ids
    department = Organisation.objects.filter(department=book.department_id).values_list("code", flat=True)
    projects = Project.objects.filter(department=book.department_id).values_list("code", flat=True)
    setting = Setting(
        book.year, book.first, book.last, frozenset({book.department_id, *department}), frozenset(projects)
    )
    if found := [r for line in new if line in first for r in refuse_line(line, first[line], setting)]:
        raise Refused(sorted(found, key=lambda r: r.row))
    BudgetLine.objects.bulk_create([_row(book, line) for line in sorted(new)], batch_size=1000, ignore_conflicts=True)
    ids = _known(book, wanted)
    Balance.objects.bulk_create(
        [Balance(line_id=ids[line]) for line in new if line in first], batch_size=1000, ignore_conflicts=True
    )
    Means.objects.bulk_create([Means(line_id=ids[line]) for line in dict.fromkeys(x.means for x in new)], batch_size=1000,
                              ignore_conflicts=True)  # fmt: skip
    return ids


def _row(book: Book, line: Line) -> BudgetLine:
    fields = dict(zip(("unit_id", *Line._fields[1:]), line, strict=True))
    return BudgetLine(book=book, **fields)


def _known(book: Book, wanted: Iterable[Line]) -> dict[Line, int]:
    lines = set(wanted)
    items, sources = {line.item for line in lines}, {line.source for line in lines}
    rows = BudgetLine.objects.filter(book=book)
    if len(items) < 500:
        rows = rows.filter(item__in=items, source__in=sources)
    return {line: row.pk for row in rows if (line := line_of(row)) in lines}


def _locked(ids: dict[Line, int], drafts: Sequence[Draft]) -> tuple[dict[Line, Quantities], dict[Line, Quantities]]:
    """The quantities of the lines and means, held until the end of the transaction, in the order of their keys."""
    own = {ids[d.line]: d.line for d in drafts}
    pools = {ids[line.means]: line.means for line in own.values()}
    lines, means = {}, {}
    for keys in _slices(sorted(own)):
        missing = set(keys)
        for balance in Balance.objects.select_for_update().filter(pk__in=keys).order_by("pk"):
            lines[own[balance.pk]] = balance.quantities()
            missing.discard(balance.pk)
        if missing:  # a line that so far only held means
            Balance.objects.bulk_create([Balance(line_id=pk) for pk in sorted(missing)], ignore_conflicts=True)
            for balance in Balance.objects.select_for_update().filter(pk__in=missing).order_by("pk"):
                lines[own[balance.pk]] = balance.quantities()
    for keys in _slices(sorted(pools)):
        for each in Means.objects.select_for_update().filter(pk__in=keys).order_by("pk"):
            means[pools[each.pk]] = {"means": each.left}
    return lines, means


def _slices(keys: list[int], size: int = 500) -> Iterable[list[int]]:
    return (keys[at : at + size] for at in range(0, len(keys), size))


def _save(
    ids: dict[Line, int],
    before: tuple[dict[Line, Quantities], dict[Line, Quantities]],
    after: tuple[dict[Line, Quantities], dict[Line, Quantities]],
) -> None:
    store.settle(
        [(ids[line], q) for line, q in after[0].items() if q != before[0][line]],
        [(ids[line], q["means"]) for line, q in after[1].items() if q != before[1][line]],
    )


def _block(head: Book, rows: bytes, count: int, *, author: str, key: str, act: str) -> Block:
    time = datetime.now(UTC)
    time = time.replace(microsecond=time.microsecond or 1)  # a time is stored with its fraction, always
    number, first = head.blocks + 1, head.entries + 1
    hash = chain.block_hash(bytes(head.hash), number, act, first, count, author, chain.moment(time), key, rows)
    block = Block(
        id=head.pk * SPAN + number, book=head, act=act, first=first, count=count, author=author, time=time, key=key,
        rows=rows, hash=hash,
    )  # fmt: skip
    block.save()
    return block


def _left(book: Book) -> list[Refusal]:
    rest = Means.objects.filter(line__book=book).exclude(left=0).values_list("left", flat=True)
    return [Refusal("close.left", 0, {"available": sum(rest)})] if rest else []


def _again(block: Block, rows: bytes, count: int) -> Receipt:
    if bytes(block.rows) != rows or block.count != count:
        raise Refused([Refusal("key.other", 0, {"key": block.key, "number": block.first})])
    return _receipt(block, again=True)


def _receipt(block: Block, again: bool = False) -> Receipt:
    return Receipt(block.number, block.first, block.first + block.count - 1, bytes(block.hash).hex(), again)
