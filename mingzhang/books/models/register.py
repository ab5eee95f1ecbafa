"""What is counted and written beside the ledger: of each key the latest row stands."""

from django.db import models

from mingzhang.books.models.appended import Appended
from mingzhang.books.models.ledger import Book
from mingzhang.books.models.organisation import Organisation


class Registered(Appended):
    """A row of a register of a book, with its author and time (UTC)."""

    book = models.ForeignKey(Book, models.PROTECT, related_name="+")
    author = models.CharField(max_length=150)
    time = models.DateTimeField()

    class Meta(Appended.Meta):
        abstract = True


class Counted(Registered):
    """Missions, vehicles, receptions, people, assets: ``what`` as ``accounts.Count.id``."""

    unit = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    what = models.CharField(max_length=200)
    number = models.BigIntegerField()


class Procured(Registered):
    """Government procurement of a unit (``accounts.Procurement``); fen."""

    unit = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10)
    flow = models.CharField(max_length=10)
    amount = models.BigIntegerField()
    small = models.BigIntegerField(default=0)
    micro = models.BigIntegerField(default=0)


class Text(Registered):
    """A clerk's paragraph (``kind`` ``paragraph``) or reason (``reason``), by the key that the running text asks for."""

    kind = models.CharField(max_length=10)
    key = models.CharField(max_length=200)
    text = models.TextField()


class Published(Registered):
    """A disclosure that fixes figures, as the JSON of ``disclosure.to_json``; ``name`` tells it from others."""

    name = models.CharField(max_length=200)
    disclosure = models.TextField()
