"""Web pages → lines and grids. Scripts, styles and what is not displayed are not read; no link is followed."""

import re
from collections.abc import Iterator
from pathlib import Path

from lxml import etree
from lxml import html as parse

from mingzhang.read.block import Block, Line
from mingzhang.read.errors import ReadError
from mingzhang.read.pages import text as plain_text
from mingzhang.read.pages.cells import Spot, grid, lines_of

LARGEST = 64 << 20
_SKIP = {"script", "style", "head", "noscript", "template", "svg", "nav", "select", "button", "iframe", "object"}
_BLOCKS = {
    "p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "tr", "table", "section", "article", "header", "footer",
    "main", "ul", "ol", "dl", "dt", "dd", "blockquote", "pre", "form", "caption", "figure", "figcaption", "body",
    "center",
}  # fmt: skip
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?:px|pt|;|$)", re.I)
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?([\w-]+)", re.I)


def blocks(path: str | Path) -> Iterator[Block]:
    """The paragraphs and tables of a web page in order. Raises ReadError where nothing can be read."""
    data = Path(path).read_bytes()
    if len(data) > LARGEST:
        raise ReadError(str(path), "too-large", "网页超过 64 MB，不像一份公开文本；请另存为 PDF")
    hit = _CHARSET.search(data[:4096])
    words = None
    if hit and hit.group(1).lower() not in (b"gb2312", b"gbk"):
        try:
            words = data.decode(hit.group(1).decode("ascii"))
        except (LookupError, UnicodeDecodeError):
            words = None
    words = words if words is not None else plain_text.decode(data)
    if not words or not words.strip():
        raise ReadError(str(path), "no-text", "网页里没有文字；请确认保存完整")
    words = re.sub(r"^\s*<\?xml[^>]*\?>", "", words).replace("\x00", "")
    try:
        root = parse.document_fromstring(words)
    except (etree.ParserError, ValueError):
        raise ReadError(str(path), "broken", "网页无法解析；请用浏览器打开后另存为 PDF") from None
    yield from _lines(_walk(root))


def _walk(element: etree._Element) -> Iterator[str | Block]:
    """Texts, line ends and grids in document order."""
    if not isinstance(element.tag, str) or element.tag in _SKIP or _gone(element):
        return
    if element.tag == "table" and not _layout(element):
        made = _table(element)
        yield "\n"
        for caption in element.iter("caption"):
            yield from _walk(caption)
        if made is not None:
            yield made
        return
    block = element.tag in _BLOCKS
    if block or element.tag == "br":
        yield "\n"
    if element.text:
        yield _flat(element.text)
    for child in element:
        yield from _walk(child)
        if child.tail:
            yield _flat(child.tail)
    if element.tag in ("td", "th"):
        yield "\t"
    if block:
        yield "\n"


def _gone(element: etree._Element) -> bool:
    """Whether an element says of itself that it is not displayed."""
    return element.get("hidden") is not None or _HIDDEN.search(element.get("style") or "") is not None


def _flat(words: str) -> str:
    return re.sub(r"\s+", " ", words)


def _layout(table: etree._Element) -> bool:
    """Whether a table only lays out the page: it holds other tables, or one cell."""
    return table.find(".//table") is not None or len(table.findall(".//td") + table.findall(".//th")) < 2


def _lines(pieces: Iterator[str | Block]) -> Iterator[Block]:
    held = ""
    for piece in pieces:
        if isinstance(piece, str):
            held += piece
            while "\n" in held:
                line, held = held.split("\n", 1)
                if line.strip():
                    yield _line(line)
        else:
            if held.strip():
                yield _line(held)
            held = ""
            yield piece
    if held.strip():
        yield _line(held)


def _line(words: str) -> Line:
    parts = tuple(p.strip() for p in words.split("\t") if p.strip())
    return Line(" ".join(words.split()), parts=parts)


def _span(cell: etree._Element, name: str) -> int:
    value = (cell.get(name) or "1").strip()
    return min(max(int(value), 1), 1000) if value.isdigit() else 1


def _table(table: etree._Element) -> Block | None:
    spots: list[Spot] = []
    taken: set[tuple[int, int]] = set()
    rows = [r for r in table.iter("tr") if not _gone(r)]
    for r, row in enumerate(rows):
        column = 0
        for cell in row:
            if cell.tag not in ("td", "th") or _gone(cell):
                continue
            while (r, column) in taken:
                column += 1
            high, wide = min(_span(cell, "rowspan"), len(rows) - r), _span(cell, "colspan")
            words = "".join(p if isinstance(p, str) else "" for p in _walk(cell))
            spots.append(Spot(r, column, high, wide, lines_of(words)))
            taken |= {(y, x) for y in range(r, r + high) for x in range(column, column + wide)}
            column += wide
    return grid(spots)
