"""Every rule passes its passing case and fails its failing case, and says so in both languages with its source."""

import sys
from pathlib import Path

import pytest

from mingzhang.check import check, rules

sys.path.insert(0, str(Path(__file__).parent))
from cases import disclosure_of

RULES = {rule.id: rule for rule in rules()}


def test_ids_are_unique() -> None:
    assert len(RULES) == len(rules())


@pytest.mark.parametrize("id", RULES)
def test_passing_case(id: str) -> None:
    found = [f for f in check(disclosure_of(RULES[id].passes)).findings if f.rule == id and f.severity != "hint"]
    assert RULES[id].passes and not found


@pytest.mark.parametrize("id", RULES)
def test_failing_case(id: str) -> None:
    rule = RULES[id]
    # A figure that breaks several rules is told once; the finding names the others.
    found = [f for f in check(disclosure_of(rule.fails)).findings if f.rule == id or rule.words in f.expected]
    assert found, "the failing case fails nothing"
    assert all(f.printed and f.expected and len(f.printed) <= 200 for f in found)


@pytest.mark.parametrize("id", RULES)
def test_words(id: str) -> None:
    rule = RULES[id]
    assert rule.words and rule.words_en and rule.source
    assert rule.severity in ("error", "warning", "hint", "of the cell")
