"""A disclosure and its JSON are the same thing."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingzhang.disclosure import (
    SCHEMA,
    Cell,
    Disclosure,
    Evaluation,
    Figure,
    Heading,
    Indicator,
    Note,
    Place,
    Printed,
    Publisher,
    Remark,
    Row,
    Sentence,
    Statement,
    from_json,
    to_json,
)

words = st.text(st.characters(codec="utf-8", exclude_categories=("Cs",)), max_size=12)
box = st.tuples(*[st.floats(0, 2000, allow_nan=False)] * 4)
places = st.none() | st.builds(
    Place, words, st.none() | st.integers(1, 99), st.none() | box, st.none() | st.integers(1, 9)
)
figures = st.decimals(-(10**9), 10**9, places=2).map(lambda d: Printed.parse(f"{d:,.2f}"))
cells = st.builds(
    Cell, words, figures, places, st.lists(words, max_size=2).map(tuple), st.lists(words, max_size=2).map(tuple)
)
rows = st.builds(
    Row,
    words,
    words,
    words,
    words,
    words,
    st.none() | st.integers(1, 64),
    st.lists(cells, max_size=3).map(tuple),
    places,
)
statements = st.builds(
    Statement,
    words,
    words,
    unit=words,
    year=st.none() | st.integers(2000, 2100),
    columns=st.lists(words, max_size=3).map(tuple),
    rows=st.lists(rows, max_size=4).map(tuple),
    notes=st.lists(st.builds(Note, words, places), max_size=2).map(tuple),
    place=places,
)
sentences = st.builds(
    Sentence,
    words,
    st.lists(words, max_size=2).map(tuple),
    st.lists(st.builds(Figure, figures, words, st.integers(0, 5), st.integers(5, 9), places), max_size=2).map(tuple),
    places,
)
evaluations = st.builds(
    Evaluation,
    words,
    words,
    indicators=st.lists(st.builds(Indicator, words, words, words, words), max_size=2).map(tuple),
    tasks=st.lists(st.tuples(words, words, words), max_size=2).map(tuple),
)
disclosures = st.builds(
    Disclosure,
    st.builds(Publisher, words, words, words, words, words, words),
    st.none() | st.integers(2000, 2100),
    words,
    statements=st.lists(statements, max_size=3).map(tuple),
    headings=st.lists(st.builds(Heading, words, st.integers(1, 4), places), max_size=2).map(tuple),
    sentences=st.lists(sentences, max_size=2).map(tuple),
    evaluations=st.lists(evaluations, max_size=2).map(tuple),
    remarks=st.lists(st.builds(Remark, words, words, words, places), max_size=2).map(tuple),
)


@given(disclosures)
def test_reading_what_was_written_gives_an_equal_value(disclosure):
    assert from_json(to_json(disclosure)) == disclosure


def test_the_schema_version_is_written_and_demanded():
    text = to_json(Disclosure())
    assert json.loads(text)["schema"] == SCHEMA
    with pytest.raises(ValueError, match="schema"):
        from_json('{"schema": "something-else/9"}')
    with pytest.raises(ValueError, match="schema"):
        from_json("[]")
