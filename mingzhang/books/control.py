"""What the balances of a line allow: pure arithmetic on the quantities of ``law``, fen."""

from collections.abc import Mapping, Sequence

from mingzhang.books.admit import vouchers
from mingzhang.books.draft import Draft, Line
from mingzhang.books.law import QUANTITIES, kinds, limits, sources
from mingzhang.books.refusal import Refusal

Quantities = dict[str, int]
"""The quantities of a line, or ``{"means": …}`` of its unit, source and item."""


def nothing() -> Quantities:
    """A line on which nothing has been entered."""
    return dict.fromkeys(QUANTITIES, 0)


def post(lines: dict[Line, Quantities], means: dict[Line, Quantities], drafts: Sequence[Draft]) -> list[Refusal]:
    """Enters the drafts into the quantities, voucher by voucher, and tells what was refused.

    ``lines`` and ``means`` (by ``Line.means``) must hold every line of the
    drafts; they are changed by each voucher that breaks no limit.
    """
    found: list[Refusal] = []
    for rows in vouchers(drafts):
        found += _voucher(lines, means, drafts, rows)
    return found


def _voucher(
    lines: dict[Line, Quantities], means: dict[Line, Quantities], drafts: Sequence[Draft], rows: range
) -> list[Refusal]:
    found: list[Refusal] = []
    before: dict[tuple[str, Line], Quantities] = {}
    after: dict[tuple[str, Line], Quantities] = {}
    for row in rows:
        draft = drafts[row]
        own, pool = ("line", draft.line), ("means", draft.line.means)
        for place, table in ((own, lines), (pool, means)):
            if place not in after:
                before[place] = table[place[1]]
                after[place] = dict(before[place])
        for quantity, sign in kinds()[draft.kind].moves:
            after[pool if quantity == "means" else own][quantity] += sign * draft.amount
    for row in rows:
        draft = drafts[row]
        line, pool = ("line", draft.line), ("means", draft.line.means)
        found += over(draft, row, before[line] | before[pool], after[line] | after[pool])
    if not found:
        for (what, line_), quantities in after.items():
            (lines if what == "line" else means)[line_] = quantities
    return found


def over(draft: Draft, row: int, before: Mapping[str, int], after: Mapping[str, int]) -> list[Refusal]:
    """The limits that hold no longer after a voucher and that it made worse, with requested, available and over."""
    kind = sources()[draft.line.source]["kind"]
    for limit in limits():
        if limit.sources not in ("", kind):
            continue
        excess = _excess(limit.left, limit.right, after)
        if excess > 0 and excess > _excess(limit.left, limit.right, before):
            requested = abs(draft.amount)
            figures = {"kind": draft.kind, "line": str(draft.line), "requested": requested}
            return [Refusal(limit.id, row, figures | {"available": requested - excess, "over": excess})]
    return []


def _excess(left: Sequence[str], right: Sequence[str], quantities: Mapping[str, int]) -> int:
    return sum(quantities[q] for q in left) - sum(quantities[q] for q in right)
