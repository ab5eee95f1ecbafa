"""Figures in a sentence: what is one, what is none, and its unit."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingzhang.read.narrative.figures import figures


def found(text: str) -> list[tuple[str, str]]:
    return [(figure.printed.plain, figure.unit) for figure in figures(text)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("支出合计1,234.50万元，占56.7%。", [("1234.50", "万元"), ("56.7", "%")]),
        ("比上年增加-3.2万元，增长−0.26％。", [("-3.2", "万元"), ("-0.26", "%")]),
        ("保有量2辆，单价100万元（含）以上设备0台（套）。", [("2", "辆"), ("100", "万元"), ("0", "台（套）")]),
        ("单价100万（含）以上设备3台。", [("100", "万"), ("3", "台")]),
        ("共有车辆3辆（台）。", [("3", "辆")]),
        ("700人*210=14.7万元，90人×80元", [("700", "人"), ("210", ""), ("14.7", "万元"), ("90", "人"), ("80", "元")]),
        ("窗口临时人员6：另行公布。", [("6", "")]),
        (
            "培训5-10个班，占20%-30%，金额10—20万元。",
            [
                ("5", "个"),
                ("10", "个"),
                ("20", "%"),
                ("30", "%"),
                ("10", "万元"),
                ("20", "万元"),
            ],
        ),
        (
            "服务12.3万人次，30余万元，近5万余人，2个项目",
            [("12.3", "万人次"), ("30", "万元"), ("5", "万人"), ("2", "个")],
        ),
        (r"满意度$\geq95\%$，达标率≥90%", [("95", "%"), ("90", "%")]),
        ("5个工作日内办结，提高2.5个百分点", [("5", "个工作日"), ("2.5", "个百分点")]),
        ("每人每年标准380元/人·年", [("380", "元/人")]),
        ("为期3年，30日内，24小时", [("3", "年"), ("30", "日"), ("24", "小时")]),
        ("金额5.2（万元），百分之7.5", [("5.2", "万元"), ("7.5", "%")]),
        ("购置UPS2台", [("2", "台")]),
        ("２．接待费１２．５万元", [("12.5", "万元")]),
        ("共计1,000.00，得分90。", [("1000.00", ""), ("90", "")]),
    ],
)
def test_figures(text: str, wanted: list[tuple[str, str]]) -> None:
    assert found(text) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "2023年度、2022年12月31日、2021-2025年、2022、2023年两年、8月份、1-6月、2023.5.1、2023-05-01",
        "依据某财社〔2031〕77号、[2032]51号、{2021}9号、（2032）5号、【2029】第33号文",
        "第17条、第3季度、第1-3项、见附表2、公开01表、附件2-2、表1",
        "1.按规定编制；2、按期公开。（3）及时整改",
        "推进“3+1”模式、7×24小时服务、12345热线、比例为1:2、上午8:30",
        "DRG2.0版、A4、PM2.5、G20、2.0版、3号楼",
        "联系电话：0371-66000000，手机13800000000，0205号",
        "2080505机关养老、30217公务接待费、208类20805款2080505项",
        "二十大、一是、三公、“十四五”、百分之五",
        "分值（20）、指标1：完成",
        "1.1总体情况",
    ],
)
def test_no_figures(text: str) -> None:
    assert found(text) == []


def test_numbering_before_a_year_is_not_an_amount() -> None:
    assert found("1.2023年预算为5万元") == [("5", "万元")]
    assert found("1.5万元用于办公") == [("1.5", "万元")]


def test_position_covers_number_and_unit() -> None:
    text = "支出3.50万元。"
    (figure,) = figures(text)
    assert text[figure.start : figure.end] == "3.50万元"


@given(
    st.decimals(min_value=0, max_value=Decimal("99999999.99"), places=2),
    st.sampled_from(["万元", "元", "亿元", "%", "人", "人次", "辆", "个", "台（套）", "批次", "家", "项"]),
    st.booleans(),
)
def test_every_amount_is_found_with_its_digits(value: Decimal, unit: str, grouped: bool) -> None:
    digits = f"{value:,.2f}" if grouped else f"{value:.2f}"
    (figure,) = figures(f"某单位2024年度某项支出为{digits}{unit}，与上年持平。")
    assert (figure.printed.text, figure.printed.value, figure.unit) == (digits, value, unit)


@given(st.text(alphabet="0123456789.,-%（）()[]〔〕年月日第号表万元个人次Ax×*=+:：、。\\$ 的", max_size=60))
def test_any_text_is_read_in_order(text: str) -> None:
    last = 0
    for figure in figures(text):
        assert last <= figure.start < figure.end <= len(text)
        last = figure.end
