"""Controlled rounding: floor or ceiling, exact sums, fixed figures, and what happens where nothing fits."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mingzhang.figures import rounding
from mingzhang.figures.integers import Answer
from mingzhang.figures.rounding import Wanted, nearest, round_sums

STEP = 10_000


@st.composite
def problems(draw: st.DrawFn) -> tuple[list[int], list[Wanted], int]:
    """Amounts sorted two ways at two levels each (a statement by item and one by project), with all their sums."""
    count = draw(st.integers(1, 40))
    amounts = draw(st.lists(st.integers(-(10**9), 10**12), min_size=count, max_size=count))
    wanted = [Wanted((1 << count) - 1, 8)]
    for levels in ((3, 8), (4, 10), (2, 30)):
        fine = draw(st.lists(st.integers(0, levels[1] - 1), min_size=count, max_size=count))
        for size, weight in ((levels[1], 1), (levels[0], 4)):
            sets: dict[int, int] = {}
            for number, group in enumerate(fine):
                sets[group % size] = sets.get(group % size, 0) | 1 << number
            wanted += [Wanted(s, weight) for s in sets.values()]
    return amounts, wanted, draw(st.sampled_from([1, 100, STEP]))


def members(set: int) -> list[int]:
    return [n for n in range(set.bit_length()) if set >> n & 1]


@settings(max_examples=120, deadline=None)
@given(problems())
def test_every_figure_is_a_floor_or_a_ceiling_and_parts_add_up(problem: tuple[list[int], list[Wanted], int]) -> None:
    amounts, wanted, step = problem
    found = round_sums(amounts, wanted, step=step)
    for figure in wanted:
        true = sum(amounts[n] for n in members(figure.set))
        assert found.true[figure.set] == true
        if found.way in ("exact", "relaxation", "search"):
            assert true // step <= found.figures[figure.set] <= -(-true // step)
        else:
            assert found.way == "loosened" and found.off
    whole = wanted[0].set
    for start in range(1, len(wanted)):
        total, covered = 0, 0
        for figure in wanted[start:]:
            if figure.set & covered:
                break
            covered |= figure.set
            total += found.figures[figure.set]
            if covered == whole:
                assert total == found.figures[whole]
                break


def test_exact_amounts_stay_exact() -> None:
    found = round_sums([3 * STEP, 5 * STEP], [Wanted(0b11), Wanted(0b01), Wanted(0b10)], step=STEP)
    assert (found.way, found.figures) == ("exact", {0b11: 8, 0b01: 3, 0b10: 5})


def test_independent_rounding_would_not_add_up_and_this_does() -> None:
    amounts = [4_000, 4_000, 4_000]
    wanted = [Wanted(0b111, 8), *(Wanted(1 << n) for n in range(3))]
    assert sum(nearest(a, STEP) for a in amounts) != nearest(sum(amounts), STEP)
    found = round_sums(amounts, wanted, step=STEP)
    assert found.figures[0b111] == 1 == sum(found.figures[1 << n] for n in range(3))


def test_the_nearest_is_taken_where_sums_leave_the_choice() -> None:
    found = round_sums([9_000, 1_000], [Wanted(0b01), Wanted(0b10), Wanted(0b11)], step=STEP)
    assert found.figures == {0b01: 1, 0b10: 0, 0b11: 1}


def test_a_balance_stays_one() -> None:
    amounts = [5_500, 14_500, 7_777, 12_223]
    found = round_sums(amounts, [Wanted(1 << n) for n in range(4)], [(0b0011, 0b1100)], step=STEP)
    one, two, three, four = (found.figures[1 << n] for n in range(4))
    assert one + two == three + four == 2


def test_a_balance_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="differ by -1"):
        round_sums([5, 6], [], [(0b01, 0b10)], step=STEP)


def test_a_fixed_figure_keeps_its_value() -> None:
    found = round_sums([5_500, 5_500], [Wanted(0b01, fixed=0), Wanted(0b10), Wanted(0b11)], step=STEP)
    assert found.figures == {0b01: 0, 0b10: 1, 0b11: 1}


def test_two_values_for_one_figure_are_refused() -> None:
    with pytest.raises(ValueError, match="fixed at two values, 1 and 2"):
        round_sums([5], [Wanted(1, fixed=1), Wanted(1, fixed=2)], step=STEP)


def test_fixed_figures_that_push_another_beyond_its_ceiling_are_met_and_it_is_named() -> None:
    """Both parts are published rounded up; their total lies one unit beyond its ceiling."""
    wanted = [Wanted(0b01, fixed=1), Wanted(0b10, fixed=1), Wanted(0b11, 8)]
    found = round_sums([2_000, 3_000], wanted, step=STEP)
    assert (found.way, found.off, found.tails, found.holds) == ("loosened", (0b11,), (), True)
    assert found.figures[0b11] == 2


def test_the_figure_of_least_weight_gives_way() -> None:
    """Of two figures that cannot both be a floor or a ceiling, the total keeps its own."""
    amounts = [2_000, 3_000, 1_000]
    fixed = [Wanted(0b001, fixed=1), Wanted(0b010, fixed=1)]
    found = round_sums(amounts, [*fixed, Wanted(0b111, 8), Wanted(0b100, 1)], step=STEP)
    assert found.figures[0b111] == 1 and found.figures[0b100] == -1
    assert found.off == (0b100,)


def test_fixed_figures_that_contradict_each_other_keep_a_difference() -> None:
    wanted = [Wanted(0b01, fixed=5), Wanted(0b10, fixed=5), Wanted(0b11, fixed=9)]
    found = round_sums([50_000, 45_000], wanted, step=STEP)
    assert found.way == "tails" and found.tails and not found.holds
    assert found.figures == {0b01: 5, 0b10: 5, 0b11: 9}


def test_without_an_answer_every_figure_is_rounded_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rounding, "solve", lambda program, seconds: Answer(None, timed_out=True))
    found = round_sums([15_000, -15_000, 4_999], [Wanted(1 << n) for n in range(3)], step=STEP)
    assert (found.way, found.holds) == ("nearest", False)
    assert [found.figures[1 << n] for n in range(3)] == [2, -2, 0]


def test_amounts_beyond_sixty_four_bits_are_exact() -> None:
    amounts = [10**25 + 1, 10**25 + 9_999]
    found = round_sums(amounts, [Wanted(0b01), Wanted(0b10), Wanted(0b11)], step=STEP)
    assert found.figures[0b11] == 2 * 10**21 + 1 == found.figures[0b01] + found.figures[0b10]


def test_no_amounts_at_all() -> None:
    assert round_sums([], [], step=STEP).figures == {}
