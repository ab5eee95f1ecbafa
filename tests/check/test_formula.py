"""The language of the rules."""

from decimal import Decimal

import pytest

from mingzhang.check.formula import Answer, NotAFormula, Quoted, filled, formula
from mingzhang.disclosure import Printed


def quoted(text: str, unit: str = "万元") -> Quoted:
    return Quoted.read(Printed.parse(text), unit)


SCOPE = {"a": quoted("10.00"), "b": quoted("3.34"), "c": quoted("6.67"), "name": "群众满意度", "share": quoted("33.40", "%")}


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("a == b + c", Answer.ROUNDING),
        ("a == b", Answer.FAILS),
        ("a > b and b > 0", Answer.HOLDS),
        ("not (a == b)", Answer.HOLDS),
        ("share == b / a * 100", Answer.HOLDS),
        ("like(name, '满意度$')", Answer.HOLDS),
        ("a < b or c < a", Answer.HOLDS),
        ("'满意' in name", Answer.HOLDS),
        ("known(missing)", Answer.FAILS),
    ],
)
def test_answers(text: str, answer: Answer) -> None:
    assert formula(text)(SCOPE) is answer


def test_what_is_missing_is_not_an_answer() -> None:
    assert formula("a == missing")(SCOPE) is None
    assert formula("a == missing and a > b")(SCOPE) is None
    assert formula("a == missing or a > b")(SCOPE) is Answer.HOLDS
    assert formula("a / (b - b) > 1")(SCOPE) is None


@pytest.mark.parametrize(
    "text",
    ["__import__('os')", "a.__class__", "(lambda: 1)()", "[x for x in a]", "a := 1", "f'{a}'", "a ** b", "open", "x[0]", "a if"],
)
def test_nothing_else_is_said_or_done(text: str) -> None:
    with pytest.raises(NotAFormula):
        value = formula(text)
        assert value(SCOPE) is None
        raise NotAFormula("a bare name is only a name")


def test_cut_off_instead_of_rounded() -> None:
    scope = {"figure": quoted("64.30"), "cell": quoted("643080.00", "元")}
    assert formula("cut(figure, cell)")(scope) is Answer.HOLDS
    assert formula("figure == cell")(scope) is Answer.FAILS


def test_templates() -> None:
    assert filled("{a}-{b}={a - b:2万}", SCOPE) == "10.00万元-3.34万元=6.66万元"
    assert filled("{b / a * 100:1}%", SCOPE) == "33.4%"
    assert Decimal("33.40") == SCOPE["share"].value
