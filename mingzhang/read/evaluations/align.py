"""Words of one row → its columns, where nothing but their order and their look says which is which."""

from collections.abc import Sequence

from mingzhang.read.evaluations.vocabulary import Words

_MOST_WORDS = 5
_NEVER = -1e9
_FIGURES = frozenset(("weight", "score", "deviation", "rate", "initial", "full", "outturn"))


def _fit(column: str, text: str, words: Words) -> float:
    """How well a text suits a column."""
    if column in ("weight", "score"):
        if words.number(text):
            return 3.0 if len(text.partition(".")[0]) <= 2 or text.startswith("100") else 0.0
        return 1.5 if words.dash(text) else _NEVER
    if column in ("deviation", "rate"):
        if words.percent(text):
            return 2.5 if text[-1] in "%％" else 2.0
        return 1.0 if words.dash(text) else _NEVER
    if column in ("initial", "full", "outturn"):
        if words.number(text):
            return 3.0
        return 1.0 if words.dash(text) else _NEVER
    if column == "measure":
        return 2.0 if words.unit.fullmatch(text) else (0.0 if len(text) <= 4 else -2.0)
    if column == "nature":
        return 3.0 if words.comparator.fullmatch(text) else _NEVER
    if words.number(text) and column not in ("target", "actual"):
        return -3.0 if column != "name" else _NEVER
    if column in ("reason", "explanation"):
        return 0.6
    quantity = words.is_quantity(text)
    if column in ("target", "actual"):
        if quantity:
            return 0.8 if words.number(text) else 2.5
        if len(text) <= 14 and words.quality.fullmatch(text):
            return 1.6
        if words.sentence(text):
            return -0.5
        return 1.0 if len(text) <= 12 else 0.3
    return -2.0 if quantity else 1.0


def _empty(column: str, pending: bool) -> float:
    """What it costs to leave a column without a word."""
    if column == "name":
        return -0.2 if pending else -6.0
    return {"target": -2.0, "actual": -3.0, "weight": -4.0, "score": -4.0, "outturn": -1.5, "initial": -1.0}.get(
        column, {"full": -1.5, "deviation": -1.5, "rate": -1.0, "measure": -0.4, "nature": -0.4}.get(column, 0.0)
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
        gap = _empty(column, pending)
        for i in range(n + 1):
            if best[i][j] <= _NEVER:
                continue
            if best[i][j] + gap > best[i][j + 1]:
                best[i][j + 1], back[i][j + 1] = best[i][j] + gap, 0
            text = ""
            for k in range(1, min(1 if column in _FIGURES else _MOST_WORDS, n - i) + 1):
                word = texts[i + k - 1]
                if text and text[-1].isdigit() and word[0].isdigit():
                    break
                text += word
                fit = _fit(column, text, words)
                if fit <= _NEVER:
                    continue
                value = best[i][j] + fit - 0.8 * (k - 1)
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
