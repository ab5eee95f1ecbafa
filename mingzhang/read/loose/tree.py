"""Which rows of a table sum up to which: the classification tree, unit rows, and the total lines of a form."""

import re

from mingzhang.forms import Form, Identity
from mingzhang.read.loose.draft import Entry, Table
from mingzhang.read.loose.tokens import data

_FUNCTION = re.compile(r"2(?:0[1-9]|1\d|2\d|3[0-4])(?:\d{2}){0,2}")
_ECONOMIC = re.compile(r"[35]\d{2}(?:\d{2})?")


def roles(rows: list[Entry], form: Form, publisher: str) -> None:
    """Tell the rows of units from the rows of a classification."""
    bodies = re.compile(f".*{data('words')['bodies']}")
    pattern = _ECONOMIC if form.codes == "economic" else _FUNCTION
    for row in rows:
        if row.role != "item" or not row.code:
            continue
        unit = not pattern.fullmatch(row.code) or (publisher and row.label == publisher)
        if unit or (len(row.code) == 3 and row.label and bodies.fullmatch(row.label)):
            row.role = "unit"


def _above(a: Entry, b: Entry) -> bool:
    """Whether row ``a`` sums up row ``b`` when ``b`` follows it."""
    if a.role == "unit":
        return b.role != "unit" or (len(b.code) > len(a.code) and b.code.startswith(a.code))
    return bool(a.code and b.code and b.role == "item" and len(b.code) > len(a.code) and b.code.startswith(a.code))


def levels(table: Table, form: Form) -> None:
    """Parents of a classified table: total, units, classes, sections, items."""
    total = next((n for n, r in enumerate(table.rows) if r.role == "total"), None)
    stack: list[int] = []
    for n, row in enumerate(table.rows):
        if row.role in ("total", "subtotal"):
            continue
        while stack and not _above(table.rows[stack[-1]], row):
            stack.pop()
        parent = stack[-1] if stack else total
        if parent is not None and row.figures:
            table.children.setdefault(parent, []).append(n)
        stack.append(n)
    table.levels = next((i.id for i in form.identities if i.axis == "levels"), "levels")


def totals(table: Table, form: Form) -> None:
    """Parents of one side of a two-sided table: its total lines and the lines that they sum up."""
    by_id: dict[str, list[int]] = {}
    for n, row in enumerate(table.rows):
        if row.id:
            by_id.setdefault(row.id, []).append(n)
    owned: set[int] = set()
    summed = {i.total for i in form.identities} | {p for i in form.identities if i.axis == "numbered" for p in i.parts}
    for i in form.identities:
        if i.axis not in ("lines", "numbered") or i.side != table.side or i.total not in by_id:
            continue
        if any(u in by_id for u in i.unless):
            continue
        parent = by_id[i.total][0]
        kids = [k for k in _parts(i, table, by_id, summed) if k not in owned and k != parent]
        if kids:
            table.children[parent] = kids
            owned |= set(kids)
            table.levels = i.id


def _parts(i: Identity, table: Table, by_id: dict[str, list[int]], summed: set[str]) -> list[int]:
    if not i.parts:
        return [n for n, r in enumerate(table.rows) if r.id not in summed and not r.printed_label.startswith("其中")]
    out: list[int] = []
    for part in i.parts:
        id, _, nth = part.partition(":")
        if id == "@functions":
            out += [n for n, r in enumerate(table.rows) if r.id[:1].isdigit()]
        elif id in by_id:
            found = by_id[id]
            if not nth:
                out += found[:1]
            elif len(found) >= int(nth):
                out.append(found[int(nth) - 1])
    return out
