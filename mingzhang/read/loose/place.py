"""Statement regions of a text without columns → statements, placed by arithmetic."""

import re
from collections.abc import Sequence
from dataclasses import replace

from mingzhang.disclosure import UNDECIDED, Cell, Place, Remark, Row, Sentence, Statement
from mingzhang.forms import Book, Form
from mingzhang.read.block import Line
from mingzhang.read.loose.candidates import candidates, fits, wider
from mingzhang.read.loose.columns import columns, stray
from mingzhang.read.loose.cut import Cut, cut
from mingzhang.read.loose.draft import BROKEN, Candidate, Draft, Entry, Sum, Table, sums
from mingzhang.read.loose.evidence import Ledger, gather
from mingzhang.read.loose.items import items, rows_of
from mingzhang.read.loose.rows import abreast, classified, lines, projects
from mingzhang.read.loose.sides import EXPENDITURE, INCOME, two_sided
from mingzhang.read.loose.solve import broken, settle
from mingzhang.read.loose.tree import levels, roles, totals
from mingzhang.read.outline import Region
from mingzhang.read.words import plain

_PASSES = 4
_FIRST = re.compile(r"(?:合计|总计)[-\d]|一、")
_CONTINUED = re.compile(r"[（(]?续表?(?:[一二三四五六七八九十\d]+)?[）)]?$")


def place(
    regions: Sequence[Region], book: Book, sentences: Sequence[Sentence], file: str
) -> tuple[tuple[Statement, ...], tuple[Remark, ...]]:
    """The statements of the regions, and what could not be placed.

    Every figure is placed that the form's identities, the level sums, sister
    statements or the running text decide; every other is a cell in column
    ``?`` with its candidates.
    """
    drafts = [draft(r, f, file) for r, f in _whole(regions)]
    remarks = [r for d in drafts for r in _prepare(d)]
    ledger = Ledger(drafts)
    first = {id(r): r.left for d in drafts for _, r in d.rows()}
    seen: dict[int, tuple[object, ...]] = {}
    for hints, exact in ((False, False), (True, False), (True, True)):
        for _ in range(_PASSES):
            tables = [t for d in drafts for t in d.tables if any(len(r.left) > 1 for r in t.rows)]
            before = sum(len(r.left) for t in tables for r in t.rows)
            if not tables:
                break
            gather(ledger, book, sentences, hints)
            for table in tables:
                state = (exact, *((len(r.left), *(e.key for e in r.evidence)) for r in table.rows if len(r.left) > 1))
                if seen.get(id(table)) != state:
                    settle(table, exact)
                    seen[id(table)] = state
            if sum(len(r.left) for t in tables for r in t.rows) == before:
                break
    for table in [t for d in drafts for t in d.tables if len(t.columns) > 1]:
        _reconsider(table, first)
    return tuple(_statement(d, file) for d in drafts), tuple(remarks)


def _reconsider(table: Table, first: dict[int, dict[Candidate, int]]) -> None:
    """Where a figure contradicts the others, placing group by group may have followed the wrong one.

    All columns are then weighed at once, with candidates that break one
    identity more; where that is too much, the rows that contradict
    themselves stay undecided.
    """
    width = len(table.columns)
    suspects = [r for r in table.rows if len(r.values) < width and min(first[id(r)].values(), default=0) >= BROKEN]
    if not suspects and not broken(table):
        return
    if table.measures:
        for row in suspects:
            row.left = first[id(row)]
        return
    total = next((r for r in table.rows if r.role == "total" and r.left and not r.open), None)
    used = sorted({c for k in total.left for c in k}) if total is not None else []
    before = [r.left for r in table.rows]
    for row in table.rows:
        if not row.open and row.values and len(row.values) < width:
            row.left = dict(first[id(row)])
            if row is not total and used:
                row.left = wider(row, used, table.sums)
    if settle(table, False, True) and settle(table, True, True):
        return
    for row, left in zip(table.rows, before, strict=True):
        row.left = first[id(row)] if row in suspects else left


def _whole(regions: Sequence[Region]) -> list[tuple[Region, Form]]:
    """The statement regions; one that prints the title of the one before again is its continuation."""
    out: list[tuple[Region, Form]] = []
    for region in regions:
        form, title = region.form, region.title
        if region.kind != "statement" or not isinstance(form, Form) or title is None:
            continue
        last = out[-1][0] if out else None
        same = last is not None and last.title is not None and _same(last.title.text, title.text)
        if last is not None and same and out[-1][1] is form and not _begins(region):
            out[-1] = replace(last, blocks=(*last.blocks, *region.blocks)), form
        else:
            out.append((region, form))
    return out


def _begins(region: Region) -> bool:
    """Whether the region prints the first row of a statement, and so is no continuation."""
    return any(isinstance(b, Line) and _FIRST.match(plain(b.text)) for b in region.blocks)


def _same(first: str, second: str) -> bool:
    return plain(first) == _CONTINUED.sub("", plain(second))


def draft(region: Region, form: Form, file: str) -> Draft:
    """The rows and columns of a statement region, nothing placed yet."""
    assert region.title is not None
    parts = cut(region, form, file)
    title = region.title
    where = Place(file, title.page, title.box, title.number)
    tables = _tables(parts, form)
    shown = list(dict.fromkeys(c for t in tables for c in (t.columns if not t.measures else [])))
    if not shown:
        shown = list(dict.fromkeys(m for t in tables for m, _ in t.measures.values()))
    return Draft(form, parts, plain(title.text), where, tables, shown)


def _tables(parts: Cut, form: Form) -> list[Table]:
    if form.shape == "two_sided":
        return _sides(parts, form)
    if form.shape == "items":
        return [items(parts, form)]
    found = columns(form, parts.header) or [form.columns[0].id]
    if form.shape == "abreast":
        return [Table(found[:1], abreast(parts, form))]
    if form.shape == "lines":
        return [Table(found, lines(parts, form))]
    rows = projects(parts, form, parts.publisher) if form.shape == "projects" else classified(parts, form)
    roles(rows, form, parts.publisher)
    table = Table(found, rows)
    levels(table, form)
    return [table]


def _sides(parts: Cut, form: Form) -> list[Table]:
    rows = dict(zip((INCOME, EXPENDITURE), two_sided(parts, form), strict=True))
    out = []
    for side in (INCOME, EXPENDITURE):
        found = columns(form, parts.header, side)
        if side == INCOME:
            found = [c for c in found if form.by_column[c].side in ("", side)][:1]
        if not found:
            found = [c.id for c in form.columns if c.side in ("", side)][:1]
        table = Table(found, rows[side], side=side)
        totals(table, form)
        out.append(table)
    return out


def _prepare(draft: Draft) -> list[Remark]:
    """Candidates for every row; a remark where the header does not explain the figures."""
    remarks = []
    counted = max(draft.cut.counts, default=0)
    width = sum(len(t.columns) for t in draft.tables)
    doubtful = counted > 0 and counted != width and draft.form.shape in ("two_sided", "classified", "projects")
    odd = stray(draft.form, draft.cut.header) if not counted else ""
    for table in draft.tables:
        figures = [f for r in table.rows for f in r.figures]
        table.decimals = max((f.decimals for f in figures), default=0)
        unsure = (doubtful or bool(odd)) and len(table.columns) > 1
        unsure = unsure or any(len(r.figures) > len(table.columns) for r in table.rows)
        if unsure:
            remarks.append(
                Remark(
                    "columns",
                    draft.title,
                    f"the header prints {odd}, which the form does not describe"
                    if odd
                    else f"the header names {len(table.columns)} columns, the statement has {counted or 'more'}",
                    draft.place,
                )
            )
        seen: dict[tuple[int, ...], Entry] = {}
        for row in table.rows:
            row.values = [int(f.value.scaleb(table.decimals)) for f in row.figures]
        if not table.measures:
            table.sums = _sums(table, draft.form)
        for row in table.rows:
            if unsure:
                row.left, row.open = {}, bool(row.values)
                continue
            if len(row.slots) == len(table.columns) and not all(row.slots):
                row.left = {tuple(n for n, s in enumerate(row.slots) if s): 0}
                continue
            same = seen.get(tuple(row.values))
            if same is not None:
                row.left, row.open = dict(same.left), same.open
                continue
            candidates(row, len(table.columns), table.sums)
            seen[tuple(row.values)] = row
    return remarks


def _sums(table: Table, form: Form) -> list[Sum]:
    """The identities between the columns in the variant that the fullest rows break least."""
    variants = [sums(form.identities, table.columns, table.side, 0)]
    for n in range(max((len(i.others) for i in form.identities), default=0)):
        other = sums(form.identities, table.columns, table.side, n + 1)
        if other not in variants:
            variants.append(other)
    if len(variants) == 1:
        return variants[0]
    fullest = sorted(table.rows, key=lambda r: (r.role != "total", -len(r.values)))[:4]
    shown = list(dict.fromkeys(tuple(r.values) for r in fullest if r.values))
    best = variants[0]
    most = -1
    for found in variants:
        fitting = sum(fits(values, len(table.columns), found) for values in shown)
        if fitting > most:
            best, most = found, fitting
        if most == len(shown):
            break
    return best


def _cells(table: Table, row: Entry, file: str) -> tuple[Cell, ...]:
    out = []
    width, count = len(table.columns), len(row.values)
    used: tuple[str, ...] = ()
    if count < width and row.left:
        ids = dict.fromkeys(s.id for s in table.sums if any(s.total in c for c in row.left))
        used = (*ids, *(u for u in row.used if u not in ids))
    for n, (figure, token) in enumerate(zip(row.figures, row.tokens, strict=True)):
        where = Place(file, line=token.line)
        at = sorted({c[n] for c in row.left}) if row.left else list(range(n, width - count + n + 1))
        if len(at) == 1 and not row.open:
            out.append(Cell(table.columns[at[0]], figure, where, used))
        else:
            out.append(Cell(UNDECIDED, figure, where, (), tuple(table.columns[c] for c in at)))
    return tuple(out)


def _statement(draft: Draft, file: str) -> Statement:
    rows: list[Row] = []
    form = draft.form
    for table in draft.tables:
        if table.measures:
            rows += _item_rows(table, form, file)
            continue
        named = rows_of(table, form) if form.shape == "items" else [(r.label, r) for r in table.rows]
        for label, row in named:
            place = Place(file, line=row.at)
            cells = _cells(table, row, file)
            rows.append(Row(row.code, label, row.side, row.block, row.printed_label, row.line, cells, place))
    columns = tuple(draft.columns)
    headers = tuple(form.by_column[c].name if c in form.by_column else c for c in columns)
    return Statement(
        id=form.id, title=draft.title, number=draft.cut.number, unit=draft.cut.unit, publisher=draft.cut.publisher,
        year=draft.cut.year, columns=columns, headers=headers, rows=tuple(rows), notes=tuple(draft.cut.notes),
        place=draft.place,
    )


def _item_rows(table: Table, form: Form, file: str) -> list[Row]:
    """The one row of figures under a header of items, turned into a row for each item."""
    entry = table.rows[0]
    cells = _cells(table, entry, file)
    names = {line.id: line.name for line in form.lines}
    out = []
    items = list(dict.fromkeys(item for _, item in table.measures.values()))
    for item in items:
        mine = []
        for cell in cells:
            if cell.column in table.measures and table.measures[cell.column][1] == item:
                mine.append(
                    Cell(table.measures[cell.column][0], cell.printed, cell.place, cell.placed)
                )
        out.append(Row(label=names.get(item, item), printed_label=names.get(item, item), cells=tuple(mine)))
    loose = [c for c in cells if c.column == UNDECIDED]
    for cell in loose:
        choices = tuple(table.measures[c][0] for c in cell.candidates)
        named = [table.measures[c][1] for c in cell.candidates]
        label = names.get(named[0], "") if len(set(named)) == 1 else ""
        out.append(
            Row(label=label, cells=(Cell(UNDECIDED, cell.printed, cell.place, (), tuple(dict.fromkeys(choices))),))
        )
    return out
