"""A printed figure keeps its digits and knows its interval."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingzhang.disclosure import NotANumber, Printed


def test_a_grouped_figure_stands_for_an_interval():
    figure = Printed.parse("1,234.56")
    assert figure.value == Decimal("1234.56")
    assert (figure.low, figure.high) == (Decimal("1234.555"), Decimal("1234.565"))
    assert figure.plain == "1234.56"


@pytest.mark.parametrize("text", ["", "1,07.12", "2107.", "3.5%", "一", "1,0000", "--", "12 34", "1e5", ".5"])
def test_what_is_no_printed_figure_is_refused(text):
    with pytest.raises(NotANumber):
        Printed.parse(text)


@given(st.integers(-(10**15), 10**15), st.integers(0, 4), st.booleans())
def test_every_figure_reads_back_with_its_digits(units, decimals, grouped):
    value = Decimal(units).scaleb(-decimals)
    text = f"{value:,.{decimals}f}" if grouped else f"{value:.{decimals}f}"
    figure = Printed.parse(text)
    assert figure.value == value
    assert figure.decimals == decimals
    assert figure.high - figure.low == Decimal(1).scaleb(-decimals)
    assert figure.plain == f"{value:.{decimals}f}"
