"""Random disclosures with random performance tables: every format is read to what was written."""

import string
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mingzhang.disclosure import Disclosure, Evaluation, Indicator, Note
from mingzhang.forms import load, random
from mingzhang.publish import write
from mingzhang.read import read_file
from tests.publish import made

FORMATS = ("pdf", "docx", "xlsx", "html")
_WORDS = ("水渠修缮", "设备更新", "技术培训", "政策宣传", "档案整理", "应急演练", "数据核验", "窗口服务", "实地回访", "样品检测")
_UNITS = ("人次", "公里", "次", "件", "万元", "%")
_LEVELS = {"产出指标": ("数量指标", "质量指标", "时效指标"), "效益指标": ("社会效益指标", "经济效益指标")}


@st.composite
def indicators(draw: st.DrawFn) -> tuple[Indicator, ...]:
    """Scored indicators under their levels; each name is there once."""
    out: list[Indicator] = []
    for level1, inner in _LEVELS.items():
        for level2 in draw(st.lists(st.sampled_from(inner), min_size=1, max_size=3, unique=True)):
            for _ in range(draw(st.integers(1, 4))):
                name = f"{draw(st.sampled_from(_WORDS))}{draw(st.sampled_from(('数量', '完成情况', '合格率')))}{len(out) + 1}项"
                unit = draw(st.sampled_from(_UNITS))
                weight = draw(st.integers(1, 20))
                score = draw(st.integers(0, weight * 100))
                reason = draw(st.sampled_from(("", "汛期停工，次年补做", "参加人数多于预计，今后据实申报")))
                out.append(
                    Indicator(
                        level1, level2, name, f"≥{draw(st.integers(1, 9000))}{unit}", f"{draw(st.integers(0, 9000))}{unit}",
                        str(weight), f"{score // 100}.{score % 100:02d}", f"{draw(st.integers(0, 200))}.50%", reason,
                    )
                )
    return tuple(out)


@st.composite
def disclosures(draw: st.DrawFn) -> Disclosure:
    """A sound disclosure with up to three self-evaluations and a note of the last digit under a statement."""
    kind = draw(st.sampled_from(("final", "budget")))
    told = random.disclosure(
        draw(st.integers(0, 10_000)), kind=kind, items=draw(st.integers(1, 8)), unit=draw(st.sampled_from(("元", "万元")))
    )
    form = next(e for e in load(told.year).evaluations if e.kind == "self_project")
    tables = tuple(
        Evaluation(
            "self_project", f"{draw(st.sampled_from(_WORDS))}项目{string.ascii_uppercase[n]}", form.name,
            draw(indicators()), "完成年度任务，保障用水。", "任务已经完成，用水得到保障。", department=told.publisher.name,
        )
        for n in range(draw(st.integers(0, 3)))
    )  # fmt: skip
    first = replace(told.statements[0], notes=(*told.statements[0].notes, Note("注：本表金额转换时因四舍五入可能存在尾差。")))
    return replace(told, evaluations=tables, statements=(first, *told.statements[1:]))


def same(told: Disclosure, suffix: str) -> None:
    with TemporaryDirectory() as folder:
        (read,) = read_file(write(told, Path(folder) / f"a.{suffix}"))
    assert made.cells(read) == made.cells(told)
    assert made.indicators(read) == made.indicators(told)
    assert made.goals(read) == made.goals(told)
    assert made.narrative(read) == made.narrative(told)
    assert [h.text for h in read.headings] == [h.text for h in told.headings]
    notes = [n.text for s in read.statements for n in s.notes]
    assert [n.text for s in told.statements for n in s.notes] == notes


@pytest.mark.parametrize("suffix", FORMATS)
@settings(max_examples=2, deadline=None, suppress_health_check=list(HealthCheck))
@given(told=disclosures())
def test_what_is_written_is_read(suffix: str, told: Disclosure) -> None:
    same(told, suffix)


@pytest.mark.slow
@pytest.mark.parametrize("suffix", FORMATS)
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(told=disclosures())
def test_what_is_written_is_read_many_times(suffix: str, told: Disclosure) -> None:
    same(told, suffix)
