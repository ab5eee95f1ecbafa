"""Published self-evaluations recomputed: the scheme that they follow, the rows that do not fit, the cell that is wrong."""

import csv
import io
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from mingzhang.cli import main
from mingzhang.disclosure import Disclosure, Evaluation, Indicator, to_json
from mingzhang.performance.random import evaluated
from mingzhang.performance.recompute import recompute
from mingzhang.performance.screen import COLUMNS, show, write
from mingzhang.performance.suspects import attainments
from mingzhang.schemes import named, schemes
from mingzhang.schemes.row import rows_of

SOUND = (
    "资金||年度资金总额|40.00/50.00|45.00|10|9|90.00%",
    "资金管理情况||安排科学性||按测算安排|5|4|",
    "产出指标|数量指标|救助人次|≥300人次|480人次|20|16.57|30.00%",
    "产出指标|数量指标|培训次数|≥4次|3次|10|7.5|-25.00%",
    "产出指标|时效指标|办结时限|≤20天|25天|15|11.25|25.00%",
    "成本指标|经济成本指标|每次成本|≤400元|380元|10|10|0.00%",
    "效益指标|社会效益指标|负担减轻|明显减轻|100%|20|20|0.00%",
    "满意度指标|服务对象满意度指标|满意度|≥90%|95%|10|10|0.00%",
    "总分|||||100|88.32|",
)


def made(rows: tuple[str, ...], project: str = "甲项目", kind: str = "self_project") -> Evaluation:
    return Evaluation(kind, project, indicators=tuple(Indicator(*(r.split("|") + [""] * 8)[:8]) for r in rows))


def with_(old: str, new: str) -> Disclosure:
    """The sound table with one row replaced."""
    assert old in SOUND
    return Disclosure(year=2031, kind="final", evaluations=(made(tuple(new if r == old else r for r in SOUND)),))


def test_a_sound_table_shows_its_scheme() -> None:
    result = recompute(Disclosure(year=2031, evaluations=(made(SOUND),)))
    assert result.shown and not result.tied
    assert result.fits[0].scheme is named("deviation-30")
    assert (result.count("fits"), result.count("off"), result.count("open")) == (7, 0, 1)
    assert all(s.holds for s in result.tables[0].sums)


@pytest.mark.parametrize(
    ("n", "new", "cell", "should"),
    [
        (2, "产出指标|数量指标|救助人次|≥300人次|840人次|20|16.57|30.00%", "actual", "480人次"),
        (2, "产出指标|数量指标|救助人次|≥200人次|480人次|20|16.57|30.00%", "target", "≥300人次"),
        (2, "产出指标|数量指标|救助人次|≥300人次|480人次|20|15.67|30.00%", "score", "16.57"),
        (2, "产出指标|数量指标|救助人次|≥300人次|480人次|20|16.57|80.00%", "deviation", "30.00%"),
        (2, "产出指标|数量指标|救助人次|≥300人次|480人次|30|16.57|30.00%", "weight", "20"),
        (4, "产出指标|时效指标|办结时限|≤20天|52天|15|11.25|25.00%", "actual", "25天"),
        (0, "资金||年度资金总额|40.00/50.00|54.00|10|9|90.00%", "actual", "45.00"),
        (0, "资金||年度资金总额|40.00/50.00|45.00|10|9|80.00%", "deviation", "90.00%"),
        (6, "效益指标|社会效益指标|负担减轻|明显减轻|100%|20|2|0.00%", "score", "20"),
    ],
)
def test_the_cell_that_is_wrong_is_named_first(n: int, new: str, cell: str, should: str) -> None:
    result = recompute(with_(SOUND[n], new))
    assert result.fits[0].scheme is named("deviation-30")
    one = result.tables[0].rows[n]
    assert one.verdict.state == "off"
    assert (one.suspects[0].cell, one.suspects[0].should) == (cell, should)
    assert sum(s.share for s in one.suspects) == pytest.approx(1)


def test_a_wrong_sum_is_laid_at_what_would_mend_it() -> None:
    judged = recompute(with_(SOUND[1], "资金管理情况||安排科学性||按测算安排|5|3|")).tables[0]
    assert judged.count("off") == 0
    assert {(n, s.should) for n, s in judged.sum_suspects} == {(1, "4"), (None, "87.32")}
    total = recompute(with_(SOUND[8], "总分|||||100|83.82|")).tables[0]
    assert total.sum_suspects[0][0] is None and total.sum_suspects[0][1].should == "88.32"
    for text, holds in (("88.3", True), ("88", True), ("88.4", False), ("88.31", False)):
        assert recompute(with_(SOUND[8], f"总分|||||100|{text}|")).tables[0].sums[1].holds == holds
    left_out = recompute(with_(SOUND[8], "总分|||||90|79.32|")).tables[0]
    assert [(n, s.cell) for n, s in left_out.sum_suspects] == [(0, "row"), (None, "total")]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("产出指标|数量指标|甲|≥20家|≥20家|10|10|", "copied"), ("产出指标|数量指标|甲|20|100%|10|10|0", "units"),
        ("产出指标|数量指标|甲||100%|10|10|0", "untargeted"), ("产出指标|数量指标|甲|≥20家||10|10|0", "unreported"),
        ("产出指标|数量指标|甲|全面开展|80%|10|8|0", "words"), ("产出指标|数量指标|甲|=0次|1次|10|5|0", "zero"),
        ("资金||年度资金总额|0/0|0|10|10|0", "nothing"), ("资金管理情况||安排科学性||按测算|5|4|", "judged"),
    ],
)  # fmt: skip
def test_what_cannot_be_decided_is_told_with_its_reason(row: str, reason: str) -> None:
    result = recompute(Disclosure(evaluations=(made((row,)),)), among=[named("deviation-30")])
    verdict = result.tables[0].rows[0].verdict
    assert (verdict.state, verdict.reason) == ("open", reason)


def test_more_than_the_weight_is_off_whatever_the_scheme() -> None:
    for one in schemes():
        result = recompute(Disclosure(evaluations=(made(("产出指标|数量指标|甲|全面|做了|10|12|",)),)), among=[one])
        assert result.tables[0].rows[0].verdict.reason == "above"


def test_full_marks_everywhere_tell_no_scheme() -> None:
    rows = tuple(f"产出指标|数量指标|指标{n}|≥{n}次|{n}次|10|10|0.00%" for n in range(2, 9))
    result = recompute(Disclosure(evaluations=(made(rows),)))
    assert not result.shown and len(result.tied) == len(schemes()) - 1


def test_one_table_may_follow_another_scheme() -> None:
    other = (
        "产出指标|数量指标|甲|≥100次|165次|10|10|65.00%", "产出指标|数量指标|乙|≥100次|150次|20|20|50.00%",
        "产出指标|数量指标|丙|≥100次|180次|30|30|80.00%", "产出指标|数量指标|丁|≥100次|75次|40|30|-25.00%",
    )  # fmt: skip
    result = recompute(Disclosure(year=2031, evaluations=(made(SOUND), made(SOUND, "丙项目"), made(other, "乙项目"))))
    assert [t.scheme.id for t in result.tables] == ["deviation-30", "deviation-30", "proportional"]
    assert result.count("off") == 0


def test_amounts_are_rounded_and_a_rate_they_allow_is_right() -> None:
    row = "资金||年度资金总额|31.00/31.00|21.58|10|6.96|{}"
    for rate, state in (("69.62%", "fits"), ("69.6%", "fits"), ("69.70%", "off"), ("70%", "fits")):
        rows = (row.format(rate),)
        found = recompute(Disclosure(evaluations=(made(rows),)), among=[named("deviation-30")])
        assert found.tables[0].rows[0].verdict.state == state, rate


@given(st.integers(1, 500), st.integers(1, 2000), st.sampled_from(["≥", "≤"]), st.sampled_from([s.id for s in schemes()]))
def test_the_attainments_of_a_row_contain_its_own(target: int, actual: int, sign: str, scheme: str) -> None:
    one = named(scheme)
    due = one.score(sign, Decimal(target), Decimal(actual), Decimal(10))
    assert due is not None
    line = f"产出指标|数量指标|甲|{sign}{target}次|{actual}次|10|{due.score}|{due.deviation}%"
    row = rows_of(made((line,)))[0]
    curve = one.limit if sign == "≤" else one.reach
    assert any(low <= Fraction(actual, target) <= high for low, high in attainments(curve, row, one.rounding))


def test_random_documents_are_recognised() -> None:
    for seed in range(6):
        disclosure, scheme = evaluated(seed, projects=2)
        result = recompute(disclosure)
        assert scheme in (result.fits[0].scheme, *result.tied)
        assert result.count("off") == 0


@pytest.mark.parametrize(("lang", "words"), [("zh", "可能印错"), ("en", "most likely wrong")])
def test_it_is_shown_and_written(lang: str, words: str, tmp_path: Path) -> None:
    result = recompute(with_(SOUND[2], "产出指标|数量指标|救助人次|≥300人次|840人次|20|16.57|30.00%"))
    page = io.StringIO()
    show(Console(file=page, width=100), "某局", result, lang, verbose=True)
    assert words in page.getvalue() and "840人次 → 480人次" in page.getvalue()
    recomputed, fits = write(result, tmp_path, lang)
    with recomputed.open(encoding="utf-8", newline="") as file:
        lines = list(csv.DictReader(file))
    assert tuple(lines[0]) == COLUMNS and len(lines) == len(SOUND) - 1
    assert [(r["state"], r["suspect"], r["should"]) for r in lines if r["suspect"]] == [("off", "actual", "480人次")]
    assert len(fits.read_text("utf-8").splitlines()) == 1 + 2 * len(schemes())


def test_the_command_reads_what_read_wrote(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "disclosure.json"
    file.write_text(to_json(with_(SOUND[0], SOUND[0])), "utf-8")
    assert main(["evaluate", str(file), "--lang", "zh", "--out", str(tmp_path / "out")]) == 0
    assert "7行显示所用办法" in capsys.readouterr().out
    assert (tmp_path / "out" / "recomputed.csv").exists()
    file.write_text(to_json(with_(SOUND[3], SOUND[3].replace("7.5", "5.7"))), "utf-8")
    assert main(["evaluate", str(file), "--lang", "en"]) == 1
    file.write_text("{}", "utf-8")
    assert main(["evaluate", str(file), "--lang", "zh"]) == 2
    assert "disclosure.json" in capsys.readouterr().err
    file.write_text(to_json(Disclosure()), "utf-8")
    assert main(["evaluate", str(file), "--lang", "zh"]) == 2
    assert "没有带得分的绩效自评表" in capsys.readouterr().out


def test_rows_of_the_given_documents_that_do_not_fit_are_misprints_known_to_the_truth(shared: Path) -> None:
    """A row that is off stands, with its printed score and deviation, among the documents' known contradictions."""
    told = 0
    for folder in sorted((shared / "truth").iterdir()):
        with (folder / "indicators.csv").open(encoding="utf-8-sig", newline="") as file:
            lines = list(csv.DictReader(file))
        tables: dict[tuple[str, str], list[Indicator]] = {}
        for r in lines:
            cells = (r[k] for k in ("level1", "level2", "name", "target", "actual", "weight", "score", "deviation"))
            tables.setdefault((r["table"], r["project"]), []).append(Indicator(*cells))
        result = recompute(Disclosure(evaluations=tuple(Evaluation(k, p, indicators=tuple(i)) for (k, p), i in tables.items())))
        findings = (folder / "findings.csv").read_text("utf-8-sig")
        for table in result.tables:
            for one in table.rows:
                if one.verdict.state == "off":
                    i = one.row.indicator
                    assert i.score in findings and i.deviation in findings
                    assert one.suspects and one.suspects[0].should.rstrip("人次万元%") in findings
                    told += 1
    assert told
