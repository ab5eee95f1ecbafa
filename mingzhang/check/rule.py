"""The rules as data: TOML files of ``rules/``, one a family, each rule with its words, source and two cases."""

import ast
import re
import tomllib
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Any

from mingzhang.check.formula import Node, NotAFormula, formula, names_in, slots, tree

_NUMBER = r"-?\d{1,3}(?:,\d{3})+(?:\.\d+)?|-?\d+(?:\.\d+)?"
_UNIT = "亿元|万元|千元|元|%|％|人次|万人|人|个|辆|台|家|项|次|户|分|批|名|起|件"
_CAPTURE = re.compile(r"(?<!P)<([a-z]\w*)>")


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. ``each`` names what it looks at (statement, row, sentence, mention, listing, evaluation …).

    It applies where ``match`` (a pattern over sentence text or label) and
    ``when`` are met, and is broken where ``test`` does not hold. ``grades``
    are (condition, severity) pairs, the first that is met counts.
    ``collect`` joins what breaks it under one heading into one finding.
    A rule with ``law`` says that amounts are equal whatever else may be: its
    test is the ``equation`` (with the ``named`` expressions it uses) that
    ``locate`` reasons with, where the condition ``law`` is met. ``speaks``
    are the names of the figures it is about.
    """

    id: str
    family: str
    words: str
    words_en: str
    source: str
    severity: str
    each: str
    kind: str = ""
    match: re.Pattern[str] | None = None
    has: tuple[str, ...] = ()
    under: re.Pattern[str] | None = None
    statement: re.Pattern[str] | None = None
    table: re.Pattern[str] | None = None
    let: tuple[tuple[str, Node], ...] = ()
    when: Node | None = None
    test: Node | None = None
    printed: str = ""
    expected: str = ""
    where: str = ""
    rounding: str = "hint"
    grades: tuple[tuple[Node, str], ...] = ()
    collect: str = ""
    equation: ast.expr | None = None
    law: Node | None = None
    named: dict[str, ast.expr] = field(default_factory=dict)
    speaks: tuple[str, ...] = ()
    passes: dict[str, Any] = field(default_factory=dict)
    fails: dict[str, Any] = field(default_factory=dict)


def _pattern(text: str | None) -> re.Pattern[str] | None:
    """``<x>`` in a pattern captures a number as ``x`` and the unit behind it as ``x_unit``."""
    if text is None:
        return None
    return re.compile(_CAPTURE.sub(lambda m: f"(?P<{m[1]}>{_NUMBER})(?P<{m[1]}_unit>{_UNIT})?", text))


def _strings(value: Any) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value or ())


def _equation(row: dict[str, Any]) -> ast.expr | None:
    """The test of a rule with ``law``: ``a == b`` or several of these joined with ``or``. Raises NotAFormula for another."""
    if "law" not in row:
        return None
    test = tree(row["test"])
    sides = test.values if isinstance(test, ast.BoolOp) and isinstance(test.op, ast.Or) else [test]
    plain = all(isinstance(s, ast.Compare) and len(s.ops) == 1 and isinstance(s.ops[0], ast.Eq) for s in sides)
    if not plain or row.get("collect"):
        raise NotAFormula(f"{row['id']}: a law is an equation and told one by one")
    return test


def _speaks(row: dict[str, Any]) -> tuple[str, ...]:
    """The names that its test uses, then those of its named expressions and of what it says."""
    main = row.get("test") or row.get("when")
    texts = [*([main] if main else []), *row.get("let", {}).values()]
    texts += [text for template in ("printed", "expected") for text in slots(row.get(template, ""))]
    return tuple(dict.fromkeys(name for text in texts for name in names_in(text)))


def rule_of(row: dict[str, Any], family: str) -> Rule:
    """The rule that one TOML table describes. Raises KeyError, NotAFormula or re.error where it is malformed."""
    slots(row.get("where", ""))
    return Rule(
        row["id"],
        family,
        row["words"],
        row["words_en"],
        row["source"],
        row["severity"],
        row["each"],
        row.get("kind", ""),
        _pattern(row.get("match")),
        _strings(row.get("has")),
        _pattern(row.get("under")),
        _pattern(row.get("statement")),
        _pattern(row.get("table")),
        tuple((name, formula(text)) for name, text in row.get("let", {}).items()),
        formula(row["when"]) if "when" in row else None,
        formula(row["test"]) if "test" in row else None,
        row.get("printed", ""),
        row.get("expected", ""),
        row.get("where", ""),
        row.get("rounding", "hint"),
        tuple((formula(text), severity) for text, severity in row.get("grades", [])),
        row.get("collect", ""),
        _equation(row),
        formula(row["law"]) if "law" in row else None,
        {name: tree(text) for name, text in row.get("let", {}).items()},
        _speaks(row),
        row.get("pass", {}),
        row.get("fail", {}),
    )


@cache
def rules() -> tuple[Rule, ...]:
    """Every rule of the book, by family."""
    out: list[Rule] = []
    for file in sorted((resources.files("mingzhang.check") / "rules").iterdir(), key=lambda f: f.name):
        if file.name.endswith(".toml"):
            data = tomllib.loads(file.read_text("utf-8"))
            out += [rule_of(row, data["family"]) for row in data["rule"]]
    return tuple(out)
