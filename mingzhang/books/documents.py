"""Whether a document is entered twice. Asked while the head of the chain is held, so that no other writer can come between."""

from collections.abc import Mapping, Sequence

from django.db.models import Min, Sum

from mingzhang.books.draft import Draft, Line
from mingzhang.books.law import kinds
from mingzhang.books.models import Entry
from mingzhang.books.models.ledger import SPAN
from mingzhang.books.refusal import Refusal

_SLICE = 900


def refuse_documents(
    book: int, entries: int, drafts: Sequence[Draft], reverses: Sequence[int], ids: Mapping[Line, int]
) -> list[Refusal]:
    """The drafts whose document already stands: of kinds that may stand once in the book (``once`` is ``book``) on any line
    outside this call's voucher, of others on the same line. What was reversed does not count. ``entries`` are in the book."""
    seen = _standing(book, entries, {d.document for d, number in zip(drafts, reverses) if not number})
    anywhere: dict[tuple[str, str], tuple[int, str]] = {(k, d): (number, "") for (k, d, _), number in seen.items()}
    found = []
    for row, draft in enumerate(drafts):
        if reverses[row]:
            continue
        kind, line = kinds()[draft.kind], ids[draft.line]
        number = seen.get((draft.kind, draft.document, line), 0)
        if kind.once == "book" and not number:
            number, voucher = anywhere.get((draft.kind, draft.document), (0, ""))
            if number and voucher and voucher == draft.voucher:
                number = 0
            elif not number:
                anywhere[draft.kind, draft.document] = (entries + row + 1, draft.voucher)
        if number:
            figures = {"kind": draft.kind, "document": draft.document, "number": number}
            found.append(Refusal("document.again", row, figures))
        seen[draft.kind, draft.document, line] = entries + row + 1
    return found


def _standing(book: int, entries: int, documents: set[str]) -> dict[tuple[str, str, int], int]:
    """Of each kind, document and line that stands in the book the number of its first entry."""
    rows = (
        Entry.objects.filter(id__range=(book * SPAN, (book + 1) * SPAN))
        .values_list("kind", "document", "line_id")
        .annotate(total=Sum("amount"), entry=Min("id"))
    )
    if not entries:
        parts = []
    elif entries < len(documents):
        parts = [rows]
    else:
        wanted = sorted(documents)
        parts = [rows.filter(document__in=wanted[at : at + _SLICE]) for at in range(0, len(wanted), _SLICE)]
    return {
        (kind, document, line): entry % SPAN
        for part in parts
        for kind, document, line, total, entry in part
        if total and document in documents
    }
