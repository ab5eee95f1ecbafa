"""The workbook: live totals with their printed values, comments where the digits miss, an index, print setup."""

import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from lxml import etree

from mingzhang.disclosure import Cell, Disclosure, Printed, Row, Statement
from mingzhang.forms import load, random
from mingzhang.forms.random.spoil import rounded
from mingzhang.publish import xlsx
from mingzhang.publish.totals import totals
from mingzhang.read import read_file
from tests.publish import made

_S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RANGE = re.compile(r"([A-Z]+)(\d+)(?::([A-Z]+)(\d+))?")


def _sheets(path: Path) -> dict[str, etree._Element]:
    with zipfile.ZipFile(path) as package:
        book = etree.fromstring(package.read("xl/workbook.xml"))
        names = [s.get("name") for s in book.iter(_S + "sheet")]
        return {n: etree.fromstring(package.read(f"xl/worksheets/sheet{k}.xml")) for k, n in enumerate(names, 1)}


def _number(letters: str) -> int:
    value = 0
    for letter in letters:
        value = value * 26 + ord(letter) - 64
    return value


def _cells(argument: str) -> Iterator[tuple[int, int]]:
    a, b, c, d = _RANGE.fullmatch(argument).groups()
    for column in range(_number(a), _number(c or a) + 1):
        for row in range(int(b), int(d or b) + 1):
            yield column, row


def _computed(formula: str, values: dict[tuple[int, int], Decimal]) -> Decimal:
    """What a sum comes to; every cell stands in it once."""
    whole = Decimal(0)
    seen: list[tuple[int, int]] = []
    for sign, arguments in re.findall(r"([+-]?)SUM\(([^)]*)\)", formula):
        for argument in arguments.split(","):
            for place in _cells(argument):
                seen.append(place)
                whole += -values.get(place, 0) if sign == "-" else values.get(place, 0)
    assert len(seen) == len(set(seen)), formula
    return whole


def _values(sheet: etree._Element) -> tuple[dict[tuple[int, int], Decimal], dict[tuple[int, int], str]]:
    values, formulas = {}, {}
    for cell in sheet.iter(_S + "c"):
        a, b, *_ = _RANGE.fullmatch(cell.get("r")).groups()
        value = cell.find(_S + "v")
        if cell.get("t") in (None, "n") and value is not None:
            values[(_number(a), int(b))] = Decimal(value.text)
        formula = cell.find(_S + "f")
        if formula is not None:
            formulas[(_number(a), int(b))] = formula.text
    return values, formulas


@pytest.mark.parametrize("layout", ["ruled", "three-cells", "horizontal", "turned"])
@pytest.mark.parametrize("kind", ["final", "budget"])
def test_every_formula_comes_to_the_value_beside_it(tmp_path: Path, kind: str, layout: str) -> None:
    told = made.disclosure(3, kind)
    path = xlsx.write(told, tmp_path / "a.xlsx", layout)
    many = 0
    for sheet in _sheets(path).values():
        values, formulas = _values(sheet)
        for place, formula in formulas.items():
            assert _computed(formula, values) == values[place], formula
        many += len(formulas)
    possible = sum(any(not t.off for t in found) for found in totals(told, load(told.year)).values())
    assert many >= 0.95 * possible > 100


def test_a_changed_item_moves_every_total_above_it(tmp_path: Path) -> None:
    told = random.disclosure(3, kind="final", items=6, zeros=False)
    sheet = _sheets(xlsx.write(told, tmp_path / "a.xlsx"))["一般公共预算财政拨款支出决算表"]
    values, formulas = _values(sheet)
    item = next(place for place in values if place not in formulas and place[0] > 3)
    values[item] += 1
    for _ in range(6):
        values |= {place: _computed(formula, values) for place, formula in formulas.items()}
    before, _ = _values(sheet)
    moved = {place for place in formulas if values[place] != before[place]}
    assert len({row for _, row in moved}) >= 4 and all(values[p] - before[p] == 1 for p in moved)


def test_an_amount_typed_into_an_empty_cell_counts(tmp_path: Path) -> None:
    told = random.disclosure(3, kind="final", items=3, zeros=False)
    sheet = _sheets(xlsx.write(told, tmp_path / "a.xlsx"))["收入支出决算总表"]
    values, formulas = _values(sheet)
    blank = {(c, r) for f in formulas.values() for a in re.findall(r"[A-Z]+\d+(?::[A-Z]+\d+)?", f) for c, r in _cells(a)}
    assert blank - set(values), "blank lines are parts of the total"


def test_where_the_digits_miss_the_value_stays_and_a_comment_says_by_how_much(tmp_path: Path) -> None:
    rows = (
        Row("", "合计", cells=tuple(Cell(c, Printed.parse(v)) for c, v in (("total", "3.01"), ("basic", "1.00"), ("project", "2.00")))),
        Row("210", "卫生健康支出", cells=tuple(Cell(c, Printed.parse(v)) for c, v in (("total", "3.00"), ("basic", "1.00"), ("project", "2.00")))),
    )  # fmt: skip
    statement = Statement("F05", "一般公共预算财政拨款支出决算表", unit="万元", columns=("total", "basic", "project"), rows=rows)
    told = replace(random.disclosure(2, items=2), statements=(statement,))
    path = xlsx.write(told, tmp_path / "a.xlsx")
    values, formulas = _values(_sheets(path)["一般公共预算财政拨款支出决算表"])
    assert Decimal("3.01") in values.values()
    assert all(values[place] != Decimal("3.01") for place in formulas)
    with zipfile.ZipFile(path) as package:
        comments = [package.read(n).decode() for n in package.namelist() if n.startswith("xl/comments")]
    assert len(comments) == 1 and "多 0.01" in comments[0]
    (read,) = read_file(path)
    assert made.cells(read) == made.cells(told)


@pytest.mark.parametrize("seed", range(3))
def test_independent_rounding_is_kept_and_told(tmp_path: Path, seed: int) -> None:
    told = rounded(random.disclosure(seed, kind="final", unit="元", items=9, zeros=False))
    found = totals(told, load(told.year))
    missed = {spot for spot, several in found.items() if any(t.off for t in several)}
    path = xlsx.write(told, tmp_path / "a.xlsx")
    with zipfile.ZipFile(path) as package:
        comments = [package.read(n).decode() for n in package.namelist() if n.startswith("xl/comments")]
    assert sum(text.count("<comment ") for text in comments) == len(missed) > 0
    for sheet in _sheets(path).values():
        values, formulas = _values(sheet)
        assert all(_computed(formula, values) == values[place] for place, formula in formulas.items())
    (read,) = read_file(path)
    assert made.cells(read) == made.cells(told)


def test_a_circle_of_sums_gets_no_circular_formula() -> None:
    parts = {("a", "x"): (("b", "x"),), ("b", "x"): (("c", "x"),)}
    assert xlsx._reaches([("a", "x")], ("c", "x"), parts) and not xlsx._reaches([("c", "x")], ("a", "x"), parts)


def test_the_index_leads_to_every_sheet(tmp_path: Path) -> None:
    told = made.disclosure(3, "final")
    sheets = _sheets(xlsx.write(told, tmp_path / "a.xlsx"))
    first, *others = sheets
    assert first == "目录"
    links = [link.get("location") for link in sheets[first].iter(_S + "hyperlink")]
    assert links == [f"'{name}'!A1" for name in others]
    assert {s.title for s in told.statements} <= set(others)


def test_sheets_are_set_up_for_printing(tmp_path: Path) -> None:
    path = xlsx.write(made.disclosure(3, "final"), tmp_path / "a.xlsx")
    wide = 0
    for sheet in _sheets(path).values():
        setup = sheet.find(_S + "pageSetup")
        assert (setup.get("paperSize"), setup.get("fitToHeight")) == ("9", "0")
        assert sheet.find(f"{_S}sheetPr/{_S}pageSetUpPr").get("fitToPage") == "1"
        wide += setup.get("orientation") == "landscape"
    assert 1 <= wide < len(_sheets(path))
    with zipfile.ZipFile(path) as package:
        names = package.read("xl/workbook.xml").decode()
    assert names.count("_xlnm.Print_Titles") == 10


def test_text_stays_text(tmp_path: Path) -> None:
    row = Row("", "=1+1", printed_label="=1+1", cells=(Cell("final", Printed.parse("1.00")),))
    told = Disclosure(year=2024, kind="final", statements=(Statement("F10", "=cmd()", number="@x", rows=(row,)),))
    for sheet in _sheets(xlsx.write(told, tmp_path / "a.xlsx")).values():
        assert not list(sheet.iter(_S + "f"))


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice (soffice) is not installed")
@pytest.mark.parametrize("kind", ["final", "budget"])
def test_libreoffice_computes_the_same_totals(tmp_path: Path, kind: str) -> None:
    told = made.disclosure(4, kind)
    path = xlsx.write(told, tmp_path / "a.xlsx")
    (tmp_path / "out").mkdir()
    profile = f"-env:UserInstallation=file://{tmp_path / 'profile'}"
    command = ["soffice", profile, "--headless", "--convert-to", "xlsx", "--outdir", str(tmp_path / "out"), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    (read,) = read_file(tmp_path / "out" / "a.xlsx")
    assert made.cells(read) == made.cells(told)
    assert made.indicators(read) == made.indicators(told)
