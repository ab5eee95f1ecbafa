"""Data rows of a grid → rows of a statement, by the roles of the columns."""

import re
from dataclasses import dataclass

from mingzhang.disclosure import UNDECIDED, Cell, Place, Printed, Remark, Row
from mingzhang.forms import Form
from mingzhang.read.block import Grid, GridCell
from mingzhang.read.statements.header import Header, Leaf, by_row
from mingzhang.read.words import NOTHING, bare, is_total, number, plain

_CODED = re.compile(r"(\d{3,12})([^\d.,].*)")
_TYPE = re.compile(r".{2,10}类(?:项目)?|人员经费|公用经费|.{0,4}项目支出")


@dataclass(slots=True)
class _Part:
    """One group of one printed row while it is read."""

    codes: list[str]
    label: str = ""
    line: int | None = None
    kind: str = ""
    side: str = ""
    second: str = ""
    cells: list[Cell] | None = None
    box: tuple[float, float, float, float] | None = None


def _place(grid: Grid, cell: GridCell, file: str) -> Place:
    return Place(file, grid.page, cell.box)


def _covering(grid: Grid) -> dict[int, list[GridCell]]:
    """Cells of more than one row, by each further row they cover."""
    out: dict[int, list[GridCell]] = {}
    for cell in grid.cells:
        for row in range(cell.row + 1, cell.row + cell.rows):
            out.setdefault(row, []).append(cell)
    return out


def read_rows(grid: Grid, header: Header, form: Form | None, file: str) -> tuple[list[Row], list[Remark]]:
    """The rows of the grid below its header, left group before right group, and what could not be read."""
    rows: list[Row] = []
    remarks: list[Remark] = []
    cells_of = by_row(grid)
    covering = _covering(grid)
    for r in range(header.first, grid.rows):
        parts: dict[int, _Part] = {}
        for cell in cells_of[r]:
            if not cell.text:
                continue
            leaf = _leaf(header, cell)
            if leaf is None:
                remarks.append(Remark("unplaced", cell.text, "不在任何列内", _place(grid, cell, file)))
                continue
            part = parts.setdefault(leaf.group, _Part([], side=leaf.side, cells=[]))
            _take(part, leaf, cell, grid, file, remarks, header)
        for cell in covering.get(r, ()):
            leaf = _leaf(header, cell)
            if leaf is not None and leaf.role == "type" and leaf.group in parts:
                parts[leaf.group].kind = cell.text
        if form is not None and any(leaf.item for leaf in header.leaves):
            continue
        if form is not None and form.shape == "abreast":
            _widen(parts)
        for group in sorted(parts):
            row = _row(parts[group], form, grid, file)
            if row is not None:
                rows.append(row)
    return rows, remarks


def _widen(parts: dict[int, _Part]) -> None:
    """A total whose label spans several groups has its figure in the last of them."""
    before: _Part | None = None
    for group in sorted(parts):
        part = parts[group]
        if before is not None and not part.codes and not part.label and part.cells and not before.cells:
            before.cells, part.cells = part.cells, []
        before = part


def _leaf(header: Header, cell: GridCell) -> Leaf | None:
    """The column of a cell: by its middle; a text over several columns belongs to the first label column of them."""
    if header.columns:
        return header.columns[cell.column] if cell.column < len(header.columns) else None
    middle = (cell.box[0] + cell.box[2]) / 2
    leaf = header.at(middle)
    if number(cell.text) is None:
        inside = [x for x in header.leaves if x.x0 >= cell.box[0] - 2 and x.x1 <= cell.box[2] + 2]
        labels = [x for x in inside if x.role == "label"] or [x for x in inside if x.role == "code"]
        if len(inside) > 1 and labels:
            return labels[0]
    return leaf


def _take(
    part: _Part, leaf: Leaf, cell: GridCell, grid: Grid, file: str, remarks: list[Remark], header: Header
) -> None:
    text = cell.text
    part.box = part.box or cell.box
    if leaf.role == "code":
        if text.isdigit():
            if part.label and any(x.role == "code" and x.group == leaf.group for x in header.leaves[:1]):
                part.second += text
            else:
                part.codes.append(text)
        elif not part.label:
            part.label = text
    elif leaf.role == "label":
        stray = number(text)
        if stray is not None and stray.decimals and part.cells is not None:
            place = _place(grid, cell, file)
            part.cells.append(Cell(UNDECIDED, stray, place))
            remarks.append(Remark("column", text, "数字印在名称栏里", place))
            return
        if part.label and part.codes and part.second:
            return
        part.label = text if not part.label else part.label + text
    elif leaf.role == "line":
        part.line = int(text) if text.isdigit() else None
    elif leaf.role == "type":
        part.kind = text
    elif leaf.role == "value":
        _value(part, leaf, cell, grid, file, remarks)


def _value(part: _Part, leaf: Leaf, cell: GridCell, grid: Grid, file: str, remarks: list[Remark]) -> None:
    place = _place(grid, cell, file)
    printed = number(cell.text)
    if printed is not None and part.cells is not None:
        column = leaf.column or UNDECIDED
        part.cells.append(Cell(column, printed, place))
        if column == UNDECIDED or column == "/".join(leaf.path):
            remarks.append(Remark("column", "/".join(leaf.path), "表样中没有这一列", place))
    elif not part.label and is_total(bare(cell.text).removeprefix("人员经费").removeprefix("公用经费")):
        part.label = cell.text
    elif not NOTHING.fullmatch(cell.text):
        numbers = [number(plain(t)) for t in cell.lines]
        if part.cells is not None and sum(n is not None for n in numbers) > 1:
            remarks.append(Remark("cell", cell.text, "一个单元格内印有多个数", place))
        else:
            remarks.append(Remark("cell", cell.text, "单元格内不是数", place))


def _row(part: _Part, form: Form | None, grid: Grid, file: str) -> Row | None:
    code = "".join(part.codes)
    printed_label = plain(part.label)
    label = bare(part.label)
    if not code and form is not None and form.shape != "two_sided":
        hit = _CODED.fullmatch(label)
        if hit and not label.startswith(("20",)) or (hit and not re.match(r"20\d\d年", label)):
            assert hit is not None
            code, label = hit.group(1), bare(hit.group(2))
    if part.kind and not _TYPE.fullmatch(bare(part.kind)):
        label = label or bare(part.kind)
        printed_label = printed_label or plain(part.kind)
        part.kind = ""
    cells = _single(part.cells or [])
    if form is not None and form.shape in ("classified", "projects", "abreast"):
        if is_total(label) or (not label and not code and cells):
            label, code = "合计", ""
    elif form is not None and form.shape == "items":
        line = form.line(label) or form.line(printed_label)
        label = line.name if line is not None else label
    if not (code or label or cells):
        return None
    side = part.side or (part.kind if form is not None and form.id == "B12" else "")
    return Row(code, label, side, part.second, printed_label, part.line, cells, Place(file, grid.page, part.box))


def _single(cells: list[Cell]) -> tuple[Cell, ...]:
    """The cells; where a row has two numbers in one column, which of them belongs there is not decided."""
    count: dict[str, int] = {}
    for cell in cells:
        count[cell.column] = count.get(cell.column, 0) + 1
    if all(n == 1 or column == UNDECIDED for column, n in count.items()):
        return tuple(cells)
    return tuple(
        Cell(UNDECIDED, c.printed, c.place, (), (c.column,)) if count[c.column] > 1 and c.column != UNDECIDED else c
        for c in cells
    )


def read_items(grid: Grid, header: Header, file: str) -> list[Row]:
    """The rows of a statement of items that is printed with the items as columns."""
    found: dict[str, list[Cell]] = {}
    for row in by_row(grid)[header.first :]:
        for cell in row:
            leaf = _leaf(header, cell)
            if leaf is None or not leaf.item:
                continue
            cells = found.setdefault(leaf.item, [])
            printed: Printed | None = number(cell.text)
            if printed is not None:
                cells.append(Cell(leaf.column, printed, _place(grid, cell, file)))
    order = dict.fromkeys(leaf.item for leaf in header.leaves if leaf.item)
    return [Row(label=item, printed_label=item, cells=tuple(found.get(item, ()))) for item in order]
