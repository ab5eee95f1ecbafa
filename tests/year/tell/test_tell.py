"""What is told is sound: the checker finds nothing in it, and what is published reads back to the same figures."""

import importlib
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from mingzhang.check import check
from mingzhang.disclosure import Disclosure
from mingzhang.forms import random as forms
from mingzhang.read import read_file
from mingzhang.year.tell import Told, tell
from tests.publish import made as written
from tests.year.tell import made

KINDS = ("final", "budget")


def told(seed: int, kind: str) -> tuple[Disclosure, Told]:
    """A random disclosure with the text that is told from it."""
    now = made.disclosure(seed, kind)
    evaluations = made.evaluations(now, seed)
    text = tell(
        made.accounts(now, seed), now.publisher, kind, now.statements, made.before(now, seed), made.planned(now, seed),
        evaluations,
    )  # fmt: skip
    return replace(now, headings=text.headings, sentences=text.sentences, evaluations=evaluations), text


def sound(seed: int, kind: str) -> None:
    now, text = told(seed, kind)
    assert text.missing == ()
    found = [(f.severity, f.rule, f.printed, f.expected) for f in check(now).findings if f.severity != "hint"]
    assert found == []
    assert "【" not in "".join(s.text for s in text.sentences)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("seed", range(24))
def test_the_checker_finds_nothing_in_it(seed: int, kind: str) -> None:
    sound(seed, kind)


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("seed", range(24, 324))
def test_the_checker_finds_nothing_in_hundreds(seed: int, kind: str) -> None:
    sound(seed, kind)


@pytest.mark.parametrize(("kind", "region"), [("final", "310107"), ("budget", "410100")])
@pytest.mark.parametrize("seed", [2, 7])
def test_a_province_is_told_soundly(seed: int, kind: str, region: str) -> None:
    now = made.disclosure(seed, kind)
    books = replace(made.accounts(now, seed), paragraphs={**made.PARAGRAPHS, "transfers": "没有负责管理的专项转移支付项目。"})
    publisher = replace(now.publisher, region_code=region)
    text = tell(books, publisher, kind, now.statements, made.before(now, seed), made.planned(now, seed))
    told = replace(now, publisher=publisher, headings=text.headings, sentences=text.sentences)
    assert text.missing == ()
    assert [f for f in check(told).findings if f.severity != "hint"] == []


@pytest.mark.parametrize("format", ["pdf", "docx", "html"])
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("seed", [2, 5, 11])
def test_it_reads_back_to_the_same(tmp_path: Path, format: str, kind: str, seed: int) -> None:
    now, _ = told(seed, kind)
    writer: Any = importlib.import_module(f"mingzhang.publish.{format}")
    writer.write(now, tmp_path / f"a.{format}")
    (read,) = read_file(tmp_path / f"a.{format}")
    assert [h.text for h in read.headings] == [h.text for h in now.headings]
    assert written.narrative(read) == written.narrative(now)
    assert read.publisher.scope == now.publisher.scope


def test_a_unit_is_not_called_a_department() -> None:
    for kind in KINDS:
        now, text = told(5, kind)
        assert now.publisher.scope == "unit"
        words = "".join(h.text for h in text.headings) + "".join(s.text for s in text.sentences)
        assert "本单位" in words and "本部门" not in words and "部门决算" not in words and "部门预算" not in words


def test_all_that_is_equal_is_told_as_equal() -> None:
    now = forms.disclosure(8, kind="final", items=5)
    text = tell(made.accounts(now, 8), now.publisher, "final", now.statements, replace(now, year=(now.year or 0) - 1))
    words = "".join(s.text for s in text.sentences)
    assert "与上年度持平" in words and "增长" not in words and "下降" not in words


def test_nothing_is_told_of_what_is_not_there() -> None:
    """Without last year and without a budget there is no growth, no completion and no reason to give."""
    now = forms.disclosure(8, kind="final", items=5)
    kept = tuple(s for s in now.statements if s.id != "F09")
    text = tell(replace(made.accounts(now, 8), reasons={}), now.publisher, "final", kept)
    words = "".join(s.text for s in text.sentences if s.section[0].startswith("第三部分"))
    assert text.missing == ()
    assert not [word for word in ("上年度", "年初预算", "完成", "“三公”经费") if word in words]


def test_a_missing_reason_blocks_and_says_where() -> None:
    now = made.disclosure(2, "final")
    last = replace(forms.disclosure(77, kind="final"), year=(now.year or 0) - 1)
    books = replace(made.accounts(now, 2), reasons={"grand.growth": "主要原因是上级补助增加。"})
    text = tell(books, now.publisher, "final", now.statements, last)
    keys = Counter(m.key for m in text.missing)
    assert keys["appropriation.growth"] == 1 and "grand.growth" not in keys
    missing = next(m for m in text.missing if m.key == "appropriation.growth")
    assert missing.kind == "reason" and missing.sentence.endswith("主要原因是【待填写】。")
    assert [f.unit for f in missing.figures] == ["万元", "%"]
    assert missing.sentence in missing.zh and "appropriation.growth" in missing.zh
    assert "Appropriations in all" in missing.en and missing.sentence in missing.en
    grand = next(s.text for s in text.sentences if "收入、支出总计各" in s.text)
    assert grand.endswith("主要原因是上级补助增加。")


def test_missing_paragraphs_and_counts_are_asked_for() -> None:
    hosted = ("F09", "公务接待费", "final")
    now = next(d for d in (made.disclosure(n, "final") for n in range(99)) if made.spent(d.statements, *hosted))
    text = tell(replace(made.accounts(now, 1), paragraphs={}, counts=()), now.publisher, "final", now.statements)
    asked = {(m.kind, m.key) for m in text.missing}
    assert {("paragraph", "duties"), ("paragraph", "organisation"), ("count", "receptions"), ("count", "guests")} <= asked
    duties = next(m for m in text.missing if m.key == "duties")
    assert "主要职责" in duties.zh and "the duties" in duties.en


def test_a_unit_has_its_own_paragraphs_and_reasons() -> None:
    now = made.disclosure(5, "final")
    books = replace(made.accounts(now, 5), paragraphs={**made.PARAGRAPHS, "duties@101009": "单位自己的职责。"})
    text = tell(books, now.publisher, "final", now.statements)
    assert "单位自己的职责。" in [s.text for s in text.sentences]


def test_what_the_clerk_writes_is_no_template() -> None:
    now = made.disclosure(2, "final")
    books = replace(made.accounts(now, 2), paragraphs={**made.PARAGRAPHS, "duties": "职责{grand}见{year:个}。"})
    text = tell(books, now.publisher, "final", now.statements)
    assert "职责{grand}见{year:个}。" in [s.text for s in text.sentences]
