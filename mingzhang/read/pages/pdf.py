"""PDF files become pages: what is printed on them, and nothing else."""

import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from mingzhang.read.errors import ReadError
from mingzhang.read.pages import glyphs as characters
from mingzhang.read.pages import ink, scene, unprinted
from mingzhang.read.pages import pdfium as p
from mingzhang.read.pages.frame import Frame, shown, turned
from mingzhang.read.pages.glyphs import Glyphs
from mingzhang.read.pages.page import Dropped, Page, Rule, Word
from mingzhang.read.pages.words import words

_COVER = 0.8  # of the page: images that large are the page itself


def pages(path: str | os.PathLike[str], first: int = 1, last: int | None = None) -> Iterator[Page]:
    """The pages of a PDF file from ``first`` to ``last`` (both counted from 1), one at a time.

    Raises ReadError where the file cannot be opened, needs a password or has
    no pages. A page that cannot be opened comes empty and says so in
    ``dropped``.
    """
    document = _opened(path)
    try:
        count = len(document)
        if count <= 0:
            raise ReadError(path, "no-pages", "文件里没有任何页面")
        layered = _layered(path)
        for number in range(first, min(count, last or count) + 1):
            yield _page(document.raw, number, layered)
    finally:
        document.close()


def _opened(path: str | os.PathLike[str]) -> pdfium.PdfDocument:
    try:
        return pdfium.PdfDocument(Path(path))
    except FileNotFoundError as error:
        raise ReadError(path, "cannot-open", "文件打不开：找不到这个文件") from error
    except OSError as error:
        raise ReadError(path, "cannot-open", "文件打不开，请检查文件是否存在、能否读取") from error
    except pdfium.PdfiumError as error:
        code = getattr(error, "err_code", None)
        if code == raw.FPDF_ERR_PASSWORD:
            raise ReadError(path, "encrypted", "文件有密码保护，请先解除密码再读取") from error
        if code == raw.FPDF_ERR_SECURITY:
            raise ReadError(path, "encrypted", "文件用了不支持的加密方式，请先解除加密再读取") from error
        raise ReadError(path, "cannot-open", "不是有效的PDF文件，或者文件已损坏、不完整") from error


def _layered(path: str | os.PathLike[str]) -> bool:
    """Whether the document may have layers that are switched off (optional content)."""
    data = Path(path).read_bytes()
    return b"/OCProperties" in data or re.search(rb"/ObjStm", data) is not None


def _page(document: object, number: int, layered: bool) -> Page:
    handle = raw.FPDF_LoadPage(document, number - 1)
    if not handle:
        return Page(number, dropped=[Dropped(Word("", 0.0, 0.0, 0.0, 0.0), "the page cannot be opened")])
    text = raw.FPDFText_LoadPage(handle)
    try:
        return _read(handle, text, number, layered)
    finally:
        if text:
            raw.FPDFText_ClosePage(text)
        raw.FPDF_ClosePage(handle)


def _read(handle: object, text: object, number: int, layered: bool) -> Page:
    rotation = max(0, raw.FPDFPage_GetRotation(handle))
    rect = raw.FS_RECTF()
    raw.FPDF_GetPageBoundingBox(handle, rect)
    frame = Frame(shown(rect.left, rect.bottom, rect.right, rect.top, rotation))
    width, height = rect.right - rect.left, rect.top - rect.bottom
    if rotation % 2:
        width, height = height, width
    page = Page(number, width, height)
    textpage = p.pointer(text)
    seen = scene.look(p.pointer(handle), frame)
    page.rules = [_on(r, width, height) for r in scene.joined(seen.rules)]
    page.rules = [r for r in page.rules if r.x1 - r.x0 > 2 or r.bottom - r.top > 2]
    if not textpage:
        return page
    found = characters.read(textpage, frame.matrix)
    if found.unmapped:
        page.dropped.append(Dropped(Word("", 0.0, 0.0, 0.0, 0.0), f"{found.unmapped} characters without a text code"))
    if not found.runs:
        return page
    hidden, suspect = unprinted.decided(textpage, found, seen, (width, height), layered)
    if suspect or seen.odd or unprinted.painted_over(textpage, found, seen) or unprinted.odd(handle):
        backed = sum((b[2] - b[0]) * (b[3] - b[1]) for b in seen.images) >= _COVER * width * height
        try:
            blank, page.ocr = ink.unseen(handle, textpage, found, frame.matrix, (width, height), seen.texts, backed)
            for i in blank:
                hidden.setdefault(i, "no ink")
        except ink.CannotRender:
            page.dropped.append(Dropped(Word("", 0.0, 0.0, 0.0, 0.0), "the page cannot be rendered to see its ink"))
    if hidden:
        _drop(page, found, hidden)
    _upright(page, textpage, found, rotation)
    return page


def _on(rule: Rule, width: float, height: float) -> Rule:
    """What of a rule is on the page (nothing: a rule without length)."""
    x0, top, x1, bottom = rule
    box = Rule(max(x0, -2.0), max(top, -2.0), min(x1, width + 2.0), min(bottom, height + 2.0))
    return box if box.x0 <= box.x1 and box.top <= box.bottom else Rule(0.0, 0.0, 0.0, 0.0)


def _drop(page: Page, found: Glyphs, hidden: dict[int, str]) -> None:
    """Take the hidden characters out of the runs and note them with their reason."""
    runs = []
    for run in found.runs:
        part: list[int] = []
        gone: list[int] = []
        for i in run:
            if i in hidden:
                if gone and hidden[gone[-1]] != hidden[i]:
                    page.dropped.append(_noted(found, gone, hidden[gone[-1]]))
                    gone = []
                gone.append(i)
                if part:
                    runs.append(part)
                    part = []
            else:
                part.append(i)
        if part:
            runs.append(part)
        if gone:
            page.dropped.append(_noted(found, gone, hidden[gone[-1]]))
    found.runs = runs


def _noted(found: Glyphs, run: Sequence[int], reason: str) -> Dropped:
    a, z = run[0], run[-1]
    text = "".join(found.text[i] for i in run)
    return Dropped(Word(text, found.x0[a], found.top[a], found.x1[z], found.bottom[a]), reason)


def _upright(page: Page, textpage: int, found: Glyphs, rotation: int) -> None:
    """Make the words, in the reading direction of most of the page's text."""
    each, main = characters.turns(textpage, found, rotation)
    if main == 0 and all(turn == 0 for turn in each):
        page.words = words(found, found.runs, page.rules)
        return
    width, height = page.width, page.height
    for turn in [main, *sorted({t for t in each if t is not None} - {main})]:
        chosen = [i for t, run in zip(each, found.runs, strict=True) if t == turn for i in run]
        group = characters.regrouped(found, chosen, width, height, turn)
        rules = [_turned(r, width, height, turn) for r in page.rules]
        made = words(group, group.runs, rules)
        if turn != main:
            made = [_moved(w, width, height, turn, main) for w in made]
        page.words += made
    for way, run in zip(each, found.runs, strict=True):
        if way is None:
            page.dropped.append(_noted(found, run, "slanted"))
    page.rules = [_turned(r, width, height, main) for r in page.rules]
    page.dropped = [
        Dropped(Word(d.word.text, *turned(d.word[1:], width, height, main)), d.reason) for d in page.dropped
    ]
    page.turned = main
    if main % 2:
        page.width, page.height = height, width


def _turned(rule: Rule, width: float, height: float, quarters: int) -> Rule:
    return Rule(*turned(rule, width, height, quarters))


def _moved(word: Word, width: float, height: float, turn: int, main: int) -> Word:
    """A word that was read turned by ``turn``, placed where it stands on the page turned by ``main``."""
    if turn % 2:
        back = turned(word[1:], height, width, -turn % 4)
    else:
        back = turned(word[1:], width, height, -turn % 4)
    return Word(word.text, *turned(back, width, height, main))
