"""Scoring schemes: their worked rows, what always holds of a score, and which one a document follows."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingzhang.disclosure import Evaluation, Indicator
from mingzhang.schemes import Scheme, measured, named, schemes, scored, usual
from mingzhang.schemes.fit import followed
from mingzhang.schemes.row import Row, rows_of

WORKED = [(s, row) for s in schemes() for row in s.worked]
weights = st.decimals("0.5", "30", places=2)
counts = st.integers(1, 100_000).map(Decimal)


@pytest.mark.parametrize(("scheme", "row"), WORKED, ids=[f"{s.id}-{' '.join(r.values())}" for s, r in WORKED])
def test_worked_rows(scheme: Scheme, row: dict[str, str]) -> None:
    if "points" in row:
        assert scheme.grade(Decimal(row["points"])) == row["grade"]
        return
    if "money" in row:
        _, full, spent = row["money"].split("/")
        due = scheme.paid(Fraction(spent) / Fraction(full), Decimal(row["weight"]))
        assert (due.deviation, due.score) == (Decimal(row["rate"]), Decimal(row["score"]))
        return
    found = scored(scheme, row["target"], row["actual"], Decimal(row["weight"]))
    assert found is not None
    assert found.score == Decimal(row["score"])
    assert found.low == Decimal(row.get("low", row["score"]))
    assert found.deviation == (Decimal(row["deviation"]) if "deviation" in row else None)


def test_every_scheme_has_what_it_needs() -> None:
    assert len({s.id for s in schemes()}) == len(schemes()) >= 4
    for one in schemes():
        assert one.source and len(one.worked) >= 8 and (one.example == ("示例" in one.source))
        assert one.grade(Decimal(0)) and one.grade(Decimal(100)) == "优"


@given(st.sampled_from(schemes()), st.sampled_from(["≥", "≤", "=", ">", "<"]), counts, counts, weights)
def test_a_score_lies_between_nothing_and_its_weight(
    scheme: Scheme, sign: str, target: Decimal, actual: Decimal, weight: Decimal
) -> None:
    due = scheme.score(sign, target, actual, weight)
    assert due is not None
    assert 0 <= due.low <= due.score <= weight
    assert 0 <= due.exact <= Fraction(weight)


@given(st.sampled_from(schemes()), counts, counts, counts, weights)
def test_more_attained_never_scores_less_up_to_full_marks(
    scheme: Scheme, target: Decimal, one: Decimal, two: Decimal, weight: Decimal
) -> None:
    low, high = sorted((min(one, target), min(two, target)))
    less, more = scheme.score("≥", target, low, weight), scheme.score("≥", target, high, weight)
    assert less and more and less.exact <= more.exact
    low, high = sorted((max(one, target), max(two, target)))
    better, worse = scheme.score("≤", target, low, weight), scheme.score("≤", target, high, weight)
    assert better and worse and worse.exact <= better.exact


@given(st.sampled_from(schemes()), counts, weights)
def test_a_target_that_is_just_met_has_full_marks(scheme: Scheme, target: Decimal, weight: Decimal) -> None:
    for sign in ("≥", "≤", "=", ""):
        due = scheme.score(sign, target, target, weight)
        assert due is not None and due.exact == Fraction(weight) and due.deviation == 0


@pytest.mark.parametrize(
    ("text", "sign", "value", "unit"),
    [
        ("≥5000人次", "≥", "5000", "人次"), (">= 22 万人", "≥", "220000", "人"), ("不低于85％", "≥", "85", "%"),
        ("3次以上", "≥", "3", "次"), ("30个工作日以内", "≤", "30", "个工作日"), ("1,200.50万元", "", "12005000", "元"),
        ("80%-90%", "…", "80", "%"), ("＜3小时", "<", "3", "小时"), ("-8.5%", "", "-8.5", "%"),
    ],
)  # fmt: skip
def test_what_is_printed_is_measured(text: str, sign: str, value: str, unit: str) -> None:
    found = measured(text)
    assert (found.sign, found.value, found.unit) == (sign, Decimal(value), unit)


@pytest.mark.parametrize("text", ["明显减轻", "", "2031年底前完成", "90%-80%", "按100%标准，分两次"])
def test_what_is_no_measure_stays_words(text: str) -> None:
    assert measured(text).value is None


def test_another_value_is_written_alike() -> None:
    assert measured("≥36万元").shown(Decimal(480_000)) == "≥48万元"
    assert measured("12.50万元").shown(Decimal(99_000)) == "9.90万元"
    assert measured("300人次").shown(Decimal(4579)) == "4579人次"


def test_units_that_differ_are_not_scored() -> None:
    one = named("national-2020")
    assert scored(one, "≥20家", "100%", Decimal(10)) is None
    assert scored(one, "20", "100%", Decimal(10)) is None
    assert scored(one, "≥20人", "25人次", Decimal(10)) is not None
    assert scored(one, "=0次", "3次", Decimal(10)) is None


def test_an_unknown_scheme_is_told_with_those_there_are() -> None:
    with pytest.raises(KeyError, match="national-2020"):
        named("nowhere")


def row(target: str, actual: str, weight: str, score: str, deviation: str) -> Row:
    table = Evaluation("self_project", indicators=(Indicator("产出指标", "", "甲", target, actual, weight, score, deviation),))
    (found,) = rows_of(table)
    return found


def test_full_marks_everywhere_show_no_scheme() -> None:
    full = row("≥100次", "110次", "10", "10", "0.00%")
    assert followed([full] * 9) == ()
    told = row("≥100次", "165次", "10", "8", "35.00%")
    assert followed([full] * 4 + [told]) == (named("deviation-30"),)
    assert followed([full] * 2 + [told]) == ()


def test_the_scheme_that_most_rows_follow_is_taken_and_all_that_fit_alike() -> None:
    over = row("≥100次", "165次", "10", "10", "65.00%")
    less = row("≥100次", "80次", "10", "8", "-20.00%")
    assert followed([over] * 3 + [less] * 3)[0] is named("proportional")
    alike = followed([less] * 6)
    assert len(alike) > 1 and all(one in schemes() for one in alike)


def test_one_scheme_is_taken_where_nobody_chose() -> None:
    assert [s.id for s in schemes() if s.usual] == [usual(2024).id]
