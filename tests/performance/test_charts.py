"""The charts: every figure stands in them as text, nothing leaves the picture, names are never markup."""

import random
from dataclasses import replace
from xml.etree import ElementTree

import pytest

from mingzhang.performance.charts import against, levels
from mingzhang.performance.goal import wan
from mingzhang.performance.random import assessment
from mingzhang.performance.row import plain
from mingzhang.performance.tell import by_level
from mingzhang.schemes import named

SVG = "{http://www.w3.org/2000/svg}"
MADE = [assessment(random.Random(n), named("deviation-30"), project=f"项目<{n}>&乙") for n in range(5)]


def parts(text: str) -> tuple[str, list[ElementTree.Element], ElementTree.Element]:
    root = ElementTree.fromstring(text)
    return " ".join(t.text or "" for t in root.iter(f"{SVG}text")), list(root.iter(f"{SVG}rect")), root


@pytest.mark.parametrize("width", [100, 320, 640, 1200])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_figure_is_told_and_nothing_sticks_out(width: int, lang: str) -> None:
    for text in (levels(MADE[0], width, lang), against(MADE, width, lang)):
        _, bars, root = parts(text)
        wide, high = (int(root.attrib[k]) for k in ("width", "height"))
        for bar in bars:
            x, y = float(bar.attrib.get("x", 0)), float(bar.attrib.get("y", 0))
            assert 0 <= x <= x + float(bar.attrib["width"]) <= wide
            assert 0 <= y <= y + float(bar.attrib["height"]) <= high
    told, *_ = parts(levels(MADE[0], width, lang))
    for level, score, weight in by_level(MADE[0]):
        assert level in told and plain(score) in told and plain(weight) in told
    told, *_ = parts(against(MADE, width, lang))
    assert all(wan(a.money.full) in told and plain(a.points) in told and a.grade in told for a in MADE)


def test_a_long_name_is_cut_and_an_empty_chart_is_drawn() -> None:
    long = replace(MADE[0], table=replace(MADE[0].table, project="很" * 90))
    told, *_ = parts(against([long], 320))
    assert "…" in told and "很" * 90 not in told
    assert parts(against([]))[0]
