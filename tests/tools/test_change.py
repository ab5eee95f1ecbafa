"""Changed documents: amounts, years and names change together, in text and truth, and sums hold as before."""

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import change
import residue

THREE = change.Change(3, 1, (("甲县", "乙县"),), (("716", "616"),), ())


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("收入12.50万元，增长3.20%", "收入37.50万元，增长3.20%"),
        ("收入1,200.05 万 \n元", "收入3,600.15 万 \n元"),
        ("甲\n县2022年补助7人", "乙\n县2023年补助7人"),
        ("每人40元，共9人*40=360元", "每人120元，共9人*120=1080元"),
        ("编码716001、716", "编码616001、616"),
        ("〔2019〕5号", "〔2020〕5号"),
        ("得分96.50分，共2台", "得分96.50分，共2台"),
    ],
)
def test_words(before: str, after: str) -> None:
    assert THREE.words(before) == after


def test_evaluation_tables_keep_their_scores() -> None:
    truth = {name: [] for name in change.FILES}
    row = dict.fromkeys(("table", "project", "name", "reason", "level2"), "")
    truth["indicators.csv"] = [
        {
            **row,
            "level1": "资金",
            "target": "40.5/40.5",
            "actual": "30",
            "weight": "10",
            "score": "7.41",
            "deviation": "74.07%",
        }
    ]
    text = "支出决算表\n合计 40.50\n项目自评表\n资金总额 40.5 40.5 30 10 74.07% 7.41\n质量 ≥95% 12.5 12.5\n"
    done = change.changed_text(text, truth, THREE)
    assert done == "支出决算表\n合计 121.50\n项目自评表\n资金总额 121.5 121.5 90 10 74.07% 7.41\n质量 ≥95% 12.5 12.5\n"


@given(st.lists(st.integers(1, 10**7), min_size=2, max_size=6), st.integers(-1, 1), st.sampled_from([2, 3]))
def test_sums_keep_what_rounding_left(parts: list[int], left: int, factor: int) -> None:
    def cell(code: str, fen: int) -> dict[str, str]:
        value = f"{Decimal(fen) / 100:.2f}"
        return {"statement": "F05", "block": "", "side": "", "code": code, "label": "合计" if not code else "x",
                "column": "total", "value": value, "unit": "万元"}  # fmt: skip

    cells = [cell("", sum(parts) + left), *(cell(str(201 + n), p) for n, p in enumerate(parts))]
    nudge = residue.nudges(cells, [], factor)
    values = [Decimal(c["value"]) for c in cells]
    total, *rest = [v * factor + nudge.get(v, Decimal(0)) for v in values]
    if nudge or not left:
        assert total - sum(rest) == Decimal(left) / 100
    assert all(abs(d) <= Decimal("0.12") for d in nudge.values())


def test_given_texts_change_together_with_their_truth(shared: Path) -> None:
    """Every figure of the changed truth stands in the changed text; the place is gone."""
    for path in sorted((shared / "corpus" / "text").glob("*.txt")):
        truth = {name: change.table(shared / "truth" / path.stem / name) for name in change.FILES}
        text = path.read_text("utf-8")
        done = change.plan(text, truth, path.stem)
        new = change.changed_text(text, truth, done)
        assert new.count("\n") == text.count("\n")
        printed = {change.plain(n) for n in change.NUMBER.findall(new)}
        for row in change.changed_truth(truth, done)["cells.csv"]:
            assert abs(Decimal(row["value"])) in printed
        names = dict(done.names)
        place = next(old for old in names if old[-1] in "县市区")
        assert not change.loose(place).search(new)
