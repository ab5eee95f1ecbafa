"""What the balances of a line allow: pure arithmetic on the quantities of ``law``, fen."""

from collections.abc import Mapping, Sequence
from functools import cache

from mingzhang.books.admit import vouchers
from mingzhang.books.draft import Draft, Line
from mingzhang.books.law import QUANTITIES, Rule, kinds, limits, sources
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
    pools = {line: line.means for line in lines}
    for rows in vouchers(drafts):
        if refusals := _voucher(lines, means, pools, drafts, rows):
            found += refusals
    return found


def _voucher(
    lines: dict[Line, Quantities],
    means: dict[Line, Quantities],
    pools: Mapping[Line, Line],
    drafts: Sequence[Draft],
    rows: range,
) -> list[Refusal]:
    own: dict[Line, Quantities] = {}
    came: dict[Line, Quantities] = {}
    for row in rows:
        draft = drafts[row]
        line, pool = draft.line, pools[draft.line]
        if line not in own:
            own[line] = dict(lines[line])
        if pool not in came:
            came[pool] = dict(means[pool])
        for quantity, sign in kinds()[draft.kind].moves:
            (came[pool] if quantity == "means" else own[line])[quantity] += sign * draft.amount
    found: list[Refusal] = []
    for row in rows:
        draft = drafts[row]
        if broken := over(draft, row, own[draft.line], came[pools[draft.line]]):
            found.append(broken)
    if not found:
        lines.update(own)
        means.update(came)
    return found


def over(draft: Draft, row: int, own: Mapping[str, int], means: Mapping[str, int]) -> Refusal | None:
    """The first limit that an entry broke, by the quantities after it, with what was requested, available and over."""
    for limit in breakable(draft.kind, draft.amount > 0, sources()[draft.line.source]["kind"]):
        excess = 0
        for quantity in limit.left:
            excess += own[quantity]
        for quantity in limit.right:
            excess -= means["means"] if quantity == "means" else own[quantity]
        if excess > 0:
            requested = abs(draft.amount)
            figures = {"kind": draft.kind, "line": draft.line, "requested": requested}
            return Refusal(limit.id, row, figures | {"available": requested - excess, "over": excess})
    return None


@cache
def breakable(kind: str, positive: bool, source: str) -> tuple[Rule, ...]:
    """The limits that an entry of a kind and sign can break: those whose left side it raises or right side it lowers."""
    moves = {quantity: sign if positive else -sign for quantity, sign in kinds()[kind].moves}
    worse = [
        limit
        for limit in limits()
        if limit.sources in ("", source)
        and sum(moves.get(q, 0) for q in limit.left) - sum(moves.get(q, 0) for q in limit.right) > 0
    ]
    return tuple(worse)
