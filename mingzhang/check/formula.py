"""The language of the rules: sums, comparisons and conditions over figures, words and cells.

``income + opening == grand``, ``share == amount / whole * 100``,
``like(name, '满意度$') and sign == '≤'``. Expressions are parsed with ``ast``;
only the nodes named here are allowed, nothing is ever executed. Figures are
intervals; a comparison answers HOLDS, ROUNDING (only some digits behind the
printed ones make it true) or FAILS. Where a figure is missing the value is
None, and so is every answer that needs it: the rule does not apply (``or``
leaves out what is missing, as long as one side is known).
"""

import ast
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from enum import Enum
from functools import lru_cache
from typing import Any

from mingzhang.disclosure import Cell, Figure, Place, Printed
from mingzhang.figures import Interval, Verdict, compare, scale, total

Value = Any
Scope = Mapping[str, Value]
Node = Callable[[Scope], Value]


class Answer(Enum):
    """The answer of a comparison."""

    HOLDS = "holds"
    ROUNDING = "explained by rounding"
    FAILS = "fails"


class NotAFormula(ValueError):
    """The expression uses something that the language does not have."""


@dataclass(frozen=True, slots=True)
class Quoted(Interval):
    """A figure taken from the document, with its words (``1,234.56``) and its unit, what prints it, and where."""

    text: str = ""
    unit: str = ""
    decimals: int = 0
    source: Cell | Figure | None = field(default=None, compare=False, repr=False)
    place: Place | None = field(default=None, compare=False, repr=False)

    @classmethod
    def read(
        cls, printed: Printed, unit: str = "", source: Cell | Figure | None = None, place: Place | None = None
    ) -> "Quoted":
        """The figure; money in 元 whatever its unit, counts exact."""
        place = place or (source.place if source is not None else None)
        if scale(unit) == 1 and unit != "元" and not printed.decimals and unit != "%":
            value = printed.value
            return cls(value, value, value, printed.text, unit, 0, source, place)
        amount = Interval.of(printed, unit)
        return cls(amount.value, amount.low, amount.high, printed.text, unit, printed.decimals, source, place)

    def __str__(self) -> str:
        return f"{self.text}{self.unit}"


@dataclass(frozen=True, slots=True)
class Added(Interval):
    """The sum of figures with their signs, which it remembers."""

    parts: tuple[tuple[Quoted, int], ...] = field(default=(), compare=False, repr=False)

    @classmethod
    def signed(cls, parts: Iterable[tuple[Quoted, int]]) -> "Added":
        kept = tuple(parts)
        amount = total(figure if sign > 0 else -figure for figure, sign in kept)
        return cls(amount.value, amount.low, amount.high, kept)


def met(value: Value) -> bool:
    """Whether a precondition is met as printed; what only rounding makes true does not count."""
    return value is Answer.HOLDS if isinstance(value, Answer) else truth(value)


_VERDICTS = {Verdict.EXACT: Answer.HOLDS, Verdict.ROUNDING: Answer.ROUNDING, Verdict.IMPOSSIBLE: Answer.FAILS}


def truth(value: Value) -> bool:
    """Whether a condition is met: an answer that holds (rounding counts), or a value that is something."""
    if isinstance(value, Answer):
        return value is not Answer.FAILS
    if isinstance(value, Interval):
        return bool(value.value)
    return bool(value)


def _number(value: Value) -> Interval | None:
    if value is None or isinstance(value, Interval):
        return value
    if isinstance(value, bool):
        return Interval.exact(int(value))
    if isinstance(value, int | Decimal):
        return Interval.exact(value)
    if isinstance(value, str):
        return None
    raise NotAFormula(f"not a number: {value!r}")


def _equal(left: Value, right: Value) -> Answer | None:
    if isinstance(left, str) or isinstance(right, str):
        return Answer.HOLDS if left == right else Answer.FAILS
    one, two = _number(left), _number(right)
    if one is None or two is None:
        return None
    answer = _VERDICTS[compare(one, two)]
    if answer is Answer.ROUNDING and _rounds(one, two):
        return Answer.HOLDS
    return answer


def _rounds(one: Interval, two: Interval) -> bool:
    """Whether the figure printed with fewer digits is the other one, rounded half up to these digits."""
    if not isinstance(one, Quoted) or (isinstance(two, Quoted) and two.high - two.low > one.high - one.low):
        one, two = two, one
    if not isinstance(one, Quoted):
        return False
    step = Decimal(1).scaleb(-one.decimals) * scale(one.unit)
    return (two.value / step).quantize(Decimal(1), rounding=ROUND_HALF_UP) * step == one.value


def _less(left: Value, right: Value, strict: bool) -> Answer | None:
    one, two = _number(left), _number(right)
    if one is None or two is None:
        return None
    if one.value < two.value or (not strict and one.value == two.value):
        return Answer.HOLDS
    return Answer.ROUNDING if one.low < two.high else Answer.FAILS


def opposite(answer: Value) -> Answer | None:
    """``not``: what may hold by rounding may also not hold."""
    if answer is None or answer is Answer.ROUNDING:
        return answer
    if isinstance(answer, Answer):
        return Answer.FAILS if answer is Answer.HOLDS else Answer.HOLDS
    return Answer.FAILS if truth(answer) else Answer.HOLDS


def _in(left: Value, right: Value) -> Answer | None:
    if left is None or right is None:
        return None
    return Answer.HOLDS if left in right else Answer.FAILS


_COMPARE: dict[type[ast.cmpop], Callable[[Value, Value], Answer | None]] = {
    ast.Eq: _equal,
    ast.NotEq: lambda a, b: opposite(_equal(a, b)),
    ast.Lt: lambda a, b: _less(a, b, True),
    ast.LtE: lambda a, b: _less(a, b, False),
    ast.Gt: lambda a, b: _less(b, a, True),
    ast.GtE: lambda a, b: _less(b, a, False),
    ast.In: _in,
    ast.NotIn: lambda a, b: opposite(_in(a, b)),
}


def _divide(left: Interval, right: Interval) -> Interval | None:
    try:
        return left / right
    except ZeroDivisionError:
        return None


_BINARY: dict[type[ast.operator], Callable[[Interval, Interval], Interval | None]] = {
    ast.Add: lambda a, b: a + b,
    ast.Sub: lambda a, b: a - b,
    ast.Mult: lambda a, b: a * b,
    ast.Div: _divide,
}


@lru_cache(maxsize=2000)
def pattern(text: str) -> re.Pattern[str]:
    """A compiled pattern (rules use the same ones again and again)."""
    return re.compile(text)


def _like(text: Value, words: str) -> Answer:
    return Answer.HOLDS if text and pattern(words).search(str(text)) else Answer.FAILS


def _sum(*parts: Value) -> Interval | None:
    flat = [p for part in parts for p in (part if isinstance(part, list | tuple) else [part])]
    known = [n for n in map(_number, flat) if n is not None]
    return total(known) if known else None


def _absolute(value: Value) -> Interval | None:
    number = _number(value)
    return abs(number) if number is not None else None


def _size(value: Value) -> Interval:
    return Interval.exact(len(value) if value is not None else 0)


def _nil(value: Value) -> Interval:
    """The figure, or nothing where none is printed."""
    return _number(value) or Interval.exact(0)


def _cut(figure: Value, exact: Value) -> Answer | None:
    """Whether ``figure`` is ``exact`` with its further digits cut off instead of rounded."""
    real = _number(exact)
    if not isinstance(figure, Quoted) or real is None:
        return None
    unit = scale(figure.unit)
    step = Decimal(1).scaleb(-figure.decimals) * unit
    shorter = (real.value / step).to_integral_value(rounding="ROUND_DOWN") * step
    return Answer.HOLDS if shorter == figure.value != real.value else Answer.FAILS


def _same(one: Value, two: Value) -> Answer | None:
    """Whether two figures are the same as printed."""
    left, right = _number(one), _number(two)
    if left is None or right is None:
        return None
    return Answer.HOLDS if left.value == right.value else Answer.FAILS


def _first(*values: Value) -> Value:
    return next((v for v in values if v is not None and v != ""), None)


FUNCTIONS: dict[str, Callable[..., Value]] = {
    "like": _like,
    "sum": _sum,
    "abs": _absolute,
    "size": _size,
    "nil": _nil,
    "cut": _cut,
    "first": _first,
    "same": _same,
    "known": lambda value: Answer.HOLDS if value is not None and value != "" else Answer.FAILS,
    "maybe": lambda value: Answer.HOLDS if truth(value) else Answer.FAILS,
}


def _operands(parts: list[Node], scope: Scope, both: bool) -> Value:
    answer: Value = Answer.HOLDS if both else Answer.FAILS
    unknown = 0
    for part in parts:
        value = part(scope)
        if value is None:
            if both:
                return None
            unknown += 1
            continue
        if value is Answer.ROUNDING:
            answer = value
        elif both and not truth(value):
            return Answer.FAILS
        elif not both and truth(value):
            return Answer.HOLDS
    return None if unknown == len(parts) else answer


def _node(tree: ast.AST) -> Node:
    if isinstance(tree, ast.Constant) and isinstance(tree.value, str | int | float | bool):
        if isinstance(tree.value, float):
            exact = Interval.exact(Decimal(str(tree.value)))
            return lambda scope: exact
        constant = tree.value
        return lambda scope: constant
    if isinstance(tree, ast.Name):
        name = tree.id
        return lambda scope: scope.get(name)
    if isinstance(tree, ast.BinOp) and type(tree.op) in _BINARY:
        left, right, operation = _node(tree.left), _node(tree.right), _BINARY[type(tree.op)]

        def binary(scope: Scope) -> Value:
            one, two = _number(left(scope)), _number(right(scope))
            return operation(one, two) if one is not None and two is not None else None

        return binary
    if isinstance(tree, ast.UnaryOp) and isinstance(tree.op, ast.USub | ast.Not):
        inner = _node(tree.operand)
        if isinstance(tree.op, ast.Not):
            return lambda scope: opposite(inner(scope))

        def negative(scope: Scope) -> Value:
            value = _number(inner(scope))
            return -value if value is not None else None

        return negative
    if isinstance(tree, ast.BoolOp):
        parts, both = [_node(v) for v in tree.values], isinstance(tree.op, ast.And)
        return lambda scope: _operands(parts, scope, both)
    if isinstance(tree, ast.Compare) and len(tree.ops) == 1 and type(tree.ops[0]) in _COMPARE:
        first, second, relation = _node(tree.left), _node(tree.comparators[0]), _COMPARE[type(tree.ops[0])]
        return lambda scope: relation(first(scope), second(scope))
    if isinstance(tree, ast.IfExp):
        test, yes, no = _node(tree.test), _node(tree.body), _node(tree.orelse)
        return lambda scope: yes(scope) if truth(test(scope)) else no(scope)
    if isinstance(tree, ast.Attribute) and tree.attr in ("text", "unit"):
        owner, attribute = _node(tree.value), tree.attr
        return lambda scope: getattr(owner(scope), attribute, None)
    if isinstance(tree, ast.Call) and isinstance(tree.func, ast.Name) and not tree.keywords:
        called, arguments = tree.func.id, [_node(a) for a in tree.args]
        plain = FUNCTIONS.get(called)
        if plain is not None:
            return lambda scope: plain(*(a(scope) for a in arguments))

        def call(scope: Scope) -> Value:
            function = scope.get(called)
            if not callable(function):
                raise NotAFormula(f"no function {called}")
            return function(*(a(scope) for a in arguments))

        return call
    raise NotAFormula(f"{type(tree).__name__} is not part of the language")


@lru_cache(maxsize=4000)
def tree(text: str) -> ast.expr:
    """The parsed expression. Raises NotAFormula where it is malformed."""
    try:
        return ast.parse(text.strip().replace("\\", "\\\\"), mode="eval").body
    except SyntaxError as error:
        raise NotAFormula(f"{text!r}: {error.msg}") from error


@lru_cache(maxsize=4000)
def formula(text: str) -> Node:
    """The expression as a function of its names. Raises NotAFormula where it says more than the language has."""
    return _node(tree(text))


def names_in(text: str) -> tuple[str, ...]:
    """The names that an expression asks for, functions apart, in order."""
    every = list(ast.walk(tree(text)))
    called = {id(n.func) for n in every if isinstance(n, ast.Call)}
    return tuple(dict.fromkeys(n.id for n in every if isinstance(n, ast.Name) and id(n) not in called))


_SLOT = re.compile(r"\{([^{}:]+)(?::(-?\d)?([万%元])?)?\}")


def shown(value: Value, digits: int | None = None, unit: str = "") -> str:
    """A value in words: a quoted figure as printed, a computed one rounded half up to ``digits`` (元 → 万元 for 万)."""
    if isinstance(value, Quoted) and digits is None and not unit:
        return str(value)
    number = _number(value) if not isinstance(value, str) else None
    if number is None:
        return "" if value is None else str(value)
    plain = number.value / 10_000 if unit == "万" else number.value
    if digits is None:
        text = f"{plain.normalize():f}"
        digits = 2 if len(text.partition(".")[2]) > 2 else None
    if digits is not None:
        text = f"{plain.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP):f}"
    return text + {"万": "万元", "%": "%", "元": "元", "": ""}[unit]


def slots(template: str) -> tuple[str, ...]:
    """The expressions of a template. Raises NotAFormula where one is malformed."""
    found = tuple(match[1] for match in _SLOT.finditer(template))
    for text in found:
        formula(text)
    return found


def filled(template: str, scope: Scope) -> str:
    """The template with ``{expression}``, ``{expression:2}`` (digits), ``{expression:2万}`` (元 as 万元) filled in."""

    def value(match: re.Match[str]) -> str:
        digits = int(match[2]) if match[2] else None
        return shown(formula(match[1])(scope), digits, match[3] or "")

    return _SLOT.sub(value, template)
