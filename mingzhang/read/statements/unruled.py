"""The header of a table without lines: which printed words stand over which column, decided by the form.

Wrapped words of one column stand in several lines, words over a group of
columns stand anywhere above it. So every reading of the words over a column is
held against the form, and the reading of all columns in their order that fits
best is taken.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from mingzhang.forms import Column, Form
from mingzhang.read.block import Grid, GridCell
from mingzhang.read.words import bare, is_total, number

_CODE = re.compile(r"\d{3}(?:\d{2}){0,2}")
_NUMBERED = re.compile(r"(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,2}[)）]|\d{1,2}[.．、])\D")


@dataclass(slots=True)
class Stack:
    """The words over one column, from the top: fragments of one cell, or of it and of what stands over its group."""

    x0: float
    x1: float
    top: float
    bottom: float
    words: list[str]


def first_row(grid: Grid, rows: Sequence[Sequence[GridCell]], form: Form | None) -> int:
    """The first row of the body: the first with an amount, a code, a numbered label, a line of the form, or a total."""
    lined = form is not None and form.shape in ("two_sided", "lines")
    for r, row in enumerate(rows):
        texts = [c.text for c in row if c.text]
        for text in texts:
            value = number(text)
            if value is not None and (value.decimals or "," in value.text or _CODE.fullmatch(text)):
                return r
            if _NUMBERED.match(text) and bare(text) != text:
                return r
        if lined and form is not None and texts and all(form.line(bare(t)) for t in texts):
            return r
        if len(texts) == 1 and is_total(bare(texts[0])) and r and any(len(before) > 1 for before in rows[:r]):
            return r
    return grid.rows


def stacks(cells: Sequence[GridCell]) -> tuple[list[Stack], list[GridCell]]:
    """The words of the header over single columns, and those that stand over several columns at once."""
    out: list[Stack] = []
    over: list[GridCell] = []
    for cell in sorted(cells, key=lambda c: (-c.box[1], c.box[0])):
        under = [s for s in out if cell.box[0] < s.x1 - 1 and cell.box[2] > s.x0 + 1]
        if len(under) > 1 or (under and not _in_line(cell, under[0])):
            over.append(cell)
        elif under:
            stack = under[0]
            stack.words.insert(0, cell.text)
            stack.x0, stack.x1 = min(stack.x0, cell.box[0]), max(stack.x1, cell.box[2])
            stack.top = cell.box[1]
        else:
            out.append(Stack(cell.box[0], cell.box[2], cell.box[1], cell.box[3], [cell.text]))
    out.sort(key=lambda s: s.x0)
    return out, over


def _in_line(cell: GridCell, stack: Stack) -> bool:
    """Whether words above a stack are a further line of it: set to the same middle, or to the same left end."""
    slack = 0.4 * (cell.box[3] - cell.box[1])
    middle = (cell.box[0] + cell.box[2]) / 2 - (stack.x0 + stack.x1) / 2
    return abs(middle) < slack or abs(cell.box[0] - stack.x0) < slack


def readings(stack: Stack, over: Sequence[GridCell]) -> list[tuple[str, int]]:
    """The header paths that the words may mean, with how many of the stack's characters each explains."""
    out: list[tuple[str, int]] = []
    above = [c.text for c in over if c.box[1] <= stack.top + 2]
    for n in range(len(stack.words)):
        leaf = "".join(stack.words[n:])
        rest = "".join(stack.words[:n])
        out.append((leaf, len(leaf)))
        if rest:
            out.append((f"{rest}/{leaf}", len(leaf) + len(rest)))
        for parent in above:
            out.append((f"{parent}/{leaf}", len(leaf)))
            if rest:
                out.append((f"{parent}/{rest}/{leaf}", len(leaf) + len(rest)))
            out += [(f"{parent}/{second}/{leaf}", len(leaf)) for second in above if second != parent]
    return out


def _fits(stack: Stack, over: Sequence[GridCell], form: Form, side: str) -> dict[int, float]:
    """How well each column of the form explains the words, by its place in the form."""
    size = sum(map(len, stack.words))
    found: dict[int, float] = {}
    for path, used in readings(stack, over):
        for n, column in enumerate(form.columns):
            if side and column.side and column.side != side:
                continue
            for pattern in column.patterns:
                hit = pattern.search(path)
                if hit and hit.end() == len(path):
                    matched = hit.group().lstrip("/")
                    explained = min(used, len(matched.replace("/", "")))
                    score = explained / size + 0.05 * matched.count("/")
                    found[n] = max(found.get(n, 0.0), score)
            if n not in found and any(p.fullmatch(path) for p in _alone(column)):
                found[n] = 0.6 * used / size
    return found


@cache
def _alone(column: Column) -> tuple[re.Pattern[str], ...]:
    """Patterns for the last word of a column's header path alone, where what stands over it was not found."""
    out = []
    for word in column.words:
        depth = 0
        for n, c in enumerate(word):
            depth += (c == "(") - (c == ")")
            if c == "/" and not depth:
                out.append(word[n + 1 :])
        if "/小计" in word:
            out.append("小计")
    return tuple(re.compile(w) for w in dict.fromkeys(out))


def columns(
    found: Sequence[Stack], over: Sequence[GridCell], form: Form, places: Sequence[tuple[str, int]]
) -> list[str]:
    """The column id of each stack (empty where none fits): the best reading of all in the order of the form.

    ``places`` tell the side and the group of each; groups abreast have the same columns.

    Where the document prints its columns in another order, each takes the
    column that fits it best, if no other stack wants it.
    """
    sides = [place if form.shape == "abreast" else (place[0], 0) for place in places]
    fits = [_fits(s, over, form, side) for s, (side, _) in zip(found, sides, strict=True)]
    out = [""] * len(found)
    for side in dict.fromkeys(sides):
        mine = [n for n, s in enumerate(sides) if s == side]
        for n, column in zip(mine, _in_order([fits[n] for n in mine], len(form.columns)), strict=True):
            if column is not None:
                out[n] = form.columns[column].id
    for n, fit in enumerate(fits):
        if not out[n] and fit:
            best = max(fit, key=lambda k: fit[k])
            taken = {out[m] for m in range(len(out)) if sides[m] == sides[n]}
            if fit[best] >= 0.95 and form.columns[best].id not in taken:
                out[n] = form.columns[best].id
    return out


def _in_order(fits: Sequence[dict[int, float]], count: int) -> list[int | None]:
    """The increasing choice of columns with the highest sum of fits."""
    best: list[list[float]] = [[0.0] * (count + 1) for _ in range(len(fits) + 1)]
    for n in range(len(fits) - 1, -1, -1):
        for k in range(count - 1, -1, -1):
            take = fits[n].get(k)
            best[n][k] = max(best[n][k + 1], best[n + 1][k], take + best[n + 1][k + 1] if take and take > 0.34 else 0.0)
        best[n][count] = 0.0
    out: list[int | None] = [None] * len(fits)
    n = k = 0
    while n < len(fits) and k < count:
        take = fits[n].get(k)
        if take and take > 0.34 and best[n][k] == take + best[n + 1][k + 1]:
            out[n] = k
            n, k = n + 1, k + 1
        elif best[n][k] == best[n][k + 1]:
            k += 1
        else:
            n += 1
    return out


def extents(grid: Grid, rows: Sequence[Sequence[GridCell]], first: int) -> list[tuple[float, float] | None]:
    """What is printed in every column of the body, from the left to the right end; None for an empty one."""
    out: list[tuple[float, float] | None] = []
    for n in range(grid.columns):
        boxes = [c.box for row in rows[first:] for c in row if c.column == n and c.text]
        out.append((min(b[0] for b in boxes), max(b[2] for b in boxes)) if boxes else None)
    return out


def spans(grid: Grid, printed: Sequence[tuple[float, float] | None]) -> list[tuple[float, float]]:
    """The columns of the body, from the middle of the gap before to the middle of the gap behind."""
    known = [p for p in printed if p is not None]
    edges = [grid.box[0] - 1, *((a[1] + b[0]) / 2 for a, b in pairwise(known)), grid.box[2] + 1]
    out: list[tuple[float, float]] = []
    at = 0
    for p in printed:
        out.append((edges[at], edges[at + 1 if p is not None else at]))
        at += p is not None
    return out


def leaves(found: Sequence[Stack], printed: Sequence[tuple[float, float] | None]) -> tuple[list[Stack], list[Stack]]:
    """The stacks that each stand over one column, and those that stand over a group, in the gap of its columns.

    A stack stands over a group where its neighbours begin below its end and
    every column of the body that it covers is covered by a lower stack too.
    """
    kept: list[Stack] = []
    above: list[Stack] = []
    for s in found:
        lower = [t for t in found if t is not s and t.top >= s.bottom - 1]
        beside = [t for t in found if t is not s and t.top < s.bottom - 1]
        left, right = (
            max((t.x1 for t in beside if t.x1 <= s.x0), default=-1e9),
            min((t.x0 for t in beside if t.x0 >= s.x1), default=1e9),
        )
        near = [t for t in lower if left < t.x0 and t.x1 < right]
        alone = any(
            e is not None and e[0] < s.x1 and e[1] > s.x0 and not any(e[0] < t.x1 and e[1] > t.x0 for t in near)
            for e in printed
        )
        (above if len(near) > 1 and not alone else kept).append(s)
    return kept, above


def territories(kept: Sequence[Stack], grid: Grid) -> list[tuple[float, float]]:
    """The width of the page that belongs to each stack: to the middle of the gaps between them."""
    edges = [min(grid.box[0], kept[0].x0) - 1, *((a.x1 + b.x0) / 2 for a, b in pairwise(kept))]
    edges.append(max(grid.box[2], kept[-1].x1) + 1)
    return list(pairwise(edges))


_MISMATCH = 10_000.0
_SHARED = 60.0


def mapped(
    printed: Sequence[tuple[float, float] | None],
    kinds: Sequence[str],
    places: Sequence[tuple[float, float]],
    roles: Sequence[str],
) -> list[int | None]:
    """The column of the header that each column of the body belongs to, in their order, at the least distance.

    Amounts go to value columns, each to its own; words go to label columns,
    where a total in the middle and names at the left may share one, as the
    parts of a code may share the column of the codes.
    """
    body = [n for n, e in enumerate(printed) if e is not None]
    inf = float("inf")

    def cost(n: int, k: int) -> float:
        extent = printed[n]
        assert extent is not None
        middle = (extent[0] + extent[1]) / 2
        away = max(places[k][0] - middle, middle - places[k][1], 0.0)
        worded = roles[k] in ("label", "type", "")
        good = worded if kinds[n] == "text" else not worded if kinds[n] == "amount" else True
        return away + (0.0 if good else _MISMATCH) + 0.001 * abs(middle - sum(places[k]) / 2)

    count = len(places)
    best = [[inf] * count for _ in body]
    back = [[-1] * count for _ in body]
    for i, n in enumerate(body):
        running, arg = (0.0, -1) if not i else (inf, -1)
        for k in range(count):
            if i:
                if best[i - 1][k - 1] < running and k:
                    running, arg = best[i - 1][k - 1], k - 1
                alike = kinds[n] == kinds[body[i - 1]] and kinds[n] in ("text", "code")
                shared = best[i - 1][k] + _SHARED if alike else inf
                before, frm = min((running, arg), (shared, k))
            else:
                before, frm = 0.0, -1
            if before < inf:
                best[i][k], back[i][k] = before + cost(n, k), frm
    out: list[int | None] = [None] * len(printed)
    if not body:
        return out
    k = min(range(count), key=lambda j: best[-1][j])
    if best[-1][k] == inf:
        return out
    for i in range(len(body) - 1, -1, -1):
        out[body[i]] = k
        k = back[i][k]
    return out


def within(some: Sequence[Stack], cells: Sequence[GridCell]) -> list[GridCell]:
    """The cells whose words the stacks hold."""
    return [
        c
        for c in cells
        if any(s.x0 <= c.box[0] and c.box[2] <= s.x1 and s.top <= c.box[1] and c.box[3] <= s.bottom for s in some)
    ]


def nearest(stack: Stack, over: Sequence[GridCell]) -> list[str]:
    """Of each line of words over groups, the one whose middle is nearest to the stack, from the top."""
    rows: dict[int, GridCell] = {}
    middle = (stack.x0 + stack.x1) / 2
    for c in over:
        if c.box[3] > stack.top + 2:
            continue
        old = rows.get(c.row)
        if old is None or abs((c.box[0] + c.box[2]) / 2 - middle) < abs((old.box[0] + old.box[2]) / 2 - middle):
            rows[c.row] = c
    return [rows[r].text for r in sorted(rows)]


def pieced(words: Sequence[str], form: Form) -> tuple[str, ...]:
    """The fragments of a stack put together to the words of the form: each run that a line or column names is one."""
    out: list[str] = []
    n = 0
    while n < len(words):
        end = next(
            (m for m in range(len(words), n, -1) if _names("".join(words[n:m]), form)),
            n + 1,
        )
        out.append("".join(words[n:end]))
        n = end
    return tuple(out)


def _names(text: str, form: Form) -> bool:
    return form.line(text) is not None or form.column(text) is not None or text in ("小计", "合计")
