"""Placed words and ruled lines become grids of cells and lines of text.

In: a Page. Out: ``blocks(page)``, its Lines and Grids in reading order.
"""

from mingzhang.read.block import Block, Grid, Line
from mingzhang.read.grids import aligned, ruled, split
from mingzhang.read.grids.lines import Level, levels, line
from mingzhang.read.pages.page import Page

__all__ = ["blocks"]


def blocks(page: Page) -> list[Block]:
    """The lines and grids of a page from the top; text without geometry gives its lines as they are."""
    if page.lines and not page.words:
        return [
            Line(text, page.number, None, number, tuple(p for p in text.split("\t") if p.strip()) or (text,))
            for number, text in page.lines
        ]
    words = page.words
    grids: list[Grid] = []
    for mesh in sorted(ruled.meshes(page.rules), key=lambda m: (m.xs[-1] - m.xs[0]) * (m.ys[-1] - m.ys[0])):
        if mesh.columns > 1:
            split.split(mesh, words)
        filled = ruled.fill(mesh, words, page.number)
        if filled is not None:
            grid, words = filled
            grids.append(grid)
    rest: list[Level] = levels(words)
    if rest:
        more, rest = aligned.grids(rest, page, grids)
        grids += more
    placed: list[tuple[float, float, Block]] = [(g.box[1], g.box[0], g) for g in grids]
    for level in rest:
        made = line(level, page.number)
        assert made.box is not None
        placed.append((made.box[1], made.box[0], made))
    placed.sort(key=lambda item: item[:2])
    out = [item[2] for item in placed]
    for k, block in enumerate(out):
        if isinstance(block, Line):
            out[k] = Line(block.text, block.page, block.box, block.number, block.parts, block.size, starts_page=True)
            break
    return out
