"""Names that are wrapped beside, above or around other words of a performance table made whole."""

import re
from collections.abc import Sequence
from dataclasses import replace

from mingzhang.read.evaluations.pieces import Piece, Row
from mingzhang.read.evaluations.vocabulary import Words, column_of

_LONGEST_REST = 12
_BRACKET = re.compile(r"[（(](?:单位[:：])?[万亿千]?元[)）]")


def _known(text: str, words: Words) -> bool:
    return bool(
        words.level(text) in (1, 2)
        or column_of(text, words.sections)
        or column_of(text, words.labels)
        or words.money_name(text)
        or words.management_line.fullmatch(text)
    )


def mended(rows: Sequence[Row], words: Words) -> list[Row]:
    """The rows with names that are wrapped beside other words made whole: ``可持续影响指 …`` over ``标``."""
    out = list(rows)
    for n in range(len(out) - 1):
        above, below = list(out[n].pieces), list(out[n + 1].pieces)
        if len(above) < 2 or not below or below[0].width > _LONGEST_REST:
            continue
        for k in (1, 0):
            q = next((i for i, piece in enumerate(below[: k + 1]) if _mends(above[k], piece, words)), None)
            if q is None:
                continue
            above[k] = replace(above[k], text=above[k].text + below.pop(q).text)
        if len(below) < len(out[n + 1].pieces):
            out[n], out[n + 1] = replace(out[n], pieces=tuple(above)), replace(out[n + 1], pieces=tuple(below))
    return _whole([row for row in out if row.pieces], words)


def _whole(rows: Sequence[Row], words: Words) -> list[Row]:
    """The rows with names made whole that are wrapped around or above what they name: money lines and labels."""
    out: list[Row] = []
    at = 0
    while at < len(rows):
        row = rows[at]
        below = rows[at + 1] if at + 1 < len(rows) else None
        after = rows[at + 2] if at + 2 < len(rows) else None
        if below is not None and len(row.pieces) == 1 and row.pieces[0].width <= 40:
            name, figures, size = row.pieces[0], below.pieces, 0
            if len(figures) > 1 and (_BRACKET.fullmatch(figures[0].text) or column_of(figures[0].text, words.sections)):
                figures = figures[1:]
            broken = after is not None and len(figures) == 1 and bool(words.money_name(name.text + figures[0].text))
            if after is not None and broken and all(words.percent(p.text) or words.dash(p.text) for p in after.pieces):
                size, name, figures = 3, replace(name, text=name.text + figures[0].text), after.pieces
            elif all(words.percent(p.text) or words.dash(p.text) for p in figures):
                tail = after.pieces[0].text if after is not None and len(after.pieces) == 1 else ""
                if tail and not words.money_name(tail) and words.money_name(name.text + tail):
                    size, name = 3, replace(name, text=name.text + tail)
                elif words.money_name(name.text):
                    size = 2
            elif words.number(figures[-1].text) and not words.money_name(figures[0].text) and len(figures) > 1:
                whole = name.text + figures[0].text
                if words.money_name(whole) and not words.money_name(name.text):
                    size, name, figures = 2, replace(name, text=whole), figures[1:]
            single = after is not None and len(figures) == 1 and len(after.pieces) == 1
            if not size and single and after is not None and not column_of(name.text, words.labels):
                if column_of(name.text + after.pieces[0].text, words.labels):
                    size, name = 3, replace(name, text=name.text + after.pieces[0].text)
                elif column_of(name.text + figures[0].text, words.labels):
                    size, name, figures = 3, replace(name, text=name.text + figures[0].text), after.pieces
            if size:
                name = replace(name, alone=False, eol=False)
                moved = tuple(replace(p, line=row.index, bol=False, alone=False) for p in figures)
                out.append(Row(row.index, (name, *moved), row.gap, row.starts_page, row.source))
                at += size
                continue
        out.append(row)
        at += 1
    return out


def _mends(above: Piece, below: Piece, words: Words) -> bool:
    whole = above.text + below.text
    if _known(below.text, words) and below.text != "指标":
        return False
    return len(whole) <= 16 and _known(whole, words) and (not _known(above.text, words) or below.text == "指标")
