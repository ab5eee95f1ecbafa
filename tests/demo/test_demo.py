"""The demo: real figures through setting, reading and checking, and three planted errors found."""

import io
import time

import pytest
from rich.console import Console

from mingzhang.demo import county, plant, run
from mingzhang.disclosure import Disclosure, Printed


@pytest.fixture(scope="module")
def sound() -> Disclosure:
    return county.disclosure()


def test_county_has_its_nine_statements(sound: Disclosure) -> None:
    assert [s.id for s in sound.statements] == [f"F0{n}" for n in range(1, 10)]
    assert {s.id for s in sound.statements if s.empty} == {"F07", "F08"}


def test_figures_of_the_text_stand_where_they_say(sound: Disclosure) -> None:
    wrong, _ = plant.all_three(sound)
    for sentence in (*sound.sentences, *wrong.sentences):
        for figure in sentence.figures:
            assert sentence.text[figure.start : figure.end] == figure.printed.text
            assert sentence.text[figure.end :].startswith(figure.unit)


def test_three_errors_of_three_kinds(sound: Disclosure) -> None:
    wrong, planted = plant.all_three(sound)
    assert [p.kind for p in planted] == ["total", "share", "unit"]
    assert wrong != sound
    for error in planted:
        assert error.before != error.after
        assert error.shown_by(error.after) and not error.shown_by(error.before)


def test_a_swapped_total_has_the_same_digits(sound: Disclosure) -> None:
    _, error = plant.total(sound)
    before, after = Printed.parse(error.before), Printed.parse(error.after)
    assert sorted(before.plain) == sorted(after.plain) and before.value != after.value


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_run_finds_all_three_within_a_minute(lang: str) -> None:
    screen = io.StringIO()
    begin = time.perf_counter()
    status = run(Console(file=screen, width=110), lang)
    assert time.perf_counter() - begin < 60
    assert status == 0, screen.getvalue()
    assert screen.getvalue().count("✓") == 3
