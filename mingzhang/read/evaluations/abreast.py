"""A matrix of project goals whose indicator groups stand abreast, from lines that lost their columns.

Every project has a code, a name and amounts, then for each row name and
target under 成本指标, 产出指标 … side by side. Each group is filled from the
top without gaps, so a lower row never holds a group that the row above does
not: that, and what the names say, tells which pair stands in which group.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from mingzhang.disclosure import Evaluation, Indicator, Remark
from mingzhang.forms import EvaluationForm
from mingzhang.read.block import Line
from mingzhang.read.evaluations.money import FUNDS, UNPROVEN
from mingzhang.read.evaluations.pieces import KIND, Piece, Row, glued, place, rows
from mingzhang.read.evaluations.vocabulary import Words, column_of, words

NO_PROJECT = "并排的指标组前没有项目行，未读"
BY_WORDS = "指标组并排而列已丢失，每个指标归哪一组由填列的次序和指标用词判断，没有合计可以证明"
_CODE = re.compile(r"\d{3,24}\Z")
_AMOUNT = re.compile(r"-?\d[\d,]*\.\d+\Z")
_NEVER = -1e9
_SPLIT = 0.5
_STRANGE = -0.5
_MOST_PAIRS = 60
_MOST_GIVEN = 12
_MOST_GROUPS = 6


@dataclass(frozen=True, slots=True)
class Pair:
    """An indicator name and its target; ``joined`` says that it begins on the line on which the pair before ends."""

    name: str
    target: str
    joined: bool
    line: int


@dataclass(slots=True)
class _Project:
    """A line of the matrix: its code, name and amounts; ``fresh`` says that it begins a page."""

    code: str
    name: str
    amounts: list[str]
    row: Row
    fresh: bool
    pieces: list[Piece] = field(default_factory=list)
    pairs: list[Pair] = field(default_factory=list)


def header(every: Sequence[Row], vocabulary: Words) -> tuple[int, tuple[str, ...], tuple[str, ...]] | None:
    """How many rows the header takes, the groups abreast, and the names of the money columns; None for other tables."""
    groups: tuple[str, ...] = ()
    end = 0
    for n, row in enumerate(every[:40]):
        levels = tuple(t for t in row.texts if vocabulary.level(t) == 1)
        if len(levels) >= 2 and not groups:
            groups = levels[:_MOST_GROUPS]
        ids = [column_of(t, vocabulary.columns) for t in row.texts]
        if ids.count("name") >= 2 and ids.count("target") >= 2:
            end = n + 1
            break
    if not groups or not end:
        return None
    pieces = [p for row in every[:end] for p in row.pieces]
    money: list[str] = []
    at = 0
    while at < len(pieces):
        for k in (3, 2, 1):
            name = vocabulary.money_name(glued(pieces[at : at + k]))
            if name and at + k <= len(pieces):
                money.append(name)
                at += k - 1
                break
        at += 1
    return end, groups, tuple(money)


def _uncoded(pieces: Sequence[Piece], at: int, vocabulary: Words) -> tuple[str, str, list[str], int] | None:
    """The name and amounts of a project without a code: a name that begins a line, and amounts right behind it."""
    end = at
    while end < len(pieces) and end - at < 4 and not vocabulary.number(pieces[end].text):
        text = pieces[end].text
        if (end > at and not pieces[end].bol) or vocabulary.is_quantity(text) or vocabulary.quality.fullmatch(text):
            return None
        end += 1
    first = end
    while end < len(pieces) and _AMOUNT.match(pieces[end].text) and (end == first or not pieces[end].bol):
        end += 1
    name = glued(pieces[at:first])
    if not pieces[at].bol or len(name) < 3 or end - first < 1 or (first > at + 1 and end - first < 2):
        return None
    return "", name, [p.text for p in pieces[first:end]], end


def _record(
    pieces: Sequence[Piece], at: int, vocabulary: Words, coded: bool
) -> tuple[str, str, list[str], int] | None:
    """The code, name and amounts that begin at a piece, and where they end.

    ``coded`` says that projects have codes, so that nothing else begins one.
    """
    end = at
    while end < len(pieces) and _CODE.match(pieces[end].text) and end - at < 3:
        if end > at and not pieces[end].alone:
            break
        end += 1
    code = glued(pieces[at:end])
    if not code:
        return _uncoded(pieces, at, vocabulary) if not coded else None
    start = end
    while end < len(pieces) and end - start < 6 and not vocabulary.number(pieces[end].text):
        if vocabulary.is_quantity(pieces[end].text):
            return None
        end += 1
    name = glued(pieces[start:end])
    first = end
    while end < len(pieces) and vocabulary.number(pieces[end].text) and not (
        end > first and pieces[end].line != pieces[end - 1].line
    ):
        end += 1
    if not name or end == first or not any(_AMOUNT.match(p.text) for p in pieces[first:end]):
        return None
    return code, name, [p.text for p in pieces[first:end]], end


def _projects(body: Sequence[Row], vocabulary: Words) -> tuple[list[_Project], list[Piece]]:
    """The lines of the matrix in order with the pieces behind each, and the pieces before the first."""
    pieces = [p for row in body for p in row.pieces]
    by_line = {row.index: row for row in body}
    before: list[Piece] = []
    found: list[_Project] = []
    coded = any(_CODE.match(p.text) and _record(pieces, n, vocabulary, True) for n, p in enumerate(pieces))
    at = 0
    while at < len(pieces):
        record = _record(pieces, at, vocabulary, coded)
        if record is None:
            (found[-1].pieces if found else before).append(pieces[at])
            at += 1
            continue
        code, name, amounts, end = record
        row = by_line[pieces[at].line]
        found.append(_Project(code, name, amounts, row, row.starts_page))
        at = end
    return found, before


def pairs(pieces: Sequence[Piece], vocabulary: Words, wide: int, narrow: int) -> list[Pair]:
    """The pieces as names and targets in turn, the likeliest way.

    ``wide`` and ``narrow`` are the widths of the name and target columns.
    """
    n = len(pieces)
    best: list[list[float]] = [[1e9, 1e9] for _ in range(n + 1)]
    back: list[list[int]] = [[0, 0] for _ in range(n + 1)]
    best[0][0] = 0.0
    for at in range(n):
        for turn in (0, 1):
            if best[at][turn] >= 1e9:
                continue
            for end in range(at + 1, min(at + (7 if turn == 0 else 4), n + 1)):
                cell = pieces[at:end]
                cost = _name_cost(cell, vocabulary, wide) if turn == 0 else _target_cost(cell, vocabulary, narrow)
                if best[at][turn] + cost < best[end][1 - turn]:
                    best[end][1 - turn], back[end][1 - turn] = best[at][turn] + cost, at
    end, turn = n, 0 if best[n][0] < 1e9 else 1
    cuts: list[tuple[int, int, int]] = []
    while end > 0:
        start = back[end][turn]
        turn = 1 - turn
        cuts.insert(0, (turn, start, end))
        end = start
    found: list[Pair] = []
    for k in range(0, len(cuts) - 1, 2):
        (_, a, b), (_, _, c) = cuts[k], cuts[k + 1]
        joined = a > 0 and pieces[a].line == pieces[a - 1].line
        found.append(Pair(glued(pieces[a:b]), glued(pieces[b:c]), joined, pieces[a].line))
    return found


def _shape(cell: Sequence[Piece], capacity: int) -> float:
    """What it costs that lines of one cell are not full, or stand beside others."""
    if len(cell) == 1:
        return 0.0
    cost = sum(max(0, capacity - 3 - p.width) * 0.5 for p in cell[:-1])
    cost += 0.2 * sum(1 for p in cell[1:] if p.gap)
    return cost + 5.0 * sum(1 for p in cell if not p.alone)


def _name_cost(cell: Sequence[Piece], vocabulary: Words, capacity: int) -> float:
    cost = _shape(cell, capacity) + 0.5 * max(0, len(cell) - 4)
    cost += 6.0 * sum(1 for p in cell if vocabulary.is_quantity(p.text)) + 0.4 * (cell[-1].width >= capacity)
    return cost + (0.6 if vocabulary.quality.fullmatch(cell[-1].text) and len(cell) > 1 else 0.0)


def _target_cost(cell: Sequence[Piece], vocabulary: Words, capacity: int) -> float:
    text = glued(cell)
    cost = _shape(cell, capacity) + sum(max(0, p.width - capacity) * 0.7 for p in cell)
    if vocabulary.is_quantity(text):
        return cost - 3.0
    if vocabulary.quality.fullmatch(text) and len(text) <= 8:
        cost -= 1.0
    elif len(text) == 1 or vocabulary.unit.fullmatch(text):
        cost += 1.0
    return cost + (1.5 if len(cell) > 1 else 0.5) + 0.3 * max(0, len(text) - 8)


def _suits(pair: Pair, group: str, vocabulary: Words) -> float:
    """How much the words of a pair speak for a group, looked up once."""
    key = (f"={group}", f"{pair.name}={pair.target}")
    if key not in vocabulary.fits:
        vocabulary.fits[key] = _speak(pair, group, vocabulary)
    return vocabulary.fits[key]


def _speak(pair: Pair, group: str, vocabulary: Words) -> float:
    for name, names, targets in vocabulary.evidence:
        if name == group:
            hits = sum(1 for p in names if p.search(pair.name)) + sum(1 for p in targets if p.search(pair.target))
            return hits or _STRANGE
    return 0.0


def grouped(found: Sequence[Pair], groups: Sequence[str], vocabulary: Words) -> tuple[float, list[int]]:
    """The group of every pair such that each row holds only groups of the row above, and how well they suit.

    -1 stands for pairs that fit into no such rows.
    """
    if not found:
        return 0.0, []
    if len(found) > _MOST_PAIRS:
        first, some = grouped(found[:_MOST_PAIRS], groups, vocabulary)
        second, more = grouped(found[_MOST_PAIRS:], groups, vocabulary)
        return first + second, some + more
    suits = [[_suits(p, g, vocabulary) for g in groups] for p in found]
    every = 1 << len(groups)
    members = [[g for g in range(len(groups)) if mask >> g & 1] for mask in range(every)]
    n = len(found)
    # best[at]: for every set of groups that the row above holds, the value from pair ``at`` on, and the set of its row
    best: list[list[tuple[float, int]]] = [[(_NEVER, 0)] * every for _ in range(n)]
    best.append([(0.0, 0)] * every)
    for at in range(n - 1, -1, -1):
        row = best[at]
        for mask in range(1, every):
            top, own = _NEVER, 0
            for g in members[mask]:
                less = row[mask ^ (1 << g)]
                if less[0] > top or (less[0] == top and less[1] < own):
                    top, own = less
            end = at + len(members[mask])
            if end <= n and not (end < n and found[end].joined) and best[end][mask][0] > _NEVER:
                value = best[end][mask][0] - 0.01
                for k, g in enumerate(members[mask], at):
                    value += suits[k][g]
                if value > top:
                    top, own = value, mask
            row[mask] = (top, own)
    value = best[0][-1][0]
    if value <= _NEVER:
        return _NEVER, [-1] * n
    order: list[int] = []
    mask = every - 1
    while len(order) < n:
        mask = best[len(order)][mask][1]
        order += members[mask]
    return value, order


def _shared_out(projects: list[_Project], before: list[Pair], groups: Sequence[str], vocabulary: Words) -> None:
    """Pairs printed at the foot of a page above the code of their project go to it where they suit it better.

    A merged code cell that a page break cuts is printed on its second page.
    """
    longest = max((len(p.code) for p in projects), default=0)
    for n, project in enumerate(projects):
        own = project.pairs
        if n == 0:
            project.pairs = before + own
            continue
        above = projects[n - 1]
        if not project.fresh or len(project.code) < longest or not above.pairs:
            continue
        options = []
        for cut in range(max(0, len(above.pairs) - _MOST_GIVEN), len(above.pairs) + 1):
            kept, given = above.pairs[:cut], above.pairs[cut:]
            if given and given[0].joined:
                continue
            value = grouped(kept, groups, vocabulary)[0] + grouped([*given, *own], groups, vocabulary)[0]
            options.append((value - (_SPLIT if given else 0.0), cut))
        cut = max(options)[1]
        above.pairs, project.pairs = above.pairs[:cut], above.pairs[cut:] + own


def _amounts(project: _Project, money: Sequence[str], file: str) -> list[Indicator]:
    """The amounts of a project under the money columns, the first ones where some are blank."""
    return [
        Indicator(level1=FUNDS, name=name, target=amount, place=place(project.row.source, file))
        for name, amount in zip(money, project.amounts, strict=False)
    ]


def is_matrix(form: EvaluationForm, lines: Sequence[tuple[int, Line]]) -> bool:
    """Whether the lines begin with the header of such a matrix."""
    vocabulary = words(form)
    return header(rows(lines[:60], vocabulary), vocabulary) is not None


def read(
    form: EvaluationForm, title: str, lines: Sequence[tuple[int, Line]], file: str
) -> tuple[list[Evaluation], list[Remark]] | None:
    """One evaluation for each line of the matrix, and what in it is not proven; None for other tables."""
    vocabulary = words(form)
    if not is_matrix(form, lines):
        return None
    every = rows(lines, vocabulary)
    head = header(every, vocabulary)
    if head is None:
        return None
    end, groups, money = head
    projects, loose = _projects(every[end:], vocabulary)
    by_line = {row.index: row for row in every}
    body = [p for project in projects for p in project.pieces] + loose
    text = [p.width for p in body if p.alone and not vocabulary.is_quantity(p.text)]
    wide = max(text, default=12)
    narrow = max([p.width for p in body if vocabulary.is_quantity(p.text)] + [8])
    for project in projects:
        project.pairs = pairs(project.pieces, vocabulary, wide, narrow)
    before = pairs(loose, vocabulary, wide, narrow)
    _shared_out(projects, before, groups, vocabulary)
    found: list[Evaluation] = []
    remarks: list[Remark] = []
    if not projects and loose:
        remarks.append(Remark(KIND, glued(loose)[:200], NO_PROJECT, place(by_line[loose[0].line].source, file)))
    for project in projects:
        indicators = _amounts(project, money, file)
        where = place(project.row.source, file)
        if len(project.amounts) < len(money):
            remarks.append(Remark(KIND, f"{project.name} {' '.join(project.amounts)}", UNPROVEN, where))
        if project.pairs:
            remarks.append(Remark(KIND, project.name, BY_WORDS, where))
        for pair, group in zip(project.pairs, grouped(project.pairs, groups, vocabulary)[1], strict=False):
            indicators.append(
                Indicator(
                    level1=groups[group] if group >= 0 else "",
                    name=pair.name,
                    target=pair.target,
                    place=place(by_line[pair.line].source, file),
                )
            )
        found.append(Evaluation(form.kind, project.name, title, tuple(indicators), place=where))
    return found, remarks
