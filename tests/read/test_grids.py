"""Words and rules become grids and lines."""

from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from mingzhang.read.block import Grid, Line
from mingzhang.read.grids import blocks
from mingzhang.read.pages.page import Page, Rule, Word

_EM = 10.0


def word(text: str, x: float, y: float, size: float = _EM) -> Word:
    """A word that starts at ``x`` and has its middle at ``y``: full width for Chinese, half for the rest."""
    width = sum(size if c > "\u2000" else size / 2 for c in text)
    return Word(text, x, y - size / 2, x + width, y + size / 2)


def right(text: str, x: float, y: float) -> Word:
    """A word that ends at ``x``."""
    w = word(text, 0, y)
    return Word(text, x - w.x1, w.top, x, w.bottom)


def across(y: float, x0: float, x1: float) -> Rule:
    return Rule(x0, y, x1, y)


def down(x: float, top: float, bottom: float) -> Rule:
    return Rule(x, top, x, bottom)


def full(xs: Sequence[float], ys: Sequence[float]) -> list[Rule]:
    """All lines of a table."""
    return [across(y, xs[0], xs[-1]) for y in ys] + [down(x, ys[0], ys[-1]) for x in xs]


def seen(words: list[Word], rules: Sequence[Rule] = ()) -> list[Line | Grid]:
    return blocks(Page(1, 600, 800, words, list(rules)))


def texts(grid: Grid) -> dict[tuple[int, int], str]:
    return {(c.row, c.column): c.text for c in grid.cells if c.text}


def spans(grid: Grid) -> dict[str, tuple[int, int]]:
    return {c.text: (c.rows, c.columns) for c in grid.cells if c.text}


XS, YS = (50, 150, 250, 350), (100, 120, 140, 160)


def test_merged_cells_by_missing_lines() -> None:
    rules = [across(100, 50, 350), across(120, 150, 350), across(140, 50, 350), across(160, 50, 350)]
    rules += [down(50, 100, 160), down(150, 100, 160), down(250, 120, 160), down(350, 100, 160)]
    words = [word("项目", 80, 120), word("本年", 240, 110), word("合计", 190, 130), word("其中", 290, 130),
             word("甲", 60, 150), right("1.00", 245, 150), right("2.00", 345, 150)]  # fmt: skip
    (grid,) = seen(words, rules)
    assert isinstance(grid, Grid) and grid.ruled
    assert (grid.rows, grid.columns) == (3, 3)
    assert spans(grid)["项目"] == (2, 1) and spans(grid)["本年"] == (1, 2)
    assert texts(grid)[2, 1] == "1.00" and texts(grid)[2, 2] == "2.00"
    assert [c.text for c in grid.cells if c.text][:2] == ["项目", "本年"]


def test_a_number_at_the_top_of_a_tall_cell_stays_there_with_its_lines() -> None:
    words = [word("甲乙", 60, 108), word("丙丁", 60, 118), word("戊", 60, 130), right("7.5", 245, 106)]
    (grid,) = seen(words, full((50, 150, 250), (100, 140, 160)))
    assert isinstance(grid, Grid)
    assert grid.cells[0].lines == ("甲乙", "丙丁", "戊") and texts(grid)[0, 1] == "7.5"


def test_open_sides_double_lines_and_small_gaps() -> None:
    rules = [across(y, 50, 350) for y in (100, 101.5, 120, 140, 160)]
    rules += [down(150, 100, 119), down(150.8, 121, 160), down(250, 100, 160)]
    words = [word("甲", 60, 130), right("1", 245, 130), right("2", 340, 130)]
    (grid,) = seen(words, rules)
    assert isinstance(grid, Grid)
    assert (grid.rows, grid.columns) == (3, 3)
    assert texts(grid) == {(1, 0): "甲", (1, 1): "1", (1, 2): "2"}


def test_boxes_drawn_for_each_cell_are_one_grid() -> None:
    rules, words = [], []
    for r in range(3):
        for c in range(3):
            x, y = 50 + 100 * c, 100 + 20 * r
            rules += full((x + 0.8, x + 99), (y + 0.8, y + 19))
            words.append(word(f"{r}{c}", x + 20, y + 10))
    (grid,) = seen(words, rules)
    assert isinstance(grid, Grid)
    assert texts(grid) == {(r, c): f"{r}{c}" for r in range(3) for c in range(3)}


def test_grids_side_by_side_and_lines_between_in_reading_order() -> None:
    rules = full((50, 100, 150), (100, 120, 140)) + full((200, 250, 300), (100, 120, 140))
    words = [word("标题", 150, 50), word("1", 60, 110), word("2", 210, 110), word("注：", 50, 160)]
    found = seen(words, rules)
    assert [type(b) for b in found] == [Line, Grid, Grid, Line]
    assert isinstance(found[0], Line) and found[0].starts_page and not found[3].starts_page  # type: ignore[union-attr]
    assert texts(found[1]) == {(0, 0): "1"} and texts(found[2]) == {(0, 0): "2"}  # type: ignore[arg-type]


def test_a_frame_around_text_is_no_grid() -> None:
    found = seen([word("一段文字在框内", 60, 110), word("第二行", 60, 130)], full((50, 300), (100, 200)))
    assert all(isinstance(b, Line) for b in found)


def test_lines_keep_the_pieces_that_wide_gaps_part() -> None:
    (line,) = seen([word("部门：某局", 50, 100), word("单位：", 300, 100), word("万元", 333, 100)])
    assert isinstance(line, Line)
    assert line.parts == ("部门：某局", "单位： 万元") and line.text == "部门：某局 单位： 万元"


def _table(y: float = 100, pitch: float = 20) -> list[Word]:
    words = [word("科目", 60, y), word("合计", 180, y), word("基本", 270, y), word("项目", 360, y)]
    for k, (name, *numbers) in enumerate(
        [("教育", "12.50", "10.00", "2.50"), ("卫生", "1,203.00", "", "1,203.00"), ("住房", "3.10", "3.10", ""),
         ("合计", "1,218.60", "13.10", "1,205.50")], 1):  # fmt: skip
        words.append(word(name, 60, y + pitch * k))
        words += [right(n, x, y + pitch * k) for n, x in zip(numbers, (205, 295, 385), strict=True) if n]
    return words


_EXPECTED = {
    (0, 0): "科目", (0, 1): "合计", (0, 2): "基本", (0, 3): "项目",
    (1, 0): "教育", (1, 1): "12.50", (1, 2): "10.00", (1, 3): "2.50",
    (2, 0): "卫生", (2, 1): "1,203.00", (2, 3): "1,203.00",
    (3, 0): "住房", (3, 1): "3.10", (3, 2): "3.10",
    (4, 0): "合计", (4, 1): "1,218.60", (4, 2): "13.10", (4, 3): "1,205.50",
}  # fmt: skip


def test_a_table_without_lines() -> None:
    words = [word("某某年度支出表", 170, 60, 14), word("单位：万元", 330, 82), *_table()]
    found = seen([*words, word("注：本表反映本年度各项支出情况，数据取自账簿。", 50, 205)])
    assert [type(b) for b in found] == [Line, Line, Grid, Line]
    grid = found[2]
    assert isinstance(grid, Grid) and not grid.ruled
    assert texts(grid) == _EXPECTED


def test_a_table_ruled_across_only() -> None:
    found = seen(_table(), [across(y, 50, 390) for y in (90, 110, 190)])
    (grid,) = found
    assert isinstance(grid, Grid) and texts(grid) == _EXPECTED
    found = seen(_table(), [across(90 + 20 * k, 50, 390) for k in range(6)])
    (grid,) = found
    assert isinstance(grid, Grid) and texts(grid) == _EXPECTED


def test_a_table_with_uprights_only() -> None:
    rules = [across(90, 50, 390), across(190, 50, 390)] + [down(x, 90, 190) for x in (50, 140, 215, 305, 390)]
    (grid,) = seen(_table(), rules)
    assert isinstance(grid, Grid) and grid.ruled and texts(grid) == _EXPECTED


def test_a_column_without_upright_is_parted() -> None:
    rules = [across(90 + 20 * k, 50, 390) for k in range(6)] + [down(x, 90, 190) for x in (50, 140, 390)]
    (grid,) = seen(_table(), rules)
    assert isinstance(grid, Grid) and texts(grid) == _EXPECTED


def test_a_header_word_of_a_table_without_lines_is_a_cell_with_the_box_of_its_words() -> None:
    words = [*_table(y=120), word("本年支出", 263, 100)]
    (grid,) = seen(words)
    assert isinstance(grid, Grid)
    cell = next(c for c in grid.cells if c.text == "本年支出")
    assert (round(cell.box[0]), cell.columns) == (263, 1)


def test_running_text_contents_and_lists_stay_lines() -> None:
    prose = [word("本部门本年度支出为若干万元，比上年增加，主要原因是项目增加", 50, 100 + 15 * k) for k in range(6)]
    contents = [w for k in range(6)
                for w in (word("第一部分概况" + "…" * 20, 50, 300 + 15 * k), right(str(k + 1), 500, 300 + 15 * k))]  # fmt: skip
    numbered = [w for k in range(6) for w in (word(f"{k + 1}.", 50, 500 + 15 * k), word("甲乙丙", 70, 500 + 15 * k))]
    assert all(isinstance(b, Line) for b in seen(prose + contents + numbered))


def test_text_without_geometry_gives_its_lines() -> None:
    found = blocks(Page(None, lines=[(1, "甲\t1.00"), (2, "乙")]))
    assert [(b.number, b.parts) for b in found if isinstance(b, Line)] == [(1, ("甲", "1.00")), (2, ("乙",))]


@settings(max_examples=60, deadline=None)
@given(
    st.integers(1, 8),
    st.integers(2, 8),
    st.lists(st.floats(12, 60), min_size=16, max_size=16),
    st.lists(st.floats(-1.2, 1.2), min_size=40, max_size=40),
)
def test_every_word_is_in_the_cell_that_holds_its_middle(
    rows: int, columns: int, sizes: list[float], shakes: list[float]
) -> None:
    xs, ys = [50.0], [100.0]
    for k in range(columns):
        xs.append(xs[-1] + sizes[k] + 20)
    for k in range(rows):
        ys.append(ys[-1] + sizes[8 + k])
    shake = iter(shakes * 4)
    rules = [across(y + next(shake), xs[0] - 0.5, xs[-1] + 0.5) for y in ys]
    rules += [down(x + next(shake), ys[0] - 0.5, ys[-1] + 0.5) for x in xs]
    words = [
        word(f"{r}x{c}", (xs[c] + xs[c + 1]) / 2 - 4, (ys[r] + ys[r + 1]) / 2, 8)
        for r in range(rows)
        for c in range(columns)
    ]
    (grid,) = seen(words, rules)
    assert isinstance(grid, Grid)
    assert texts(grid) == {(r, c): f"{r}x{c}" for r in range(rows) for c in range(columns)}
