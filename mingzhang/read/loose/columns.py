"""Header words → the columns that this document prints, in printed order."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

from mingzhang.forms import Column, Form, Identity
from mingzhang.read.loose.tokens import data
from mingzhang.read.words import plain

_OF_WHICH = re.compile(r"其中[：:][^：:]{2,8}")
_OPTIONAL = re.compile(r"\(/[^()]*\)\?")


@dataclass(frozen=True, slots=True)
class Path:
    """A header path of a column: the patterns of the words above, and of its own word."""

    column: str
    above: tuple[re.Pattern[str], ...]
    word: re.Pattern[str]
    subtotal: bool


@dataclass(frozen=True, slots=True)
class Vocabulary:
    paths: tuple[Path, ...]
    words: tuple[re.Pattern[str], ...]


def _segments(word: str) -> list[str]:
    """A pattern such as ``(a|b)/c`` cut at the slashes outside brackets."""
    out, depth, last = [], 0, 0
    for n, c in enumerate(word):
        depth += (c == "(") - (c == ")")
        if c == "/" and depth == 0:
            out.append(word[last:n])
            last = n + 1
    return [*out, word[last:]]


@lru_cache(maxsize=128)
def _vocabulary(columns: tuple[Column, ...]) -> Vocabulary:
    subtotals = data("words")["subtotals"]
    paths = []
    words: dict[str, None] = {}
    for column in columns:
        for word in column.words:
            *above, own = _segments(_OPTIONAL.sub("", word))
            for w in (*above, own):
                words[w] = None
            pattern = re.compile(own)
            subtotal = any(pattern.fullmatch(s) for s in subtotals)
            paths.append(Path(column.id, tuple(re.compile(a) for a in above), pattern, subtotal))
    for w in (*data("words")["neutral"], *subtotals):
        words[w] = None
    return Vocabulary(tuple(paths), tuple(re.compile(w) for w in words))


_PIECE = 4
"""Characters of a piece of a header that can only come from one column's name."""


def spans(text: str, words: Sequence[re.Pattern[str]]) -> list[tuple[int, int]]:
    """The header words found in the text: from the left the longest at each place, not overlapping."""
    found: dict[int, int] = {}
    for pattern in words:
        for hit in pattern.finditer(text):
            if hit.end() - hit.start() > found.get(hit.start(), 0):
                found[hit.start()] = hit.end() - hit.start()
    out = []
    at = 0
    for start in sorted(found):
        if start >= at:
            at = start + found[start]
            out.append((start, at))
    return out


def _assembled(pieces: Sequence[str], covered: Sequence[bool], word: re.Pattern[str]) -> tuple[int, ...]:
    """Uncovered pieces that make the word when joined in order (headers of several cells wrapped line by line)."""
    free = [n for n, c in enumerate(covered) if not c][:14]
    for size in (2, 3):
        for group in combinations(free, size):
            if word.fullmatch("".join(pieces[n] for n in group)):
                return group
    return ()


def _claims(form: Form, side: str, vocabulary: Vocabulary, texts: Counter[str]) -> dict[str, list[tuple[str, bool]]]:
    """For each printed header word, the columns that it may head, with whether they stand under a group."""
    claims: dict[str, list[tuple[str, bool]]] = {}
    for column in form.columns:
        if side and column.side and column.side != side:
            continue
        own = [p for p in vocabulary.paths if p.column == column.id and not p.subtotal]
        free = any(not p.above for p in own) or not own
        for path in own:
            if not all(any(a.fullmatch(t) for t in texts) for a in path.above):
                continue
            for text in texts:
                if path.word.fullmatch(text) and all(c != column.id for c, _ in claims.get(text, ())):
                    claims.setdefault(text, []).append((column.id, not free))
    return claims


def columns(form: Form, header: Sequence[str], side: str = "") -> list[str]:
    """The ids of the columns that the header words show, in printed order."""
    vocabulary = _vocabulary(form.columns)
    pieces = [plain(p) for p in header]
    text = "".join(pieces)
    at = spans(text, vocabulary.words)
    texts = Counter(text[a:b] for a, b in at)
    where = {text[a:b]: a for a, b in reversed(at)}
    starts = [sum(map(len, pieces[:n])) for n in range(len(pieces))]
    covered = [any(a < s + len(p) and s < b for a, b in at) for s, p in zip(starts, pieces, strict=True)]
    if not all(covered):
        for path in vocabulary.paths:
            if not path.subtotal and not any(path.word.fullmatch(t) for t in texts):
                group = _assembled(pieces, covered, path.word)
                if group:
                    word = "".join(pieces[n] for n in group)
                    texts[word] += 1
                    where.setdefault(word, starts[group[0]])
                    for n in group:
                        covered[n] = True
    there: set[str] = set()
    printed: Counter[tuple[tuple[str, bool], ...]] = Counter()
    for word, claim in _claims(form, side, vocabulary, texts).items():
        printed[tuple(claim)] += texts[word]
    for claimed_by, count in printed.items():
        claimed = list(claimed_by)
        if count < len(claimed):
            claimed = sorted(claimed, key=lambda c: not c[1])[:count] if any(g for _, g in claimed) else claimed[:count]
        there |= {c for c, _ in claimed}
    for path in vocabulary.paths:
        other = side and form.by_column[path.column].side not in ("", side)
        if path.subtotal and not path.above and not other and any(path.word.fullmatch(t) for t in texts):
            there.add(path.column)
    there |= _hinted(form, side, [p for p, c in zip(pieces, covered, strict=True) if not c], there)
    found = [c.id for c in form.columns if c.id in there]
    return _in_order(form, found, vocabulary, texts, where)


def _hinted(form: Form, side: str, left: Sequence[str], there: set[str]) -> set[str]:
    """Columns that pieces of the header speak of which make up no word: they may be there, so nothing rules them out."""
    return {
        c.id
        for c in form.columns
        if c.id not in there
        and (not side or c.side in ("", side))
        and any(len(p) >= _PIECE and p in plain(c.name) for p in left)
    }


def stray(form: Form, header: Sequence[str]) -> str:
    """A part of a column (其中：…) that the header prints and the form does not describe, ``""`` where there is none."""
    text = "".join(plain(p) for p in header)
    at = spans(text, _vocabulary(form.columns).words)
    for hit in _OF_WHICH.finditer(text):
        if not any(a <= hit.start() < b for a, b in at):
            return hit.group()
    return ""


def _in_order(
    form: Form, found: list[str], vocabulary: Vocabulary, texts: Counter[str], where: dict[str, int]
) -> list[str]:
    """The columns in printed order: for a header of one level as printed, else as the form has them."""
    if any(p.above and p.column in found for p in vocabulary.paths) or len(summed(form.identities, found)) > 1:
        return found
    place: dict[str, int] = {}
    for path in vocabulary.paths:
        for text in texts:
            if path.column in found and path.word.fullmatch(text):
                if texts[text] > 1:
                    return found
                place.setdefault(path.column, where[text])
    if len(place) < len(found) or len(set(place.values())) < len(place):
        return found
    return sorted(found, key=lambda c: place[c])


def summed(identities: Sequence[Identity], found: Sequence[str]) -> list[Identity]:
    """The identities between columns that apply to the columns found."""
    return [
        i
        for i in identities
        if i.axis in ("columns", "within") and i.total in found and any(p in found for p in i.parts)
    ]
