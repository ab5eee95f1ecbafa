"""The self-evaluation: scores, what it lacks, what it tells, what follows from it."""

import hashlib
import random
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingzhang.disclosure import Disclosure, from_json, to_json
from mingzhang.performance.apply import Recommendation, adoption, propose
from mingzhang.performance.assess import Actual, Evidence, Incomplete, Managed, Money, assess
from mingzhang.performance.goal import Goal, GoalTable
from mingzhang.performance.random import assessment
from mingzhang.performance.recompute import recompute
from mingzhang.performance.tell import by_level, report, sentences
from mingzhang.schemes import named, schemes

TABLE = GoalTable(
    "goal_project", "甲项目", 50_000_000,
    (
        Goal("产出指标", "数量指标", "救助人次", "≥300人次", Decimal(30)),
        Goal("产出指标", "时效指标", "办结时限", "≤20个工作日", Decimal(20)),
        Goal("效益指标", "社会效益指标", "负担减轻", "明显减轻", Decimal(15)),
        Goal("满意度指标", "服务对象满意度指标", "满意度", "≥90%", Decimal(15)),
    ),
    department="某局", goal="救助困难群众", management=(("安排科学性", Decimal(5)), ("拨付合规性", Decimal(5))),
)  # fmt: skip
MONEY = Money(60_000_000, 50_000_000, 50_000_000)
DONE = {
    "救助人次": Actual("480人次", "待遇台账", reason="人数多于测算", measure="按月调整测算"),
    "办结时限": Actual("20工作日", "待遇台账"),
    "负担减轻": Actual("100%", evidence=(Evidence("问卷.xlsx", "0" * 64),)),
    "满意度": Actual("95%", evidence=(Evidence("问卷.xlsx", "0" * 64),)),
}
MANAGED = {"安排科学性": Managed("按测算安排", Decimal(5)), "拨付合规性": Managed("按计划拨付", Decimal(5))}
SCHEME = named("deviation-30")


def test_a_complete_self_evaluation_is_printed() -> None:
    done = assess(TABLE, MONEY, DONE, SCHEME, MANAGED, "救助480人次")
    assert done.complete
    # 1.6 of the target: 0.3 above the tolerance costs 0.4 × 0.3 / 0.7 of 30
    assert done.rows[0].score == Decimal("24.86") and done.rows[0].deviation == Decimal("30.00")
    assert done.points == Decimal("94.86") and done.grade == "优"
    table = done.evaluation()
    assert table.kind == "self_project"
    assert [(i.level1, i.target, i.actual, i.weight, i.score, i.deviation) for i in table.indicators[:2]] == [
        ("资金", "60.00/50.00", "50.00", "10", "10", "100.00%"),
        ("资金管理情况", "", "按测算安排", "5", "5", ""),
    ]
    assert table.indicators[3].reason == "人数多于测算；按月调整测算"
    assert table.indicators[-1].score == "94.86"


def test_whatever_is_lacking_is_told_and_blocks_completion(tmp_path: Path) -> None:
    bad = {
        "救助人次": Actual("480人次"),
        "办结时限": Actual("≤20个工作日", "待遇台账"),
        "负担减轻": Actual("有所减轻", "待遇台账"),
        "满意度": Actual("95分", "待遇台账"),
        "没有的指标": Actual("1次"),
    }
    found = assess(TABLE, Money(1, 50_000_000, 0), bad, SCHEME, {"拨付合规性": Managed("合规", Decimal(5))})
    kinds = [x.kind for x in found.lacks]
    assert kinds == [
        "unknown", "money_reason", "money_measure", "management", "unpaid", "evidence", "reason", "measure", "copied",
        "level", "units", "done",
    ]  # fmt: skip
    assert "480人次" in next(x.words for x in found.lacks if x.kind == "reason")
    assert all(x.words and x.words_en for x in found.lacks)
    with pytest.raises(Incomplete, match="有12处"):
        found.evaluation()
    file = tmp_path / "问卷.pdf"
    file.write_bytes(b"survey")
    assert Evidence.of(file) == Evidence("问卷.pdf", hashlib.sha256(b"survey").hexdigest())


def test_the_evaluator_chooses_inside_the_band() -> None:
    bands = named("national-2020")
    done = DONE | {"负担减轻": Actual("部分达成", "台账", reason="进度慢", measure="加快")}
    assert [x.kind for x in assess(TABLE, MONEY, done, bands, MANAGED, "已完成").lacks] == ["choice"]
    done["负担减轻"] = replace(done["负担减轻"], chosen=Decimal("13"))
    assert [x.kind for x in assess(TABLE, MONEY, done, bands, MANAGED, "已完成").lacks] == ["outside"]
    done["负担减轻"] = replace(done["负担减轻"], chosen=Decimal("11"))
    assert assess(TABLE, MONEY, done, bands, MANAGED, "已完成").points == Decimal("96")


def test_weights_that_do_not_add_and_money_without_budget() -> None:
    table = replace(TABLE, money_weight=Decimal(20))
    kinds = [x.kind for x in assess(table, Money(0, 0, 0), DONE, SCHEME, MANAGED, "已完成").lacks]
    assert kinds == ["weights", "money_nothing", "unpaid"]
    assert [x.kind for x in assess(TABLE, Money(1, 1, 2), DONE, SCHEME, MANAGED, "已完成").lacks] == ["overspent"]


@given(st.integers(0, 10_000), st.sampled_from([s.id for s in schemes()]))
def test_what_is_assessed_is_sound_when_recomputed(seed: int, scheme: str) -> None:
    made = assessment(random.Random(seed), named(scheme))
    assert made.complete
    assert 0 <= made.points <= made.table.total
    assert sum((score for _, score, _ in by_level(made)), Decimal(0)) == made.points
    assert sum((weight for *_, weight in by_level(made)), Decimal(0)) == made.table.total
    disclosure = Disclosure(year=2031, kind="final", evaluations=(made.evaluation(),))
    assert from_json(to_json(disclosure)) == disclosure
    again = recompute(disclosure, among=[made.scheme])
    assert again.count("off") == 0
    assert all(s.holds and s.printed for t in again.tables for s in t.sums)


def test_sentences_and_report_tell_the_figures_of_the_tables() -> None:
    own = assess(TABLE, MONEY, DONE, SCHEME, MANAGED, "救助480人次")
    told = "".join(sentences([own], 2031, "某局"))
    for figure in ("94.86分", "50.00万元", "100.00%", "480人次", "30.00%", "24.86分", "优1个", "3项指标没有偏差", "1项有偏差"):
        assert figure in told
    other = assess(TABLE, MONEY, DONE | {"满意度": Actual("88%", "抽查", reason="窗口少", measure="增设窗口")}, SCHEME, MANAGED, "查实")
    pages = report(other, 2031, ["增设窗口"], own)
    text = "".join(p for _, ps in pages for p in ps)
    assert "满意度" in text and "相差0.33分" in text and "1．增设窗口。" in text
    assert "完全相同" in "".join(p for _, ps in report(own, 2031, [], own) for p in ps)
    assert other.evaluation("dept_project").kind == "dept_project"
    with pytest.raises(ValueError, match="self_whole"):
        own.evaluation("self_whole")


def test_results_become_a_proposal_for_next_year() -> None:
    good = assess(TABLE, MONEY, DONE, SCHEME, MANAGED, "已完成")
    slow = assess(TABLE, Money(1, 50_000_000, 20_000_000, "推迟", "提前"), DONE, SCHEME, MANAGED, "已完成")
    advice = [Recommendation("甲项目", "按月测算", True), Recommendation("甲项目", "公开问卷", False)]
    assert adoption(advice) == Fraction(1, 2) and adoption([]) is None
    kept, cut = propose([good, slow], {"甲项目": 12_345_679})
    assert kept.proposed == 12_345_679 and kept.cut == 0
    # the score keeps 100 %, the rate of 40 % keeps 80 %; half a fen is rounded up
    assert (cut.proposed, cut.keep) == (9_876_543, Decimal("0.8"))
    assert "40.00%" in cut.reasons[1]
    assert propose([good], {"甲项目": 1000}, advice)[0].proposed == 950
    assert "adopted" in propose([good], {"甲项目": 1000}, advice, lang="en")[0].reasons[-1]
    assert propose([good], {"乙项目": 1}) == ()
