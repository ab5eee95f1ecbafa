"""Filling the forms: from exact entries to the rows and figures of the statements.

In: entries (one amount each, with what it was for and who paid).
Out: the statements F01–F10 and B01–B13 in which every figure is a sum of entries.
"""

from mingzhang.forms.fill.entry import Entry

__all__ = ["Entry"]
