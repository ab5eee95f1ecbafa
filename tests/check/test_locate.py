"""Which figure is wrong: one finding a wrong figure, with what it should be and its place first; never one of several."""

import random
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from mingzhang.check import Report, check, laws
from mingzhang.disclosure import Disclosure, Figure, Place, Printed
from mingzhang.forms.random import disclosure
from mingzhang.forms.random.spoil import figures_of, placed, shifted_row, with_figure

sys.path.insert(0, str(Path(__file__).parent))
from cases import disclosure_of


def at(told: Disclosure, id: str, label: str, column: str) -> tuple[str, int, int, int]:
    s = next(n for n, x in enumerate(told.statements) if x.id == id)
    r = next(n for n, x in enumerate(told.statements[s].rows) if x.label == label and x.get(column))
    c = next(n for n, x in enumerate(told.statements[s].rows[r].cells) if x.column == column)
    return "cell", s, r, c


def spoilt(told: Disclosure, path: tuple[str, int, int, int], text: str) -> tuple[Report, Place | None]:
    place = next(p for at_, _, p, _ in figures_of(told) if at_ == path)
    return check(with_figure(told, path, Printed.parse(text))), place


def test_a_wrong_total_is_one_finding_that_names_it() -> None:
    told = placed(disclosure(3, kind="final", items=8))
    path = at(told, "F03", "合计", "total")
    true = told.statements[path[1]].rows[path[2]].cells[path[3]].printed.plain
    swap = next(n for n in range(len(true) - 1) if true[n] != true[n + 1] and "." not in true[n : n + 2])
    wrong = true[:swap] + true[swap + 1] + true[swap] + true[swap + 2 :]
    report, place = spoilt(told, path, wrong)
    (error,) = report.errors
    assert error.places[0] == place
    assert f"最可能错的是F03 合计 合计：印{wrong}，应为{Printed.parse(true).value:,.2f}（两位数字颠倒）" in error.expected
    assert "同一数字还使以下关系不成立" in error.expected
    (located,) = report.locations
    assert located.findings == (error,)


def test_a_wrong_amount_of_the_text_is_named_with_its_unit() -> None:
    case = {
        "kind": "final",
        "statements": {"F03": ["||合计| total=120.50 basic=100.00 project=20.50"]},
        "section": "三、支出决算情况说明",
        "text": ["2031年度支出合计120.50万元，其中：基本支出190.00万元，占82.99%；项目支出20.50万元，占17.01%。"],
    }
    (finding,) = check(disclosure_of(case)).findings
    assert finding.rule == "text-cell"
    assert "最可能错的是说明“三、支出决算情况说明”基本支出：印190.00万元，应为100.00万元" in finding.expected
    assert "占比等于该项金额除以总数" in finding.expected


def test_where_one_sum_speaks_alone_all_candidates_are_listed() -> None:
    case = {"statements": {"F06": ["|301|工资福利支出| amount=10.30", "|30101|基本工资| amount=6.20", "|30102|津贴补贴| amount=3.40"]}}
    report = check(disclosure_of(case))
    (finding,) = report.findings
    assert not report.locations[0].location.decidable
    assert "最可能错的是" not in finding.expected
    assert "不能确定是哪一处" in finding.expected
    for name in ("301工资福利支出", "30101基本工资", "30102津贴补贴"):
        assert name in finding.expected


def test_a_weak_link_alone_names_nobody() -> None:
    case = {
        "kind": "budget",
        "statements": {"B01": ["||本年支出合计|expenditure amount=50.00"]},
        "section": "支出情况",
        "text": ["2031年支出合计60.00万元。"],
    }
    report = check(disclosure_of(case))
    assert [f.severity for f in report.findings] == ["warning"]
    assert not report.locations


def test_without_time_the_finding_is_plain() -> None:
    told = placed(disclosure(3, kind="final", items=8))
    changed = with_figure(told, at(told, "F05", "合计", "total"), Printed.parse("98765432.10"))
    report = check(changed, seconds=0)
    assert len(report.errors) == 1
    assert not report.locations
    assert "最可能错的" not in report.errors[0].expected


def test_two_wrong_figures_are_two_findings() -> None:
    told = placed(disclosure(3, kind="final", items=8))
    changed = with_figure(told, at(told, "F05", "合计", "total"), Printed.parse("98765432.10"))
    path = at(changed, "F02", "合计", "total")
    changed = with_figure(changed, path, Printed.parse("12345678.90"))
    report = check(changed)
    assert len(report.errors) == 2
    named = {c.quantity.printed.text for located in report.locations for c in located.location.sure}
    assert named == {"98765432.10", "12345678.90"}


def test_a_finding_on_the_text_stands_at_its_figures() -> None:
    case = disclosure_of(
        {"text": ["支出合计40.00万元，其中：基本支出10.00万元，占26.00%；项目支出30.00万元，占75.00%。"], "section": "三、支出"}
    )
    lines = {"40.00": 1, "10.00": 1, "26.00": 2, "30.00": 3, "75.00": 3}
    (sentence,) = case.sentences
    figures: tuple[Figure, ...] = tuple(
        replace(f, place=Place("a.pdf", 4, (70.0, 100.0 * lines[f.printed.text], 500.0, 100.0 * lines[f.printed.text] + 12.0)))
        for f in sentence.figures
    )
    said = replace(sentence, figures=figures, place=figures[0].place)
    finding = next(f for f in check(replace(case, sentences=(said,))).findings if f.rule == "ratio-share")
    tops = [p.box[1] for p in finding.places if p.box]
    assert tops[0] == 200.0
    assert 100.0 in tops


@pytest.mark.parametrize("kind", ["final", "budget"])
def test_every_law_of_a_sound_disclosure_holds(kind: str) -> None:
    from mingzhang.figures.law import System

    told = disclosure(11, kind=kind, items=15)
    every = laws(told)
    system = System.of(every)
    assert len(every) > 200
    assert all(system.equation(n).holds for n in range(len(every)))


def test_slips_are_found_and_named() -> None:
    from benchmarks.mutations import run

    tally = run(list(range(24)))
    assert tally.counts["alarms"] == 0
    assert tally.ratio("found", "slips") >= 0.95
    assert tally.ratio("right", "named") >= 0.98


@pytest.mark.parametrize("seed", [0, 31, 41])
def test_a_row_shifted_by_a_column_is_named(seed: int) -> None:
    from benchmarks.mutations import document

    made = shifted_row(random.Random(seed), document(seed))
    assert made is not None
    changed, before = made
    paths = {key: path for path, _, _, key in figures_of(changed)}
    report = check(changed)
    named = {paths[c.quantity.key]: c for located in report.locations for c in located.location.sure}  # type: ignore[index]
    assert set(named) == set(before)
    assert all(c.low <= before[path].value <= c.high for path, c in named.items())
    assert any("整行错位" in f.expected for f in report.findings)


@pytest.mark.slow
def test_the_floors_of_the_mutation_benchmark() -> None:
    from benchmarks.mutations import FLOORS, run

    tally = run(list(range(5000, 5300)))
    assert tally.counts["alarms"] <= FLOORS["alarms"] * tally.counts["documents"]
    assert tally.ratio("found", "slips") >= FLOORS["found"]
    assert tally.ratio("right", "named") >= FLOORS["right"]
    assert tally.ratio("single decided", "single") >= FLOORS["decidable"]
