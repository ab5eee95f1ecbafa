"""Which rows of a file stand in the book already: a year's workbook grows, and is imported again.

In: a book and the records of a file. Out: the records that are new, how many rows stand, and a fault for each row whose
document stands with other content.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from mingzhang.books.admit import vouchers
from mingzhang.books.draft import Line
from mingzhang.books.intake.fault import ALL, Fault, said, short
from mingzhang.books.intake.records import Records, Spot
from mingzhang.books.law import kinds
from mingzhang.books.ledger import line_of
from mingzhang.books.models import Book, BudgetLine, Entry
from mingzhang.books.models.ledger import SPAN
from mingzhang.books.refusal import named, yuan

_SLICE, _WHOLE = 900, 4
"""Documents asked for at once; the whole book is read where it has fewer entries than this a document."""
_FIELDS = ("kind", "line_id", "amount", "date", "document", "words", "consent")


class Content(NamedTuple):
    """What two rows have in common that are the same; ``line`` is the key of the line, 0 where the book does not have it."""

    kind: str
    line: int
    amount: int
    date: date
    document: str
    words: str
    consent: str


@dataclass(frozen=True, slots=True)
class Parted:
    """``new`` is what is to be entered; of its rows ``back`` stood once and were reversed. ``stood`` rows are left out, and
    the vouchers that have ``faults``."""

    new: Records
    stood: int
    back: int
    faults: tuple[Fault, ...]


def parted(book: Book, records: Records, whole: bool = True) -> Parted:
    """The rows of a file apart: a voucher stands where each of its rows stands, as often as it is there. What was reversed
    does not stand. ``whole`` is whether every row of the file could be read."""
    if not book.entries:
        return Parted(records, 0, 0, ())
    lines = {line_of(row): row.pk for row in BudgetLine.objects.filter(book=book)}
    rows = [
        Content(d.kind, lines.get(d.line, 0), d.amount, d.date, d.document, d.words, d.consent) for d in records.drafts
    ]
    stands, reversed_ = _stored(book, {c.document for c in rows})
    compared = _Compared(records, rows, stands, {key: line for line, key in lines.items()})
    left = Counter({content: len(numbers) for content, numbers in stands.items()})
    kept: list[range] = []
    faults: list[Fault] = []
    stood = 0
    for voucher in vouchers(records.drafts):
        own = Counter(rows[row] for row in voucher)
        if all(left[content] >= times for content, times in own.items()):
            left.subtract(own)
            stood += len(voucher)
        elif found := list(compared.faults(voucher)):
            faults += found
        else:
            kept.append(voucher)
    if stood and whole:  # where nothing stands the file holds new rows only, and lacks nothing
        moved = dict(compared.moved((row for voucher in kept for row in voucher), left))
        faults += moved.values()
        kept = [voucher for voucher in kept if moved.keys().isdisjoint(voucher)]
    rest = [row for voucher in kept for row in voucher]
    new = records
    if len(rest) < len(rows):
        spots = tuple(map(compared.spot, rest))
        new = replace(records, drafts=tuple(records.drafts[row] for row in rest), spots=spots)
    return Parted(new, stood, sum(rows[row] in reversed_ for row in rest), tuple(faults))


def _stored(book: Book, documents: set[str]) -> tuple[dict[Content, list[int]], set[Content]]:
    """The numbers of the entries that stand under some documents, by content, and the contents that were reversed."""
    whole = Entry.objects.filter(id__range=(book.pk * SPAN, (book.pk + 1) * SPAN))
    gone = set(whole.exclude(reverses=None).values_list("reverses_id", flat=True))
    stands: dict[Content, list[int]] = {}
    reversed_: set[Content] = set()
    entries = whole.filter(reverses=None).order_by("pk").values_list("id", *_FIELDS)
    wanted = sorted(documents)
    parts = [wanted[at : at + _SLICE] for at in range(0, len(wanted), _SLICE)]
    many = book.entries < _WHOLE * len(wanted)
    for part in [entries] if many else [entries.filter(document__in=some) for some in parts]:
        for id, *fields in part.iterator(chunk_size=10_000):
            content = Content(*fields)
            if content.document not in documents:
                continue
            if id in gone:
                reversed_.add(content)
            else:
                stands.setdefault(content, []).append(id % SPAN)
    return stands, reversed_


class _Compared:
    """The rows of a file against what stands in the book under the same documents."""

    def __init__(
        self, records: Records, rows: Sequence[Content], stands: dict[Content, list[int]], lines: dict[int, Line]
    ) -> None:
        self.records, self.rows, self.stands, self.lines = records, rows, stands, lines
        self.here: dict[tuple[str, str, int], Content] = {}
        self.anywhere: dict[tuple[str, str], Content] = {}
        for content in stands:
            self.here.setdefault((content.kind, content.document, content.line), content)
            if kinds()[content.kind].once == "book":
                self.anywhere.setdefault((content.kind, content.document), content)

    def spot(self, row: int) -> Spot:
        """Where a row was filled in."""
        return self.records.spots[row] if row < len(self.records.spots) else Spot(ALL, row + 1)

    def faults(self, voucher: Iterable[int]) -> Iterator[Fault]:
        """What speaks against the rows of a voucher that does not stand as it is. A row that is there more often than it
        stands is left to the ledger."""
        joined = next((self.rows[row] for row in voucher if self.rows[row] in self.stands), None)
        for row in voucher:
            own = self.rows[row]
            if own in self.stands:
                continue
            here = self.here.get((own.kind, own.document, own.line))
            if here or (not joined and (here := self.anywhere.get((own.kind, own.document)))):
                yield self._fault(row, "stands_other", here)
            elif joined:
                yield self._fault(row, "stands_part", joined)

    def moved(self, new: Iterable[int], left: Counter[Content]) -> Iterator[tuple[int, Fault]]:
        """Of the new rows those that stand on another line: of a document that may have several lines the book has a row
        of the same amount that the file lacks (``left``: what stands and the file does not have)."""
        missing: dict[tuple[str, str, int], list[Content]] = {}
        for content in left.elements():
            missing.setdefault((content.kind, content.document, content.amount), []).append(content)
        for row in new:
            own = self.rows[row]
            if lacking := missing.get((own.kind, own.document, own.amount)):
                yield row, self._fault(row, "stands_other", lacking.pop(0))

    def _fault(self, row: int, reason: str, other: Content) -> Fault:
        own, number = self.rows[row], self.stands[other][0]
        line, before = self.records.drafts[row].line, self.lines[other.line]
        kind = kinds()[own.kind]
        told = []
        for lang in ("zh", "en"):
            figures = {
                "kind": kind.zh if lang == "zh" else kind.en, "document": short(own.document), "number": number,
                "books": _shown(other, before, own, line, lang), "file": _shown(own, line, other, before, lang),
            }  # fmt: skip
            told.append(said(reason, lang, figures))
        values = {"number": number, "stands": other.amount, "given": own.amount}
        return Fault(*self.spot(row), "", own.document, reason, values, (told[0], told[1]))


def _shown(own: Content, line: Line, other: Content, before: Line, lang: str) -> str:
    """Amount and date of a row, and what else of it is not as in the other."""
    zh = lang == "zh"
    parts = [f"{yuan(own.amount)} {'元' if zh else 'yuan'}", own.date.isoformat()]
    if line != before:
        means = "" if line.appropriation == before.appropriation else _MEANS[line.appropriation][not zh]
        parts.append(named(line, lang) + means)
    for text, against, word in ((own.words, other.words, _WORDS), (own.consent, other.consent, _CONSENT)):
        if text != against:
            parts.append(f"{word[not zh]} {short(text) or ('（空）' if zh else '(empty)')}")
    return ("，" if zh else ", ").join(parts)


_WORDS, _CONSENT = ("摘要", "words"), ("批准文号", "consent")
_MEANS = {True: ("（财政拨款）", " (appropriation)"), False: ("（非财政拨款）", " (not appropriation)")}
