"""Charts of assessments as SVG: scores by level, budget against score. Every figure stands beside its bar as text."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from html import escape

from mingzhang.performance.assess import Assessment
from mingzhang.performance.goal import wan
from mingzhang.performance.row import plain
from mingzhang.performance.tell import by_level
from mingzhang.schemes import rounded

_WORDS = {
    "zh": {
        "levels": "“{project}”各级指标得分", "against": "预算与得分", "budget": "全年预算数（万元）", "score": "得分",
        "points": "总分 {points} / {total}，{grade}", "of": "{score} / {weight}",
    },
    "en": {
        "levels": "Scores of “{project}” by level", "against": "Budget and score", "budget": "full-year budget (10,000 yuan)",
        "score": "score", "points": "total {points} of {total}, {grade}", "of": "{score} of {weight}",
    },
}  # fmt: skip
_COLOURS = {"ink": "#1d2733", "soft": "#5c6b7a", "track": "#e3e8ee", "bar": "#2f6f9f", "short": "#a15c00", "low": "#b3261e"}
_FONT = "'Noto Sans CJK SC','Source Han Sans SC','PingFang SC','Microsoft YaHei',sans-serif"
_PAD, _LINE, _BAR = 14, 46, 12


def _text(x: int, y: int, words: str, colour: str = "ink", size: int = 13, anchor: str = "start", weight: int = 400) -> str:
    return (
        f'<text x="{x}" y="{y}" font-size="{size}" text-anchor="{anchor}" font-weight="{weight}" '
        f'fill="{_COLOURS[colour]}">{escape(words)}</text>'
    )


def _bar(x: int, y: int, track: int, share: Fraction, colour: str) -> str:
    """A bar of ``share`` of its track."""
    length = rounded(track * max(Fraction(0), min(Fraction(1), share)), 1)
    return (
        f'<rect x="{x}" y="{y}" width="{track}" height="{_BAR}" rx="2" fill="{_COLOURS["track"]}"/>'
        f'<rect x="{x}" y="{y}" width="{length}" height="{_BAR}" rx="2" fill="{_COLOURS[colour]}"/>'
    )


def _fitting(words: str, room: int, size: int = 13) -> str:
    """The words cut to so many pixels (a Chinese character is as wide as it is high, others about half)."""
    taken = 0
    for n, letter in enumerate(words):
        taken += size if ord(letter) > 0x2E7F else (size + 1) // 2 + 1
        if taken > room:
            return words[: max(1, n - 1)] + "…"
    return words


def _page(title: str, described: str, width: int, height: int, parts: Sequence[str]) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        f'role="img" style="max-width:100%;height:auto;font-family:{_FONT}">'
        f"<title>{escape(title)}</title><desc>{escape(described)}</desc>"
        f'<rect width="{width}" height="{height}" fill="#fff"/>{"".join(parts)}</svg>'
    )


def _shade(score: Decimal, weight: Decimal) -> str:
    """Full, nearly full, or below 60 %."""
    if score >= weight:
        return "bar"
    return "short" if score * 10 >= weight * 6 else "low"


def levels(a: Assessment, width: int = 560, lang: str = "zh") -> str:
    """The scores of one assessment by level 1, money and management first: a track for the weight, a bar for the score.

    ``width`` in pixels, 240 at least.
    """
    words, width = _WORDS[lang], max(240, width)
    held = by_level(a)
    widest = max((weight for *_, weight in held), default=Decimal(1)) or Decimal(1)
    room = width - 2 * _PAD
    title = words["levels"].format(project=a.table.project)
    total = words["points"].format(points=plain(a.points), total=plain(a.table.total), grade=a.grade)
    parts = [_text(_PAD, 26, _fitting(title, room, 15), size=15, weight=700), _text(_PAD, 46, total, "soft")]
    for n, (level, score, weight) in enumerate(held):
        y = 62 + n * _LINE
        track = max(2, int(room * weight / widest))
        told = words["of"].format(score=plain(score), weight=plain(weight))
        parts += [
            _text(_PAD, y + 14, _fitting(level, room - 110)), _text(width - _PAD, y + 14, told, "soft", anchor="end"),
            _bar(_PAD, y + 20, track, Fraction(score) / Fraction(weight) if weight else Fraction(0), _shade(score, weight)),
        ]  # fmt: skip
    told = "；".join(f"{level} {plain(score)}/{plain(weight)}" for level, score, weight in held)
    return _page(title, f"{total}。{told}", width, 70 + len(held) * _LINE, parts)


def against(assessments: Sequence[Assessment], width: int = 640, lang: str = "zh") -> str:
    """Budget against score of several projects, the largest budget first: the one bar beside the other.

    ``width`` in pixels, 280 at least.
    """
    words, width = _WORDS[lang], max(280, width)
    ordered = sorted(assessments, key=lambda a: -a.money.full)
    most = max((a.money.full for a in ordered), default=1) or 1
    half, right = (width - 3 * _PAD) // 2, (width + _PAD) // 2
    figures = 64
    title = words["against"]
    parts = [_text(_PAD, 26, title, size=15, weight=700)]
    parts += [_text(_PAD, 46, words["budget"], "soft", 12), _text(right, 46, words["score"], "soft", 12)]
    for n, a in enumerate(ordered):
        y = 56 + n * _LINE
        score = Fraction(a.points) / Fraction(a.table.total)
        parts += [
            _text(_PAD, y + 14, _fitting(a.table.project, width - 2 * _PAD)),
            _bar(_PAD, y + 21, half - figures, Fraction(a.money.full, most), "bar"),
            _text(_PAD + half, y + 32, wan(a.money.full), anchor="end", size=12),
            _bar(right, y + 21, half - figures, score, _shade(a.points, a.table.total * 9 / 10)),
            _text(right + half, y + 32, f"{plain(a.points)} {a.grade}", anchor="end", size=12),
        ]  # fmt: skip
    told = "；".join(f"{a.table.project} {wan(a.money.full)}，{plain(a.points)}，{a.grade}" for a in ordered)
    return _page(title, told, width, 66 + len(ordered) * _LINE, parts)
