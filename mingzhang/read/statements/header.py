"""The header of a grid: where it ends, and what each of its columns is."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from mingzhang.disclosure import UNDECIDED
from mingzhang.forms import Form
from mingzhang.read.block import Grid, GridCell
from mingzhang.read.statements import unruled
from mingzhang.read.words import bare, is_total, number

_CODE = re.compile(r"(?:.*(?:科目|项目|单位|分类|部门)?(?:编码|代码)|类?款?项?|科目)(?<=.)")
_ENDS_CODE = re.compile(r"(?:科目|项目|单位|部门)(?:编码|代码)|[类款项]|类款|款项|类款项")
_ENDS_LABEL = re.compile(r"(?:科目|项目|单位|部门)名称|项目|功能分类科目|经济分类科目")
_LABEL = re.compile(
    r"(?:.*(?:名称)|项目(?:[（(]按.*[)）])?|项目|支出项目|收入项目|单位|功能分类科目|经济分类科目|科目名称.*)"
)
_YEAR = re.compile(r"(20\d\d)年?")
_WORDED = re.compile(r"[一-龥]")
_LINE = re.compile(r"(?:行次|栏次|序号)")
_TYPE = re.compile(r"(?:项目)?类型|项目类别|类别")
_WORD = re.compile(
    r"(?:收入|支出|本年(?:收入|支出).*|.*(?:编码|代码|名称)|项目.*|[类款项]|行次|栏次|序号|合计|小计|总计|.*(?:决算|预算)数.*|金额"
    r"|单位.*|部门.*|经济分类.*|.*分类.*|其中.*|人员经费|公用经费|财政拨款.*|.*三公.*|.*结转.*|.*(?:支出|收入|资金|拨款|经费|预算|补助).*|类型|备注.*)"
)


@dataclass(slots=True)
class Leaf:
    """A column of the table: its horizontal extent, its header path, and its role.

    ``role``: ``code``, ``label``, ``line``, ``type``, ``value`` or empty;
    ``column`` is the column id of the form, ``side`` and ``group`` (0, 1 …)
    tell halves and code-name-amount groups apart; ``item`` is the label of
    a statement printed the other way round.
    """

    x0: float
    x1: float
    path: tuple[str, ...]
    role: str = ""
    column: str = ""
    side: str = ""
    group: int = 0
    item: str = ""


@dataclass(slots=True)
class Header:
    """The leaves of a table and its first data row; without lines also the leaf of each column of the grid."""

    leaves: list[Leaf] = field(default_factory=list)
    first: int = 0
    columns: list[Leaf | None] = field(default_factory=list)

    def at(self, x: float) -> Leaf | None:
        for leaf in self.leaves:
            if leaf.x0 <= x <= leaf.x1:
                return leaf
        return None


def by_row(grid: Grid) -> list[list[GridCell]]:
    """The cells that begin in each row, from left to right."""
    rows: list[list[GridCell]] = [[] for _ in range(grid.rows)]
    for cell in grid.cells:
        rows[cell.row].append(cell)
    for row in rows:
        row.sort(key=lambda c: c.column)
    return rows


def _is_data(cells: list[GridCell], form: Form | None) -> bool:
    texts = [c.text for c in cells if c.text]
    if not texts:
        return True
    numbers = [number(t) for t in texts]
    if any(n is not None and (n.decimals or "," in n.text) for n in numbers):
        return True
    counted = [n.value for n in numbers if n is not None]
    first = texts[0]
    if counted:
        in_order = all(b == a + 1 for a, b in zip(counted, counted[1:], strict=False)) and counted[0] in (1, 2)
        if not in_order or (len(counted) == 1 and len(first) in (3, 5, 7) and first.isdigit()):
            return True
        if first.isdigit() and len(first) >= 3:
            return True
        named = bare(first)
        if form is not None and not first.isdigit() and (named != first or form.line(named) is not None):
            return True
        return bool(form is not None and form.shape == "lines" and number(first) is None and not _WORD.fullmatch(first))
    label = bare(first)
    if form is not None:
        if label != first and form.shape in ("two_sided", "items", "lines"):
            return True
        if is_total(label) and len(texts) == 1 and cells[0].columns < max(2, sum(c.columns for c in cells)):
            return True
        if is_total(label) and len(texts) == 1:
            return True
        if form.shape == "items":
            return form.line(label) is not None and len(texts) == 1 and not _tops(cells)
    return not any(_WORD.fullmatch(t) or (form is not None and form.column(t)) for t in texts)


def _tops(cells: list[GridCell]) -> bool:
    return len(cells) == 1


def _leaves(grid: Grid, rows: list[list[GridCell]], first: int) -> list[Leaf]:
    cover: list[list[GridCell]] = [[] for _ in range(grid.columns)]
    for row in rows[:first]:
        if _numbering(row):
            continue
        for cell in row:
            for c in range(cell.column, cell.column + cell.columns):
                cover[c].append(cell)
    edges = _edges(grid)
    out: list[Leaf] = []
    previous: list[GridCell] | None = None
    for c, cells in enumerate(cover):
        if previous is not None and cells and cells == previous:
            out[-1].x1 = edges[c + 1]
        else:
            out.append(Leaf(edges[c], edges[c + 1], tuple(t.text for t in cells if t.text)))
        previous = cells
    return out


def _edges(grid: Grid) -> list[float]:
    edges = [grid.box[0]] + [grid.box[2]] * grid.columns
    for cell in grid.cells:
        edges[cell.column] = cell.box[0] if cell.column else grid.box[0]
        edges[cell.column + cell.columns] = cell.box[2]
    return edges


def _numbering(row: list[GridCell]) -> bool:
    """Whether a header row only numbers the columns (栏次)."""
    texts = [c.text for c in row if c.text and c.text != "栏次"]
    return bool(texts) and all(t.isdigit() and len(t) <= 2 for t in texts)


def read_header(grid: Grid, form: Form | None, before: Header | None) -> Header:
    """The header of a grid. A grid that continues another without a header takes that one's columns by position."""
    rows = by_row(grid)
    if not grid.ruled:
        return _unruled(grid, rows, form, before)
    first = 0
    deep = 0
    while first < grid.rows and not _is_data(rows[first], form):
        deep = max([deep, *(c.row + c.rows for c in rows[first])])
        first += 1
    while first < min(deep, grid.rows) and not any(number(c.text) for c in rows[first]):
        first += 1
    if first == 0 and before is not None:
        return Header(before.leaves, 0)
    if first == grid.rows and before is not None and form is not None and not any(c.text for c in grid.cells):
        return Header(before.leaves, 0)
    leaves = _leaves(grid, rows, first)
    _roles(leaves, form, contents=_contents(rows[first:], leaves))
    return Header(leaves, first)


def _unruled(grid: Grid, rows: list[list[GridCell]], form: Form | None, before: Header | None) -> Header:
    """The header of a table without lines, its words put together as the form knows them."""
    first = unruled.first_row(grid, rows, form)
    cells = [c for row in rows[:first] if not _numbering(row) for c in row if c.text]
    printed = unruled.extents(grid, rows, first)
    if not cells and before is not None:
        return _mapped(before.leaves, first, printed, rows)
    found, over = unruled.stacks(cells)
    if not found:
        leaves = [Leaf(a, b, ()) for a, b in unruled.spans(grid, printed)]
        _roles(leaves, form, contents=_contents(rows[first:], leaves))
        return Header(leaves, first)
    kept, above = unruled.leaves(found, printed)
    over = [*over, *unruled.within(above, cells)]
    leaves = [
        Leaf(a, b, tuple(stack.words)) for (a, b), stack in zip(unruled.territories(kept, grid), kept, strict=True)
    ]
    if form is not None and form.shape == "items":
        for leaf, stack in zip(leaves, kept, strict=True):
            leaf.path = (*unruled.nearest(stack, over), *unruled.pieced(leaf.path, form))
    _roles(leaves, form, kept, over, _contents(rows[first:], leaves))
    return _mapped(leaves, first, printed, rows)


def _mapped(
    leaves: list[Leaf], first: int, printed: list[tuple[float, float] | None], rows: list[list[GridCell]]
) -> Header:
    """The header with each column of the body under the leaf it belongs to."""
    kinds = _kinds(rows[first:], len(printed))
    places = [(leaf.x0, leaf.x1) for leaf in leaves]
    chosen = unruled.mapped(printed, kinds, places, [leaf.role for leaf in leaves])
    return Header(leaves, first, [leaves[k] if k is not None else None for k in chosen])


def _kinds(rows: list[list[GridCell]], count: int) -> list[str]:
    """What most cells of each grid column hold: ``text``, ``code``, ``amount``, or nothing."""
    found: list[dict[str, int]] = [{} for _ in range(count)]
    for row in rows:
        for cell in row:
            if cell.text:
                kind = _kind(cell.text)
                found[cell.column][kind] = found[cell.column].get(kind, 0) + 1
    return [max(c, key=lambda k: (c[k], k == "amount")) if c else "" for c in found]


def _roles(
    leaves: list[Leaf],
    form: Form | None,
    stacks: Sequence[unruled.Stack] = (),
    over: Sequence[GridCell] = (),
    contents: Sequence[str] = (),
) -> None:
    items = form is not None and form.shape == "items" and _transposed(leaves, form)
    if items:
        return
    for leaf in leaves:
        raw = leaf.path[-1] if leaf.path else ""
        if stacks:
            raw = _known("".join(leaf.path)) or "".join(leaf.path)
        last = bare(raw)
        if _LINE.fullmatch(raw):
            leaf.role = "line"
        elif _TYPE.fullmatch(raw):
            leaf.role = "type"
        elif _CODE.fullmatch(raw) and not (form is not None and form.column("/".join(leaf.path))):
            leaf.role = "code"
        elif _LABEL.fullmatch(raw) or _LABEL.fullmatch(last):
            leaf.role = "label"
        elif leaf.path:
            leaf.role = "value"
    for leaf, kind in zip(leaves, contents, strict=False):
        if not leaf.role or (leaf.role == "value" and kind in ("text", "code") and not _column(leaf, form)):
            leaf.role = {"text": "label", "code": "code"}.get(kind, leaf.role)
    _groups(leaves, form)
    if stacks and form is not None:
        pairs = [(leaf, s) for leaf, s in zip(leaves, stacks, strict=True) if leaf.role == "value"]
        ids = unruled.columns([s for _, s in pairs], over, form, [(leaf.side, leaf.group) for leaf, _ in pairs])
        for (leaf, _), id in zip(pairs, ids, strict=True):
            leaf.column = id or "/".join(leaf.path) or UNDECIDED
        _years(leaves)
        return
    for leaf in leaves:
        if leaf.role != "value":
            continue
        path = "/".join(leaf.path)
        column = form.column(path, leaf.side) if form is not None else None
        if form is None:
            leaf.column = path
        else:
            leaf.column = column.id if column is not None else path or UNDECIDED
    _years(leaves)


def _column(leaf: Leaf, form: Form | None) -> bool:
    return form is not None and form.column("/".join(leaf.path)) is not None


def _contents(rows: list[list[GridCell]], leaves: list[Leaf]) -> list[str]:
    """What most cells of each column hold: ``text``, ``code``, ``amount``, or nothing."""
    count: list[dict[str, int]] = [{} for _ in leaves]
    for row in rows:
        for cell in row:
            if not cell.text:
                continue
            kind = _kind(cell.text)
            middle = (cell.box[0] + cell.box[2]) / 2
            for n, leaf in enumerate(leaves):
                if leaf.x0 <= middle <= leaf.x1:
                    count[n][kind] = count[n].get(kind, 0) + 1
                    break
    return [max(c, key=lambda k: c[k]) if c else "" for c in count]


def _kind(text: str) -> str:
    if number(text) is None:
        return "text" if _WORDED.search(text) else ""
    return "code" if text.isdigit() and 2 <= len(text) <= 7 else "amount"


def _known(text: str) -> str:
    """The end of a header's joined words that names a code, label or row-number column, or nothing."""
    for n in range(len(text)):
        part = text[n:]
        if len(part) < 3 and n and part != "项目":
            return ""
        if any(p.fullmatch(part) for p in (_ENDS_CODE, _LINE, _TYPE)) or _ENDS_LABEL.fullmatch(part):
            return part
    return ""


def _years(leaves: list[Leaf]) -> None:
    """Of several columns with one meaning the latest year's is the form's; the others go by their printed header."""
    same: dict[tuple[str, str, int, str], list[Leaf]] = {}
    for leaf in leaves:
        if leaf.role == "value":
            same.setdefault((leaf.column, leaf.side, leaf.group, leaf.item), []).append(leaf)
    for several in same.values():
        latest = max(several, key=lambda x: max([int(y) for y in _YEAR.findall("/".join(x.path))], default=0))
        for leaf in several:
            if leaf is not latest:
                leaf.column = "/".join(leaf.path) or UNDECIDED


def _groups(leaves: list[Leaf], form: Form | None) -> None:
    """Number the code-name-amount groups or halves; the halves of a two-sided statement get their side."""
    group = 0
    valued = False
    for leaf in leaves:
        if leaf.role in ("code", "label") and valued:
            group += 1
            valued = False
        valued = valued or leaf.role == "value"
        leaf.group = group
    if form is None or form.shape != "two_sided":
        return
    for leaf in leaves:
        top = leaf.path[0] if leaf.path else ""
        if "收入" in top and "支出" not in top:
            leaf.side = "income"
        elif "支出" in top and "收入" not in top:
            leaf.side = "expenditure"
        else:
            leaf.side = "income" if leaf.group == 0 else "expenditure"


def _transposed(leaves: list[Leaf], form: Form) -> bool:
    """Whether a statement of items is printed with the items as columns; then each leaf gets item and measure."""
    found: list[tuple[Leaf, str, str]] = []
    for leaf in leaves:
        item = ""
        for depth in range(len(leaf.path), 0, -1):
            two = "/".join(leaf.path[max(0, depth - 2) : depth])
            line = form.line(two) or form.line(leaf.path[depth - 1])
            if line is not None:
                item = line.name
                break
        measure = next((c.id for p in reversed(leaf.path) if (c := form.column(p)) is not None), "")
        if item:
            found.append((leaf, item, measure or (form.columns[0].id if len(form.columns) == 1 else UNDECIDED)))
    if len({item for _, item, _ in found}) < 3:
        return False
    for leaf, item, measure in found:
        leaf.role, leaf.item, leaf.column = "value", item, measure
    _years(leaves)
    return True
