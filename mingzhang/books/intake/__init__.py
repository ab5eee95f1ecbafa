"""A year comes into the books in one piece: from the template (xlsx or CSV) or from what was published.

In: a filled template, or a Disclosure, and what the books know already.
Out: ``Records`` (who, projects, drafts, registers), entered all or not at all; every fault with sheet, row, column, value
and reason. And the other way: the template, empty or filled with what the books hold.
"""

from mingzhang.books.intake.fault import Fault, Rejected
from mingzhang.books.intake.layout import template
from mingzhang.books.intake.records import Known, Records
from mingzhang.books.intake.sheet import Unreadable
from mingzhang.books.intake.take import read, take
from mingzhang.books.intake.write import write

__all__ = ["Fault", "Known", "Records", "Rejected", "Unreadable", "read", "take", "template", "write"]
