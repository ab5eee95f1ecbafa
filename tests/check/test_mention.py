"""Running text → mentions and lists."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from cases import disclosure_of

from mingzhang.check.mention import Listing, Mention, listen


def heard(*text: str, section: str = "", sections: tuple[str, ...] = ()) -> tuple[list[Mention], list[Listing]]:
    return listen(disclosure_of({"text": list(text), "section": section, "sections": list(sections)}).sentences, 2031)


def test_roles_of_one_subject() -> None:
    (mention,), _ = heard("公务接待费预算为4.00万元，支出决算为0.50万元，完成预算的12.50%。")
    assert mention.subject == "公务接待费"
    assert {role: figure.text for role, figure in mention.figures.items()} == {"budget": "4.00", "final": "0.50", "completion": "12.50"}


def test_a_change_goes_to_what_it_names() -> None:
    mentions, _ = heard("2031年度收、支总计均为9.00万元。", "与上年度相比，收、支总计各增加3.00万元，增长50.00%。")
    assert mentions[-1].subject == "收、支总计"
    assert mentions[-1].figures["change"].text == "3.00" and mentions[-1].figures["amount"].text == "9.00"


def test_a_change_of_something_else_is_not_taken_for_the_subject_s() -> None:
    mentions, _ = heard("机关运行经费支出9.00万元，比上年增加3.00万元，其中差旅费增加1.00万元，增长10%。")
    assert "growth" not in mentions[0].figures


def test_parts_and_whole() -> None:
    mentions, (listing,) = heard("支出合计10.00万元，其中：基本支出4.00万元，占40.00%；项目支出6.00万元，占60.00%。")
    assert [m.subject for m in listing.parts] == ["基本支出", "项目支出"]
    assert mentions[1].whole is mentions[0]


def test_items_of_the_classification() -> None:
    mentions, listings = heard(
        "一般公共预算财政拨款支出年初预算为30.00万元，支出决算为28.00万元。",
        "1.教育支出（类）普通教育（款）小学教育（项）年初预算为10.00万元，支出决算为9.00万元。",
        "2.教育支出（类）普通教育（款）初中教育（项）年初预算为20.00万元，支出决算为19.00万元。",
        section="具体情况",
    )
    assert mentions[1].items == (("类", "教育支出"), ("款", "普通教育"), ("项", "小学教育"))
    assert {x.role for x in listings} == {"initial", "final"}


def test_last_year_is_last_year() -> None:
    mentions, _ = heard("上年支出决算为5.00万元，2030年收入总计8.00万元。")
    assert mentions[0].year == mentions[1].year == 2030
