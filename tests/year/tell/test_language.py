"""The language of the templates, amounts in the text, and what a province changes."""

import ast
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingzhang.disclosure import Cell, Disclosure, Printed, Publisher, Row, Statement
from mingzhang.forms import random as forms
from mingzhang.year.tell import tell, template
from mingzhang.year.tell.amount import Amount, apportioned, rate, rounded
from mingzhang.year.tell.expression import HOLE, NotATemplate, evaluate, parsed
from mingzhang.year.tell.ground import Papers
from tests.year.tell import made


def money(value: str, last: str = "", budget: str = "") -> Amount:
    def one(text: str) -> Amount | None:
        return Amount(Decimal(text), "万元", 2) if text else None

    return Amount(Decimal(value), "万元", 2, one(last), one(budget))


class Names(dict[str, Any]):
    def name(self, name: str) -> Any:
        return self[name]

    def call(self, name: str, arguments: list[Any]) -> Any:
        return (name, *arguments)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("x - x.last", "2.00万元"),
        ("x + y", "16.50万元"),
        ("x.budget", "10.00万元"),
        ("'item.' + code", "item.2010101"),
        ("x > x.last and y != 0", "True"),
        ("not known(y) or x == 12", "True"),
        ("x - z", "None"),
        ("z == 0", "None"),
        ("z > 0 or x > 0", "True"),
        ("y.last", "None"),
    ],
)
def test_expressions(text: str, value: str) -> None:
    names = Names(x=money("12", "10", "10"), y=money("4.5"), z=None, code="2010101")
    assert str(evaluate(text, names)) == value


@pytest.mark.parametrize("text", ["x.value", "x * 2", "x[0]", "[x]", "x if y else z", "f(a=1)", "1 < x < 2", "x +", "'a' - 'b'"])
def test_what_the_language_does_not_have(text: str) -> None:
    with pytest.raises(NotATemplate):
        evaluate(text, Names(x=money("1"), y=money("1"), z=money("1")))


def test_rates_are_rounded_half_up_and_not_of_nothing() -> None:
    assert str(rate(money("1"), money("32"))) == "3.13%"
    assert str(rate(money("-1"), money("32"))) == "-3.13%"
    assert rate(money("1"), money("0")) is None
    assert rounded(Decimal("0.125"), 2) == Decimal("0.13")
    assert str(replace(money("1234567.8"), grouped=True)) == "1,234,567.80万元"


@given(st.lists(st.integers(0, 10**10), min_size=1, max_size=6), st.integers(0, 4))
def test_parts_add_to_the_rounded_total(fen: list[int], decimals: int) -> None:
    parts = [Decimal(f).scaleb(-6) for f in fen]
    total = rounded(sum(parts, Decimal(0)), decimals)
    shown = apportioned(parts, total, decimals)
    assert sum(shown) == total
    assert all(abs(s - p) < Decimal(1).scaleb(-decimals) for s, p in zip(shown, parts))


def test_a_figure_is_found_by_line_by_code_and_by_sum() -> None:
    def row(code: str, label: str, **cells: str) -> Row:
        return Row(code, label, cells=tuple(Cell(c, Printed.parse(v)) for c, v in cells.items()))

    rows = (row("", "合计", total="6.00"), row("101001", "甲单位", total="6.00"), row("2010101", "行政运行", total="2.50"),
            row("2010199", "其他", total="1.50"), row("2050101", "行政运行", total="2.00"))  # fmt: skip
    papers = Papers.of([Statement("B05", unit="万元", columns=("total", "basic"), rows=rows)], 2024, "")
    assert papers.value("B05/合计/total") == 60_000
    assert papers.value("B05/201/total") == 40_000
    assert papers.value("B05/合计/total - B05/201/total") == 20_000
    assert papers.value("B05/208/total") == 0
    assert papers.value("B05/合计/basic") == 0
    assert papers.value("B05/合计/project") is None
    assert papers.value("B10/合计/total") is None


def test_last_year_in_another_unit_is_compared_in_the_digits_of_this_year() -> None:
    now = forms.disclosure(3, kind="final", items=3, unit="万元")
    total = next(r for s in now.statements if s.id == "F01" for r in s.rows if r.label == "总计").cells[0].printed
    yuan = Printed.parse(f"{total.value * 10_000 - 12_345:.2f}")
    line = Row("", "总计", "income", cells=(Cell("amount", yuan),))
    last = Disclosure(year=2020, kind="final", statements=(Statement("F01", unit="元", columns=("amount",), rows=(line,)),))
    text = tell(made.accounts(now, 3), now.publisher, "final", now.statements, last)
    grown = next(s for s in text.sentences if "收入、支出总计各" in s.text)
    assert grown.figures[0].printed.value in (Decimal("1.23"), Decimal("1.24"))
    assert grown.figures[0].unit == "万元"


def test_shanghai_tells_three_public_expenses_before_the_funds() -> None:
    now = forms.disclosure(3, kind="final", items=3, year=2024)
    books = made.accounts(now, 3)

    def order(region: str) -> list[str]:
        text = tell(books, Publisher(now.publisher.name, region, scope="department"), "final", now.statements)
        return [h.text for h in text.headings if h.depth == 2]

    here, there = order("310107"), order("")
    assert here.index("七、财政拨款“三公”经费支出决算情况说明") < here.index("八、政府性基金预算财政拨款收入支出决算情况说明")
    assert there.index("九、财政拨款“三公”经费支出决算情况说明") > there.index("七、政府性基金预算财政拨款收入支出决算情况说明")
    assert "一、主要职能" in here and "一、主要职责" in there
    assert len(here) == len(there)


def test_henan_asks_for_the_special_transfers() -> None:
    now = forms.disclosure(3, kind="budget", items=3)
    text = tell(made.accounts(now, 3), Publisher(now.publisher.name, "410100"), "budget", now.statements)
    assert [m.key for m in text.missing if m.kind == "paragraph"] == ["transfers"]


def test_a_province_adds_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The example of docs/tell.md."""
    for folder in ("national", "provinces"):
        (tmp_path / "data" / folder).mkdir(parents=True)
    for file in (Path(template.__file__).parent / "data" / "national").glob("*.toml"):
        (tmp_path / "data" / "national" / file.name).write_text(file.read_text("utf-8"), "utf-8")
    page = (Path(__file__).parents[3] / "docs" / "tell.md").read_text("utf-8")
    example = page.split("```toml")[1].split("```")[0]
    (tmp_path / "data" / "provinces" / "99-example.toml").write_text(example, "utf-8")
    monkeypatch.setattr(template, "resources", SimpleNamespace(files=lambda _: tmp_path))
    template.load.cache_clear()
    try:
        now = forms.disclosure(3, kind="final", items=3, year=2025)
        text = tell(made.accounts(now, 3), Publisher(now.publisher.name, "990000"), "final", now.statements)
    finally:
        template.load.cache_clear()
    added = [s for s in text.sentences if s.text.startswith("日常公用经费占")]
    assert [[f.unit for f in s.figures] for s in added] == [["%"]]
    assert text.headings[1].text == "一、主要职能"


def test_another_kind_has_no_template() -> None:
    with pytest.raises(NotATemplate, match="budget, final"):
        template.load("forecast", 2024)


@pytest.mark.parametrize("kind", ["final", "budget"])
@pytest.mark.parametrize("region", ["", "31", "41"])
def test_everything_that_a_template_names_is_there(kind: str, region: str) -> None:
    """Every condition, hole, loop and phrase of every template can be worked out, whichever case is met."""
    made_of = template.load(kind, 2024, region)
    says = [s for section in made_of.sections for s in section.say]
    texts = [s.text for s in says] + [s.heading for s in made_of.sections] + [s.en for s in made_of.sections]
    texts += [text for phrase in made_of.phrases.values() for _, text in phrase.cases]
    conditions = [s.when for s in (*says, *made_of.sections)]
    conditions += [when for phrase in made_of.phrases.values() for when, _ in phrase.cases]
    given = {"name", "year", "before", "scope", "is_unit", "kind", "administrative", "assets_known", "running", "label", "code", "summary", "basis"}
    given |= {"class_name", "section_name", "amount", "won", "procurement", "goods", "works", "services", "sme", "small"}
    given |= {"evaluated", "evaluated_budget", "evaluated_spent", "evaluated_graded", "planned", "planned_budget", "whole_score"}
    given |= {"whole_grade", *(f"evaluated_{g['id']}" for g in made_of.words["grades"])}
    calls = {"known", "any", "number", "sum", "rate", "each", "uneven", "count", "reason", *made_of.phrases}
    known = given | set(made_of.figures) | set(made_of.rows) | {n for p in made_of.phrases.values() for n in p.of}
    for text in [*(c for c in conditions if c), *(h[1] for t in texts for h in HOLE.finditer(t))]:
        tree = parsed(text)
        called = {id(n.func): n.func.id for n in ast.walk(tree) if isinstance(n, ast.Call) and isinstance(n.func, ast.Name)}
        assert set(called.values()) <= calls, text
        names = {n.id for n in ast.walk(tree) if isinstance(n, ast.Name) and id(n) not in called}
        assert names <= known, text
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in made_of.phrases:
                assert len(node.args) == len(made_of.phrases[node.func.id].of), text
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "each":
                phrase = node.args[1]
                assert isinstance(phrase, ast.Constant) and phrase.value in made_of.phrases, text
    assert all("{" not in HOLE.sub("", text) for text in texts)
    assert all(s.each in made_of.rows for s in made_of.sections if s.each)
