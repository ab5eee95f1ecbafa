"""The picture of a page with geometry: the page itself, pale, under what was seen on it."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from PIL import Image, ImageDraw

from mingzhang.disclosure import Disclosure
from mingzhang.read import upright
from mingzhang.read.block import Block, Grid, Line
from mingzhang.read.look.ink import (
    GRID,
    LINE,
    LOST,
    PAPER,
    RULE,
    WORD,
    Area,
    Palette,
    dashed,
    meet,
    tag,
    tag_area,
    tint,
    width,
)  # fmt: skip
from mingzhang.read.look.panel import Lost, Stroke, beside, panel
from mingzhang.read.look.roles import Box, Role, groups, roles, whole
from mingzhang.read.pages.page import Page, Word

_STROKES = (
    Stroke("outline", WORD, "词"),
    Stroke("line", RULE, "框线"),
    Stroke("outline", GRID, "网格和其中的合并单元格"),
    Stroke("dashed", GRID, "没有框线、由对齐得出的网格"),
    Stroke("bar", LINE, "网格以外的一行文字"),
    Stroke("cross", LOST, "没有印出或没有读入"),
)
_PALE = 0.6
_REASONS = {
    "clipped": "被裁去，没有印出",
    "outside the page": "在页面之外",
    "no ink": "没有墨迹（白字或被遮盖）",
    "invisible": "隐藏文字",
}
"""In the words of the picture, why the reader of PDFs dropped something."""


def draw(
    page: Page, blocks: Sequence[Block], disclosures: Sequence[Disclosure], path: str | Path | None, scale: float
) -> Image.Image:
    """The page with words, rules, blocks, roles and what was dropped; the legend to the right."""
    size = (max(1, round(page.width * scale)), max(1, round(page.height * scale)))
    sheet = background(page, Path(path), size) if path else Image.new("RGB", size, PAPER)
    sheet = Image.blend(Image.new("RGB", size, PAPER), sheet, _PALE)
    placed = [upright.read(d, page) for d in disclosures]
    found = _narrowed(roles(placed, page.number), page)
    palette = Palette()
    sheet = _filled(sheet, found, palette, scale)
    pen = ImageDraw.Draw(sheet)
    for word in page.words:
        pen.rectangle(_area(word[1:], scale), outline=WORD)
    for rule in page.rules:
        pen.line(_area(rule, scale), fill=RULE, width=2)
    printed = [_area(word[1:], scale) for word in page.words]
    taken: list[Area] = []
    for block in blocks:
        if isinstance(block, Grid):
            _grid(pen, block, scale, taken, printed)
        elif block.box:
            x0, top, _, bottom = _area(block.box, scale)
            pen.line((x0 - 8, top, x0 - 8, bottom), fill=LINE, width=4)
    lost = _lost(pen, page, found, scale, taken)
    _roles(pen, found, palette, scale, taken, printed)
    _rows(pen, found, blocks, scale, taken)
    counts = _counts(page, blocks)
    name = Path(path).name if path else ""
    title = f"{name} · 第 {page.number} 页" if name else f"第 {page.number} 页"
    return beside(sheet, panel(sheet.height, title, counts, found, lost, _STROKES, palette))


def _narrowed(found: Sequence[Role], page: Page) -> list[Role]:
    """The roles, the figures of sentences shrunk from the box of their line to their own digits."""
    out: list[Role] = []
    used: dict[Word, int] = {}
    for role in found:
        if role.kind == "figure" and role.box:
            x0, top, x1, bottom = role.box
            for word in page.words:
                inside = word.top < bottom - 1 and word.bottom > top + 1 and word.x0 < x1 and word.x1 > x0
                spots = [i for i in whole(word.text, role.text) if i >= used.get(word, 0)] if inside else []
                if spots:
                    at = next((i for i in spots if word.text.startswith(role.name, i + len(role.text))), spots[0])
                    used[word] = at + len(role.text)
                    role = replace(role, box=_digits(word, at, at + len(role.text)))
                    break
        out.append(role)
    return out


def _digits(word: Word, start: int, end: int) -> Box:
    """The part of a word from one character to another, by their usual widths."""
    total = max(1.0, width(word.text, 20))
    wide = word.x1 - word.x0
    left = word.x0 + wide * width(word.text[:start], 20) / total
    return (left, word.top, left + wide * width(word.text[start:end], 20) / total, word.bottom)


def background(page: Page, path: Path, size: tuple[int, int]) -> Image.Image:
    """The rendered page, turned as the words were where the reader turned sideways text upright."""
    import pypdfium2

    with pypdfium2.PdfDocument(path) as document:
        shown = document[(page.number or 1) - 1]
        image = shown.render(scale=max(size) / max(1.0, page.width, page.height)).to_pil().convert("RGB")
    turn = {
        1: Image.Transpose.ROTATE_90,
        2: Image.Transpose.ROTATE_180,
        3: Image.Transpose.ROTATE_270,
    }.get(page.turned)
    return (image if turn is None else image.transpose(turn)).resize(size)


def _area(box: Box, scale: float) -> Area:
    x0, top, x1, bottom = box
    return (min(x0, x1) * scale, min(top, bottom) * scale, max(x0, x1) * scale, max(top, bottom) * scale)


def _filled(sheet: Image.Image, found: Sequence[Role], palette: Palette, scale: float) -> Image.Image:
    """The sheet with the ground of every role in its colour, the print left readable."""
    ground = Image.new("RGB", sheet.size, PAPER)
    pen = ImageDraw.Draw(ground)
    for role in found:
        if role.box and role.kind != "remark":
            pen.rectangle(_area(role.box, scale), fill=tint(palette.of(role), 0.32))
    from PIL import ImageChops

    return ImageChops.multiply(sheet, ground)


def _grid(pen: ImageDraw.ImageDraw, grid: Grid, scale: float, taken: list[Area], printed: Sequence[Area]) -> None:
    """The outline of the grid with its size, and its merged cells."""
    for cell in grid.cells:
        if cell.rows > 1 or cell.columns > 1:
            x0, top, x1, bottom = _area(cell.box, scale)
            if x1 - x0 > 8 and bottom - top > 8:
                pen.rectangle((x0 + 3, top + 3, x1 - 3, bottom - 3), outline=GRID)
        elif not grid.ruled:
            pen.rectangle(_area(cell.box, scale), outline=tint(GRID, 0.5))
    area = _area(grid.box, scale)
    outer = (area[0] - 4, area[1] - 4, area[2] + 4, area[3] + 4)
    if grid.ruled:
        pen.rectangle(outer, outline=GRID, width=3)
    else:
        dashed(pen, outer, GRID, 3, 10)
    words = f"{'网格' if grid.ruled else '对齐网格'} {grid.rows}×{grid.columns}"
    wide = tag_area(0, 0, words, 16)[2]
    spots = [(x, y) for y in (outer[1] - 24, outer[3] + 3) for x in (outer[0], outer[2] - wide)]
    x, y = _free(spots, words, 16, [*taken, *printed])
    taken.append(tag(pen, x, y, words, 16, GRID))


def _free(spots: Sequence[tuple[float, float]], words: str, size: int, taken: Sequence[Area]) -> tuple[float, float]:
    """The first of the spots where the tag covers nothing and is not cut off; the first of all where none is free."""
    for x, y in spots:
        wanted = tag_area(x, y, words, size)
        if x >= 0 and y >= 0 and not any(meet(wanted, other) for other in taken):
            return x, y
    return max(0.0, spots[0][0]), max(0.0, spots[0][1])


def _roles(
    pen: ImageDraw.ImageDraw,
    found: Sequence[Role],
    palette: Palette,
    scale: float,
    taken: list[Area],
    printed: Sequence[Area],
) -> None:
    """A frame around every figure, and the name of the column over the first figure of each column."""
    for names in groups(r for r in found if r.kind != "remark").values():
        for name, members in names.items():
            colour = palette.of(members[0])
            areas = [_area(role.box, scale) for role in members if role.box]
            for role in members:
                if role.box and role.placed:
                    dashed(pen, _area(role.box, scale), colour)
                elif role.box:
                    pen.rectangle(_area(role.box, scale), outline=colour, width=2)
            if areas and members[0].kind != "figure":
                first = min(areas, key=lambda a: (a[1], a[0]))
                x, y = first[0] + 2, first[1]
                inside = (first[2] - 2 - tag_area(0, 0, name, 14)[2], y + 1)
                spots = [(x, y - 18), (x, y - 11), (x, y + 1), inside, (x, y - 30), (x, y - 44)]
                taken.append(tag(pen, *_free(spots, name, 14, [*taken, *printed]), name, 14, colour))


def _rows(
    pen: ImageDraw.ImageDraw, found: Sequence[Role], blocks: Sequence[Block], scale: float, taken: list[Area]
) -> None:
    """The code or label that each row was read as, beside the grid where there is room: expenditure to the right."""
    edges = [_area(b.box, scale) for b in blocks if isinstance(b, Grid)]
    for role in found:
        if role.kind != "cell" or not role.box or not role.row:
            continue
        area = _area(role.box, scale)
        edge = next((e for e in edges if e[1] - 1 <= area[1] <= e[3] + 1 and e[0] - 1 <= area[0] <= e[2] + 1), area)
        text = role.row if len(role.row) <= 8 else role.row[:7] + "…"
        middle = (area[1] + area[3]) / 2
        wide = tag_area(0, 0, text, 13)[2]
        x = edge[2] + 8 if role.side == "expenditure" else max(0.0, edge[0] - wide - 8)
        wanted = tag_area(x, middle - 9, text, 13)
        if not any(meet(wanted, other) for other in taken):
            taken.append(tag(pen, wanted[0], wanted[1], text, 13, (122, 130, 142)))


def _lost(pen: ImageDraw.ImageDraw, page: Page, found: Sequence[Role], scale: float, taken: list[Area]) -> list[Lost]:
    """Marks what was dropped or not placed, numbered; words dropped beside each other for one reason count once."""
    places: list[tuple[Box, str, str]] = []
    for word, reason in page.dropped:
        box = (word.x0, word.top, word.x1, word.bottom)
        if places and places[-1][2] == reason and _next(places[-1][0], box):
            before, text, _ = places[-1]
            joined = (min(before[0], box[0]), min(before[1], box[1]), max(before[2], box[2]), max(before[3], box[3]))
            places[-1] = (joined, text + word.text, reason)
        else:
            places.append((box, word.text, reason))
    places += [(r.box, r.text, r.words or r.name) for r in found if r.kind == "remark" and r.box]
    out: list[Lost] = []
    for number, (box, text, reason) in enumerate(places, 1):
        out.append(Lost(number, text, _REASONS.get(reason, reason)))
        area = _area(box, scale)
        pen.rectangle(area, outline=LOST, width=2)
        middle = (area[1] + area[3]) / 2
        pen.line((area[0], middle, area[2], middle), fill=LOST, width=2)
        wanted = tag_area(area[0], area[1] - 18, str(number), 13)
        if not any(meet(wanted, other) for other in taken):
            taken.append(tag(pen, wanted[0], max(0.0, wanted[1]), str(number), 13, LOST))
    return out


def _next(one: Box, other: Box) -> bool:
    """Whether two boxes stand on one line, close to each other."""
    return abs(one[1] - other[1]) < 3 and abs(one[3] - other[3]) < 3 and -3 < other[0] - one[2] < 20


def _counts(page: Page, blocks: Sequence[Block]) -> list[str]:
    grids = [b for b in blocks if isinstance(b, Grid)]
    counts = [f"{len(page.words)} 词", f"{len(page.rules)} 线"]
    if grids:
        counts.append(f"{len(grids)} 个网格（" + "，".join(f"{g.rows}×{g.columns}" for g in grids[:4]) + "）")
    counts.append(f"{sum(isinstance(b, Line) for b in blocks)} 行")
    if page.dropped:
        counts.append(f"{len(page.dropped)} 词未读")
    if page.ocr:
        counts.append("文字来自扫描件的隐藏文字层")
    return counts
