"""The web page: one file, readable by eye, keyboard and screen reader, that runs nothing and fetches nothing."""

import re
from pathlib import Path

import pytest
from lxml import html as parse

from mingzhang.disclosure import Cell, Disclosure, Figure, Printed, Row, Sentence, Statement
from mingzhang.forms import load, random
from mingzhang.publish import charts, html
from mingzhang.publish.layout import layouts
from mingzhang.read import read_file
from tests import browser
from tests.publish import made


@pytest.fixture(scope="module", params=["final", "budget"])
def page(request: pytest.FixtureRequest):
    return parse.document_fromstring(html.render(made.disclosure(3, request.param)))


def test_headings_step_down_one_by_one(page) -> None:
    levels = [int(h.tag[1]) for h in page.iter("h1", "h2", "h3", "h4", "h5", "h6")]
    assert levels.count(1) == 1 and levels[0] == 1
    assert all(b - a <= 1 for a, b in zip(levels, levels[1:]))


def test_every_table_has_a_caption_with_its_title(page) -> None:
    tables = list(page.iter("table"))
    assert len(tables) >= 14
    for table in tables:
        (caption,) = table.iter("caption")
        assert caption.getparent() is table and table.index(caption) == 0
        assert re.search(r"表", caption.xpath("string(.//h2|.//h3|.//h4)"))
    statements = [t for t in tables if t.find("thead") is not None]
    assert all("单位：" in t.find("caption").text_content() for t in statements)


def test_header_cells_say_what_they_head(page) -> None:
    for cell in page.iter("th"):
        scope = cell.get("scope")
        assert scope in ("col", "colgroup", "row", "rowgroup")
        assert cell.text_content().strip()
        assert (scope == "colgroup") <= (int(cell.get("colspan", "1")) > 1)
    for table in page.iter("table"):
        head = table.find("thead")
        if head is not None:
            assert all(c.get("scope") in ("col", "colgroup") for c in head.iter("th"))


def test_spans_fill_every_table_exactly(page) -> None:
    for table in page.iter("table"):
        taken: dict[tuple[int, int], int] = {}
        for part in table.iter("thead", "tbody"):
            rows = list(part)
            for r, row in enumerate(rows):
                column = 0
                for cell in row:
                    while (id(part), r, column) in taken:
                        column += 1
                    for y in range(r, r + int(cell.get("rowspan", "1"))):
                        for x in range(column, column + int(cell.get("colspan", "1"))):
                            assert (id(part), y, x) not in taken and y < len(rows)
                            taken[(id(part), y, x)] = 1
        widths = {x for _, _, x in taken}
        rows_filled = {(p, y) for p, y, _ in taken}
        assert len(taken) == len(widths) * len(rows_filled)


def test_nothing_runs_and_nothing_is_fetched(page) -> None:
    assert not list(page.iter("script", "img", "link", "iframe", "object", "form", "video", "base"))
    assert not [a for e in page.iter() if isinstance(e.tag, str) for a in e.attrib if a.startswith("on") or a == "src"]
    ids = [e.get("id") for e in page.iter() if isinstance(e.tag, str) and e.get("id")]
    assert len(ids) == len(set(ids))
    assert {a.get("href") for a in page.iter("a")} <= {f"#{i}" for i in ids}
    style = page.findtext(".//style")
    assert "url(" not in style and "@import" not in style
    policy = page.find(".//meta[@http-equiv='Content-Security-Policy']").get("content")
    assert "default-src 'none'" in policy and "script-src" not in policy


def test_small_screens_and_keyboards(page) -> None:
    assert page.get("lang") == "zh-CN"
    assert "width=device-width" in page.find(".//meta[@name='viewport']").get("content")
    for table in page.iter("table"):
        box = table.getparent()
        assert box.get("class") == "scroll" and box.get("tabindex") == "0" and box.get("role") == "region"
        assert page.get_element_by_id(box.get("aria-labelledby")) is not None
    assert all(nav.get("aria-label") for nav in page.iter("nav"))
    first = next(page.iter("a"))
    assert first.get("class") == "skip" and page.get_element_by_id(first.get("href")[1:]).tag == "main"


@pytest.mark.parametrize("kind", ["final", "budget"])
@pytest.mark.parametrize("name", sorted(layouts()))
def test_every_layout_keeps_the_content(tmp_path: Path, name: str, kind: str) -> None:
    told = random.disclosure(6, kind=kind, items=8)
    (read,) = read_file(html.write(told, tmp_path / "a.html", name))
    assert made.cells(read) == made.cells(told)


def test_an_empty_disclosure_is_a_page() -> None:
    page = parse.document_fromstring(html.render(Disclosure()))
    assert page.findtext(".//h1") == "部门预决算"


def test_an_indicator_of_many_lines_keeps_them(tmp_path: Path) -> None:
    told = made.disclosure(3, "final")
    text = html.render(told)
    assert text.count("<caption>") == text.count("</caption>") == len(told.statements) + len(told.evaluations)


def test_charts_tell_their_figures_in_words_and_lead_to_the_table(page) -> None:
    charts = list(page.iter("svg"))
    assert len(charts) >= 3
    for chart in charts:
        picture = chart.find("g")
        assert picture.get("role") == "img" and "单位：" in picture.get("aria-label")
        shown = [t.text for t in picture.iter("text") if t.get("class") == "n"]
        bars = [r for r in picture.iter("rect") if r.get("y") and float(r.get("height")) > 11]
        assert shown and len(bars) <= len(shown)
        assert all(figure in picture.get("aria-label") for figure in shown)
        for link in chart.iter("a"):
            assert page.get_element_by_id(link.get("href")[1:]).tag == "section"
        x, y, wide, high = map(float, chart.get("viewbox").split())
        assert (x, y, wide) == (0, 0, 400)
        assert all(float(r.get("x")) + float(r.get("width")) <= wide for r in picture.iter("rect"))
        assert all(float(t.get("y")) <= high for t in chart.iter("text"))


def test_a_chart_shows_what_the_statement_prints() -> None:
    told = random.disclosure(3, kind="final")
    first = next(charts.charts(told, load(told.year)))
    statement = told.statement("F01")
    printed = [c.printed for r, c in statement.cells() if r.side == "income" and c.printed.value]
    assert [bar.figures[0] for bar in first.bars] == [p for p in printed if p in [b.figures[0] for b in first.bars]]
    assert sum(bar.figures[0].value for bar in first.bars) == first.total.value


def test_budget_and_outturn_of_the_running_text_are_drawn() -> None:
    text = "农村供水（项）年初预算为120.00万元，支出决算为96.50万元，完成年初预算的80.42%。"
    figures = tuple(
        Figure(Printed.parse(v), u, text.index(v), text.index(v) + len(v))
        for v, u in (("120.00", "万元"), ("96.50", "万元"), ("80.42", "%"))
    )
    told = Disclosure(kind="final", year=2023, sentences=(Sentence(text, ("一、说明",), figures),))
    (chart,) = charts.charts(told, load(2023))
    assert (chart.unit, chart.series) == ("万元", ("预算数", "决算数"))
    assert [(b.label, *(f.text for f in b.figures)) for b in chart.bars] == [("农村供水", "120.00", "96.50")]
    drawn = parse.document_fromstring(html.render(told))
    assert len(list(drawn.iter("svg"))) == 1


def test_nothing_below_nothing_breaks_a_chart() -> None:
    row = Row("", "其他收入", "income", printed_label="八、其他收入", cells=(Cell("amount", Printed.parse("-5.00")),))
    zero = Row("", "事业收入", "income", printed_label="五、事业收入", cells=(Cell("amount", Printed.parse("0.00")),))
    told = Disclosure(kind="final", year=2023, statements=(Statement("F01", "收入支出决算总表", rows=(row, zero)),))
    page = html.render(told)
    assert 'class="s0 minus"' in page and "-5.00" in page


@pytest.mark.browser
@browser.needed
@pytest.mark.parametrize("wide", [360, 1200])
def test_the_page_is_no_wider_than_the_screen(tmp_path: Path, wide: int) -> None:
    page = html.render(made.disclosure(3, "final")).replace("default-src 'none'; ", "")
    assert 300 < int(browser.said(page, "document.documentElement.scrollWidth", wide, tmp_path)) <= wide
