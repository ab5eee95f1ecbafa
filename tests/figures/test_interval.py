"""Printed figures as intervals: exact arithmetic, and the three answers of a comparison."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingzhang.disclosure import Printed
from mingzhang.figures import Interval, Verdict, compare, total

amounts = st.decimals(min_value=-(10**9), max_value=10**9, places=2, allow_nan=False, allow_infinity=False)


def of(text: str, unit: str = "") -> Interval:
    return Interval.of(Printed.parse(text), unit)


def test_a_printed_figure_stands_for_its_digits() -> None:
    figure = of("1,234.56")
    assert (figure.low, figure.high) == (Decimal("1234.555"), Decimal("1234.565"))


def test_units_are_brought_to_yuan() -> None:
    assert compare(of("643080.00", "元"), of("64.31", "万元")) is Verdict.ROUNDING
    assert compare(of("643080.00", "元"), of("64.30", "万元")) is Verdict.IMPOSSIBLE
    assert compare(of("1.20", "亿元"), of("12000.00", "万元")) is Verdict.EXACT


def test_a_bare_zero_is_nothing_and_a_decimal_zero_nearly_so() -> None:
    assert of("0", "万元").high == 0
    assert of("0.00", "万元").high == 50


def test_three_answers() -> None:
    assert compare(of("10.23"), total([of("3.78"), of("6.45")])) is Verdict.EXACT
    assert compare(of("10.23"), total([of("3.78"), of("6.44")])) is Verdict.ROUNDING
    assert compare(of("10.23"), total([of("3.78"), of("6.40")])) is Verdict.IMPOSSIBLE


def test_no_ratio_to_what_may_be_zero() -> None:
    with pytest.raises(ZeroDivisionError):
        of("1.00") / of("0.00")


@given(amounts, amounts)
def test_what_is_rounded_from_a_true_sum_is_never_impossible(one: Decimal, two: Decimal) -> None:
    parts = [of(f"{one:.1f}"), of(f"{two:.1f}")]
    assert compare(of(f"{one + two:.1f}"), total(parts)) is not Verdict.IMPOSSIBLE


@given(amounts, amounts)
def test_sum_and_difference_undo_each_other(one: Decimal, two: Decimal) -> None:
    left, right = of(f"{one:.2f}"), of(f"{two:.2f}")
    assert ((left + right) - right).overlaps(left)
    assert (left + right).value == one + two
    assert abs(left - right).low >= 0


@given(amounts, amounts)
def test_products_and_ratios_hold_the_true_value(one: Decimal, two: Decimal) -> None:
    left, right = of(f"{one:.2f}"), of(f"{two:.2f}")
    product = left * right
    assert product.low <= one * two <= product.high
    if not right.low <= 0 <= right.high:
        ratio = left / right
        assert ratio.low <= one / two <= ratio.high
