"""One wrong figure among many sums is named, with the value it should have."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mingzhang.disclosure import Printed
from mingzhang.figures.law import Law, Quantity
from mingzhang.figures.locate import locate
from mingzhang.figures.slips import kind


def table(values, wrong=None, unit="万元"):
    """The laws of a table with a total row and a total column over ``values`` (rows of integers, in 0.01)."""
    rows = [[sum(r), *r] for r in values]
    rows = [[sum(c) for c in zip(*rows, strict=True)], *rows]
    for (r, c), value in (wrong or {}).items():
        rows[r][c] = value
    cells = {
        (r, c): Quantity((r, c), Printed.parse(f"{v // 100:,}.{v % 100:02d}"), unit)
        for r, row in enumerate(rows)
        for c, v in enumerate(row)
    }
    wide = len(rows[0])
    laws = [Law(f"row{r}", ((cells[r, 0], 1), *((cells[r, c], -1) for c in range(1, wide)))) for r in range(len(rows))]
    laws += [
        Law(f"column{c}", ((cells[0, c], 1), *((cells[r, c], -1) for r in range(1, len(rows))))) for c in range(wide)
    ]
    return laws, rows


def test_a_sound_table_has_nothing_to_locate():
    assert locate(table([[100, 200], [300, 400]])[0]) == []


def test_a_cell_inside_is_named_with_its_value():
    laws, _ = table([[12345, 200], [300, 400]], {(1, 1): 12435})
    (location,) = locate(laws)
    assert location.decidable
    (culprit,) = location.answers[0]
    assert culprit.quantity.key == (1, 1)
    assert culprit.low <= 123.45 <= culprit.high
    assert culprit.slip == "swapped"


def test_where_only_one_sum_speaks_all_candidates_are_listed():
    a, b, c = (Quantity(n, Printed.parse(t), "元") for n, t in enumerate(("10.00", "4.00", "5.00")))
    (location,) = locate([Law("sum", ((a, 1), (b, -1), (c, -1)))])
    assert not location.decidable
    assert len(location.answers) == 3


def test_rounding_is_no_contradiction():
    a, b, c = (Quantity(n, Printed.parse(t), "万元") for n, t in enumerate(("0.30", "0.15", "0.16")))
    assert locate([Law("sum", ((a, 1), (b, -1), (c, -1)))]) == []


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**6), st.integers(2, 5), st.integers(2, 5))
def test_one_changed_cell_is_always_among_the_answers(seed, high, wide):
    chance = random.Random(seed)
    values = [[chance.randrange(1, 10**7) for _ in range(wide)] for _ in range(high)]
    at = (chance.randrange(high + 1), chance.randrange(wide + 1))
    _, rows = table(values)
    true = rows[at[0]][at[1]]
    laws, _ = table(values, {at: true + chance.randrange(100, 10**6)})
    locations = locate(laws, seconds=5)
    assert len(locations) == 1
    answers = [a for a in locations[0].answers if len(a) == 1 and a[0].quantity.key == at]
    assert answers
    places = answers[0][0]
    assert places.low * 100 <= true <= places.high * 100


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10**6))
def test_two_changed_cells_in_different_rows_and_columns_are_found_together(seed):
    chance = random.Random(seed)
    values = [[chance.randrange(10**4, 10**7) for _ in range(4)] for _ in range(4)]
    laws, _ = table(values, {(1, 1): values[0][0] + 5000, (3, 2): values[2][1] + 90000})
    found = {c.quantity.key for location in locate(laws, seconds=5) for c in location.answers[0]}
    assert found == {(1, 1), (3, 2)}


@pytest.mark.parametrize(
    ("printed", "value", "name"),
    [
        ("124.35", "123.45", "swapped"), ("128.45", "123.45", "digit"), ("1,324.00", "1,234.00", "swapped"), ("887.36", "87.36", "doubled"),
        ("87.36", "887.36", "dropped"), ("8.74", "87.40", "point"), ("-5.00", "5.00", "sign"), ("1.00", "1.00", ""),
        ("78.21", "78.22", "cut"), ("3,000.00", "0.30", "unit"), ("55.00", "12.34", ""),
    ],
)  # fmt: skip
def test_slips_are_told_apart(printed, value, name):
    found = kind(Printed.parse(printed), Printed.parse(value).value)
    assert found == name
