"""Setting a statement by its form and a layout: which boxes stand in which rows."""

from collections.abc import Sequence
from dataclasses import dataclass

from mingzhang.disclosure import Row, Statement
from mingzhang.forms import Form
from mingzhang.publish.layout import Layout, headers
from mingzhang.publish.sheet import Box, Sheet, column_width, header_rows, width

Path = tuple[str, ...]
_CUTS = {1: ((0, 99),), 2: ((0, 3), (3, 99)), 3: ((0, 3), (3, 5), (5, 99))}
_CODE_NAMES = {2: ("类", "款项"), 3: ("类", "款", "项")}
_CLASSES = {"functional": "功能分类科目", "economic": "经济分类科目"}


@dataclass(frozen=True, slots=True)
class _Set:
    """The columns of a table in the making: header paths and widths beside the body."""

    paths: list[Path]
    widths: list[float]
    body: list[tuple[Box, ...]]
    totals: frozenset[int] = frozenset()


def sheet(statement: Statement, form: Form, layout: Layout) -> Sheet:
    """The statement set as its form's shape and the layout say."""
    shape = form.shape
    if shape == "two_sided":
        made = _two_sided(statement, form, layout)
    elif shape == "abreast":
        made = _abreast(statement, layout)
    elif shape == "items" and layout.items != "list":
        made = _sideways(statement, form, layout)
    elif shape in ("items", "lines"):
        made = _listed(statement, form, layout)
    else:
        made = _classified(statement, form, layout)
    header = list(header_rows(made.paths))
    if layout.column_numbers and shape != "abreast":
        header.append(_column_numbers(statement, form, made, layout))
    title = f"{statement.year}年{statement.title}" if layout.year_in_title else statement.title
    return Sheet(
        statement.id, title, statement.number if layout.number else "", statement.unit, statement.publisher,
        statement.year, tuple(made.widths), tuple(header), tuple(made.body), made.totals,
        tuple(note.text for note in statement.notes),
    )  # fmt: skip


def path(form: Form, column: str, layout: Layout) -> Path:
    """The header path of a column of the form in the layout."""
    spending = "basic_wages" in form.by_column
    for kind in ("nested", "always") if layout.header == "nested" else ("always",):
        table = headers()[kind]
        for name in (form.id, "projects" if form.shape == "projects" else "", "spending" if spending else ""):
            found = table.get(name, {}).get(column)
            if found:
                return tuple(found.split("/"))
    return (form.by_column[column].name,)


def _paths(statement: Statement, form: Form, layout: Layout, columns: tuple[str, ...]) -> list[Path]:
    """The header paths; a group that would hold nothing but its own total is not nested."""
    made = [path(form, c, layout) for c in columns]
    alone = {p[0] for p in made if sum(q[0] == p[0] for q in made) == 1 and p[-1] in ("小计", "合计")}
    return [p[:1] if p[0] in alone else p for p in made]


def _figure(row: Row, column: str, layout: Layout) -> Box:
    return figure(row, column, layout.align)


def figure(row: Row, column: str, align: str) -> Box:
    """The box of the number that the row prints in the column, empty where it prints none."""
    cell = row.get(column)
    printed = cell.printed if cell is not None else None
    return Box(printed.text if printed is not None else "", 1, 1, align, printed, row, column)


def _widths(statement: Statement, paths: Sequence[Path], columns: tuple[str, ...]) -> list[float]:
    texts: dict[str, list[str]] = {c: [] for c in columns}
    for _, cell in statement.cells():
        if cell.column in texts:
            texts[cell.column].append(cell.printed.text)
    return [column_width(p[-1], texts[c]) for p, c in zip(paths, columns, strict=True)]


def _spaced(label: str, layout: Layout) -> str:
    return layout.spaced.join(label) if layout.spaced and len(label) == 2 else label


def is_total(row: Row) -> bool:
    """Whether a row is the total of a classified statement."""
    return not row.code and row.label in ("合计", "总计")


def _code_paths(form: Form, layout: Layout, name: str) -> list[Path]:
    many = _cells(form, layout)
    words = ("类", "款") if many == 2 and form.codes == "economic" else _CODE_NAMES.get(many, ("科目编码",))
    if layout.header == "flat":
        return [(x,) for x in words]
    what = _CLASSES[form.codes] + "编码"
    return [(name, what, x) for x in words] if many > 1 else [(name, what)]


def _cells(form: Form, layout: Layout) -> int:
    """How many cells a code takes: an economic code has two parts only."""
    return min(2, layout.code_cells) if form.codes == "economic" else layout.code_cells


def _code_boxes(code: str, cells: int) -> list[Box]:
    return [Box(code[a:b], align="center") for a, b in _CUTS[cells]]


def _classified(statement: Statement, form: Form, layout: Layout) -> _Set:
    columns = statement.columns
    paths = _paths(statement, form, layout, columns)
    second = any(row.block for row in statement.rows)
    sides = any(row.side for row in statement.rows)
    sized = {len(row.code) for row in statement.rows} if form.shape == "classified" and form.codes == "functional" else set()
    units = {6, 7} <= sized
    lead: list[Path] = []
    widths: list[float] = []
    if form.shape == "projects":
        lead = [("单位代码",), ("类型",), ("项目名称",)] if sides else [("单位代码",), ("项目名称",)]
        widths = [4.5, 5.6, layout.label] if sides else [4.5, layout.label]
    elif 6 in sized and not units:
        lead, widths = [("部门（单位）代码",), ("部门（单位）名称",)], [5.0, max(8.0, layout.label / 2)]
    else:
        flat = layout.header == "flat"
        lead = _code_paths(form, layout, "项目")
        many = _cells(form, layout)
        widths = [5.4] if many == 1 else [2.6] * many
        if units:
            lead.append(("单位代码",) if flat else ("项目", "单位代码"))
            widths.append(4.5)
        name = "单位（科目名称）" if units else "科目名称"
        lead.append((name,) if flat else ("项目", name))
        widths.append(layout.label)
        if second:
            lead += [("政府经济分类编码",), ("政府经济分类名称",)] if flat else [
                ("政府预算支出经济分类科目", "科目编码"), ("政府预算支出经济分类科目", "科目名称")]  # fmt: skip
            lead = [(("部门预算支出经济分类科目", *p[1:]) if len(p) > 1 and p[0] == "项目" else p) for p in lead]
            widths += [4.2, layout.label / 2]
    body: list[tuple[Box, ...]] = []
    totals: set[int] = set()
    for row in statement.rows:
        figures = tuple(_figure(row, c, layout) for c in columns)
        if is_total(row):
            totals.add(len(body))
            body.append((Box(_spaced(row.label, layout), len(lead), align="center"), *figures))
            continue
        body.append((*_stub(row, form, layout, [p[-1] for p in lead]), *figures))
    if layout.total == "bottom" and totals:
        first = min(totals)
        body.append(body.pop(first))
        totals = {len(body) - 1}
    return _Set(lead + paths, widths + _widths(statement, paths, columns), body, frozenset(totals))


def _stub(row: Row, form: Form, layout: Layout, heads: list[str]) -> list[Box]:
    """The boxes before the figures of a classified or project row, under the given last header words."""
    unit_row = len(row.code) == 6 or (bool(row.code) and form.shape == "projects")
    boxes: list[Box] = []
    codes = iter(_code_boxes("" if unit_row else row.code, _cells(form, layout)))
    for index, head in enumerate(heads):
        if head in ("类", "款", "项", "款项") or (head in ("科目编码", "功能分类科目编码", "经济分类科目编码") and index == 0):
            boxes.append(next(codes))
        elif head == "单位代码":
            boxes.append(Box(row.code if unit_row else "", align="center"))
        elif head == "部门（单位）代码":
            boxes.append(Box(row.code, align="center"))
        elif head in ("科目编码", "政府经济分类编码"):
            boxes.append(Box(row.block, align="center"))
        elif head == "类型":
            boxes.append(Box(row.side))
        elif head == "政府经济分类名称" or (head == "科目名称" and index and heads.index("科目名称") != index):
            boxes.append(Box(_government(row.block)))
        else:
            boxes.append(Box(row.printed_label or row.label))
    return boxes


def _government(code: str) -> str:
    return headers()["names"]["governmental"].get(code, "")


def _tail(rows: list[Row]) -> int:
    """Where the total lines of one side begin."""
    for n, row in enumerate(rows):
        if row.label.endswith(("合计", "总计")):
            return n
    return len(rows)


def _aligned(left: list[Row], right: list[Row]) -> list[tuple[Row | None, Row | None]]:
    """The lines of two sides facing each other: bodies from the top, last lines at the bottom."""
    if not left or not right or _tail(left) == 0:
        long = max(len(left), len(right))
        return list(zip(_padded(left, long), _padded(right, long), strict=True))
    a, b = _tail(left), _tail(right)
    body = max(a, b)
    ends = [_ends(left[a:], max(len(left) - a, len(right) - b)), _ends(right[b:], max(len(left) - a, len(right) - b))]
    bodies = [_padded(left[:a], body), _padded(right[:b], body)]
    return [*zip(*bodies, strict=True), *zip(*ends, strict=True)]


def _padded(rows: list[Row], long: int) -> list[Row | None]:
    return [*rows, *([None] * (long - len(rows)))]


def _ends(rows: list[Row], long: int) -> list[Row | None]:
    return [*_padded(rows[:-1], long - 1), rows[-1]] if rows else [None] * long


def _two_sided(statement: Statement, form: Form, layout: Layout) -> _Set:
    sides = {s: [r for r in statement.rows if r.side == s] for s in ("income", "expenditure")}
    used = {
        s: tuple(c for c in statement.columns if form.by_column[c].side in ("", s)) for s in ("income", "expenditure")
    }
    if "amount" in used["income"]:
        used["income"] = ("amount",)
    pairs = _aligned(sides["income"], sides["expenditure"])
    paths: list[Path] = []
    widths: list[float] = []
    for side, word in (("income", "收入"), ("expenditure", "支出")):
        own = _paths(statement, form, layout, used[side])
        if side == "expenditure" and len(own) > 1 and own[0] == ("预算数",):
            own[0] = ("合计",)
        paths.append((word, "项目"))
        widths.append(max(9.0, layout.label * 0.85))
        if layout.row_numbers:
            paths.append((word, "行次"))
            widths.append(2.4)
        paths += [(word, *p) for p in own]
        widths += _widths(statement, own, used[side])
    body: list[tuple[Box, ...]] = []
    for n, pair in enumerate(pairs):
        boxes: list[Box] = []
        for number, row, side in ((n + 1, pair[0], "income"), (n + 1 + len(pairs), pair[1], "expenditure")):
            label = row.printed_label if row else ""
            total = row is not None and label.endswith(("合计", "总计"))
            boxes.append(Box(_spaced(label, layout), align="center" if total else "left"))
            if layout.row_numbers:
                boxes.append(Box(str(number), align="center"))
            boxes += [_figure(row, c, layout) if row else Box() for c in used[side]]
        body.append(tuple(boxes))
    return _Set(paths, widths, body)


def _abreast(statement: Statement, layout: Layout) -> _Set:
    """Code, name and amount in groups side by side; the two total lines at the end."""
    coded = [r for r in statement.rows if r.code]
    lines = [r for r in statement.rows if not r.code]
    staff = [r for r in coded if r.code[:3] in ("301", "303")]
    goods = [r for r in coded if r.code[:3] == "302"]
    rest = [r for r in coded if r.code[:3] not in ("301", "302", "303")]
    groups = {1: [staff + goods + rest], 2: [staff, goods + rest], 3: [staff, goods, rest]}[layout.abreast]
    long = max(map(len, groups))
    texts = [cell.printed.text for _, cell in statement.cells()]
    words = ("人员经费", "公用经费", "公用经费")
    nested = layout.header == "nested" and len(groups) > 1
    paths: list[Path] = []
    widths: list[float] = []
    for n in range(len(groups)):
        own = [("经济分类科目编码",), ("科目名称",), ("决算数",)]
        paths += [(words[n], *p) for p in own] if nested else own
        name = layout.label * (1.0 if len(groups) == 1 else 0.7 if len(groups) == 2 else 0.55)
        widths += [3.6, max(7.0, name), column_width("决算数", texts)]
    body = []
    for n in range(long):
        row: list[Box] = []
        for group in groups:
            if n < len(group):
                row += [Box(group[n].code, align="center"), Box(group[n].label), _figure(group[n], "amount", layout)]
            else:
                row += [Box(), Box(), Box()]
        body.append(tuple(row))
    if len(groups) == 1:
        body += [(Box(x.label, 2, align="center"), _figure(x, "amount", layout)) for x in lines]
    else:
        last: list[Box] = []
        for n, line in enumerate(lines):
            span = 2 if n == 0 else 3 * (len(groups) - 1) - 1
            last += [Box(line.label, span, align="center"), _figure(line, "amount", layout)]
        body.append(tuple(last))
    return _Set(paths, widths, body)


def _sideways(statement: Statement, form: Form, layout: Layout) -> _Set:
    """The three-public items as columns: grouped by budget and outturn, or in pairs under each item."""
    columns = statement.columns
    vehicles = "公务用车购置及运行维护费"
    heads: dict[str, Path] = {
        row.label: (vehicles, "小计") if row.label == vehicles
        else (vehicles, row.label) if row.label in ("公务用车购置费", "公务用车运行维护费") else (row.label,)
        for row in statement.rows
    }  # fmt: skip
    paths: list[Path] = []
    cells: list[Box] = []
    order = [(r, c) for c in columns for r in statement.rows] if layout.items == "grouped" else [
        (r, c) for r in statement.rows for c in columns]  # fmt: skip
    for row, column in order:
        own = (form.by_column[column].name,)
        head = heads[row.label]
        if len(columns) > 1:
            head = (*own, *head) if layout.items == "grouped" else (*head, *own)
        paths.append(head)
        cells.append(_figure(row, column, layout))
    widths = [column_width(p[-1] if len(p[-1]) < 9 else p[-1][:8], [b.text]) for p, b in zip(paths, cells, strict=True)]
    return _Set(paths, widths, [tuple(cells)])


_LEADS = {"total": "", "abroad": "1．", "vehicles": "2．", "purchase": "（1）", "operation": "（2）", "reception": "3．"}


def _listed(statement: Statement, form: Form, layout: Layout) -> _Set:
    columns = statement.columns
    own = [(form.by_column[c].name,) for c in columns]
    if statement.id == "F10":
        own = [("数量",)]
    numbered = layout.row_numbers
    paths: list[Path] = [("项目",), *([("行次",)] if numbered else []), *own]
    widths = [max(16.0, layout.label), *([2.6] if numbered else []), *(max(7.0, w) for w in _widths(statement, own, columns))]
    body = []
    for n, row in enumerate(statement.rows, 1):
        line = form.line(row.label) if form.shape == "items" else None
        label = _LEADS.get(line.id, "") + row.label if line else row.printed_label or row.label
        number = [Box(str(n), align="center")] if numbered else []
        body.append((Box(_spaced(label, layout)), *number, *(_figure(row, c, layout) for c in columns)))
    return _Set(paths, widths, body)


def _column_numbers(statement: Statement, form: Form, made: _Set, layout: Layout) -> tuple[Box, ...]:
    """The 栏次 row: 栏次 under the names, then 1, 2, 3 … under the figures."""
    boxes: list[Box] = []
    number = 0
    stub = 0
    lead = 0 if form.shape == "items" and layout.items != "list" else len(made.paths) - len(statement.columns)
    for p in made.paths:
        last = p[-1]
        if form.shape == "two_sided":
            if last == "项目":
                boxes.append(Box("栏次", align="center"))
                continue
            if last == "行次":
                boxes.append(Box(align="center"))
                continue
        elif stub < lead:
            stub += 1
            continue
        number += 1
        boxes.append(Box(str(number), align="center"))
    return (Box("栏次", stub, align="center"), *boxes) if stub else tuple(boxes)


__all__ = ["figure", "is_total", "path", "sheet", "width"]
