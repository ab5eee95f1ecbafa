"""The open data is a valid Fiscal Data Package, and its amounts are the figures of the statements in yuan."""

import csv
import json
from decimal import Decimal
from pathlib import Path

import datapackage as reference
import frictionless
import pytest

from mingzhang.disclosure import Cell, Disclosure, Printed, Publisher, Row, Statement
from mingzhang.figures import scale
from mingzhang.publish import datapackage
from tests.publish import made


@pytest.fixture(scope="module", params=["final", "budget"])
def package(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Disclosure, Path]:
    told = made.disclosure(3, request.param)
    return told, datapackage.write([told], tmp_path_factory.mktemp(request.param))


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_data_are_what_the_descriptor_says(package: tuple[Disclosure, Path]) -> None:
    report = frictionless.Package(str(package[1])).validate()
    assert report.valid, report.flatten(["type", "note"])
    assert [task.name for task in report.tasks] == ["amounts", "cells", "indicators", "narrative"]


def test_the_descriptor_fits_the_schema_of_fiscal_data_packages(package: tuple[Disclosure, Path]) -> None:
    descriptor = json.loads(package[1].read_text("utf-8"))
    assert reference.Profile("fiscal-data-package").validate(descriptor)
    spoiled = {**descriptor, "model": {"measures": {"executed": {"source": "executed"}}, "dimensions": {}}}
    with pytest.raises(reference.exceptions.ValidationError):
        reference.Profile("fiscal-data-package").validate(spoiled)


def test_the_model_speaks_of_fields_that_are_there(package: tuple[Disclosure, Path]) -> None:
    descriptor = json.loads(package[1].read_text("utf-8"))
    fields = {f["name"] for f in descriptor["resources"][0]["schema"]["fields"]}
    model = descriptor["model"]
    assert {m["source"] for m in model["measures"].values()} == {"approved", "adjusted", "executed"} <= fields
    for dimension in model["dimensions"].values():
        assert {a["source"] for a in dimension["attributes"].values()} <= fields
        assert dimension["primaryKey"] in dimension["attributes"]


def test_amounts_are_the_printed_figures_in_yuan(package: tuple[Disclosure, Path]) -> None:
    told, path = package
    rows = _rows(path.with_name("amounts.csv"))
    money = [(s, cell) for s in told.statements for _, cell in s.cells() if s.unit in ("元", "万元")]
    assert [r["value"] for r in rows] == [cell.printed.plain for _, cell in money]
    for row, (statement, cell) in zip(rows, money, strict=True):
        amounts = [Decimal(row[k]) for k in ("approved", "adjusted", "executed") if row[k]]
        assert amounts == [cell.printed.value * scale(statement.unit)]
    if told.kind == "budget":
        assert all(r["approved"] for r in rows)
    assert {r["direction"] for r in rows} <= {"revenue", "expenditure", ""}


def test_items_add_up_to_the_total(package: tuple[Disclosure, Path]) -> None:
    told, path = package
    id, column = ("F05", "total") if told.kind == "final" else ("B05", "total")
    rows = [r for r in _rows(path.with_name("amounts.csv")) if (r["statement"], r["column"]) == (id, column)]
    sums = {level: sum(Decimal(r["executed"] or r["approved"]) for r in rows if r["level"] == level)
            for level in ("total", "class", "item")}  # fmt: skip
    assert sums["total"] == sums["class"] == sums["item"] != 0


def test_text_that_looks_like_a_formula_is_harmless_and_empty_disclosures_are_packages(tmp_path: Path) -> None:
    row = Row("", "=HYPERLINK(1)", "expenditure", cells=(Cell("amount", Printed.parse("1.00")),))
    told = Disclosure(Publisher("+局"), 2024, "final", statements=(Statement("F01", "=表", unit="万元", rows=(row,)),))
    datapackage.write([told], tmp_path / "a")
    (written,) = _rows(tmp_path / "a" / "amounts.csv")
    assert written["line"].startswith("'=") and written["publisher"].startswith("'+")
    path = datapackage.write([Disclosure()], tmp_path / "b")
    assert frictionless.Package(str(path)).validate().valid
    assert reference.Profile("fiscal-data-package").validate(json.loads(path.read_text("utf-8")))
