"""Cells that lost the blanks between them: ``≥95%100%55`` → ``≥95%``, ``100%``, ``5``, ``5``.

A run is taken apart only where its form leaves one way, or where the points
of the table prove one; else it stays whole and is reported.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from mingzhang.disclosure import Remark
from mingzhang.read.evaluations.pieces import KIND, Row, place
from mingzhang.read.evaluations.vocabulary import Words

PARTED = "单元格之间的空格已丢失，按数值的形式和分值合计拆开"
WHOLE = "单元格之间的空格已丢失，有不止一种拆法，未读"
_TAIL = re.compile(r"[\d.]+\Z")
_FIGURE = re.compile(r"(?:0|[1-9]\d?|100)(?:\.\d{1,2})?\Z")
_SIGN = re.compile(r"[≥≤＝=><＞＜≧≦]")
_PLAIN = re.compile(r"[\u4e00-\u9fff]{2,}\Z")
_LEAST = 4
_MOST = 40
_MOST_WAYS = 200_000

_Way = tuple[str, ...]


def parted(
    rows: Sequence[Row], columns: Sequence[str], words: Words, total: Decimal | None, file: str
) -> tuple[list[Row], list[Remark]]:
    """The rows with fused cells taken apart, and what is said of it; ``total`` are the points of all rows."""
    anchors = [c for c in ("weight", "score") if c in columns]
    if not anchors:
        return list(rows), []
    ways: dict[int, tuple[int, list[_Way]]] = {}
    sure = Decimal(0)
    for n, row in enumerate(rows):
        figures = [p for p in row.pieces if words.number(p.text)]
        if len(figures) >= len(anchors):
            sure += Decimal(figures[-len(anchors)].text.replace(",", ""))
            continue
        for k in range(len(row.pieces) - 1, -1, -1) if not figures else ():
            found = _ways(row.pieces[k].text, len(anchors), columns, words)
            if found:
                ways[n] = (k, found)
                break
    if not ways:
        return list(rows), []
    left = total - sure if total is not None else None
    chosen = _chosen([found for _, found in ways.values()], len(anchors), left)
    out = list(rows)
    remarks = []
    for (n, (k, _)), way in zip(ways.items(), chosen, strict=True):
        pieces = rows[n].pieces
        if way is None:
            out[n] = replace(rows[n], pieces=tuple(p for p in pieces if words.level(p.text)))
            remarks.append(Remark(KIND, " ".join(p.text for p in pieces), WHOLE, place(rows[n].source, file)))
            continue
        made = tuple(replace(pieces[k], text=t, alone=False, bol=pieces[k].bol and not j, eol=False) for j, t in enumerate(way))
        out[n] = replace(rows[n], pieces=(*pieces[:k], *made, *pieces[k + 1 :]))
        remarks.append(Remark(KIND, " ".join(p.text for p in out[n].pieces), PARTED, place(rows[n].source, file)))
    return [row for row in out if row.pieces], remarks


def _ways(text: str, count: int, columns: Sequence[str], words: Words) -> list[_Way]:
    """The ways to see a run as (a name,) a value under each column, and ``count`` points."""
    hit = _TAIL.search(text)
    if hit is None or not _LEAST <= len(text) <= _MOST or words.is_quantity(text):
        return []
    sign = _SIGN.search(text)
    name = (text[: sign.start()],) if sign is not None and sign.start() >= _LEAST else ()
    begin = len(name[0]) if name else 0
    out = []
    for start in range(max(hit.start(), begin), len(text)):
        for points in _points(text[start:], count):
            for values in _values(text[begin:start], [c for c in ("target", "actual") if c in columns], words):
                out.append((*name, *values, *points))
    return out


def _points(text: str, count: int) -> list[_Way]:
    """The ways to see figures as ``count`` points, of which the second is not more than the first."""
    if count == 1:
        return [(text,)] if _FIGURE.match(text) else []
    return [
        (text[:cut], text[cut:])
        for cut in range(1, len(text))
        if _FIGURE.match(text[:cut]) and _FIGURE.match(text[cut:]) and Decimal(text[cut:]) <= Decimal(text[:cut])
    ]


def _values(text: str, columns: Sequence[str], words: Words) -> list[_Way]:
    """The ways to see what stands before the points: a value under each column."""
    if len(columns) < 2:
        return [(text,)] if columns and words.is_quantity(text) else []
    out: list[_Way] = []
    for cut in range(1, len(text)):
        first, second = text[:cut], text[cut:]
        if first == second and _PLAIN.match(first):
            return [(first, second)]
        if words.is_quantity(first) and words.is_quantity(second) and not (first[-1].isdigit() and second[0].isdigit()):
            out.append((first, second))
    return out


def _chosen(ways: Sequence[list[_Way]], points: int, total: Decimal | None) -> list[_Way | None]:
    """The one way of every run such that the points make up the total; None where more than one would do."""
    single: list[_Way | None] = [found[0] if len(found) == 1 else None for found in ways]
    if total is None or all(way is not None for way in single):
        return single
    sums: dict[Decimal, tuple[int, tuple[_Way, ...]]] = {Decimal(0): (1, ())}
    for found in ways:
        following: dict[Decimal, tuple[int, tuple[_Way, ...]]] = {}
        for value, (count, path) in sums.items():
            for way in found:
                weight = value + Decimal(way[-points])
                if weight > total:
                    continue
                seen, old = following.get(weight, (0, ()))
                following[weight] = (seen + count, old or (*path, way))
        sums = following
        if sum(count for count, _ in sums.values()) > _MOST_WAYS:
            return single
    count, path = sums.get(total, (0, ()))
    return list(path) if count == 1 else single
