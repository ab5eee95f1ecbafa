"""The report of a check: related failures are one finding, rounding is a hint, nothing is guessed."""

import sys
from dataclasses import replace
from pathlib import Path

import pytest

from mingzhang.check import check
from mingzhang.disclosure import Cell, Disclosure, Printed, Remark
from mingzhang.forms.random import disclosure

sys.path.insert(0, str(Path(__file__).parent))
from cases import disclosure_of


def changed(sound: Disclosure, id: str, label: str, column: str, value: str) -> Disclosure:
    statements = []
    for statement in sound.statements:
        rows = list(statement.rows)
        if statement.id == id:
            at = next(n for n, r in enumerate(rows) if r.label == label and r.get(column))
            cells = tuple(Cell(c.column, Printed.parse(value)) if c.column == column else c for c in rows[at].cells)
            rows[at] = replace(rows[at], cells=cells)
        statements.append(replace(statement, rows=tuple(rows)))
    return replace(sound, statements=tuple(statements))


@pytest.mark.parametrize("kind", ["final", "budget"])
@pytest.mark.parametrize("seed", range(8))
def test_a_sound_disclosure_has_no_error(seed: int, kind: str) -> None:
    assert not check(disclosure(seed, kind=kind)).errors


def test_one_wrong_total_is_one_finding_with_its_consequences() -> None:
    sound = disclosure(3, kind="final", items=8)
    wrong = changed(sound, "F05", "合计", "total", "98765432.10")
    report = check(wrong)
    assert len(report.errors) == 1
    assert "98765432.10" in report.errors[0].printed
    assert "同一数字还使以下关系不成立" in report.errors[0].expected


def test_rounding_is_a_hint_with_its_arithmetic() -> None:
    case = {"statements": {"F06": ["|301|工资福利支出| amount=9.99", "|30101|基本工资| amount=6.00", "|30102|津贴补贴| amount=4.00"]}}
    (finding,) = check(disclosure_of(case)).findings
    assert finding.severity == "hint"
    assert "6.00+4.00=10.00" in finding.expected and "差0.01" in finding.expected


def test_every_rule_has_an_outcome() -> None:
    report = check(disclosure(1))
    assert len({o.rule for o in report.outcomes}) == len(report.outcomes)
    summary = report.summary()
    assert summary["run"] + summary["not_applicable"] == summary["rules"]


def test_ocr_yields_no_error_that_no_sum_confirms() -> None:
    case = disclosure_of({"text": ["支出合计40.00万元，其中：基本支出10.00万元，占26.00%；项目支出30.00万元，占75.00%。"]})
    assert check(case).errors
    assert not check(replace(case, remarks=(Remark("ocr", "", "scan"),))).errors
