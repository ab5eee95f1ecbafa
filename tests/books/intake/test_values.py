"""Cells as values: exact amounts however they are typed, dates as text and as serial numbers."""

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingzhang.books.intake import values
from mingzhang.books.intake.sheet import Cell
from mingzhang.books.intake.take import sheets_of, take
from mingzhang.books.intake.values import Wrong
from mingzhang.books.intake.worksheet import digits
from tests.books.intake.made import YEAR, folder, xlsx
from tests.books.intake.test_faults import base

WIDE = str.maketrans("0123456789.,-", "０１２３４５６７８９．，－")
fen = st.integers(1, 10**14)


def printed(amount: int) -> str:
    return f"{amount // 100}.{amount % 100:02}"


@given(fen, st.booleans(), st.booleans())
def test_an_amount_is_the_same_however_it_is_typed(amount: int, grouped: bool, wide: bool) -> None:
    text = f"{amount // 100:,}.{amount % 100:02}" if grouped else printed(amount)
    assert values.amount(Cell(text.translate(WIDE) if wide else text), "yuan") == amount


@given(fen)
def test_the_double_that_a_spreadsheet_stores_gives_back_what_was_typed(amount: int) -> None:
    """Spreadsheets write the double with up to 17 digits."""
    double = float(printed(amount))
    for stored in (repr(double), f"{double:.17g}", f"{double:.15g}", f"{double:.16E}"):
        assert values.amount(Cell(digits(stored), "number"), "yuan") == amount


@given(st.integers(1, 10**14))
def test_amounts_in_ten_thousands_go_down_to_the_fen(amount: int) -> None:
    assert values.amount(Cell(f"{Decimal(amount).scaleb(-6):f}"), "wan") == amount


@pytest.mark.parametrize("stored", ["0.30000000000000004", "100.005", "1e-3"])
def test_more_digits_than_the_fen_are_refused_not_rounded(stored: str) -> None:
    with pytest.raises(Wrong, match="amount_decimals"):
        values.amount(Cell(digits(stored), "number"), "yuan")


@given(st.dates(date(1900, 3, 1), date(2199, 12, 31)))
def test_dates_as_text_and_as_serial_numbers(day: date) -> None:
    serial = (day - date(1899, 12, 30)).days
    for text in (day.isoformat(), f"{day.year}/{day.month}/{day.day}", f"{day.year}年{day.month}月{day.day}日",
                 f"{day.year}.{day.month:02}.{day.day:02}", f"{day:%Y%m%d}", f"{day.isoformat()} 00:00:00",
                 day.isoformat().translate(WIDE)):  # fmt: skip
        assert values.day(Cell(text)) == day
    assert values.day(Cell(str(serial), "dated")) == values.day(Cell(str(serial), "number")) == day
    old = (day - date(1904, 1, 1)).days
    if day > date(1904, 1, 1) + timedelta(days=100):
        assert values.day(Cell(str(old), "dated"), 1904) == day


@pytest.mark.parametrize("text", ["2024-13-01", "24-01-05", "5/6/2024", "1月5日", "", "60", "0", "-1", "2024", "９", "1e5"])
def test_what_is_no_date(text: str) -> None:
    kind = "number" if text.lstrip("-").isascii() and text.lstrip("-").isdigit() and len(text) < 4 else "text"
    with pytest.raises(Wrong, match="date_text"):
        values.day(Cell(text, kind))


@given(st.text(max_size=40), st.sampled_from(["text", "number", "dated", "truth"]))
def test_any_text_is_a_value_or_wrong(text: str, kind: str) -> None:
    cell = Cell(text, kind)
    for read in (lambda c: values.amount(c, "yuan", signed=True), values.count, values.whole, values.day, values.words):
        try:
            read(cell)
        except Wrong as wrong:
            assert wrong.reason


def test_the_declared_unit_of_money_counts(tmp_path: Path) -> None:
    """In the header, above it, or on the first sheet; the nearest counts."""
    sheets = base()
    sheets["支付"][0][10] = "金额"
    sheets["支付"].insert(0, ["2024 年支付，单位：万元"])
    sheets["支付"][2][10], sheets["支付"][3][10] = "0.01", "０．０２"
    sheets["年初预算"][0][9] = "金额"
    sheets["说明"].append(["", "金额单位", "元", ""])
    for path in (xlsx(tmp_path / "a.xlsx", sheets), folder(tmp_path / "a", sheets)):
        taken = take(path, YEAR)
        assert not taken.faults, [f.words() for f in taken.faults]
        assert [d.amount for d in taken.records.drafts] == [100_000, 50_050, 100_000, 10_000, 20_000]
        assert {s.row for s in taken.records.spots if s.sheet == "支付"} == {3, 4}


def test_names_and_codes_say_the_same(tmp_path: Path) -> None:
    sheets = base()
    sheets["支付"][1][4:9] = ["甲局本级", "general", "2101501行政运行", "基本工资", ""]
    sheets["支付"][2][4:9] = ["001 甲局本级", "一般公共预算拨款", "n:2101501", "n:30101", ""]
    sheets["年初预算"][2][7] = "窗口改造"
    taken = take(xlsx(tmp_path / "a.xlsx", sheets), YEAR)
    assert not taken.faults, [f.words() for f in taken.faults]
    lines = [d.line for d in taken.records.drafts if d.kind == "payment"]
    assert lines[0] == lines[1] and lines[0].economic == "30101"
    assert taken.records.drafts[1].line.project == "P1"


def test_hidden_rows_and_sheets_are_read_and_said(tmp_path: Path) -> None:
    sheets = {"支付": base()["支付"], **base()}
    path = xlsx(tmp_path / "a.xlsx", sheets, hidden_row=3, hidden_sheet="年初预算")
    taken = take(path, YEAR)
    assert not taken.faults and len(taken.records.drafts) == 5
    assert [(n.sheet, n.reason) for n in taken.notices] == [("年初预算", "said_hidden_sheet"), ("支付", "said_hidden_rows")]


def test_serials_of_the_1904_system(tmp_path: Path) -> None:
    sheets = base()
    sheets["支付"][1][1] = f"d:{(date(YEAR, 3, 5) - date(1904, 1, 1)).days}"
    taken = take(xlsx(tmp_path / "a.xlsx", sheets, epoch=1904), YEAR)
    assert not taken.faults
    assert [d.date for d in taken.records.drafts if d.document == "支1"] == [date(YEAR, 3, 5)]


def test_blank_rows_and_sheets_of_the_clerk_do_no_harm(tmp_path: Path) -> None:
    sheets = base()
    sheets["支付"][1:1] = [[""] * 15, [" "] * 15]
    sheets["透视表"] = [["随便", "什么"], ["n:1", "f:=A2|1"]]
    taken = take(xlsx(tmp_path / "a.xlsx", sheets), YEAR)
    assert not taken.faults and len(taken.records.drafts) == 5
    assert [(n.sheet, n.reason) for n in taken.notices] == [("透视表", "said_sheet_unknown")]


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_csv_as_spreadsheet_programs_save_it(encoding: str, delimiter: str, tmp_path: Path) -> None:
    path = folder(tmp_path / "a", base())
    for file in path.iterdir():
        file.write_bytes(file.read_text("utf-8-sig").replace(",", delimiter).encode(encoding))
    taken = take(path, YEAR)
    assert not taken.faults and len(taken.records.drafts) == 5


def test_texts_that_look_like_formulas_are_texts_again(tmp_path: Path) -> None:
    from mingzhang.books.intake.folder import guarded

    for text in ("=1+1", "+1", "-x", "@a", "'", "'=1", "''", "a=1", "'a"):
        (tmp_path / "文字.csv").write_text(f'类别,主题,文字\n原因,x,"{guarded(text)}"\n', "utf-8")
        (sheet,) = sheets_of(tmp_path)
        assert sheet.rows[1].cells[2].text == text
        assert not guarded(text).startswith(("=", "+", "-", "@"))


@pytest.mark.parametrize("text", ["①", "10²", "㊿", "1½", "₂", "𝟏𝟐"])
def test_what_only_looks_like_a_digit_is_no_amount(text: str) -> None:
    with pytest.raises(Wrong, match="amount_text"):
        values.amount(Cell(text), "yuan")


@pytest.mark.parametrize("text", ["甲\u202e局", "甲\u200b局", "\ufeff甲局", "甲\u2066局"])
def test_a_name_that_looks_like_another_is_refused(text: str) -> None:
    with pytest.raises(Wrong, match="text_control"):
        values.words(Cell(text))
