"""No order of lines, whole or cut, makes the reader of performance tables raise, or print what is not there."""

from hypothesis import given, settings
from hypothesis import strategies as st

from mingzhang.read.evaluations import consumed, evaluate
from tests.read.evaluations.drawn import form, lines
from tests.read.evaluations.test_loose import SELF
from tests.read.evaluations.test_remarks import FUSED, MONEY

ABREAST = """
单位编码 项目单位
成本指标 产出指标 效益指标 满意度指标
（项目编码） （项目名称） 资金总额 政府预算资金 单位资金
三级指标 指标值 三级指标 指标值 三级指标 指标值 三级指标 指标值
301 某市气象局 70.50 70.50
3301 雷达维护 50.50 50.50
每站维护标准 5000元 维护次数 ≥4次
提升预报能力
有所提高
公众满意度 ≥90%
故障处理及时率 ≥95%
3302 站点补助 20.00 20.00
到报站点数 ≥12个
减灾 显著 台站满意度 ≥90%
"""
PROJECTS = """
项目名称 预算金额 一级指标 二级指标 三级指标 指标值 权重
数量指标 平台运维次数 ≥12次 20
产出指标 质量指标 正常运行率 ≥99% 30
停车平台运维 45.00
效益指标 社会效益指标 泊位周转率 逐步提升 50
成本指标 经济成本指标 每平方米成本 ≤42元 40
标线施划 128.60
产出指标（60分） 数量指标 标线面积 ≥3万平方米 60
"""
TABLES = [SELF, FUSED, MONEY.format("8.00 7.50"), ABREAST, PROJECTS]
KINDS = st.sampled_from(["self_project", "self_whole", "goal_whole", "goal_project", "dept_project"])


@st.composite
def spoiled(draw: st.DrawFn) -> str:
    """A table with lines shuffled, cut, doubled, left out or glued together."""
    found = draw(st.sampled_from(TABLES)).strip("\n").split("\n")
    if draw(st.booleans()):
        found += draw(st.sampled_from(TABLES)).strip("\n").split("\n")
    for _ in range(draw(st.integers(0, 6))):
        n = draw(st.integers(0, len(found) - 1))
        what = draw(st.sampled_from(["drop", "double", "cut", "swap", "glue", "fuse"]))
        m = draw(st.integers(0, len(found) - 1))
        if what == "drop" and len(found) > 1:
            del found[n]
        elif what == "double":
            found.insert(m, found[n])
        elif what == "cut":
            found[n] = found[n][: draw(st.integers(0, max(1, len(found[n]))))]
        elif what == "swap":
            found[n], found[m] = found[m], found[n]
        elif what == "glue":
            found[n] += " " + found[m]
        elif what == "fuse":
            found[n] = found[n].replace(" ", "")
    if draw(st.booleans()):
        found = draw(st.permutations(found))
    return "\n".join(found)


@settings(max_examples=120, deadline=None)
@given(spoiled(), KINDS)
def test_spoiled_tables(table: str, kind: str) -> None:
    blocks = lines(table or " ")
    evaluations, sentences, remarks = evaluate(form(kind), "", blocks, "某市某局", "a.txt")
    assert 0 <= consumed(form(kind), blocks) <= len(blocks)
    everything = Counterless("".join(table.split()))
    for evaluation in evaluations:
        for indicator in evaluation.indicators:
            if indicator.level1 == "资金":
                continue
            for value in (indicator.target, indicator.actual, indicator.weight, indicator.score):
                assert everything.holds(value), value
    assert all(r.kind == "evaluation" and r.text and r.reason for r in remarks)
    assert all(s.text for s in sentences)


class Counterless:
    """The characters of a text, to ask whether others are made of them."""

    def __init__(self, text: str) -> None:
        self.characters = set(text)

    def holds(self, text: str) -> bool:
        return set("".join(text.split())) <= self.characters
