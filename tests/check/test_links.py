"""Figures of the running text → links: the cases of ``links_cases.toml``, and what holds for any text."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingzhang.check.links import HEADER, Link, links, rows
from mingzhang.check.vocabulary import vocabulary
from mingzhang.disclosure import Disclosure, Sentence
from mingzhang.read.narrative import sentences

FILES = ("links_cases.toml", "links_held_one.toml", "links_held_two.toml", "links_held_three.toml")
CASES: list[dict[str, Any]] = [
    case for name in FILES for case in tomllib.loads((Path(__file__).parent / name).read_text("utf-8"))["case"]
]
SUBJECTS = {
    "一般公共预算财政拨款支出": "general_expenditure", "“三公”经费": "three_public", "公务接待费": "reception",
    "机关运行经费": "running", "政府采购支出": "procurement", "财政拨款收、支总计": "appropriation_grand",
    "年末结转和结余": "closing", "其他收入": "other_income", "项目支出": "project",
}  # fmt: skip
BASES = {
    "与上年度相比，": "last_year", "较上年": "last_year", "同比": "last_year", "比2030年度": "last_year",
    "比2030年预算": "last_year_budget", "与2030年决算数相比": "last_year_outturn", "与年初预算数相比": "initial_budget",
    "比2028年": "earlier_year",
}  # fmt: skip
DIRECTIONS = {"增加": "increase", "增长": "increase", "下降": "decrease", "减少": "decrease"}
SHARES = ("占{whole}的{rate}%", "占{whole}的比重为{rate}%", "占{whole}的比例为{rate}%")
COMPLETIONS = {
    "完成年初预算的{rate}%": "initial_budget", "完成预算的{rate}%": "budget", "预算执行率为{rate}%": "budget",
    "完成全年预算数的{rate}%": "full_budget", "完成调整预算的{rate}%": "full_budget", "完成率{rate}%": "budget",
}  # fmt: skip
amounts = st.integers(0, 99_999_999).map(lambda cents: f"{cents // 100:,}.{cents % 100:02}")
rates = st.integers(0, 20_000).map(lambda n: f"{n / 100:.2f}")


def told(text: list[str], *section: str, kind: str = "final", year: int | None = 2031) -> tuple[Link, ...]:
    said = tuple(s for piece in text for s in sentences(piece, tuple(section)))
    return links(Disclosure(kind=kind, year=year, sentences=said))


def shown(link: Link, year: int) -> str:
    when = "-" if link.year is None else "." if link.year == year else str(link.year)
    return "|".join((link.concept, link.item, link.role, when, link.comparison))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["section"][-1])
def test_case(case: dict[str, Any]) -> None:
    found = told([line[0] for line in case["text"]], *case["section"], kind=case["kind"], year=case["year"])
    assert [shown(link, case["year"]) for link in found] == [words for line in case["text"] for words in line[1:]]


@given(
    st.sampled_from(sorted(SUBJECTS)),
    st.sampled_from(sorted(BASES)),
    st.sampled_from(sorted(DIRECTIONS)),
    amounts,
    rates,
)
def test_a_change_in_any_wording(subject: str, base: str, direction: str, amount: str, rate: str) -> None:
    text = f"2031年度{subject}{amount}万元，{base}{direction}{amount}万元，{direction}{rate}%，主要原因是工作安排变化。"
    own, change, growth = told([text], "五、决算情况说明")
    expected = f"{DIRECTIONS[direction]}:{BASES[base]}"
    assert (own.role, change.role, growth.role) == ("outturn", "change", "growth")
    assert {own.concept, change.concept, growth.concept} == {SUBJECTS[subject]}
    assert change.comparison == growth.comparison == expected
    assert {own.year, change.year, growth.year} == {2031}


@given(st.sampled_from(sorted(COMPLETIONS)), amounts, rates)
def test_a_completion_in_any_wording(words: str, amount: str, rate: str) -> None:
    text = f"公务接待费预算为{amount}万元，支出决算为{amount}万元，{words.format(rate=rate)}。"
    *_, done = told([text], "七、“三公”经费支出决算情况说明")
    assert (done.concept, done.role, done.comparison) == ("reception", "completion", f"of:{COMPLETIONS[words]}")


@given(st.sampled_from(SHARES), st.sampled_from(["本年支出合计", "支出合计", "本年支出"]), amounts, rates)
def test_a_share_in_any_wording(words: str, whole: str, amount: str, rate: str) -> None:
    text = f"其中：基本支出{amount}万元，{words.format(whole=whole, rate=rate)}。"
    _, share = told([text], "三、支出决算情况说明")
    assert (share.concept, share.role, share.comparison) == ("basic", "share", "of:expenditure")


@given(st.data())
def test_the_digits_do_not_matter(data: st.DataObject) -> None:
    """A figure is linked by its words: other digits in its place are linked alike."""
    case = data.draw(st.sampled_from(CASES))
    number = re.compile(r"(?<![\d,.])\d[\d,]*\.\d+(?![\d,.])")
    changed = [number.sub(lambda _: data.draw(amounts).replace(",", ""), line[0]) for line in case["text"]]
    before = told([line[0] for line in case["text"]], *case["section"], kind=case["kind"], year=case["year"])
    after = told(changed, *case["section"], kind=case["kind"], year=case["year"])
    assert [shown(a, case["year"]) for a in after] == [shown(b, case["year"]) for b in before]


@given(st.sampled_from(CASES))
def test_narrow_marks_do_not_matter(case: dict[str, Any]) -> None:
    narrow = str.maketrans("（），；：", "(),;:")
    texts = [line[0].translate(narrow) for line in case["text"]]
    found = told(texts, *case["section"], kind=case["kind"], year=case["year"])
    wide = [words for line in case["text"] for words in line[1:]]
    assert [shown(link, case["year"]).translate(narrow) for link in found] == [
        words.translate(narrow) for words in wide
    ]


_WORDS = "收支入出预决算总计合其中年初末上比较与增减长降占完成的率三公经费项类款目（）(),，。；：:、“”*=≥≤以上下个辆人万元%0123456789. "


@given(st.text(_WORDS, max_size=80), st.text(_WORDS, max_size=12), st.sampled_from([None, 2031]))
def test_any_text_gives_a_link_for_each_figure(text: str, heading: str, year: int | None) -> None:
    said = sentences(text, (heading,))
    found = links(Disclosure(kind="final", year=year, sentences=said))
    assert [(id(link.sentence), link.figure) for link in found] == [(id(s), f) for s in said for f in s.figures]
    known = vocabulary().meaning
    for link in found:
        assert link.concept in known and link.role in known
        assert all(part in known for part in link.comparison.split(":") if part)


def test_a_long_sentence_takes_no_longer_than_it_is_long() -> None:
    said = sentences("其中：办公费1.00万元，比上年增加2.00万元，" * 400)
    assert len(links(Disclosure(kind="final", year=2031, sentences=said))) == 800


def test_every_value_is_documented(project: Path) -> None:
    """Every concept, role and comparison of the vocabulary stands in docs/links.md with its Chinese word."""
    text = (project / "docs" / "links.md").read_text("utf-8")
    missing = {value for value, words in vocabulary().meaning.items() if f"`{value}`" not in text or words not in text}
    assert not missing


def test_rows() -> None:
    header, lines = rows(told(["公务接待费0.50万元。"], "三公"))
    assert header == HEADER
    assert list(lines) == [("三公", "公务接待费0.50万元。", "0.50", "万元", "reception", "", "outturn", "2031", "", "")]


def test_no_sentence_no_link() -> None:
    assert links(Disclosure(sentences=(Sentence("没有数字。"),))) == ()
