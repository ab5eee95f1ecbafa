"""The chart of accounts: structure of the data, look-ups by code, year and name."""

import csv
import itertools
import os
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingzhang.codes import LENGTHS, Code, by_name, classification_of, every, levels, lookup, parent_of

KINDS = tuple(LENGTHS)
ALL = [code for kind in KINDS for code in every(kind)]


def span(code: Code) -> tuple[int, int]:
    return code.since or 0, code.until or 9999


def overlap(a: Code, b: Code) -> bool:
    return span(a)[0] <= span(b)[1] and span(b)[0] <= span(a)[1]


def test_every_code_has_a_length_of_its_classification() -> None:
    assert ALL
    for code in ALL:
        assert code.code.isdigit() and len(code.code) in LENGTHS[code.classification], code
        assert classification_of(code.code) == code.classification
        assert code.name and code.name == "".join(code.name.split())
        assert span(code)[0] <= span(code)[1], code


def test_every_code_has_its_parent_as_long_as_it_is_in_force() -> None:
    for code in ALL:
        assert code.parent == parent_of(code.code)
        if code.parent:
            above = [c for c in ALL if c.code == code.parent]
            assert above, f"{code.code} {code.name} has no {code.parent}"
            for year in range(max(span(code)[0], 2015), min(span(code)[1], 2030) + 1):
                assert lookup(code.classification, code.parent, year) is not None, (code, year)


def test_no_two_entries_of_a_code_overlap_in_time() -> None:
    grouped = defaultdict(list)
    for code in ALL:
        grouped[code.code].append(code)
    for entries in grouped.values():
        for a, b in itertools.pairwise(entries):
            assert not overlap(a, b), (a, b)


def test_names_are_unique_under_a_parent() -> None:
    grouped = defaultdict(list)
    for code in ALL:
        grouped[code.classification, code.parent, code.name].append(code)
    for entries in grouped.values():
        for n, a in enumerate(entries):
            for b in entries[n + 1 :]:
                assert a.code == b.code or not overlap(a, b), (a, b)


def test_all_classes_are_there() -> None:
    functional = {c.code for c in ALL if c.classification == "functional" and c.level == 1}
    assert functional >= {str(n) for n in (*range(201, 218), *range(219, 225), 227, *range(229, 235))}
    assert {c.code for c in ALL if c.classification == "governmental" and c.level == 1} == {
        *(str(n) for n in range(501, 515)),
        "599",
    }


@given(st.sampled_from(ALL))
def test_a_code_is_found_by_code_and_by_name(code: Code) -> None:
    year = code.until or code.since
    assert lookup(code.classification, code.code, year) == code
    assert code in by_name(code.name, code.classification, year, code.parent)
    assert levels(code.code)[-1] == code.code and len(levels(code.code)) == code.level


@given(st.text(max_size=9))
def test_what_is_no_code_is_unknown(text: str) -> None:
    for kind in KINDS:
        found = lookup(kind, text)
        assert found is None or found.code == text
    if not classification_of(text):
        assert levels(text) == () and parent_of(text) == ""


def test_names_change_with_the_year() -> None:
    old, new = lookup("functional", "20805", 2018), lookup("functional", "20805", 2023)
    assert old is not None and old.name == "行政事业单位离退休"
    assert new is not None and new.name == "行政事业单位养老支出"
    assert lookup("functional", "20139", 2020) is None
    assert lookup("functional", "20139") is not None


def test_budgets_of_functional_codes() -> None:
    assert [getattr(lookup("functional", code), "budget", None) for code in ("2101301", "2296013", "22301")] == [
        "general",
        "fund",
        "state_capital",
    ]


def test_names_do_not_mind_brackets_and_spaces() -> None:
    assert [c.code for c in by_name("维修（护） 费", "economic")] == ["30213"]
    assert [c.code for c in by_name("行政运行", "functional", 2024, parent="21015")] == ["2101501"]
    assert by_name("没有这个科目") == ()


def test_unknown_classification_is_an_error() -> None:
    with pytest.raises(KeyError):
        lookup("colour", "201")


def test_levels_and_parents() -> None:
    assert levels("2101301") == ("210", "21013", "2101301")
    assert (parent_of("2101301"), parent_of("30217"), parent_of("301"), parent_of("30")) == ("21013", "302", "", "")


def test_loading_is_lazy() -> None:
    script = (
        "from mingzhang.codes.lookup import _entries as e, lookup; before = e.cache_info().currsize;"
        "lookup('functional', '2101301'); print(before, e.cache_info().currsize)"
    )
    shown = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout
    assert shown.split() == ["0", "1"]


def test_the_codes_that_documents_print_are_verified() -> None:
    shared = Path(os.environ.get("MINGZHANG_SHARED", Path(__file__).parents[2].parent / "shared"))
    file = shared / "spec" / "codes.csv"
    if not file.exists():
        pytest.skip(f"no {file}: the printed codes are not part of the project")
    with file.open(encoding="utf-8-sig", newline="") as rows:
        for row in csv.DictReader(rows):
            found = lookup(row["classification"], row["code"], 2024)
            assert found is not None and found.name == row["name"] and found.verified, row
