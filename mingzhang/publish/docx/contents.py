"""The table of contents: a field that Word computes anew, filled in so that it shows at once."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from mingzhang.publish.docx.elements import POINT, child, element, field, words

DEPTH = 2
"""Parts, their sections and the tables are listed."""

_TYPE = "C"
"""Of the entries that say for themselves what the contents show of them."""

_CODE = f'TOC \\o "1-{DEPTH}" \\f {_TYPE} \\h \\z \\t "表标题,2"'


@dataclass(frozen=True, slots=True)
class Entry:
    """What the contents list: its text, its depth from 1, its page, and its number among the entries."""

    text: str
    depth: int
    page: int
    number: int

    @property
    def mark(self) -> str:
        return f"_Toc{self.number:08d}"


def mark(paragraph: Any, entry: Entry) -> None:
    """The bookmark that the entry leads to, around the words of the paragraph."""
    start = element("w:bookmarkStart", id=entry.number, name=entry.mark)
    form = paragraph.pPr
    if form is not None:
        form.addnext(start)
    else:
        paragraph.insert(0, start)
    child(paragraph, "w:bookmarkEnd", id=entry.number)


def said(paragraph: Any, entry: Entry) -> None:
    """A field behind the words of the paragraph that is not shown and says the entry, so that Word lists that anew."""
    child(child(paragraph, "w:r"), "w:fldChar", fldCharType="begin")
    instruction = child(child(paragraph, "w:r"), "w:instrText")
    text = re.sub(r'["“”\\]', "", entry.text)  # they would end the text of the field
    instruction.text = f' TC "{text}" \\f {_TYPE} \\l {entry.depth} '
    child(child(paragraph, "w:r"), "w:fldChar", fldCharType="end")


def listed(entries: Sequence[Entry], wide: float) -> Any:
    """The contents as a block that Word shows with its own button to update it."""
    block = element("w:sdt")
    gallery = child(child(block, "w:sdtPr"), "w:docPartObj")
    child(gallery, "w:docPartGallery", val="Table of Contents")
    child(gallery, "w:docPartUnique")
    content = child(block, "w:sdtContent")
    lines = [_line(content, entry, wide) for entry in entries]
    first = lines[0] if lines else child(content, "w:p")
    opening = element("w:p")
    child(child(opening, "w:r"), "w:fldChar", fldCharType="begin")
    instruction = child(child(opening, "w:r"), "w:instrText")
    instruction.text = f" {_CODE} "
    child(child(opening, "w:r"), "w:fldChar", fldCharType="separate")
    place = 1 if lines else 0
    for run in reversed(list(opening)):
        first.insert(place, run)
    child(child(child(content, "w:p"), "w:r"), "w:fldChar", fldCharType="end")
    return block


def _line(content: Any, entry: Entry, wide: float) -> Any:
    line = child(content, "w:p")
    form = child(line, "w:pPr")
    child(form, "w:pStyle", val=f"TOC{entry.depth}")
    child(child(form, "w:tabs"), "w:tab", val="right", leader="dot", pos=round(wide * POINT))
    link = child(line, "w:hyperlink", anchor=entry.mark, history=1)
    words(link, entry.text)
    child(child(link, "w:r"), "w:tab")
    field(link, f"PAGEREF {entry.mark} \\h", str(entry.page))
    return line
