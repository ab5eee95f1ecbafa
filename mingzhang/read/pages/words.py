"""Runs of characters become words: joined by baseline and gap, parted at vertical rules."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from mingzhang.read.pages.glyphs import Glyphs
from mingzhang.read.pages.page import Rule, Word

_CJK = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffee\U00020000-\U0003ffff]")
_OPENING = frozenset("（《“‘【〔「『〈〖［｛")  # their ink stands in the right half of their box
_CLOSING = frozenset("）》”’】〕」』〉〗］｝，。、；：！？．")  # in the left half
_TIGHT = re.compile(r"[0-9A-Za-z.,%\-+]")

Run = list[int]


class _Posts:
    """Vertical rules by place."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self.rules = sorted(r for r in rules if r.x0 == r.x1)
        self.xs = [r.x0 for r in self.rules]

    def between(self, left: float, right: float, y: float) -> float | None:
        """The first rule strictly between two places at a height, or None."""
        xs = self.xs
        for k in range(bisect_right(xs, left), bisect_left(xs, right)):
            r = self.rules[k]
            if r.top - 1.0 <= y <= r.bottom + 1.0:
                return r.x0
        return None


def words(glyphs: Glyphs, runs: Sequence[Run], rules: Sequence[Rule]) -> list[Word]:
    """The words that the runs make, line by line from the top, left to right."""
    posts = _Posts(rules)
    pieces: list[tuple[float, float, float, float, Run]] = []
    x0, top, x1, bottom = glyphs.x0, glyphs.top, glyphs.x1, glyphs.bottom
    for run in runs:
        for part in _parted(glyphs, run, posts) if posts.xs and len(run) > 1 else (run,):
            a, z = part[0], part[-1]
            pieces.append((x0[a], top[a], x1[z], bottom[a], part))
    pieces.sort(key=lambda w: w[1] + w[3])
    out: list[Word] = []
    i, n = 0, len(pieces)
    while i < n:
        first = pieces[i]
        centre, size = first[1] + first[3], first[3] - first[1]
        j = i + 1
        while j < n and pieces[j][1] + pieces[j][3] - centre <= 0.6 * min(size, pieces[j][3] - pieces[j][1]):
            j += 1
        level = sorted(pieces[i:j], key=lambda w: w[0]) if j - i > 1 else pieces[i:j]
        out += _line(glyphs, level, posts)
        i = j
    return out


def _parted(glyphs: Glyphs, run: Run, posts: _Posts) -> list[Run]:
    """A run cut where a vertical rule stands in a gap between two of its characters."""
    x0, x1 = glyphs.x0, glyphs.x1
    a, z = run[0], run[-1]
    y = (glyphs.top[a] + glyphs.bottom[a]) / 2
    if posts.between(x0[a] + 0.5, x1[z] - 0.5, y) is None:
        return [run]
    parts: list[Run] = []
    part = [a]
    for k, i in zip(run, run[1:], strict=False):
        size = glyphs.bottom[i] - glyphs.top[i]
        end = _inked_end(glyphs.text[k], x0[k], x1[k])
        start = _inked_start(glyphs.text[i], x0[i], x1[i])
        if start - end > max(0.5, 0.06 * size) and posts.between(end - 0.3, start + 0.3, y) is not None:
            parts.append(part)
            part = []
        part.append(i)
    parts.append(part)
    return parts


def _inked_start(char: str, x0: float, x1: float) -> float:
    """Where the ink of a character begins: lines are set so that the empty half of a bracket may cross a rule."""
    return x0 + 0.45 * (x1 - x0) if char in _OPENING else x0


def _inked_end(char: str, x0: float, x1: float) -> float:
    return x1 - 0.45 * (x1 - x0) if char in _CLOSING else x1


def _em(text: str, x0: float, x1: float, size: float) -> float:
    """The width of a full character of a piece."""
    return (x1 - x0) / len(text) if len(text) <= 8 and all(map(_CJK.match, text)) else 0.85 * size


def _line(glyphs: Glyphs, level: Sequence[tuple[float, float, float, float, Run]], posts: _Posts) -> list[Word]:
    """Join the pieces of one line: first what stands close, then single characters that are spaced out evenly."""
    text = glyphs.text
    close: list[Word] = []
    for a, t, z, b, run in level:
        piece = text[run[0]] if len(run) == 1 else "".join([text[i] for i in run])
        if close:
            w = close[-1]
            size = min(w.bottom - w.top, b - t)
            gap = a - w.x1
            if gap < 0.35 * size and _same(w, piece, a, z, t, b):
                continue
            tight = _TIGHT.match(piece[0]) and _TIGHT.match(w.text[-1])
            near = -0.5 * size < gap < (0.18 if tight else 0.3) * size and max(w.bottom - w.top, b - t) < 1.7 * size
            if near:
                end = w.x1 - 0.45 * size if w.text[-1] in _CLOSING else w.x1
                start = _inked_start(piece[0], a, min(z, a + size))
                near = posts.between(end - 0.5, start + 0.5, (t + b) / 2) is None
            if near:
                close[-1] = Word(w.text + piece, w.x0, min(w.top, t), max(z, w.x1), max(w.bottom, b))
                continue
        close.append(Word(piece, a, t, z, b))
    return _spaced(close, posts) if len(close) > 1 else close


def _same(w: Word, piece: str, x0: float, x1: float, top: float, bottom: float) -> bool:
    """Whether a piece is the same text printed again in the same place."""
    return (
        piece == w.text and abs(x0 - w.x0) < 1.5 and abs(x1 - w.x1) < 1.5 and abs(top + bottom - w.top - w.bottom) < 3.0
    )


def _spaced(line: list[Word], posts: _Posts) -> list[Word]:
    out: list[Word] = []
    i, n = 0, len(line)
    while i < n:
        word = line[i]
        j = i + 1
        if len(word.text) == 1 and _CJK.match(word.text):
            em = _em(word.text, word.x0, word.x1, word.bottom - word.top)
            gaps: list[float] = []
            while j < n and len(line[j].text) == 1 and _CJK.match(line[j].text):
                gap = line[j].x0 - line[j - 1].x1
                if gap > 3.2 * em or gap < 0 or (gaps and abs(gap - gaps[0]) > max(1.5, 0.25 * gaps[0])):
                    break
                if posts.between(line[j - 1].x1 - 0.5, line[j].x0 + 0.5, (word.top + word.bottom) / 2) is not None:
                    break
                gaps.append(gap)
                j += 1
            if gaps and _apart(line, i, j, max(gaps)):
                group = line[i:j]
                out.append(
                    Word(
                        "".join(w.text for w in group),
                        word.x0,
                        min(w.top for w in group),
                        group[-1].x1,
                        max(w.bottom for w in group),
                    )
                )
                i = j
                continue
        out.append(word)
        i += 1
    return out


def _apart(line: list[Word], i: int, j: int, gap: float) -> bool:
    """Whether the words before and after a group stand farther off than its characters do from each other."""
    before = line[i].x0 - line[i - 1].x1 if i else 1e9
    after = line[j].x0 - line[j - 1].x1 if j < len(line) else 1e9
    return min(before, after) > 1.2 * gap or gap < 1.3 * (line[i].x1 - line[i].x0)
