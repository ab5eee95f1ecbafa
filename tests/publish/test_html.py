"""The web page: one file, readable by eye, keyboard and screen reader, that runs nothing and fetches nothing."""

import re
from pathlib import Path

import pytest
from lxml import html as parse

from mingzhang.disclosure import Disclosure
from mingzhang.forms import random
from mingzhang.publish import html
from mingzhang.publish.layout import layouts
from mingzhang.read import read_file
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
    assert page.find(".//nav").get("aria-label")


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
