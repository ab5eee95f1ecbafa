"""Scoring schemes: what they give, and which one a document follows."""

from decimal import Decimal

import pytest

from mingzhang.schemes import followed, schemes

SCHEME = schemes()[0]


@pytest.mark.parametrize(
    ("sign", "target", "actual", "weight", "deviation", "score"),
    [
        ("≥", "100", "100", "10", "0", "10"),
        ("≥", "100", "130", "10", "0", "10"),
        ("≥", "100", "165", "10", "35.00", "8.00"),
        ("≥", "100", "900", "10", "770.00", "6.00"),
        ("≥", "100", "80", "10", "-20.00", "8.00"),
        ("≤", "100", "90", "10", "0", "10"),
        ("≤", "100", "125", "10", "25.00", "7.50"),
        ("≤", "100", "250", "10", "150.00", "0"),
    ],
)
def test_scores(sign: str, target: str, actual: str, weight: str, deviation: str, score: str) -> None:
    due = SCHEME.score(sign, Decimal(target), Decimal(actual), Decimal(weight))
    assert due is not None and (due.deviation, due.score) == (Decimal(deviation), Decimal(score))


def test_full_marks_everywhere_show_no_scheme() -> None:
    row = ("≥", Decimal(100), Decimal(110), Decimal(10), Decimal(10), Decimal(0))
    assert followed([row] * 9) is None
    told = ("≤", Decimal(100), Decimal(125), Decimal(10), Decimal("7.5"), Decimal(25))
    assert followed([row] * 4 + [told]) is SCHEME
