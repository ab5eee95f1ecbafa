"""The ledger: books, lines with their balances, and the chain of blocks of entries. Amounts in fen.

The keys of blocks and entries are made of the book's key and their number in
the book (``SPAN``), so that an entry cannot change its place unseen and the
entries of a book are one range of keys.
"""

from django.db import models
from django.db.models import Q

from mingzhang.books.law import QUANTITIES
from mingzhang.books.models.appended import Appended
from mingzhang.books.models.organisation import Organisation

SPAN = 10**9
"""Numbers of entries (and of blocks) that a book can have."""


class Book(models.Model):
    """The books of one department in one year, and the head of their chain.

    ``standards`` is the kind of accounting standards; ``blocks`` and
    ``entries`` count what the chain holds; ``hash`` is that of the last block.
    """

    department = models.ForeignKey(Organisation, models.PROTECT, related_name="books")
    year = models.PositiveSmallIntegerField()
    first = models.DateField()
    last = models.DateField()
    standards = models.CharField(max_length=80)
    closed_at = models.DateTimeField(null=True)
    blocks = models.PositiveBigIntegerField(default=0)
    entries = models.PositiveBigIntegerField(default=0)
    hash = models.BinaryField(max_length=32)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["department", "year"], name="books_one_a_year")]

    def __str__(self) -> str:
        return f"{self.department_id} {self.year}"


class BudgetLine(Appended):
    """A line of a book; the fields of ``draft.Line``."""

    book = models.ForeignKey(Book, models.PROTECT, related_name="lines")
    unit = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    source = models.CharField(max_length=30)
    item = models.CharField(max_length=7)
    economic = models.CharField(max_length=5, blank=True)
    government = models.CharField(max_length=5, blank=True)
    project = models.CharField(max_length=40, blank=True)
    use = models.CharField(max_length=30, blank=True)
    appropriation = models.BooleanField(default=True)

    class Meta(Appended.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=[
                    "book", "item", "source", "unit", "economic", "government", "project", "use", "appropriation",
                ],
                name="books_line_once",
            )
        ]  # fmt: skip


class Balance(models.Model):
    """The quantities of a line after the last entry, as ``law.kinds`` moves them; ``verify`` proves them."""

    line = models.OneToOneField(BudgetLine, models.PROTECT, primary_key=True, related_name="balance")
    approved = models.BigIntegerField(default=0)
    carried = models.BigIntegerField(default=0)
    adjusted = models.BigIntegerField(default=0)
    allotted = models.BigIntegerField(default=0)
    paid = models.BigIntegerField(default=0)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(paid__gte=0), name="books_paid_not_negative")]

    def quantities(self) -> dict[str, int]:
        """The quantities by name, as ``control`` takes them."""
        return {name: getattr(self, name) for name in QUANTITIES}


class Means(models.Model):
    """What came in for a unit, source and item and is not spent: the line is one without economic item, project and use."""

    line = models.OneToOneField(BudgetLine, models.PROTECT, primary_key=True, related_name="means")
    left = models.BigIntegerField(default=0)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(left__gte=0), name="books_means_not_negative")]


class Block(Appended):
    """A link of the chain (``chain``): what one author entered at one time; ``act`` is ``entries`` or ``close``."""

    id = models.BigIntegerField(primary_key=True)
    book = models.ForeignKey(Book, models.PROTECT, related_name="chain")
    act = models.CharField(max_length=10)
    first = models.PositiveBigIntegerField()
    count = models.PositiveBigIntegerField()
    author = models.CharField(max_length=150)
    time = models.DateTimeField()
    key = models.CharField(max_length=100)
    rows = models.BinaryField(max_length=32)
    hash = models.BinaryField(max_length=32)

    class Meta(Appended.Meta):
        constraints = [models.UniqueConstraint(fields=["book", "key"], name="books_key_once")]

    @property
    def number(self) -> int:
        """The number of the block in its book, from 1."""
        return int(self.id) % SPAN


class Entry(Appended):
    """One amount on one line. ``leg`` counts within the voucher from 0; ``reverses`` is what it takes back."""

    id = models.BigIntegerField(primary_key=True)
    block = models.ForeignKey(Block, models.PROTECT, db_index=False, related_name="entries")
    leg = models.PositiveIntegerField()
    line = models.ForeignKey(BudgetLine, models.PROTECT, db_index=False, related_name="entries")
    kind = models.CharField(max_length=12)
    amount = models.BigIntegerField()
    date = models.DateField()
    document = models.CharField(max_length=120, db_index=True)
    words = models.TextField(blank=True)
    consent = models.CharField(max_length=120, blank=True)
    reverses = models.OneToOneField("self", models.PROTECT, null=True, related_name="reversal")
    digest = models.BinaryField(max_length=32)

    class Meta(Appended.Meta):
        constraints = [models.CheckConstraint(condition=~Q(amount=0), name="books_amount_not_zero")]
        # Holds all that the accounts of a year are summed from.
        indexes = [models.Index(fields=["line", "kind", "amount"], name="books_entry_sums")]

    @property
    def number(self) -> int:
        """The number of the entry in its book, from 1."""
        return int(self.id) % SPAN
