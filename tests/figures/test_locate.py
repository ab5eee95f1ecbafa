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
        ("124.35", "123.45", "swapped"), ("128.45", "123.45", "digit"), ("1,324.00", "1,234.00", "swapped"), ("665.21", "65.21", "doubled"),
        ("65.21", "665.21", "dropped"), ("6.52", "65.20", "point"), ("-5.00", "5.00", "sign"), ("1.00", "1.00", ""),
        ("78.21", "78.22", "cut"), ("3,000.00", "0.30", "unit"), ("55.00", "12.34", ""),
    ],
)  # fmt: skip
def test_slips_are_told_apart(printed, value, name):
    found = kind(Printed.parse(printed), Printed.parse(value).value)
    assert found == name


def test_a_rate_is_named_where_its_amounts_are_held_by_others():
    part, whole, other = (Quantity(n, Printed.parse(t), "万元") for n, t in enumerate(("25.00", "80.00", "55.00")))
    again = Quantity("again", Printed.parse("25.00"), "万元")
    rate = Quantity("rate", Printed.parse("32.15"), "%")
    laws = [
        Law("share", ((part, 1),), rate, ((whole, 1),)),
        Law("sum", ((whole, 1), (part, -1), (other, -1))),
        Law("tie", ((part, 1), (again, -1))),
    ]
    (location,) = locate(laws)
    assert location.decidable
    assert location.answers[0][0].quantity.key == "rate"
    assert location.answers[0][0].should == "31.25"


def test_a_part_is_named_where_its_share_and_another_printing_speak_against_it():
    part, again, whole = (Quantity(n, Printed.parse(t), "万元") for n, t in enumerate(("52.00", "25.00", "80.00")))
    rate = Quantity("rate", Printed.parse("31.25"), "%")
    (location,) = locate([Law("share", ((part, 1),), rate, ((whole, 1),)), Law("tie", ((part, 1), (again, -1)))])
    (culprit,) = location.sure
    assert (culprit.quantity.key, culprit.should, culprit.slip) == (0, "25.00", "swapped")


def test_a_bare_nothing_may_stand_for_any_amount():
    whole, one, two = (Quantity(n, Printed.parse(t), "万元", 2) for n, t in enumerate(("12.34", "0", "0.00")))
    again = Quantity("again", Printed.parse("12.34"), "万元", 2)
    none = Quantity("none", Printed.parse("0.00"), "万元", 2)
    laws = [
        Law("sum", ((whole, 1), (one, -1), (two, -1))),
        Law("tie", ((whole, 1), (again, -1))),
        Law("nothing", ((two, 1), (none, -1))),
    ]
    (location,) = locate(laws)
    assert [a[0].should for a in location.answers if a[0].quantity.key == 1] == ["12.34"]


def test_what_was_not_searched_to_the_end_is_not_sure():
    laws, _ = table([[12345, 200, 7], [300, 400, 9]], {(1, 1): 22345, (1, 2): 5200})
    (location,) = locate(laws, seconds=0)
    assert not location.complete
    assert not location.sure
    assert locate(laws, seconds=5)[0].complete


def test_an_unlikely_figure_below_nothing_does_not_make_the_other_uncertain():
    whole, one, two = (Quantity(n, Printed.parse(t), "万元") for n, t in enumerate(("2.70", "17.40", "9.60")))
    (location,) = locate([Law("sum", ((whole, 1), (one, -1), (two, -1)))])
    (culprit,) = location.sure
    assert (culprit.quantity.key, culprit.should) == (0, "27.00")


def test_counts_have_no_rounding():
    whole, one, two = (Quantity(n, Printed.parse(t), "辆") for n, t in enumerate(("4", "1", "2")))
    assert len(locate([Law("sum", ((whole, 1), (one, -1), (two, -1)))])) == 1
