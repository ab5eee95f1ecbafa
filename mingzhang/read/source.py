"""One file, whatever its type → blocks in reading order, and remarks on what was left out."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from mingzhang.disclosure import Place, Remark
from mingzhang.read.block import Block, Line
from mingzhang.read.errors import ReadError
from mingzhang.read.grids import blocks as page_blocks
from mingzhang.read.pages import files, text
from mingzhang.read.pages.page import Page

_NUMBER = re.compile(r"[-—－–]?(?:第?\d{1,4}页?(?:[/／]\d{1,4}|共\d{1,4}页)?)[-—－–]?")


@dataclass(slots=True)
class Source:
    """The blocks of a file, its number of pages (None where it has none), what was not read and why, turned pages."""

    blocks: list[Block] = field(default_factory=list)
    pages: int | None = None
    remarks: list[Remark] = field(default_factory=list)
    turns: dict[int, tuple[int, float, float]] = field(default_factory=dict)


def _page_number(line: Line, page: Page) -> bool:
    """Whether a line at the head or foot of a page is its number (``12``, ``- 12 -``, ``第12页``, ``12/30``)."""
    if line.box is None or not _NUMBER.fullmatch("".join(line.text.split())):
        return False
    margin = 0.11 * page.height
    return line.box[3] < margin or line.box[1] > page.height - margin


def _office(kind: str) -> Callable[[str | Path], Iterator[Block]] | None:
    """The reader of an office format; its libraries are loaded only when such a file comes."""
    if kind == "docx":
        from mingzhang.read.pages import word

        return word.blocks
    if kind in ("xlsx", "xls"):
        from mingzhang.read.pages import sheets

        return sheets.blocks
    if kind == "html":
        from mingzhang.read.pages import html

        return html.blocks
    return None


def source(path: str | Path) -> Source:
    """Everything a file prints, as blocks. Raises ReadError (file, page, reason) where it cannot be read."""
    name = Path(path).name
    found = Source()
    reader = _office(files.kind_as_named(path))
    if reader is not None:
        found.blocks = list(reader(path))
        if not found.blocks:
            raise ReadError(str(path), "no-text", "文件里没有文字，也没有表格；请确认保存完整")
        return found
    ocr = False
    for page in files.pages(path):
        if page.number is None:
            lines, dropped = text.blocks(page)
            found.blocks += lines
            found.remarks += [Remark("page number", d.text, "页码", Place(name, line=d.number)) for d in dropped]
            continue
        found.pages = (found.pages or 0) + 1
        for block in page_blocks(page):
            if isinstance(block, Line) and _page_number(block, page):
                found.remarks.append(Remark("page number", block.text, "页码", Place(name, page.number, block.box)))
            else:
                found.blocks.append(block)
        ocr = ocr or page.ocr
        if page.turned:
            found.turns[page.number] = (page.turned, page.width, page.height)
        for word, reason in page.dropped:
            box = (word.x0, word.top, word.x1, word.bottom)
            found.remarks.append(Remark("not printed", word.text, reason, Place(name, page.number, box)))
    if ocr:
        found.remarks.append(Remark("ocr", "", "文字来自扫描件的隐藏文字层"))
    return found
