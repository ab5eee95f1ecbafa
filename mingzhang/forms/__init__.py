"""The statement forms as dated data: titles, columns, rows, identities and required parts.

In: the TOML files of ``data/`` (national first, a province's differences on top).
Out: ``load()`` gives the Book of forms that read, check, close and publish share.
"""

from mingzhang.forms.book import Book, load
from mingzhang.forms.filling import Assets, Filling
from mingzhang.forms.form import Column, EvaluationForm, Form, Identity, Line, Part, Tie

__all__ = ["Assets", "Book", "Column", "EvaluationForm", "Filling", "Form", "Identity", "Line", "Part", "Tie", "load"]
