"""Grids → statements.

In: a statement region (its title, grids over one or more pages, the lines around them) and the form.
Out: one Statement with every printed number in its row and column, and remarks on what could not be read.
"""

from mingzhang.disclosure import Note, Place, Remark, Row, Statement
from mingzhang.forms import Form
from mingzhang.read.block import Grid, Line
from mingzhang.read.outline import Region, belongs_before, is_note
from mingzhang.read.statements.header import Header, read_header
from mingzhang.read.statements.rows import read_items, read_rows
from mingzhang.read.words import plain, unit_of, whose, year_of

__all__ = ["from_grids"]


def from_grids(region: Region, file: str, number: int = 0) -> tuple[Statement, tuple[Remark, ...]]:
    """The statement that the grids of a region print. ``number`` names one that no form describes: X1, X2 …"""
    form = region.form if isinstance(region.form, Form) else None
    header: Header | None = None
    leaves: dict[str, str] = {}
    rows: list[Row] = []
    remarks: list[Remark] = []
    for grid in region.blocks:
        if not isinstance(grid, Grid):
            continue
        header = read_header(grid, form, header)
        for leaf in header.leaves:
            if leaf.role == "value":
                leaves.setdefault(leaf.column, "/".join(leaf.path))
        if any(leaf.item for leaf in header.leaves):
            rows = _joined(rows, read_items(grid, header, file))
        else:
            more, odd = read_rows(grid, header, form, file)
            rows += more
            remarks += odd
    title = plain(region.title.text) if region.title else ""
    id = form.id if form else f"X{number}"
    if form is None:
        rows = [_titled(row, title) for row in rows]
    facts = _facts(region)
    statement = Statement(
        id,
        title,
        facts["number"],
        facts["unit"],
        facts["publisher"],
        year_of(title) or (int(facts["year"]) if facts["year"] else None),
        tuple(leaves),
        tuple(leaves.values()),
        tuple(rows),
        notes(region, file),
        Place(file, region.title.page, region.title.box) if region.title else None,
    )
    return statement, tuple(remarks)


def _titled(row: Row, title: str) -> Row:
    return Row(row.code, row.label, row.side, title, row.printed_label, row.line, row.cells, row.place)


def _joined(rows: list[Row], more: list[Row]) -> list[Row]:
    """Items of a statement that goes on over a page, joined by their label."""
    if not rows:
        return more
    extra = {row.label: row.cells for row in more}
    return [Row(label=r.label, printed_label=r.label, cells=(*r.cells, *extra.get(r.label, ()))) for r in rows]


def _facts(region: Region) -> dict[str, str]:
    """Unit, department, year and number as the lines around the grids, or its first cells, declare them."""
    facts = {"unit": "", "publisher": "", "year": "", "number": ""}
    texts: list[str] = []
    for block in region.blocks:
        if isinstance(block, Line):
            if not is_note(block):
                texts.append(plain(block.text))
        else:
            texts += [c.text for c in block.cells if c.row < 3 and ("单位" in c.text or "部门" in c.text)]
    for text in texts:
        facts["unit"] = facts["unit"] or unit_of(text)
        facts["publisher"] = facts["publisher"] or whose(text)
        year = year_of(text)
        if year and not facts["year"] and len(text) < 60:
            facts["year"] = str(year)
        if (
            not facts["number"]
            and len(text) < 14
            and text.rstrip(":：").endswith("表")
            and any(c.isdigit() for c in text)
        ):
            facts["number"] = text.rstrip(":：")
    return facts


def notes(region: Region, file: str) -> tuple[Note, ...]:
    """The notes under the grids; a note that runs over several lines is one."""
    out: list[Note] = []
    after = False
    for block in region.blocks:
        if isinstance(block, Grid):
            after = True
            continue
        text = plain(block.text)
        if not after or not text or text.strip("-—－").isdigit():
            continue
        place = Place(file, block.page, block.box, block.number)
        if is_note(block) or not out or not _open(out[-1].text):
            if belongs_before(block) and not is_note(block):
                continue
            out.append(Note(text, place))
        else:
            out[-1] = Note(out[-1].text + text, out[-1].place)
    return tuple(out)


def _open(text: str) -> bool:
    """Whether a note may go on in the next line."""
    return not text.endswith(("。", "；", "：", ":"))
