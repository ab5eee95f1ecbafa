"""Blocks → regions: which lines and grids are a statement, a performance table, or running text."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from mingzhang.forms import Book, EvaluationForm, Form
from mingzhang.read.block import Block, Grid, Line
from mingzhang.read.words import plain

_FORM_NUMBER = re.compile(
    r"(?:公开|预算|决算|附|财决)(?:公开|预算|决算)?(?:附?表)?[\d一二三四五六七八九十]{1,3}表?[:：]?"
    r"|(?:附?表)[\d一二三四五六七八九十]{1,3}[:：]?"
)
_UNIT = re.compile(r"单位[:：](?:人民币)?(?:万元|元|亿元|千元|[台辆套个人、]+|%)")
_WHOSE = re.compile(r"(?:编制|填报|编报|预算)?(?:部门|单位)(?:名称|[（(]单位[）)]名称)?[:：]")
_PART = re.compile(r"第[一二三四五六七八九十]{1,2}部分")
_NOTE = re.compile(r"(?:注|说明|备注|附注)\d*[:：.]")
_EXPLANATION = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}、|第[一二三四五六七八九十]+章)\D{0,40}(?:说明|情况|解释|概况|职责|职能|设置|构成|绩效|事项)$"
)
_HEADER = re.compile(
    r"收入支出|项目|科目编码|科目代码|科目名称|栏次|行次|一级指标|三级指标|部门（单位）名称|单位编码|单位代码|部门名称|单位名称"
    r"|经济分类|功能分类|预算数|决算数|合计|人员经费|工资福利|主管部门|类型"
)
_LEVELS = re.compile(r"[一二三]级指标")
_SENTENCE = re.compile(r"[，。；]")
_AMOUNT = re.compile(r"(?<![\d.])\d[\d,]*\.\d\d(?![\d.%])")
_TOTALS = frozenset({"合计", "总计", "收入总计", "支出总计", "人员经费合计", "公用经费合计"})
_TITLE_LIKE = re.compile(r"[^。；，：]{2,40}表(?:（续）|\(续\))?")


@dataclass(frozen=True, slots=True)
class Region:
    """A stretch of blocks that belong together.

    ``kind``: ``statement`` (form, or None where no form describes it),
    ``evaluation`` (form is an EvaluationForm) or ``text``. ``title`` is the
    printed title as one Line (None for text).
    """

    kind: str
    form: Form | EvaluationForm | None
    title: Line | None
    blocks: tuple[Block, ...]


def belongs_before(line: Line) -> bool:
    """Whether a line that stands before a title is its number (公开01表), unit or department line."""
    text = plain(line.text)
    return len(text) <= 60 and bool(_FORM_NUMBER.fullmatch(text) or _UNIT.search(text) or _WHOSE.match(text))


def is_note(line: Line) -> bool:
    return _NOTE.match(plain(line.text)) is not None


@dataclass(frozen=True, slots=True)
class _Title:
    start: int
    end: int
    form: Form | EvaluationForm | None
    line: Line


def _candidates(blocks: Sequence[Block], book: Book) -> list[_Title]:
    found: list[_Title] = []
    at = 0
    while at < len(blocks):
        block = blocks[at]
        if isinstance(block, Line):
            form = book.titled(block.text)
            if form is None and book.numbered(block.text) is not None and at + 1 < len(blocks):
                at += 1
                continue
            if form is not None:
                found.append(_Title(at, at + 1, form, block))
            else:
                joined = _joined(blocks, at, book)
                if joined is not None:
                    found.append(joined)
                    at = joined.end
                    continue
        at += 1
    return found


def _joined(blocks: Sequence[Block], at: int, book: Book) -> _Title | None:
    """A title that is broken over two lines."""
    first = blocks[at]
    second = blocks[at + 1] if at + 1 < len(blocks) else None
    if not (isinstance(first, Line) and isinstance(second, Line)) or first.page != second.page:
        return None
    a, b = plain(first.text), plain(second.text)
    if len(a) > 40 or len(b) > 30 or not b.endswith(("表", "）", ")")) or _HEADER.fullmatch(a) or belongs_before(first):
        return None
    form = book.titled(a + b)
    if form is None or book.titled(b) is not None:
        return None
    return _Title(at, at + 2, form, Line(a + b, first.page, first.box, first.number, (), first.size, first.starts_page))


def _real(title: _Title, blocks: Sequence[Block], limit: int) -> bool:
    """Whether a table follows the title before the next one (a line of a contents list is followed by none)."""
    text = plain(title.line.text)
    if title.start and isinstance(blocks[title.start - 1], Line) and limit > title.end:
        before = plain(blocks[title.start - 1].text)  # type: ignore[union-attr]
        if _FORM_NUMBER.fullmatch(before):
            return True
    for seen, block in enumerate(blocks[title.end : min(limit, title.end + 12)], start=1):
        if isinstance(block, Grid):
            return True
        line = plain(block.text)
        if _PART.match(line) or (_TITLE_LIKE.fullmatch(line) and not _FORM_NUMBER.fullmatch(line)):
            return False
        if _UNIT.search(line) or _WHOSE.match(line) or _FORM_NUMBER.fullmatch(line):
            return True
        if _HEADER.search(line) and not _SENTENCE.search(line):
            return text.endswith(("表", "）", ")"))
        if seen > 6:
            break
    if isinstance(title.form, EvaluationForm):
        ahead = blocks[title.end : min(limit, title.end + 60)]
        return any(isinstance(b, Line) and _LEVELS.search(plain(b.text)) for b in ahead)
    return (
        sum(
            isinstance(b, Line) and not _SENTENCE.search(b.text) and len(_AMOUNT.findall(b.text)) > 1
            for b in blocks[title.end : min(limit, title.end + 80)]
        )
        > 1
    )


def _titles(blocks: Sequence[Block], book: Book) -> list[_Title]:
    candidates = _candidates(blocks, book)
    titles = []
    for n, title in enumerate(candidates):
        limit = candidates[n + 1].start if n + 1 < len(candidates) else len(blocks)
        if _real(title, blocks, limit):
            titles.append(title)
    return titles


def _unknown(blocks: Sequence[Block], at: int) -> _Title | None:
    """The title of a grid that no form describes: a line ending in 表 just above it."""
    for back in range(at - 1, max(at - 5, -1), -1):
        line = blocks[back]
        if isinstance(line, Grid):
            return None
        if belongs_before(line):
            continue
        text = plain(line.text)
        return _Title(back, back + 1, None, line) if _TITLE_LIKE.fullmatch(text) else None
    return None


def _has_amounts(grid: Grid) -> bool:
    return any("." in c.text and c.text.replace(",", "").replace(".", "").lstrip("-").isdigit() for c in grid.cells)


def regions(blocks: Sequence[Block], book: Book) -> list[Region]:
    """Cut the blocks of one document into regions, in order; every block is in exactly one of them."""
    starts = {title.start: title for title in _titles(blocks, book)}
    out: list[Region] = []
    text: list[Block] = []
    at = 0
    while at < len(blocks):
        title = starts.get(at)
        block = blocks[at]
        if title is None and isinstance(block, Grid) and _has_amounts(block):
            title = _unknown(blocks, at)
            if title is not None:
                drop = at - title.start
                if len(text) >= drop and text[len(text) - drop] is title.line:
                    del text[len(text) - drop :]
                else:
                    title = None
        if title is None:
            text.append(block)
            at += 1
            continue
        before: list[Block] = []
        while text and isinstance(text[-1], Line) and belongs_before(text[-1]) and len(before) < 4:
            before.insert(0, text.pop())
        if text:
            out.append(Region("text", None, None, tuple(text)))
            text = []
        end = _end(blocks, title, starts)
        body = (*before, *blocks[title.end : end])
        kind = "evaluation" if isinstance(title.form, EvaluationForm) else "statement"
        out.append(Region(kind, title.form, title.line, body))
        at = end
    if text:
        out.append(Region("text", None, None, tuple(text)))
    return _continued(out)


def _continued(cut: Sequence[Region]) -> list[Region]:
    """Regions of one form on following pages are one, where the title is merely repeated over the page."""
    out: list[Region] = []
    for region in cut:
        before = out[-1] if out else None
        if (
            before is not None
            and region.form is not None
            and region.form is before.form
            and isinstance(region.form, Form)
            and any(isinstance(b, Grid) for b in region.blocks)
            and _last_page(before) + 1 == (region.title.page if region.title else None)
            and not (_totalled(before) and _totalled(region))
        ):
            out[-1] = Region(before.kind, before.form, before.title, (*before.blocks, *region.blocks))
            continue
        out.append(region)
    return out


def _last_page(region: Region) -> int:
    return max((b.page or 0 for b in region.blocks), default=0)


def _totalled(region: Region) -> bool:
    """Whether a row of the region is labelled as a total."""
    return any(isinstance(b, Grid) and any(c.text in _TOTALS and c.row > 2 for c in b.cells) for b in region.blocks)


def _end(blocks: Sequence[Block], title: _Title, starts: dict[int, _Title]) -> int:
    """The index after the last block of the region that the title begins."""
    grids = False
    noted = False
    last_page: int | None = title.line.page
    at = title.end
    while at < len(blocks):
        if at in starts:
            return _give_back(blocks, at, title.end)
        block = blocks[at]
        if isinstance(block, Grid):
            if grids and block.page is not None and last_page is not None and block.page > last_page + 1:
                return at
            if noted and grids and isinstance(title.form, Form):
                return at
            grids, last_page = True, block.page
            at += 1
            continue
        line = plain(block.text)
        if _PART.match(line) or _EXPLANATION.fullmatch(line):
            return _give_back(blocks, at, title.end)
        if grids:
            if not _goes_on(blocks, at, title, noted):
                return at
            noted = noted or is_note(block)
        at += 1
    return at


def _goes_on(blocks: Sequence[Block], at: int, title: _Title, noted: bool) -> bool:
    """Whether a line under a grid still belongs to the table: a note, a further line of one, or a repeated header."""
    line = blocks[at]
    assert isinstance(line, Line)
    text = plain(line.text)
    if is_note(line) or belongs_before(line) or not text or text.isdigit() or text.strip("-—－").isdigit():
        return not belongs_before(line) or _grid_follows(blocks, at, line.page)
    if title.form is not None and text == plain(title.line.text):
        return True
    if isinstance(title.form, EvaluationForm):
        return _grid_follows(blocks, at, line.page)
    if not noted and _rows_ahead(blocks, at):
        return True
    previous = blocks[at - 1]
    if not isinstance(previous, Grid) and noted and previous.page == line.page:
        return True
    if isinstance(previous, Grid) and previous.page == line.page and not _TITLE_LIKE.fullmatch(text) and len(text) > 12:
        return not _PART.match(text) and ("本表" in text or "注" in text[:2] or "说明" in text[:3])
    return False


def _rows_ahead(blocks: Sequence[Block], at: int) -> bool:
    """Whether only short lines (rows without figures, which no ruled line holds) stand between here and a grid."""
    for block in blocks[at : at + 40]:
        if isinstance(block, Grid):
            return True
        text = plain(block.text)
        if len(text) > 40 or _SENTENCE.search(text) or _PART.match(text) or _EXPLANATION.fullmatch(text):
            return False
        if _TITLE_LIKE.fullmatch(text) or belongs_before(block):
            return False
    return False


def _grid_follows(blocks: Sequence[Block], at: int, page: int | None) -> bool:
    for block in blocks[at + 1 : at + 4]:
        if isinstance(block, Grid):
            return block.page is None or page is None or block.page <= page + 1
    return False


def _give_back(blocks: Sequence[Block], at: int, floor: int) -> int:
    """Lines before the next title that belong to it (its number, its unit) are not the end of this region."""
    while at > floor:
        line = blocks[at - 1]
        if isinstance(line, Grid) or not belongs_before(line) or is_note(line):
            break
        if floor == at - 1:
            break
        at -= 1
    return at
