"""A set statement or performance table as typst source: page size, type size, tables and their pieces on pages."""

from collections.abc import Sequence
from dataclasses import dataclass

from mingzhang.publish import flow
from mingzhang.publish.escape import typst
from mingzhang.publish.evaluation import Goals
from mingzhang.publish.layout import Layout
from mingzhang.publish.sheet import Box, Sheet

_A4 = (595.28, 841.89)
_A3 = (841.89, 1190.55)
_MARGIN = 56.0
_INSET = 2.5
_SMALLEST = 5.5
_TOGETHER = 3
"""So many last rows of a performance table stand on one page: a cell of no width that does not break spans them."""
_LOW = 18
"""Rows of more lines than this may be parted: what does not break has to fit on a page."""
_STROKES = {
    "full": "0.5pt + black",
    "horizontal": "(x: none, y: 0.5pt + black)",
    "none": "none",
    "frame": "(x: 0.3pt + black, y: none)",
}


@dataclass(frozen=True, slots=True)
class Paper:
    """The page a table is set on, in points, and the type size that makes it fit."""

    width: float
    height: float
    size: float
    turned: bool = False


def paper(widths: Sequence[float], layout: Layout, turned: bool) -> Paper:
    """The smallest page of the layout's orientation on which columns of these em fit in readable type."""
    formats = [(_A4, False), (_A4, True), (_A3, True)]
    if layout.orientation == "portrait" and not turned:
        formats = [(_A4, False), (_A3, False), (_A3, True)]
    elif layout.orientation == "landscape" or turned:
        formats = [(_A4, True), (_A3, True)]
    steps = [layout.size, layout.size * 0.85, max(_SMALLEST, layout.size * 0.7)]
    if layout.orientation == "fit":
        choices = [(f, s) for f in formats for s in steps[:2]] + [(f, steps[2]) for f in formats]
    else:
        choices = [(f, s) for f in formats for s in steps]
    for ((short, long), across), size in choices:
        wide, high = (long, short) if across else (short, long)
        if _needed(widths, size, layout) <= wide - 2 * _MARGIN:
            return Paper(wide, high, round(size, 2), turned)
    size = _SMALLEST
    while _needed(widths, size, layout) > _A3[1] - 2 * _MARGIN and size > 2:
        size -= 0.25
    return Paper(_A3[1], _A3[0], size, turned)


def _gap(layout: Layout) -> float:
    return 5.0 if layout.ruling in ("none", "horizontal") else _INSET


def _needed(widths: Sequence[float], size: float, layout: Layout) -> float:
    return sum(widths) * size + 2 * _gap(layout) * len(widths)


def _widths(widths: Sequence[float], page: Paper, layout: Layout) -> list[float]:
    """Column widths in points: what each needs, and a share of the room that is left, up to a half more."""
    own = [w * page.size + 2 * _gap(layout) for w in widths]
    room = page.width - 2 * _MARGIN - sum(own)
    stretch = min(1.5, 1 + max(0.0, room) / sum(own))
    return [round(w * stretch, 2) for w in own]


def _cell(box: Box, vertical: str, extra: str = "") -> str:
    where = {"left": "left", "center": "center", "right": "right"}[box.align]
    up = "top" if vertical == "top" else "horizon"
    spans = (f"colspan: {box.columns}, " if box.columns > 1 else "") + (f"rowspan: {box.rows}, " if box.rows > 1 else "")
    return f"table.cell({spans}align: {where} + {up}{extra}, {typst(box.text)})"


def _pieces(sheet: Sheet, layout: Layout) -> list[list[int]]:
    """The body rows of each page that the layout forces; one piece where tables break by themselves."""
    rows = list(range(len(sheet.body)))
    alone = [n for n in rows if layout.total_alone and n in sheet.totals and len(rows) > layout.rows_on_page > 0]
    rest = [n for n in rows if n not in alone]
    step = layout.rows_on_page or max(1, len(rest))
    pieces = [rest[n : n + step] for n in range(0, len(rest), step)]
    return [*pieces, *([alone] if alone else [])] or [[]]


def statement(sheet: Sheet, layout: Layout) -> str:
    """The typst source of one statement on pages of its own."""
    page = paper(sheet.widths, layout, sheet.id in layout.turned)
    pieces = _pieces(sheet, layout)
    parts = []
    for n, rows in enumerate(pieces):
        body = _head(sheet, layout, n) if n == 0 or layout.continuation == "title" else ""
        body += _table(sheet, layout, page, rows, n == 0 or layout.continuation != "nothing")
        if n == len(pieces) - 1:
            body += "".join(f"#block(text(size: {page.size}pt, {typst(note)}))\n" for note in sheet.notes)
        parts.append(body)
    return _pages(parts, page)


def _pages(parts: list[str], page: Paper) -> str:
    """Pages of that paper, each part beginning a new one."""
    width, height = (page.height, page.width) if page.turned else (page.width, page.height)
    if page.turned:
        room = page.width - 2 * _MARGIN
        parts = [f"#rotate(-90deg, reflow: true, block(width: {room:.2f}pt)[\n{body}])\n" for body in parts]
    body = "#pagebreak(weak: true)\n".join(parts)
    return f"#page(width: {width}pt, height: {height}pt, margin: {_MARGIN}pt)[#tabled[\n{body}]]\n"


def _head(sheet: Sheet, layout: Layout, number: int) -> str:
    """What stands over a table: its title, number, whose it is, and its unit."""
    size = layout.size + 5
    if number:
        lines = [f"#align(center, text(size: {size}pt, {typst(sheet.title + '（续表）')}))"]
    else:
        lines = [f"#align(center, title(2, {size}pt, {typst(sheet.title)}))"]
    facts = flow.facts(sheet, layout)
    if facts.under:
        lines.append(f"#align(center, {typst(facts.under)})")
    if facts.number:
        lines.append(f"#align(right, {typst(facts.number)})")
    if facts.unit:
        lines.append(f"#grid(columns: (1fr, auto), {typst(facts.whose)}, {typst(facts.unit)})")
    elif facts.whose:
        lines.append(f"#align(left, {typst(facts.whose)})")
    return "\n".join(f"#block(width: 100%, above: 6pt, below: 6pt)[{line}]" for line in lines) + "\n"


def _lines(row: Sequence[Box], widths: Sequence[float]) -> int:
    """The lines that the longest text of a row takes, at most; its boxes end at the right edge."""
    most, end = 1, len(widths)
    for box in reversed(row):
        room = int(sum(widths[max(0, end - box.columns) : end])) or 1
        most = max(most, sum(-(-max(1, len(line)) // room) for line in box.text.split("\n")))
        end -= box.columns
    return most


def goals(made: Goals, layout: Layout) -> str:
    """The typst source of a performance table on pages of its own."""
    page = paper(made.widths, layout, False)
    cells = [_cell(box, "middle") for row in made.rows for box in row]
    if len(made.rows) > _TOGETHER and sum(_lines(row, made.widths) for row in made.rows[-_TOGETHER:]) <= _LOW:
        first = len(made.rows) - _TOGETHER
        for y, rows, breaks in ((0, first, "true"), (first, _TOGETHER, "false")):
            at = f"x: {len(made.widths)}, y: {y}, rowspan: {rows}"
            cells.insert(0, f"table.cell({at}, breakable: {breaks}, stroke: none, inset: 0pt, [])")
    whose = f", whose: {typst(made.whose)}" if made.whose else ""
    shown = f"title(1, {layout.size + 5}pt, {typst(made.title)}{whose})"
    head = f"#block(width: 100%, above: 6pt, below: 6pt, align(center, {shown}))\n"
    return _pages([head + _grid(made.widths, page, layout, "0.5pt + black", cells, ", 0pt")], page)


def _table(sheet: Sheet, layout: Layout, page: Paper, rows: list[int], show_header: bool) -> str:
    framed = layout.ruling == "frame"
    lined = ", stroke: 0.5pt + black" if framed else ""
    cells: list[str] = []
    if framed:
        thick = "stroke: 1.2pt + black"
        cells += [f"table.vline(x: 0, {thick})", f"table.vline(x: {len(sheet.widths)}, {thick})", f"table.hline({thick})"]
    if show_header:
        header = [_cell(box, "middle") for row in flow.unit_row(sheet, layout) for box in row]
        header += [_cell(box, "middle", lined) for row in sheet.header for box in row]
        repeat = "true" if layout.continuation != "nothing" else "false"
        cells.append(f"table.header(repeat: {repeat}, {', '.join(header)})")
    cells += [_cell(box, layout.vertical) for n in rows for box in sheet.body[n]]
    if framed:
        cells.append("table.hline(stroke: 1.2pt + black)")
    return _grid(sheet.widths, page, layout, _STROKES[layout.ruling], cells)


def _grid(widths: Sequence[float], page: Paper, layout: Layout, stroke: str, cells: list[str], last: str = "") -> str:
    columns = ", ".join(f"{w}pt" for w in _widths(widths, page, layout)) + last
    return (
        f"#[#set text(size: {page.size}pt, top-edge: 0.88em, bottom-edge: -0.12em)\n#set par(leading: 2pt)\n"
        f"#align(center, table(columns: ({columns},), stroke: {stroke}, "
        f"inset: (x: {_gap(layout)}pt, y: {layout.row_space}pt),\n" + ",\n".join(cells) + "))]\n"
    )
