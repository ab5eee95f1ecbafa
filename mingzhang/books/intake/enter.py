"""Records into the books, all or nothing, and out of them again as records."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.db import transaction

from mingzhang.books import ledger, registers
from mingzhang.books.accounts import Organisation, Project
from mingzhang.books.closing import open_book
from mingzhang.books.draft import Draft
from mingzhang.books.intake.fault import ALL, Fault, Rejected
from mingzhang.books.intake.records import Known, Records, Spot, renumbered
from mingzhang.books.ledger import Receipt, line_of
from mingzhang.books.models import Book, Entry
from mingzhang.books.models import Organisation as Stored
from mingzhang.books.models.ledger import SPAN
from mingzhang.books.refusal import Refusal, Refused


@dataclass(frozen=True, slots=True)
class Entered:
    """What an import entered: the receipt of its block (None without entries), and how many rows of each register changed."""

    book: Book
    receipt: Receipt | None
    registered: dict[str, int]

    @property
    def again(self) -> bool:
        """Whether everything stood in the books before and nothing was changed."""
        return (self.receipt is None or self.receipt.again) and not any(self.registered.values())


def known(department: str = "", year: int | None = None) -> Known:
    """What the books know of a department: its units and projects. Of the only one where ``department`` is empty."""
    rows = Stored.objects.filter(department=None).order_by("code")
    if department:
        rows = rows.filter(code=department)
    codes = list(rows.values_list("code", flat=True)[:2])
    if len(codes) != 1:
        return Known()
    own, units = registers.organisations(codes[0])
    return Known(own, units, registers.projects(codes[0], year or 0))


def enter(records: Records, year: int, *, author: str, department: str = "", faults: Sequence[Fault] = ()) -> Entered:
    """Enters everything in one transaction; the entries are one block of the chain.

    ``department`` (a code) says whose book it is where the records do not.
    Where there are ``faults`` already nothing is entered, and what the ledger
    has against the sound rows is told with them. Raises Rejected.
    """
    found = list(faults)
    code = records.department.code if records.department else department
    if not code:
        raise Rejected([*found, Fault(ALL, 0, "", "", "department_missing")])
    try:
        with transaction.atomic():
            entered = _entered(records, code, year, author)
            if found:
                transaction.set_rollback(True)
    except Refused as refused:
        found += _told(records, refused.refusals, bool(faults))
    except Stored.DoesNotExist:
        found.append(Fault(ALL, 0, "", "", "department_missing"))
    if found:
        raise Rejected(found)
    return entered


def _entered(records: Records, code: str, year: int, author: str) -> Entered:
    changed: dict[str, int] = {}
    if not Stored.objects.filter(pk=code).exists() and records.department is None:
        raise Stored.DoesNotExist
    changed["units"] = _organise(records, code)
    book = open_book(code, year)
    own = registers.projects(code, year)
    stand = {p.code: p for p in own}
    changed["projects"] = 0
    for project in records.projects:
        before = stand.get(project.code)
        wanted = _costed(project, before)
        if wanted != before:
            registers.cost(code, year, wanted, author=author)
            changed["projects"] += 1
    if records.drafts and book.closed_at is not None and not book.chain.filter(key=records.key).exists():
        raise Refused([Refusal("form.closed", 0, {"year": year})])
    receipt = ledger.append(book, records.drafts, author=author, key=records.key) if records.drafts else None
    changed |= _register(records, book, author)
    return Entered(book, receipt, changed)


def _organise(records: Records, code: str) -> int:
    """The department and the units that are new or told differently."""
    before: dict[str, Organisation] = {}
    if Stored.objects.filter(pk=code).exists():
        own, units = registers.organisations(code)
        before = {o.code: o for o in (own, *units)}
    department = records.department or before[code]
    new = [o for o in (department, *records.units) if before.get(o.code) != o]
    if new:
        registers.organise(department, records.units)
    return len(new)


def _costed(project: Project, before: Project | None) -> Project:
    """The project as it is registered: without costing of its own it keeps the one that stands."""
    if project.costing or before is None:
        return project
    return replace(project, costing=before.costing)


def _register(records: Records, book: Book, author: str) -> dict[str, int]:
    """Enters what the registers do not say already."""
    told = registers.told(book)
    counts = [c for c in records.counts if c not in told["counts"]]
    procured = [p for p in records.procurement if p not in told["procurement"]]
    paragraphs = {k: t for k, t in records.paragraphs.items() if told["paragraphs"].get(k) != t}
    reasons = {k: t for k, t in records.reasons.items() if told["reasons"].get(k) != t}
    registers.count(book, counts, author=author)
    registers.procure(book, procured, author=author)
    registers.write(book, author=author, paragraphs=paragraphs, reasons=reasons)
    return {"counts": len(counts), "procurement": len(procured), "texts": len(paragraphs) + len(reasons)}


def _told(records: Records, refusals: Sequence[Refusal], faulty: bool) -> list[Fault]:
    """The refusals of the ledger at the rows where their drafts were filled in, in the order of the file.

    Where other rows are faulty (``faulty``: already when they were read), a limit may be broken only because of them.
    """
    found = []
    perhaps = faulty or any(not r.rule.startswith("limit.") for r in refusals)
    for r in refusals:
        if faulty and r.rule in ("form.unit", "form.project"):
            continue  # its own row has the fault, which is told
        spot = records.spots[r.row] if r.row < len(records.spots) else Spot(ALL, r.row + 1)
        draft = records.drafts[r.row] if r.row < len(records.drafts) else None
        zh, en = r.words("zh"), r.words("en")
        if perhaps and r.rule.startswith("limit."):
            zh, en = f"{zh}（可能由别处的错误行引起）", f"{en} (perhaps a consequence of another faulty row)"
        figures = {**r.figures, "rule": r.rule}
        found.append(Fault(*spot, "", draft.document if draft else "", "refused", figures, (zh, en)))
    sheets = {sheet: n for n, sheet in enumerate(dict.fromkeys(s.sheet for s in records.spots))}
    return sorted(found, key=lambda f: (sheets.get(f.sheet, 0), f.row))


def held(department: str, year: int) -> Records:
    """What the books hold of a year, as records: what was reversed and the reversals left out, as is what closing made.

    Raises Book.DoesNotExist.
    """
    book = Book.objects.get(department=department, year=year)
    own, units = registers.organisations(department)
    told = registers.told(book)
    span = (book.pk * SPAN, (book.pk + 1) * SPAN)
    rows = Entry.objects.filter(id__range=span).exclude(kind="carry_over").select_related("line").order_by("pk")
    gone = set(Entry.objects.filter(id__range=span).exclude(reverses=None).values_list("reverses_id", flat=True))
    lines: dict[int, object] = {}
    drafts: list[Draft] = []
    voucher = 0
    for row in rows.iterator(chunk_size=10_000):
        if row.leg == 0:
            voucher = row.pk
        if row.reverses_id or row.pk in gone:
            continue
        line = lines.setdefault(row.line_id, line_of(row.line))
        drafts.append(
            Draft(row.kind, line, row.amount, row.date, row.document, row.words, str(voucher), row.consent)  # type: ignore[arg-type]
        )
    return Records(
        year,
        own,
        tuple(units),
        registers.projects(department, year),
        renumbered(drafts),
        told["procurement"],
        told["counts"],
        told["paragraphs"],
        told["reasons"],
    )
