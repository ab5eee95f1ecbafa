"""The given text documents against their truth: nothing misplaced, little undecided."""

import csv
from collections import Counter

import pytest

from mingzhang.disclosure import Sentence
from mingzhang.forms import load
from mingzhang.read.block import Line
from mingzhang.read.loose import place
from mingzhang.read.outline import regions


def _lines(path):
    for n, text in enumerate(path.read_text("utf-8").split("\n"), 1):
        if text.strip():
            yield Line(" ".join(text.split()), number=n, parts=tuple(p.strip() for p in text.split("\t")))


@pytest.fixture(scope="module")
def texts(shared):
    return sorted((shared / "corpus" / "text").glob("*.txt"))


def test_cells_of_the_given_texts(shared, texts):
    book = load(2023)
    for path in texts:
        cut = regions(list(_lines(path)), book)
        running = "".join("".join(b.text.split()) for r in cut if r.kind == "text" for b in r.blocks)
        said = [Sentence(s) for s in running.split("。")]
        statements, _ = place(cut, book, said, path.name)
        found = Counter(
            (s.id, r.block, r.side, r.code or r.label, c.column, c.printed.plain, s.unit)
            for s in statements
            for r, c in s.cells()
            if c.column != "?"
        )
        with (shared / "truth" / path.stem / "cells.csv").open(encoding="utf-8-sig", newline="") as file:
            truth = Counter(
                (t["statement"], t["block"], t["side"], t["code"] or t["label"], t["column"], t["value"], t["unit"])
                for t in csv.DictReader(file)
            )
        right = (found & truth).total()
        assert right >= 0.995 * found.total(), path.name
        assert right >= 0.95 * truth.total(), path.name
