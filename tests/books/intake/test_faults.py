"""Every kind of bad row gives exactly its reason, at its row and column, and the ledger stays as it was, byte for byte."""

import re
import sqlite3
import tomllib
import zipfile
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from mingzhang.books.intake.fault import Rejected, reasons
from mingzhang.books.intake.records import Known
from mingzhang.books.intake.take import take
from tests.books.intake.made import YEAR, Sheets, folder, xlsx

DATA = tomllib.loads((Path(__file__).parent / "faults.toml").read_text("utf-8"))
CASES = DATA["case"]


def base() -> dict[str, list[list[str]]]:
    return {name: [deepcopy(b["header"]), *deepcopy(b["rows"])] for name, b in DATA["base"].items()}


def changed(case: dict[str, Any]) -> dict[str, list[list[str]]]:
    """The base as a case changes it."""
    sheets = base()
    if "rename" in case:
        sheet, column, new = case["rename"]
        sheets[sheet][0] = [new if column in ("*", h) else h for h in sheets[sheet][0]]
    for sheet, row, column, text in case.get("put", []):
        sheets[sheet][row - 1][sheets[sheet][0].index(column)] = text
    for sheet, row in case.get("add", []):
        sheets[sheet].append(row)
    if "drop" in case:
        sheet, column = case["drop"]
        at = sheets[sheet][0].index(column)
        sheets[sheet] = [[*row[:at], *row[at + 1 :]] for row in sheets[sheet]]
    if "sheet" in case:
        old, new = case["sheet"]
        sheets[new] = sheets[old] if case.get("copy") else sheets.pop(old)
    return sheets


def injected(path: Path, sheet: int, cell: str) -> None:
    """Puts the XML of one cell into a workbook as it stands."""
    reference = re.search(r'r="(\w+)"', cell)
    assert reference
    parts = {i.filename: zipfile.ZipFile(path).read(i) for i in zipfile.ZipFile(path).infolist()}
    name = f"xl/worksheets/sheet{sheet}.xml"
    text = parts[name].decode()
    new = re.sub(rf'<c r="{reference.group(1)}"[^>]*?(/>|>.*?</c>)', cell, text)
    assert new != text
    parts[name] = new.encode()
    with zipfile.ZipFile(path, "w") as out:
        for part, data in parts.items():
            out.writestr(part, data)


def written(case: dict[str, Any], form: str, at: Path) -> Path:
    sheets: Sheets = changed(case)
    if form == "csv":
        return folder(at / "year", sheets)
    path = xlsx(at / "year.xlsx", sheets, merge=case.get("merge", ""))
    if "raw" in case:
        sheet, cell = case["raw"]
        injected(path, list(sheets).index(sheet) + 1, cell)
    return path


def names() -> Iterator[Any]:
    for number, case in enumerate(CASES):
        for form in case.get("forms", ["xlsx"] if "raw" in case else ["xlsx", "csv"]):
            yield pytest.param(number, form, id=f"{case['reason']}-{number}-{form}")


def dump(database: str) -> bytes:
    """Everything that the database holds."""
    with sqlite3.connect(database) as own:
        return "\n".join(own.iterdump()).encode()


@pytest.mark.parametrize(("number", "form"), list(names()))
def test_each_fault_is_found_where_it_is_and_nothing_is_entered(
    number: int, form: str, tmp_path: Path, sqlite: str
) -> None:
    from mingzhang.books.intake.enter import enter

    case = CASES[number]
    path = written(case, form, tmp_path)
    before = dump(sqlite)
    taken = take(path, YEAR)
    with pytest.raises(Rejected) as caught:
        enter(taken.records, YEAR, author="甲", faults=taken.faults)
    found = [[f.sheet, f.row, f.column, f.figures.get("rule", f.reason)] for f in caught.value.faults]
    wanted = [[*w[:3], w[3]] for w in case["find"]]
    assert [f if w[3] != "refused" else [*f[:3], "refused"] for f, w in zip(found, wanted, strict=True)] == wanted
    for fault in caught.value.faults:
        assert "{" not in fault.words("zh") + fault.words("en")
    assert dump(sqlite) == before


@pytest.mark.parametrize("form", ["xlsx", "csv"])
@pytest.mark.usefixtures("sqlite")
def test_the_base_of_the_cases_is_sound(form: str, tmp_path: Path) -> None:
    from mingzhang.books.intake.enter import enter

    taken = take(written({}, form, tmp_path), YEAR)
    entered = enter(taken.records, YEAR, author="甲", faults=taken.faults)
    assert entered.receipt is not None and entered.receipt.last == 5
    assert [d.amount for d in taken.records.drafts] == [100_000, 50_050, 100_000, 10_000, 20_000]


def test_every_reason_has_a_case() -> None:
    cell = {r for r in reasons() if not r.startswith(("stands_", "file_", "said_", "open_", "paper_", "opening_", "approved_"))}
    elsewhere = {"department_other", "year_missing"}
    assert cell - {c["reason"] for c in CASES} == elsewhere


def test_a_file_of_another_department_is_refused(tmp_path: Path) -> None:
    from mingzhang.books.accounts import Organisation

    taken = take(written({}, "csv", tmp_path), YEAR, Known(Organisation("8", "乙局")))
    assert [(f.row, f.reason) for f in taken.faults] == [(3, "department_other")]


def test_all_faults_of_a_file_are_told_in_one_go(tmp_path: Path, sqlite: str) -> None:
    """Faults of cells in several sheets and what the ledger refuses of the sound rows come together."""
    from mingzhang.books.intake.enter import enter

    case = {
        "put": [["支付", 2, "金额（元）", "abc"], ["支付", 2, "单位", "009"], ["单位", 3, "单位性质", "公司"],
                ["支付", 3, "金额（元）", "n:5000"]],
    }  # fmt: skip
    taken = take(written(case, "xlsx", tmp_path), YEAR)
    with pytest.raises(Rejected) as caught:
        enter(taken.records, YEAR, author="甲", faults=taken.faults)
    assert [(f.sheet, f.row, f.reason) for f in caught.value.faults] == [
        ("单位", 3, "choice"), ("支付", 2, "unit_unknown"), ("支付", 2, "amount_text"), ("支付", 3, "refused"),
    ]  # fmt: skip
    assert "4,000.00" in caught.value.faults[-1].words() and "可能" in caught.value.faults[-1].words()


def test_a_unit_with_a_fault_is_not_blamed_on_the_rows_that_name_it(tmp_path: Path) -> None:
    taken = take(written({"put": [["单位", 2, "单位性质", "公司"]]}, "xlsx", tmp_path), YEAR)
    assert [(f.sheet, f.reason) for f in taken.faults] == [("单位", "choice")]


def test_a_file_must_say_its_year_where_nobody_does(tmp_path: Path, sqlite: str) -> None:
    from mingzhang.books.intake.bring import bring

    path = written({"put": [["说明", 2, "内容", ""]]}, "xlsx", tmp_path)
    with pytest.raises(Rejected) as caught:
        bring(path, author="甲")
    assert [f.reason for f in caught.value.faults] == ["year_missing"]
    assert bring(path, author="甲", year=YEAR).entered.receipt is not None
