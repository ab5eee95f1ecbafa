"""The language of the templates: names, sums, comparisons and calls in braces. Parsed with ``ast``, never executed.

What is unknown is None, and so is everything that needs it; ``and``, ``or`` and ``known`` look at what is known.
"""

import ast
import re
from collections.abc import Callable
from decimal import Decimal
from functools import lru_cache
from typing import Any, Protocol

from mingzhang.year.tell.amount import Amount, added

Value = Any
HOLE = re.compile(r"\{([^{}:]+)(?::([^{}]+))?\}")


class Names(Protocol):
    """What gives names and calls their meaning."""

    def name(self, name: str) -> Value: ...

    def call(self, name: str, arguments: list[Value]) -> Value: ...


class NotATemplate(ValueError):
    """The template uses something that the language does not have."""


@lru_cache(maxsize=4096)
def parsed(text: str) -> ast.expr:
    """The expression. Raises NotATemplate where it is none."""
    try:
        return ast.parse(text.strip(), mode="eval").body
    except SyntaxError as error:
        raise NotATemplate(f"{text!r}: {error.msg}") from error


def evaluate(text: str, names: Names) -> Value:
    """The value of an expression: Amount, number, text, truth value, or None where it is unknown."""
    return _value(parsed(text), names)


def _number(value: Value) -> Decimal | None:
    if isinstance(value, Amount):
        return value.value
    return Decimal(value) if isinstance(value, int | Decimal) else None


def _binary(node: ast.BinOp, names: Names) -> Value:
    left, right = _value(node.left, names), _value(node.right, names)
    if isinstance(node.op, ast.Add | ast.Sub):
        if isinstance(left, Amount | None) and isinstance(right, Amount | None):
            return added(left, right, 1 if isinstance(node.op, ast.Add) else -1)
        if isinstance(left, str) and isinstance(right, str) and isinstance(node.op, ast.Add):
            return left + right
    raise NotATemplate(f"cannot work out {ast.unparse(node)}")


_TESTS: dict[type[ast.cmpop], Callable[[Any, Any], bool]] = {
    ast.Eq: lambda a, b: a == b,
    ast.NotEq: lambda a, b: a != b,
    ast.Lt: lambda a, b: a < b,
    ast.LtE: lambda a, b: a <= b,
    ast.Gt: lambda a, b: a > b,
    ast.GtE: lambda a, b: a >= b,
}


def _compared(node: ast.Compare, names: Names) -> bool | None:
    left, right = _value(node.left, names), _value(node.comparators[0], names)
    test = _TESTS.get(type(node.ops[0]))
    if test is None or len(node.ops) > 1:
        raise NotATemplate(f"cannot compare {ast.unparse(node)}")
    if left is None or right is None:
        return None
    if isinstance(left, str) and isinstance(right, str):
        return test(left, right)
    one, two = _number(left), _number(right)
    return None if one is None or two is None else test(one, two)


def _value(node: ast.expr, names: Names) -> Value:
    match node:
        case ast.Constant(value=int() | str()):
            return node.value
        case ast.Name():
            return names.name(node.id)
        case ast.Attribute(attr="last" | "budget"):
            amount = _value(node.value, names)
            return getattr(amount, node.attr) if isinstance(amount, Amount) else None
        case ast.BinOp():
            return _binary(node, names)
        case ast.Compare():
            return _compared(node, names)
        case ast.BoolOp(op=ast.And()):
            return all(_value(part, names) for part in node.values)
        case ast.BoolOp():
            return any(_value(part, names) for part in node.values)
        case ast.UnaryOp(op=ast.Not()):
            return not _value(node.operand, names)
        case ast.Call(func=ast.Name(id=called), keywords=[]):
            return names.call(called, [_value(part, names) for part in node.args])
    raise NotATemplate(f"the templates have no {ast.unparse(node)}")
