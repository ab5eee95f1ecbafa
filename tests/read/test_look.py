"""The picture of a page shows what was seen: words, lines, grids, roles, what was dropped, and a legend."""

from pathlib import Path

import pytest
from PIL import Image, ImageChops

from mingzhang.disclosure import Cell, Disclosure, Figure, Place, Printed, Remark, Row, Sentence, Statement
from mingzhang.read.block import Grid, GridCell, Line
from mingzhang.read.errors import ReadError
from mingzhang.read.look import draw, ink, look
from mingzhang.read.look.lines import SHOWN, parts, pieces
from mingzhang.read.look.panel import WIDTH
from mingzhang.read.look.roles import Role, roles, whole
from mingzhang.read.pages.page import Dropped, Page, Rule, Word
from tests.read.written import PLAIN, disclosure_pdf

BOX = (100.0, 100.0, 160.0, 120.0)


def cell(column: str, box: tuple[float, float, float, float], placed: tuple[str, ...] = ()) -> Cell:
    return Cell(
        column, Printed.parse("12.50"), Place("a.pdf", 1, box), placed, ("total", "basic") if column == "?" else ()
    )


def disclosure(*cells: Cell) -> Disclosure:
    statement = Statement(
        "F03", "支出决算表", columns=("total",), headers=("合计",), rows=(Row("210", "卫生", cells=cells),)
    )
    return Disclosure(statements=(statement,))


def page() -> Page:
    return Page(1, 300, 200, [Word("12.50", 110, 103, 140, 117)], [Rule(100, 100, 220, 100), Rule(100, 100, 100, 120)])


def colours(image: Image.Image, box: tuple[float, float, float, float]) -> set[tuple[int, ...]]:
    x0, top, x1, bottom = (round(2 * v) for v in box)
    found = image.crop((x0 - 3, top - 3, x1 + 4, bottom + 4)).getcolors(100_000) or []
    return {colour for _, colour in found if isinstance(colour, tuple)}


def test_the_page_is_to_scale_and_the_legend_beside_it() -> None:
    assert draw(page(), []).width == 600 + WIDTH
    assert draw(page(), [], scale=1.0).width == 300 + WIDTH


def test_words_rules_grids_and_lines_are_drawn() -> None:
    grid = Grid(1, 1, 2, (GridCell(0, 0, 1, 2, ("12.50",), BOX),), BOX)
    plain = colours(draw(page(), []), BOX)
    assert {ink.WORD, ink.RULE} <= plain
    assert ink.GRID not in plain
    image = draw(page(), [grid, Line("x", 1, (20, 150, 80, 160))])
    assert ink.GRID in colours(image, BOX)
    assert ink.LINE in colours(image, (14, 150, 20, 160))


def test_figures_take_the_colour_of_their_column_and_open_ones_another() -> None:
    other = (160.0, 100.0, 220.0, 120.0)
    image = draw(page(), [], disclosure(cell("total", BOX), cell("?", other)))
    assert ink.COLOURS[0] in colours(image, BOX)
    assert ink.OPEN in colours(image, other)
    assert ink.OPEN not in colours(draw(page(), [], disclosure(cell("total", BOX))), other)


def test_roles_of_other_pages_are_left_out() -> None:
    assert [role.name for role in roles((disclosure(cell("total", BOX)),), 1)] == ["total"]
    assert roles((disclosure(cell("total", BOX)),), 2) == []


def test_what_was_dropped_is_red_and_listed() -> None:
    dropped = page()
    dropped.dropped = [Dropped(Word("白字", 20, 20, 60, 32), "no ink")]
    image = draw(dropped, [])
    assert ink.LOST in colours(image, (20, 20, 60, 32))
    assert ink.LOST not in colours(draw(page(), []), (20, 20, 60, 32))
    remark = Disclosure(remarks=(Remark("figure", "7", "没有栏", Place("a.pdf", 1, (20, 20, 60, 32))),))
    assert ink.LOST in colours(draw(page(), [], remark), (20, 20, 60, 32))


def test_a_rendered_page_lies_under_what_was_seen(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(disclosure_pdf())
    image = look(path, 1)
    assert image.width > image.height
    bare = ImageChops.difference(image.convert("RGB"), look(path, 2).resize(image.size).convert("RGB"))
    assert bare.getbbox()
    with pytest.raises(ReadError) as caught:
        look(path, 3)
    assert "共 2 页" in caught.value.message


def test_text_is_shown_in_parts_with_its_figures(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(PLAIN, encoding="utf-8")
    image = look(path, 1)
    assert ink.LOST in {c for _, c in image.getcolors(1 << 20) or []}
    with pytest.raises(ReadError):
        look(path, 2)
    long = Page(None, lines=[(n, f"第 {n} 行") for n in range(1, 2 * SHOWN + 2)])
    assert parts(long) == 3
    assert draw(long, [], part=3).height < draw(long, [], part=1).height


def test_a_figure_in_a_line_is_found_once_and_as_a_whole() -> None:
    assert whole("2024年 0 万元 10.00 0.5 0", "0") == [6, 21]
    role = Role("cell", "F03", "basic", "", "", "5.00", None, 1)
    found = pieces("15.00\t5.00\t5.00", [role, role])
    assert [(piece.text, piece.role is not None) for piece in found] == [
        ("15.00", False), ("\t", False), ("5.00", True), ("\t", False), ("5.00", True),
    ]  # fmt: skip


def test_a_figure_of_a_sentence_is_marked_at_its_digits_only() -> None:
    line = Word("支出合计12.50万元，其中", 100, 100, 220, 120)
    figure = Figure(Printed.parse("12.50"), "万元", 4, 9, Place("a.pdf", 1, (100, 100, 220, 120)))
    sentence = Sentence("支出合计12.50万元，其中", (), (figure,), Place("a.pdf", 1, (100, 100, 220, 120)))
    image = draw(Page(1, 300, 200, [line]), [], Disclosure(sentences=(sentence,)))
    assert ink.COLOURS[0] in colours(image, (140, 100, 170, 120))
    assert ink.COLOURS[0] not in colours(image, (100, 100, 130, 120))


def test_absurd_pages_stay_small() -> None:
    assert draw(Page(1, 200_000, 100), []).width < 6100 + WIDTH
    assert draw(Page(1, 0, 0), []).width >= WIDTH
