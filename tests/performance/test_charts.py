"""The charts of evaluations and of monitoring: every figure stands in them as text, and nothing leaves the picture."""

import random
from dataclasses import replace
from datetime import date
from xml.etree import ElementTree

import pytest

from mingzhang.performance.assess import Assessment
from mingzhang.performance.charts import monitored
from mingzhang.performance.goal import wan
from mingzhang.performance.monitor import monitor
from mingzhang.performance.random import assessment
from mingzhang.performance.tell import by_level
from mingzhang.publish.charts import Chart, against, levels
from mingzhang.publish.svg import alone
from mingzhang.schemes import named
from mingzhang.schemes.row import plain

SVG = "{http://www.w3.org/2000/svg}"
MADE = [assessment(random.Random(n), named("deviation-30"), project=f"项目<{n}>&乙") for n in range(5)]


def drawn(chart: Chart) -> tuple[str, list[ElementTree.Element], ElementTree.Element]:
    root = ElementTree.fromstring(alone(chart))
    return " ".join(t.text or "" for t in root.iter(f"{SVG}text")), list(root.iter(f"{SVG}rect")), root


def charts() -> list[Chart]:
    made = [a.evaluation() for a in MADE]
    watched = [p for a in MADE for p in monitor(a.table, a.money.outturn // 2, {}, date(2031, 8, 31))]
    seen = monitored(watched)
    assert seen is not None
    return [*levels(made[0]), *against(made), seen]


@pytest.mark.parametrize("chart", charts(), ids=lambda c: c.title)
def test_every_figure_is_told_and_nothing_sticks_out(chart: Chart) -> None:
    told, bars, root = drawn(chart)
    left, top, wide, high = (int(n) for n in root.attrib["viewBox"].split())
    for rect in bars:
        x, y = float(rect.attrib["x"]), float(rect.attrib["y"])
        assert left <= x <= x + float(rect.attrib["width"]) <= left + wide
        assert top <= y <= y + float(rect.attrib["height"]) <= top + high
    for bar in chart.bars:
        assert bar.label in told and all(f is None or f.text in told for f in bar.figures)


def test_levels_and_budgets_are_those_of_the_assessments() -> None:
    first, second, _ = charts()

    def shown(a: Assessment) -> list[tuple[str, str, str]]:
        return [(level, plain(weight), plain(score)) for level, score, weight in by_level(a)]

    assert [(b.label, *(f.text for f in b.figures if f)) for b in first.bars] == shown(MADE[0])
    assert first.total is not None and first.total.text == plain(MADE[0].points)
    budgets = sorted(MADE, key=lambda a: -a.money.full)
    assert [b.figures[0].text for b in second.bars if b.figures[0]] == [wan(a.money.full) for a in budgets]
    assert second.full[1] == MADE[0].table.total


def test_a_series_with_a_scale_of_its_own_is_drawn_by_it() -> None:
    (chart,) = against([a.evaluation() for a in MADE])
    _, bars, _ = drawn(chart)
    scores = [float(b.attrib["width"]) for b in bars if b.attrib["class"] == "s1"][1:]
    points = [bar.figures[1].value for bar in chart.bars if bar.figures[1]]
    assert all((a > b) == (x > y) or a == b for a, b, x, y in zip(points, points[1:], scores, scores[1:]))
    assert max(scores) >= 0.5 * float(max(points)) / 100 * 300


def test_a_long_name_goes_over_several_lines_and_nothing_is_drawn_of_nothing() -> None:
    long = replace(MADE[0].evaluation(), project="很" * 90)
    (chart,) = against([long])
    told, *_ = drawn(chart)
    assert told.count("很") == 90
    assert not list(against([])) and not list(levels(replace(long, indicators=()))) and monitored([]) is None
