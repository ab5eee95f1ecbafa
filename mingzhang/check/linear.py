"""The test of a rule as a law over the figures it compares: what ``a + b == c`` and ``share == a / b * 100`` say."""

import ast
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from mingzhang.check.formula import Added, Node, Quoted, formula, met, truth
from mingzhang.check.mention import MONEY
from mingzhang.check.rule import Rule
from mingzhang.figures.law import Law, Quantity, Terms

_HUNDRED = Decimal(100)


@dataclass(slots=True)
class _Sum:
    """Signed figures and a constant."""

    terms: list[tuple[Quoted, int]]
    constant: Decimal = Decimal(0)


@dataclass(slots=True)
class _Ratio:
    """``factor`` × top / base."""

    top: _Sum
    base: _Sum
    factor: Decimal = Decimal(1)


_Form = _Sum | _Ratio
_Names = Mapping[str, Any]


def _value(value: Any) -> _Form | None:
    if isinstance(value, Quoted):
        return _Sum([(value, 1)]) if value.source is not None else None
    if isinstance(value, Added):
        return _Sum(list(value.parts)) if all(f.source is not None for f, _ in value.parts) else None
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return _Sum([], Decimal(value))
    return None


def _negative(form: _Sum) -> _Sum:
    return _Sum([(f, -sign) for f, sign in form.terms], -form.constant)


def _form(node: ast.expr, names: _Names, named: Mapping[str, ast.expr]) -> _Form | None:
    """What an expression says over printed figures; None where it is not a sum, or a ratio of two."""
    if isinstance(node, ast.Constant):
        return _Sum([], Decimal(str(node.value))) if isinstance(node.value, int | float) else None
    if isinstance(node, ast.Name):
        known = _value(names.get(node.id))
        return known if known is not None or node.id not in named else _form(named[node.id], names, named)
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        inner = _form(node.operand, names, named)
        return _negative(inner) if isinstance(inner, _Sum) else None
    if isinstance(node, ast.BinOp):
        one, two = _form(node.left, names, named), _form(node.right, names, named)
        return _joined(node.op, one, two) if one is not None and two is not None else None
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        # A function that looks a figure up (cell, spoken, first …) gives the figure itself.
        value = _node(node)(names)
        return _value(value)
    return None


def _node(node: ast.expr) -> Node:
    return formula(ast.unparse(node))


def _joined(operation: ast.operator, one: _Form, two: _Form) -> _Form | None:
    if isinstance(operation, ast.Add | ast.Sub) and isinstance(one, _Sum) and isinstance(two, _Sum):
        second = two if isinstance(operation, ast.Add) else _negative(two)
        return _Sum(one.terms + second.terms, one.constant + second.constant)
    if isinstance(operation, ast.Div) and isinstance(one, _Sum) and isinstance(two, _Sum) and two.terms:
        return _Ratio(one, two) if not one.constant and not two.constant else None
    if isinstance(operation, ast.Mult):
        for form, factor in ((one, two), (two, one)):
            if isinstance(form, _Ratio) and isinstance(factor, _Sum) and not factor.terms:
                return _Ratio(form.top, form.base, form.factor * factor.constant)
    return None


def _terms(form: _Sum) -> Terms:
    return tuple((quantity(f), sign) for f, sign in form.terms)


def quantity(figure: Quoted) -> Quantity:
    """The figure as one that may be wrong; every printing is told from every other by what prints it."""
    source = figure.source
    assert source is not None
    return Quantity(id(source), source.printed, figure.unit, 2 if figure.unit in MONEY else 0)


def _law(rule: Rule, side: ast.Compare, names: _Names) -> Law | None:
    one, two = _form(side.left, names, rule.named), _form(side.comparators[0], names, rule.named)
    if isinstance(one, _Ratio):
        one, two = two, one
    if not isinstance(one, _Sum):
        return None
    if isinstance(two, _Ratio):
        if two.factor != _HUNDRED or len(one.terms) != 1 or one.constant or one.terms[0][1] != 1:
            return None
        return Law(rule.id, _terms(two.top), quantity(one.terms[0][0]), _terms(two.base))
    if two is None or not one.terms:
        return None
    gap = _joined(ast.Sub(), one, two)
    assert isinstance(gap, _Sum)
    return Law(rule.id, _terms(gap), constant=gap.constant)


def law_of(rule: Rule, names: _Names) -> Law | None:
    """The law that the test of a rule states over the printed figures among the named values.

    Of several sides joined with ``or`` the first that holds counts, else the first. None where the test says
    something else than that sums are equal or that a rate is a ratio of sums, where a figure is not a printed one, or
    where the rule's condition ``law`` is not met.
    """
    test = rule.equation
    if test is None or (rule.law is not None and not met(rule.law(names))):
        return None
    sides = [s for s in (test.values if isinstance(test, ast.BoolOp) else [test]) if isinstance(s, ast.Compare)]
    holding = [s for s in sides if len(sides) > 1 and (answer := _node(s)(names)) is not None and truth(answer)]
    for side in holding or sides:
        law = _law(rule, side, names)
        if law is not None:
            return law
    return None
