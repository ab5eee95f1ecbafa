"""Which rows of a classified statement are parts of which: totals, units, classes, sections, items."""

from mingzhang.disclosure import Row
from mingzhang.figures.ledger import TOTALS, Sheet


def _classified(code: str, codes: str) -> bool:
    if codes == "functional":
        return code[:1] == "2" and len(code) in (3, 5, 7)
    return code[:1] in "35" and len(code) <= 5


def _is_unit(rows: list[Row], at: int, codes: str) -> bool:
    row = rows[at]
    if not row.code:
        return row.label not in TOTALS
    if not _classified(row.code, codes):
        return len(row.code) != 4
    following = rows[at + 1].code if at + 1 < len(rows) else ""
    return codes == "functional" and len(row.code) == 3 and len(following) == 6 and following.startswith(row.code)


def children(sheet: Sheet) -> list[tuple[Row, list[Row]]]:
    """Every row that others are parts of, with these rows, in printed order.

    A code's parent is the longest code printed in the same unit that it
    begins with; unit rows are parents of what follows them; the total is the
    parent of whatever has no other.
    """
    lines = {id(r) for rows in sheet.lines.values() for r in rows}
    rows = [r for r in sheet.statement.rows if (r.code or r.label) and id(r) not in lines]
    codes = sheet.form.codes if sheet.form else ""
    total = next((r for r in rows if not r.code and r.label in TOTALS), None)
    parts: dict[int, list[Row]] = {}
    parents: dict[int, Row] = {}
    units: list[Row] = []
    scope: dict[str, Row] = {}
    pending: list[tuple[Row, Row | None, dict[str, Row]]] = []
    for at, row in enumerate(rows):
        if not row.code and row.label in TOTALS:
            continue
        if _is_unit(rows, at, codes):
            above = [u for u in units if row.code and u.code and len(u.code) < len(row.code) and row.code.startswith(u.code)]
            parent = above[-1] if above else total
            units.append(row)
            scope = {}
            if parent is not None:
                parts.setdefault(id(parent), []).append(row)
                parents[id(parent)] = parent
            continue
        scope.setdefault(row.code, row)
        pending.append((row, units[-1] if units else None, scope))
    lengths = sorted({len(row.code) for row, _, _ in pending} & set(range(3, 40)), reverse=True)
    for row, unit, mates in pending:
        code = row.code
        above_row = unit or total
        for n in lengths:
            if n < len(code) and code[:n] in mates:
                above_row = mates[code[:n]]
                break
        if above_row is not None and above_row is not row:
            parts.setdefault(id(above_row), []).append(row)
            parents[id(above_row)] = above_row
    return [(parents[key], rows) for key, rows in parts.items()]
