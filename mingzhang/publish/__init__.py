"""A disclosure becomes documents and open data.

In: a Disclosure, and a layout of ``layouts/`` by name.
Out: ``write(disclosure, path)`` writes the format that the path's suffix names
(pdf, docx, xlsx, html, json), ``every(disclosure, folder)`` all of them and the
open data (CSV, JSON, a Fiscal Data Package). What is read of each document
equals the disclosure in content.
"""

from mingzhang.publish.formats import FORMATS, UnknownFormat, every, write

__all__ = ["FORMATS", "UnknownFormat", "every", "write"]
