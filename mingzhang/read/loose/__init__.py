"""Statements from text that lost its columns.

In: the statement regions of a text (lines of words), the forms, and the running text.
Out: ``place`` gives the statements, every figure in its column where arithmetic
or other evidence decides, in column ``?`` with its candidates where nothing
does; the identities and evidence used stand in ``Cell.placed``.
"""

from mingzhang.read.loose.place import place

__all__ = ["place"]
