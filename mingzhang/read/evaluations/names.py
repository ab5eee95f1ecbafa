"""Level and project names among the lines of a page, also broken over lines beside other words."""

from collections.abc import Sequence

from mingzhang.read.evaluations.pieces import Piece, joint
from mingzhang.read.evaluations.stream import Label, Sheet, sifted
from mingzhang.read.evaluations.vocabulary import Words, column_of, only_points, points_of

_LONGEST_LEVEL = 20
_CLOSING = ("分）", "）", "分)", ")")

Named = tuple[float, list[Piece], Label]
"""A name: the line it stands on (the middle one), its pieces, and what it is."""


def labels(lines: Sequence[Sequence[Piece]], words: Words) -> list[Named]:
    """The level names with the line they stand on (the middle one) and their pieces, also broken over lines."""
    found: dict[int, list[tuple[int, int, str]]] = {}
    where: list[Named] = []
    parts: set[int] = set()
    for n, line in enumerate(lines):
        for k in range(len(line)):
            whole = _whole(lines, n, k, words, parts) if id(line[k]) not in parts else None
            if whole:
                rank, pieces, last = whole
                parts |= {id(p) for p in pieces[1:]}
                if rank > 0:
                    pieces, last = _with_points(lines, pieces, last, parts)
                name = "".join(p.text for p in pieces)
                where.append(((n + last) / 2, pieces, Label(len(where), rank, name)))
                found.setdefault(len(where) - 1, []).append((len(where), rank, name))
    kept = sifted(found, False)
    used: set[int] = set()
    out = []
    for k, named in enumerate(where):
        if named[2].rank == -1 or (k in kept and not any(id(p) in used for p in named[1])):
            used |= {id(p) for p in named[1]}
            out.append(named)
    return sorted(out, key=lambda x: x[0])


def _with_points(
    lines: Sequence[Sequence[Piece]], pieces: list[Piece], last: int, used: set[int]
) -> tuple[list[Piece], int]:
    """A level name with the points that stand alone below it, and the line it then ends on."""
    if points_of("".join(p.text for p in pieces)) is None:
        for below in range(last + 1, min(last + 3, len(lines))):
            for k, piece in enumerate(lines[below]):
                if id(piece) in used:
                    continue
                own = [piece]
                if k + 1 < len(lines[below]) and not only_points(piece.text):
                    own.append(lines[below][k + 1])
                if only_points("".join(p.text for p in own)):
                    used |= {id(p) for p in own}
                    return [*pieces, *own], below
    return pieces, last


def projects(
    lines: Sequence[Sequence[Piece]], sheet: Sheet, words: Words
) -> list[Named]:
    """The names of projects at the left edge, with the line they stand on: before an amount or a level name."""
    out: list[Named] = []
    for n, line in enumerate(lines) if sheet.projects else ():
        first = line[0]
        if len(line) < 2 or words.level(first.text) or words.is_quantity(first.text) or len(first.text) < 3:
            continue
        amount = sheet.amounts and words.number(line[1].text)
        if amount and (len(line) == 2 or words.level(line[2].text) or len(line) > 4):
            out.append((float(n), list(line[:2]), Label(-1 - n, 0, first.text)))
        elif not sheet.amounts and words.level(line[1].text) in (1, 2):
            out.append((float(n), [first], Label(-1 - n, 0, first.text)))
    return out


def _whole(
    lines: Sequence[Sequence[Piece]], n: int, k: int, words: Words, used: set[int]
) -> tuple[int, list[Piece], int] | None:
    """The level name that begins with piece ``k`` of line ``n``: rank, pieces, and the line it ends on."""
    first = lines[n][k]
    if only_points(first.text):
        return -1, [first], n
    rank = words.level(first.text)
    banner = _banner(lines, n, k, words) if rank not in (1, 2) else None
    if banner:
        return banner
    if rank == 3 and any(not words.level(p.text) for p in lines[n][:k]):
        rank = 0
    if rank:
        return _longest(lines, n, [first], rank, words, used)
    pieces, joined, at = [first], first.text, k + 1
    while at < len(lines[n]) and joint(lines[n][at - 1], lines[n][at]) < 0.2 and len(joined) < _LONGEST_LEVEL:
        pieces, joined, at = [*pieces, lines[n][at]], joined + lines[n][at].text, at + 1
        if words.level(joined) or only_points(joined):
            return words.level(joined) or -1, pieces, n
    if not words.begins_level(first.text):
        return None
    return _over(lines, n, [first], words, used)


def _over(
    lines: Sequence[Sequence[Piece]], n: int, pieces: list[Piece], words: Words, used: set[int]
) -> tuple[int, list[Piece], int] | None:
    """A level name that goes on one or two lines below, beside other words."""
    joined = "".join(p.text for p in pieces)
    for below in range(n + 1, min(n + 3, len(lines))):
        for piece in lines[below]:
            if piece.width > 16 or id(piece) in used:
                continue
            rank = words.level(joined + piece.text)
            closes = "（" in joined and piece.text in _CLOSING
            if rank in (1, 2) or (rank == 3 and closes):
                return _longest(lines, below, [*pieces, piece], rank, words, used)
            if words.begins_level(joined + piece.text) and len(pieces) < 3 and not words.number(piece.text):
                more = _over(lines, below, [*pieces, piece], words, used)
                if more:
                    return more
    return None


def _longest(
    lines: Sequence[Sequence[Piece]], n: int, pieces: list[Piece], rank: int, words: Words, used: set[int]
) -> tuple[int, list[Piece], int]:
    """A level name with the 指标 that stands below it, where there is one."""
    joined = "".join(p.text for p in pieces)
    if not joined.endswith("指标"):
        for below in range(n + 1, min(n + 3, len(lines))):
            for tail in lines[below]:
                if tail.text in ("指标", "标") and id(tail) not in used and words.level(joined + tail.text) in (1, 2):
                    return words.level(joined + tail.text), [*pieces, tail], below
    return rank, pieces, n


def _banner(lines: Sequence[Sequence[Piece]], n: int, k: int, words: Words) -> tuple[int, list[Piece], int] | None:
    """The word 绩效指标 at the left edge, also one or two characters a line."""
    pieces, joined = [lines[n][k]], lines[n][k].text
    if k or len(joined) > 4:
        return None
    at = n
    while True:
        if len(joined) > 2 and column_of(joined, words.columns) == "banner":
            return -1, pieces, at
        at += 1
        if at >= min(n + 8, len(lines)) or len(joined) > 8:
            return None
        first = lines[at][0]
        if first.width <= 4 and ("绩效指标".startswith(joined + first.text) or "绩效目标".startswith(joined + first.text)):
            pieces, joined = [*pieces, first], joined + first.text
