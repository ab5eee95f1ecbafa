"""The running text: wrapped lines to sentences, headings and their paths, places."""

from hypothesis import given, settings
from hypothesis import strategies as st

from mingzhang.disclosure import Place, Sentence
from mingzhang.read.block import Line
from mingzhang.read.narrative import narrate, sentences

TEXT = (
    "第一部分甲单位概况",
    "一、主要职责",
    "（一）负责拟订本区域有关规划和政策并组织实施，承担日常管理和监督检查工作，协调解决重大问题。",
    "（二）完成交办的其他任务。",
    "第三部分2024年度单位决算情况说明",
    "一、收入支出决算总体情况说明",
    "2024年度收、支总计均为1,205.40万元。与上年度相比，收、支总计各减少30.60万元，下降2.48%，主要原因是人员减少。",
    "五、一般公共预算财政拨款支出决算情况说明",
    "（一）总体情况。",
    "2024年度支出1,100.00万元，占支出合计的91.26%，主要用于保障机构正常运转和完成各项工作任务等方面的支出。",
    "（三）具体情况",
    "1.甲类支出（类）乙款事务（款）丙项管理工作（项）。年初预算为20.00万元，支出决算为19.50万元，完成年初预算的97.50%。",
    "2.甲类支出（类）乙款事务（款）丁项管理工作（项）。年初预算为8.00万元，支出决算为0.00万元，完成年初预算的0.00%。",
    "十二、国有资产占用情况说明",
    "2024年期末，共有车辆3辆，其中：应急保障用车1辆、其他用车2辆；单价100万元（含）以上设备0台（套）。",
)


def wrapped(width: int, indent: bool = True) -> list[Line]:
    """The paragraphs broken at ``width`` characters, as text files have them."""
    out: list[Line] = []
    for paragraph in TEXT:
        rest = ("　　" if indent and len(paragraph) > 30 else "") + paragraph
        while rest:
            out.append(Line(rest[:width].strip("　"), number=2 * len(out) + 1))
            rest = rest[width:]
    return out


def whole() -> list[Line]:
    return [Line(text, number=n) for n, text in enumerate(TEXT, 1)]


def figures_of(said: tuple[Sentence, ...]) -> list[tuple[str, str]]:
    return [(f.printed.plain, f.unit) for s in said for f in s.figures]


def test_headings_have_their_depth() -> None:
    headings, _ = narrate(whole(), "a.txt")
    assert [(h.depth, h.text) for h in headings] == [
        (1, "第一部分甲单位概况"),
        (2, "一、主要职责"),
        (1, "第三部分2024年度单位决算情况说明"),
        (2, "一、收入支出决算总体情况说明"),
        (2, "五、一般公共预算财政拨款支出决算情况说明"),
        (3, "（一）总体情况"),
        (3, "（三）具体情况"),
        (4, "1.甲类支出（类）乙款事务（款）丙项管理工作（项）"),
        (4, "2.甲类支出（类）乙款事务（款）丁项管理工作（项）"),
        (2, "十二、国有资产占用情况说明"),
    ]


def test_sentences_stand_under_their_path() -> None:
    _, said = narrate(whole(), "a.txt")
    (one,) = [s for s in said if "2.48" in s.text]
    assert one.section == ("第三部分2024年度单位决算情况说明", "一、收入支出决算总体情况说明")
    assert one.text.startswith("与上年度相比") and one.text.endswith("。")
    assert [f.printed.text for f in one.figures] == ["30.60", "2.48"]


@given(st.integers(min_value=24, max_value=44))
@settings(max_examples=21, deadline=None)
def test_wrapping_changes_no_figure(width: int) -> None:
    assert figures_of(narrate(wrapped(width), "a.txt")[1]) == figures_of(narrate(whole(), "a.txt")[1])


def test_wrapping_changes_no_sentence() -> None:
    for width in (26, 30, 34):
        assert [(s.text, s.section) for s in narrate(wrapped(width), "a")[1]] == [
            (s.text, s.section) for s in narrate(whole(), "a")[1]
        ]


def test_a_figure_stands_on_the_page_where_it_is_printed() -> None:
    lines = [
        Line("一、支出决算情况说明", 4, (90, 60, 300, 75), size=14),
        Line("本年支出合计300.00万元，其中基本支出占", 4, (90, 760, 500, 775), size=14),
        Line("- 4 -", 4, (280, 800, 310, 812), size=10),
        Line("60.00%；项目支出占40.00%。", 5, (90, 60, 350, 75), size=14, starts_page=True),
    ]
    _, said = narrate(lines, "a.pdf")
    (one,) = said
    assert [(f.printed.text, f.place.page) for f in one.figures if f.place] == [
        ("300.00", 4),
        ("60.00", 5),
        ("40.00", 5),
    ]
    assert one.place is not None and one.place.page == 4


def test_contents_are_not_headings() -> None:
    contents = ["目 录", "第一部分 甲单位概况", "一、主要职责", "第二部分 决算情况说明 ………… 12", "一、支出说明 …… 12"]
    body = [
        "第一部分 甲单位概况",
        "一、主要职责",
        "负责全区有关工作。",
        "第二部分 决算情况说明",
        "一、支出说明",
        "支出5.00万元。",
    ]
    headings, said = narrate([Line(t, number=n) for n, t in enumerate(contents + body)], "a.txt")
    assert [h.text for h in headings] == [
        "第一部分甲单位概况",
        "一、主要职责",
        "第二部分决算情况说明",
        "一、支出说明",
    ]
    assert figures_of(said) == [("5.00", "万元")]


def test_a_part_and_its_name_on_two_lines() -> None:
    headings, _ = narrate([Line("第二部分", number=1), Line("乙单位2025年预算情况说明", number=3)], "a.txt")
    assert [h.text for h in headings] == ["第二部分乙单位2025年预算情况说明"]


def test_titles_without_a_number() -> None:
    lines = ["附件说明材料", "某项目支出部门评价报告", "一、基本情况", "（一）项目概况。投入资金6万元。"]
    _, said = narrate([Line(t, number=n) for n, t in enumerate(lines)], "a.txt")
    assert said[-1].section == ("某项目支出部门评价报告", "一、基本情况", "（一）项目概况")
    assert said[-1].text == "投入资金6万元。"


def test_notes_rows_and_page_numbers_are_not_running_text() -> None:
    lines = [
        Line("注：本表反映本年度支出情况，共3项。", number=1),
        Line("2.当此表数据为零时，即无此项支出5元。", number=2),
        Line("12.00 0.00 8.00", number=3),
        Line("- 3 -", number=4),
        Line("序号 名称 金额", number=5, parts=("序号", "名称", "金额")),
        Line("1 甲单位 5.00", number=6, parts=("1", "甲单位", "5.00")),
        Line("二、支出情况", number=7),
    ]
    headings, said = narrate(lines, "a.txt")
    assert figures_of(said) == []
    assert [h.text for h in headings] == ["二、支出情况"]


def test_running_headers_are_dropped() -> None:
    lines = []
    for page in range(1, 6):
        lines.append(Line("某单位2024年度决算", page, (90, 30, 200, 40), size=9, starts_page=True))
        lines.append(Line("本页说明支出为1.00万元。", page, (90, 60, 300, 75), size=14))
    _, said = narrate(lines, "a.pdf")
    assert [s.text for s in said] == ["本页说明支出为1.00万元。"] * 5


def test_texts_inside_a_table() -> None:
    place = Place("a.pdf", 7)
    said = sentences("1、资助困难群众800\n人，支出27.5万元。全部完成\n2、培训6次", ("整体自评表", "预期目标"), place)
    assert [s.text for s in said] == ["1、资助困难群众800人，支出27.5万元。", "全部完成", "2、培训6次"]
    assert figures_of(said) == [("800", "人"), ("27.5", "万元"), ("6", "次")]
    assert all(s.section == ("整体自评表", "预期目标") and s.place == place for s in said)


@given(st.lists(st.text(alphabet="第一二部分（）1.、。：；目录注表金额3,5%万元 \t…-年", max_size=30), max_size=20))
@settings(max_examples=60, deadline=None)
def test_any_lines_are_read(texts: list[str]) -> None:
    headings, said = narrate([Line(t, number=n, parts=tuple(t.split("\t"))) for n, t in enumerate(texts)], "a.txt")
    assert all(h.depth >= 1 and h.text for h in headings)
    assert all(s.text == "".join(s.text.split()) for s in said)


def test_absurd_lines_end() -> None:
    for piece in ("9", "1.", "2023-", "1、", "第", "…", "（", "12:", "2023年", "万", "A1", "一、", "1,234"):
        _, said = narrate([Line("支出" + piece * 40_000), Line(piece * 40_000 + "元。")], "a.txt")
        assert sum(len(s.text) for s in said) <= 2 * 40_000 * len(piece) + 4, piece
