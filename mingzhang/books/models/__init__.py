"""What is stored: organisations, books, lines, the chain of entries, projects and registers.

In: rows written by the functions of ``mingzhang.books``. Out: rows; whatever belongs to a chain or a register is
appended only, which the models and the triggers of the database both hold.
"""

from mingzhang.books.models.ledger import Balance, Block, Book, BudgetLine, Entry, Means
from mingzhang.books.models.organisation import Organisation
from mingzhang.books.models.project import Costing, CostingLine, Project
from mingzhang.books.models.register import Counted, Procured, Published, Text

__all__ = [
    "Balance",
    "Block",
    "Book",
    "BudgetLine",
    "Costing",
    "CostingLine",
    "Counted",
    "Entry",
    "Means",
    "Organisation",
    "Procured",
    "Project",
    "Published",
    "Text",
]
