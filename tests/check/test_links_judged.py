"""Sentences drawn at random from the given documents, every figure judged by hand.

``judged/sentences.csv`` are the 200 that the mechanism was made right on (output that was read and mended),
``judged/held.csv`` the rest, labelled before their links were looked at and used to mend since (docs/links.md). A row
names its sentence by document, ordinal and a mark made of its text; no text and no value is kept. An item is a code, or
the mark of a printed name.
"""

import csv
import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from mingzhang.check.links import Link, links
from mingzhang.disclosure import Disclosure, Sentence
from mingzhang.read import read

JUDGED = Path(__file__).parent / "judged"
MOVED = 0.03
"""Share of sentences that may be cut otherwise by a later reader; they count neither way."""


def mark(text: str) -> str:
    """Eight letters that stand for a text."""
    number = int.from_bytes(hashlib.sha256(text.encode()).digest()[:5], "big")
    letters = []
    for _ in range(8):
        number, rest = divmod(number, 26)
        letters.append(chr(ord("a") + rest))
    return "".join(letters)


@pytest.fixture(scope="module")
def documents(shared: Path) -> list[Disclosure]:
    files = sorted(p for p in (shared / "corpus").glob("*/*") if p.suffix in (".pdf", ".txt"))
    return [read([file])[0] for file in files]


def judged(name: str) -> Iterator[tuple[int, int, list[dict[str, str]]]]:
    """(document, ordinal of the sentence, its rows) in order."""
    found: dict[tuple[int, int], list[dict[str, str]]] = {}
    with (JUDGED / name).open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found.setdefault((int(row["document"]), int(row["sentence"])), []).append(row)
    for (document, ordinal), rows in found.items():
        yield document, ordinal, rows


def sentence_of(document: Disclosure, ordinal: int, rows: list[dict[str, str]]) -> Sentence | None:
    """The judged sentence, also where sentences before it were added or lost; None where it is cut otherwise now."""
    wanted = rows[0]["mark"]
    near = sorted(enumerate(document.sentences), key=lambda at: abs(at[0] - ordinal))
    same = [s for _, s in near if mark(s.text) == wanted and len(s.figures) == len(rows)]
    return same[0] if same else None


def said(link: Link) -> tuple[str, str, str, str, str]:
    item = link.item if not link.item or link.item.isdigit() else mark(link.item)
    return link.concept, item, link.role, str(link.year or ""), link.comparison


@pytest.mark.parametrize(("name", "sentences"), [("sentences.csv", 200), ("held.csv", 65)])
def test_every_figure_is_linked_as_judged(documents: list[Disclosure], name: str, sentences: int) -> None:
    linked: list[dict[int, list[Link]]] = []
    for document in documents:
        by_sentence: dict[int, list[Link]] = {}
        for link in links(document):
            by_sentence.setdefault(id(link.sentence), []).append(link)
        linked.append(by_sentence)
    moved, wrong, total = 0, [], 0
    for at, ordinal, rows in judged(name):
        total += 1
        sentence = sentence_of(documents[at], ordinal, rows)
        if sentence is None:
            moved += 1
            continue
        for link, row in zip(linked[at][id(sentence)], rows, strict=True):
            want = tuple(row[c] for c in ("concept", "item", "role", "year", "comparison"))
            if said(link) != want:
                wrong.append(
                    f"{at}/{ordinal}/{row['figure']} {sentence.text[: link.figure.end]}: {said(link)} is {want}"
                )
    assert total == sentences
    assert moved <= MOVED * total
    assert not wrong, "\n".join(wrong)
