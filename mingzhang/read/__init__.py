"""Files become disclosures.

In: published documents (PDF, Word, Excel, web page, text), one file or several.
Out: for each the Disclosure with every figure and its place; what could not
be read is a ReadError, or a Remark in the disclosure.
"""

from collections.abc import Sequence
from pathlib import Path

from mingzhang.disclosure import Disclosure
from mingzhang.forms import Book, load
from mingzhang.read.document import from_blocks
from mingzhang.read.errors import ReadError
from mingzhang.read.join import join
from mingzhang.read.source import source
from mingzhang.read.upright import shown

__all__ = ["ReadError", "read", "read_file"]


def read_file(path: str | Path, book: Book | None = None) -> tuple[Disclosure, ...]:
    """The disclosures that one file holds. Raises ReadError (file, page, reason) where it cannot be read."""
    found = source(path)
    return shown(from_blocks(found.blocks, Path(path).name, book or load(), found.pages, found.remarks), found.turns)


def read(paths: Sequence[str | Path]) -> list[Disclosure]:
    """The disclosures of several files, in order; one that is spread over files (text, statements) is put together.

    Raises ReadError at the first that cannot be read.
    """
    return join([disclosure for path in paths for disclosure in read_file(path)])
