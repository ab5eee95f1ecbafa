"""The three-public statement: a header of items over one row of figures, or a list of items with a few columns."""

import re
from collections.abc import Sequence
from functools import lru_cache

from mingzhang.forms import Form, Line
from mingzhang.read.loose.columns import columns, spans
from mingzhang.read.loose.cut import Cut
from mingzhang.read.loose.draft import Entry, Sum, Table
from mingzhang.read.loose.rows import add, lines
from mingzhang.read.loose.tokens import AMOUNT, WHOLE


@lru_cache(maxsize=16)
def patterns(lines_: tuple[Line, ...]) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The patterns of the printed names of the items, with the id of each."""
    out = []
    for line in lines_:
        for word in (re.escape(line.name), *line.words):
            if "/" not in word.replace("(/?", ""):
                out.append((line.id, re.compile(word)))
    return tuple(out)


def _printed(form: Form, head: str) -> dict[str, list[int]]:
    """Where each item stands in the header."""
    found: dict[str, list[int]] = {}
    named = patterns(form.lines)
    for a, b in spans(head, [p for _, p in named]):
        for id, pattern in named:
            if pattern.fullmatch(head[a:b]):
                found.setdefault(id, []).append(a)
                break
    return found


def items(cut: Cut, form: Form) -> Table:
    """The statement as one table: in a list the items are rows, under a header of items they are columns of one row."""
    measures = columns(form, cut.header) or [form.columns[0].id]
    found = _printed(form, cut.head)
    bare = [row for row in cut.body if row and all(t.kind in (AMOUNT, WHOLE) for t in row)]
    if len(found) < 3 or (cut.body and not bare):
        rows = lines(cut, form)
        table = Table(measures, rows)
        _families(form, table)
        return table
    order = _order(form, found)
    ids = [(m, i) for m in measures for i in order]
    names = [f"{m}/{i}" for m, i in ids]
    entry = Entry(at=bare[0][0].line if bare else None, role="total")
    for token in [t for row in bare for t in row]:
        add(entry, token)
    table = Table(names, [entry], measures=dict(zip(names, ids, strict=True)))
    at = {n: k for k, n in enumerate(names)}
    for m in measures:
        for i in form.identities:
            parts = tuple(at[f"{m}/{p}"] for p in i.parts if f"{m}/{p}" in at)
            if f"{m}/{i.total}" in at and parts:
                table.sums.append(Sum(i.id, at[f"{m}/{i.total}"], parts, (), False))
    return table


def _order(form: Form, found: dict[str, list[int]]) -> list[str]:
    """The items in printed order: as the header names them, the parts of an item after it."""
    inner = {p: i.total for i in form.identities for p in i.parts if i.id != f"{form.id}-total" and i.total in found}
    top = sorted((i for i in found if i not in inner), key=lambda i: found[i][0])
    grand = [i for i in top if any(x.id == f"{form.id}-total" and x.total == i for x in form.identities)]
    if not grand and any(x.id == f"{form.id}-total" for x in form.identities):
        grand = [x.total for x in form.identities if x.id == f"{form.id}-total"]
    out = []
    for item in [*grand, *(i for i in top if i not in grand)]:
        out.append(item)
        out += sorted((p for p, t in inner.items() if t == item and p in found), key=lambda p: found[p][0])
    return out


def _families(form: Form, table: Table) -> None:
    at: dict[str, int] = {}
    for n, row in enumerate(table.rows):
        if row.id:
            at.setdefault(row.id, n)
    for i in form.identities:
        if i.axis == "lines" and i.total in at:
            kids = [at[p] for p in i.parts if p in at]
            if kids:
                table.children[at[i.total]] = kids
                table.levels = i.id


def rows_of(table: Table, form: Form) -> Sequence[tuple[str, Entry]]:
    """The lines of a list with the names of the items as the open form writes them."""
    names = {line.id: line.name for line in form.lines}
    return [(names.get(row.id, row.label), row) for row in table.rows]
