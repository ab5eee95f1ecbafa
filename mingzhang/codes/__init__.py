"""The chart of accounts: 政府收支分类科目, functional, economic and of the funds, as dated data.

In: the CSV files of ``data/`` (code, name, first and last year, source).
Out: ``lookup`` gives the Code in force; an entry that no given document
printed is not ``verified`` and carries no more than a hint; an unknown code is
unknown, not wrong.
"""

from mingzhang.codes.code import LENGTHS, Code, classification_of, levels, parent_of
from mingzhang.codes.lookup import by_name, every, lookup

__all__ = ["LENGTHS", "Code", "by_name", "classification_of", "every", "levels", "lookup", "parent_of"]
