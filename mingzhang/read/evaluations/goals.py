"""The goal, its fulfilment and the tasks of a performance table that lost its columns."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from mingzhang.disclosure import Sentence
from mingzhang.read.evaluations.parts import Part
from mingzhang.read.evaluations.pieces import Piece, Row, cells, cost_of_cell, glued, place
from mingzhang.read.narrative import sentences
from mingzhang.read.words import plain

_END = re.compile(r"[。.；;！!]\Z")
_ITEM = re.compile(r"(?:目标)?\s*\d{1,2}\s*[、.．：:)）]|[（(]?[一二三四五六七八九十]{1,2}[)）、]|[①-⑩]")

_MOST = 300


@dataclass(slots=True)
class Spoken:
    """What a table says in words."""

    goal: str = ""
    done: str = ""
    tasks: list[tuple[str, str, str]] = field(default_factory=list)
    sentences: list[Sentence] = field(default_factory=list)


def _pieces(rows: Sequence[Row]) -> list[Piece]:
    return [p for row in rows for p in row.pieces]


def _split(pieces: list[Piece]) -> int:
    """Where the goal ends and its fulfilment begins: after a short line that ends a sentence, or a change of width."""
    if len(pieces) == 2:
        return 1
    if len(pieces) > _MOST:
        return len(pieces)
    full = max(p.width for p in pieces)
    best, where = -1.0, len(pieces)
    for cut in range(1, len(pieces)):
        before, after = pieces[cut - 1], pieces[cut]
        value = 0.0
        if not before.alone and before.line == after.line:
            value += 4.0
        if _END.search(before.text):
            value += 2.0 + (1.0 if before.width < full - 4 else 0.0)
        elif before.width < full - 8:
            value += 1.0
        if after.gap > 0 and before.gap == 0:
            value += 0.5
        if _ITEM.match(after.text) and (_ITEM.match(pieces[0].text) is not None):
            value -= 2.0 if not after.text.startswith(("一、", "1、", "1.")) else -1.0
        value -= 0.02 * (cost_of_cell(pieces[:cut]) + cost_of_cell(pieces[cut:]))
        if value > best:
            best, where = value, cut
    return where if best >= 1.5 else len(pieces)


def read(parts: Sequence[Part], title: str, project: str, file: str) -> Spoken:
    """The goal and task texts of a table, and their sentences under (title, project, part)."""
    spoken = Spoken()
    above = tuple(t for t in (plain(title), project) if t)
    for part in parts:
        if not part.rows:
            continue
        where = place(part.rows[0].source, file)
        pieces = _pieces(part.rows)
        if part.kind == "goal":
            label = plain(part.label) or "年度总体目标"
            cut = _split(pieces) if part.columns == ("goal", "done") else len(pieces)
            spoken.goal, spoken.done = glued(pieces[:cut]), glued(pieces[cut:])
            path = (*above, label, "预期目标") if spoken.done else (*above, label)
            spoken.sentences += sentences(spoken.goal, path, where)
            if spoken.done:
                spoken.sentences += sentences(spoken.done, (*above, label, "实际完成情况"), where)
        elif part.kind == "tasks":
            count = len([c for c in part.columns if c in ("task", "content", "done")]) or 2
            for row in _tasks(pieces, count):
                task, content, done = (*row, "", "", "")[:3]
                spoken.tasks.append((task, content, done))
                path = (*above, plain(part.label) or "年度主要任务", task)
                spoken.sentences += sentences(content, path, where)
                spoken.sentences += sentences(done, (*path, "实际完成情况"), where)
    return spoken


def _tasks(pieces: list[Piece], count: int) -> list[list[str]]:
    """The pieces as rows of ``count`` wrapped cells: a short line or the end of a sentence ends a cell."""
    found: list[list[Piece]] = []
    widest = [0.0] * count
    for piece in pieces:
        if not found or not piece.alone or not found[-1][-1].alone or _closes(found[-1], piece):
            found.append([piece])
        else:
            found[-1].append(piece)
    texts = [glued(c) for c in found]
    del widest
    if len(texts) % count:
        total = len(texts) // count + 1
        if len(pieces) >= total * count:
            texts = [glued(c) for c in cells(pieces, total * count)]
    return [texts[i : i + count] for i in range(0, len(texts), count)]


def _closes(cell: Sequence[Piece], piece: Piece) -> bool:
    """Whether a wrapped cell ends before a further piece."""
    last = cell[-1]
    full = max(p.width for p in cell)
    if len(cell) > 1 and last.width < full - 3:
        return True
    if abs(piece.width - full) > 8 and piece.width > full + 2:
        return True
    return _END.search(last.text) is not None and (last.width < full - 3 or (piece.gap > 0 and last.gap == 0))
