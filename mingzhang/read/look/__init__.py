"""A picture of what was seen on a page, for whoever asks why a table was read as it was.

In: a page, its blocks, and the disclosure that was made of it.
Out: an image with the words, ruled lines and grids, the statement and column
of every figure in colour, what was left out and why, and a legend.
"""

from collections.abc import Sequence
from pathlib import Path

from PIL import Image

from mingzhang.disclosure import Disclosure
from mingzhang.read.block import Block
from mingzhang.read.errors import ReadError
from mingzhang.read.look import lines, sheet
from mingzhang.read.pages.page import Page

__all__ = ["draw", "look"]

_LARGEST = 6000
"""Pixels of the longer side of the page in a picture."""


def look(path: str | Path, number: int = 1) -> Image.Image:
    """The picture of one page of a file; text without pages is cut into pages of ``lines.SHOWN`` printed lines.

    Raises ReadError where the file cannot be read or has no such page.
    """
    from mingzhang.read import read_file
    from mingzhang.read.grids import blocks as page_blocks
    from mingzhang.read.pages import files, text

    last = 0
    found: tuple[Page, Sequence[Block]] | None = None
    for page in files.pages(path):
        if page.number is None:
            last = lines.parts(page)
            found = (page, text.blocks(page)[0]) if 1 <= number <= last else None
        else:
            last = page.number
            if page.number == number:
                found = page, page_blocks(page)
    if found is None:
        raise ReadError(path, "no-such-page", f"没有第 {number} 页：共 {last} 页")
    return draw(*found, read_file(path), path=path, part=number)


def draw(
    page: Page,
    blocks: Sequence[Block],
    disclosure: Disclosure | Sequence[Disclosure] | None = None,
    *,
    path: str | Path | None = None,
    part: int = 1,
    scale: float = 2.0,
) -> Image.Image:
    """What was seen on the page, ``scale`` pixels a point.

    ``path`` is the PDF the page is of, for the background (white without
    it). Of text without pages the ``part`` from 1 is shown.
    """
    if disclosure is None:
        disclosures: tuple[Disclosure, ...] = ()
    else:
        disclosures = (disclosure,) if isinstance(disclosure, Disclosure) else tuple(disclosure)
    if page.number is None:
        return lines.draw(page, disclosures, path, part, scale)
    longest = max(page.width, page.height, 1.0)
    return sheet.draw(page, blocks, disclosures, path, min(scale, _LARGEST / longest))
