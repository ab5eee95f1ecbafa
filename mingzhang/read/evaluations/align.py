"""Words of one row → its columns, where nothing but their order and their look says which is which."""

import re
from collections.abc import Sequence

from mingzhang.read.evaluations.vocabulary import Words

_MOST_WORDS = 5
_MOST_FITS = 50_000
_NEVER = -1e9
_SIGNS = frozenset("≥≤=＝><＞＜≧≦")
_FULL_STOP = re.compile(r"[。；;！？]")
_ODD = re.compile(r"[=≥≤<>＝]|\d{1,2}[月日号][底末初]?(?:之?前|以前|内)?\Z")
FIGURES = frozenset(("weight", "score", "deviation", "rate", "initial", "full", "outturn"))


def fit(column: str, text: str, words: Words) -> float:
    """How well a text suits a column, looked up once."""
    known = words.fits.get((column, text))
    if known is None:
        if len(words.fits) >= _MOST_FITS:
            words.fits.clear()
        known = words.fits[column, text] = _fit(column, text, words)
    return known


def _fit(column: str, text: str, words: Words) -> float:
    if column in ("weight", "score"):
        if words.number(text):
            return 3.0 if len(text.partition(".")[0]) <= 2 or text.startswith("100") else -3.0
        return 1.5 if words.dash(text) else _NEVER
    if column in ("deviation", "rate"):
        if words.percent(text):
            return 2.5 if text[-1] in "%％" else 2.0
        return 1.0 if words.dash(text) else _NEVER
    if column in ("initial", "full", "outturn"):
        if words.number(text):
            return 3.0
        return 1.0 if words.dash(text) else _NEVER
    if column == "serial":
        return 2.0 if text.isdigit() and len(text) < 4 else _NEVER
    if column == "measure":
        return 2.0 if words.unit.fullmatch(text) else (0.0 if len(text) <= 4 else -2.0)
    if column == "nature":
        return 3.0 if words.comparator.fullmatch(text) else _NEVER
    if column == "other":
        return 0.5 if len(text) <= 8 and not words.sentence(text) else -2.0
    if words.number(text) and column not in ("target", "actual"):
        return -3.0 if column != "name" else _NEVER
    if column in ("reason", "explanation"):
        return 0.2 if column == "explanation" and len(text) <= 6 else 0.6
    quantity = words.is_quantity(text)
    prose = -4.0 * (words.prose.search(text) is not None)
    if column in ("target", "actual"):
        if quantity:
            return prose + (0.8 if words.number(text) else 2.5)
        if len(text) <= 22 and words.quality.fullmatch(text):
            return prose + (1.6 if len(text) <= 14 else 1.2)
        if words.sentence(text):
            return prose - 1.0
        if len(text) <= 14 and any(c.isdigit() for c in text):
            return prose + 1.2
        return prose + (1.0 if len(text) <= 8 else 0.3 if len(text) <= 14 else -0.8)
    if quantity or words.dash(text):
        return -2.0
    if text[0] in _SIGNS:
        return -20.0
    if len(text) < 4:
        return (-3.0, -3.0, -0.5, 0.7)[len(text)]
    if words.sentence(text):
        return prose - (2.0 if _FULL_STOP.search(text) else 0.0)
    odd = _ODD.search(text) is not None or text[1:2] in ".．、"
    return prose + 1.0 - 0.4 * ("，" in text) - 1.2 * odd


def empty(column: str, pending: bool) -> float:
    """What it costs to leave a column without a word."""
    if column == "name":
        return -0.2 if pending else -6.0
    return {"target": -2.0, "actual": -3.0, "weight": -4.0, "score": -4.0, "outturn": -1.5, "initial": -1.0}.get(
        column, {"full": -1.5, "deviation": -1.5, "rate": -1.0, "measure": -0.4, "nature": -0.4, "serial": -0.3}.get(column, 0.0)
    )


def align(texts: Sequence[str], columns: Sequence[str], words: Words, pending: bool) -> dict[str, str] | None:
    """The texts of one row under ``columns`` in order: column id → text; None where they cannot stand so.

    ``pending`` says that a name stands in the lines before, so that it may be missing here.
    """
    n, m = len(texts), len(columns)
    best = [[_NEVER] * (m + 1) for _ in range(n + 1)]
    back = [[0] * (m + 1) for _ in range(n + 1)]
    best[0][0] = 0.0
    for j, column in enumerate(columns):
        gap = empty(column, pending)
        for i in range(n + 1):
            if best[i][j] <= _NEVER:
                continue
            if best[i][j] + gap > best[i][j + 1]:
                best[i][j + 1], back[i][j + 1] = best[i][j] + gap, 0
            text = ""
            for k in range(1, min(1 if column in FIGURES else _MOST_WORDS, n - i) + 1):
                word = texts[i + k - 1]
                if text and text[-1].isdigit() and word[0].isdigit():
                    break
                text += word
                suits = fit(column, text, words)
                if suits <= _NEVER:
                    continue
                value = best[i][j] + suits - 0.8 * (k - 1)
                if value > best[i + k][j + 1]:
                    best[i + k][j + 1], back[i + k][j + 1] = value, k
    if best[n][m] <= _NEVER / 2:
        return None
    found: dict[str, str] = {}
    i = n
    for j in range(m, 0, -1):
        k = back[i][j]
        if k:
            found[columns[j - 1]] = "".join(texts[i - k : i])
        i -= k
    return found
