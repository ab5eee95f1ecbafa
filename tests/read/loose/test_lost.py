"""Sound disclosures printed without columns are placed without a wrong placement, also with one wrong figure."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mingzhang.forms import load
from mingzhang.forms.random import disclosure
from tests.read.loose.lost import planted, read

BOOK = load(2023)


@settings(max_examples=12, deadline=None)
@given(st.integers(0, 10_000), st.sampled_from(["final", "budget"]), st.sampled_from([1, 3, 8, 15]))
def test_a_sound_disclosure_has_no_figure_misplaced(seed, kind, items):
    printed, found, _ = read(disclosure(seed, kind=kind, items=items), BOOK, random.Random(seed))
    assert not found - printed


def test_most_figures_are_placed():
    total = open_ = 0
    for seed in range(6):
        for kind in ("final", "budget"):
            printed, _, undecided = read(disclosure(seed, kind=kind, items=8), BOOK, random.Random(seed))
            total, open_ = total + printed.total(), open_ + undecided
    assert open_ < 0.1 * total


@settings(max_examples=12, deadline=None)
@given(st.integers(0, 400), st.sampled_from(["final", "budget"]))
def test_a_wrong_figure_misplaces_nothing(seed, kind):
    draw = random.Random(seed)
    printed, found, _ = read(planted(disclosure(seed, kind=kind, items=8), draw), BOOK, draw)
    assert (found - printed).total() <= 1


@pytest.mark.slow
@pytest.mark.parametrize("wrong", [False, True])
def test_by_the_hundred(wrong):
    """At most one figure in ten thousand where one of the document is wrong (some errors look like sound placements)."""
    total = misplaced = 0
    for seed in range(100):
        for kind in ("final", "budget"):
            draw = random.Random(seed)
            made = disclosure(seed, kind=kind)
            printed, found, _ = read(planted(made, draw) if wrong else made, BOOK, draw)
            total += printed.total()
            misplaced += (found - printed).total()
    assert misplaced <= (total / 10_000 if wrong else 0)
