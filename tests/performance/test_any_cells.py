"""Whatever the cells of a table say, recomputing and refusing answer and never break."""

import io

from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from mingzhang.disclosure import Disclosure, Evaluation, Indicator
from mingzhang.performance.goal import published
from mingzhang.performance.recompute import recompute
from mingzhang.performance.refusal import refused
from mingzhang.performance.screen import rows, show

NUMBERS = st.one_of(
    st.integers(-10, 10**6).map(str),
    st.decimals(-5, 10**5, places=2).map(str),
    st.sampled_from(["", "-", "0", "0.00", "1,234.50", "9" * 40, "0." + "3" * 40, "-0", "１２", "100%", "1e5", "NaN", "∞", "1/0"]),
)
VALUES = st.one_of(
    st.tuples(
        st.sampled_from(["", "≥", "≤", "=", "<", ">", "不低于", "≥≥"]), NUMBERS,
        st.sampled_from(["", "%", "人次", "万元", "元", "万人", "个工作日以内", "-90%", "～5天", "，分三次"]),
    ).map("".join),
    st.sampled_from(["明显减轻", "100%", "达成预期指标", "部分达成", "=1+1", "/", "5/", "/5", "5/0", "0/0", "…", "指标1："]),
    st.text(max_size=12),
)  # fmt: skip
LEVELS = st.sampled_from(["资金", "资金管理情况", "总分", "产出指标", "成本指标", "满意度指标", ""])
CELLS = st.builds(
    Indicator, level1=LEVELS, level2=st.sampled_from(["", "数量指标"]), name=VALUES, target=VALUES, actual=VALUES,
    weight=NUMBERS, score=NUMBERS, deviation=st.one_of(NUMBERS, NUMBERS.map(lambda n: f"{n}%")),
)  # fmt: skip
TABLES = st.lists(
    st.builds(
        Evaluation, kind=st.sampled_from(["self_whole", "self_project", "dept_project", "goal_project"]),
        project=st.text(max_size=5), indicators=st.lists(CELLS, max_size=8).map(tuple),
    ),
    max_size=3,
)  # fmt: skip


@given(TABLES, st.sampled_from([None, 0, 1999, 2031]))
def test_any_table_is_recomputed(tables: list[Evaluation], year: int | None) -> None:
    result = recompute(Disclosure(year=year, evaluations=tuple(tables)))
    show(Console(file=io.StringIO(), width=60), "[bold]某局", result, "en", verbose=True)
    assert sum(1 for _ in rows(result)) == sum(result.count(s) for s in ("fits", "off", "open"))
    for table in result.tables:
        for one in table.rows:
            assert one.verdict.state == "off" or not one.suspects
            assert all(0 <= s.share <= 1.000001 for s in one.suspects)


@given(TABLES)
def test_any_table_is_judged(tables: list[Evaluation]) -> None:
    for table in tables:
        goals = published(table)
        for lang in ("zh", "en"):
            assert all(r.reason and "{" not in r.reason.replace(r.goal, "") for r in refused(goals, ["三公"], lang))
