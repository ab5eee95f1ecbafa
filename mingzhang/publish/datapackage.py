"""The open data of disclosures as a Fiscal Data Package: datapackage.json, and amounts.csv in yuan beside the open form."""

import csv
import hashlib
import json
import tomllib
from collections.abc import Iterator, Sequence
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Any

from mingzhang.disclosure import UNDECIDED, Disclosure, Row, Statement
from mingzhang.figures import scale
from mingzhang.forms import Form, load
from mingzhang.publish import flow, tables

_MONEY = ("元", "千元", "万元", "亿元")
_LEVELS = {3: "class", 5: "section", 7: "item"}
_TOTALS = ("合计", "总计")


@lru_cache(maxsize=1)
def _data() -> dict[str, Any]:
    return tomllib.loads((resources.files("mingzhang.publish") / "datapackage.toml").read_text("utf-8"))


def write(disclosures: Sequence[Disclosure], folder: Path) -> Path:
    """Write the open form, amounts.csv and datapackage.json into the folder; the descriptor's path is given back."""
    tables.write(disclosures, None, folder)
    fields = [field["name"] for field in _data()["amounts"]["fields"]]
    with (folder / "amounts.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fields, lineterminator="\n")
        writer.writeheader()
        for n, row in enumerate((r for d in disclosures for r in _amounts(d)), start=1):
            writer.writerow({"id": n, **{key: tables.safe(text) for key, text in row.items()}})
    target = folder / "datapackage.json"
    text = json.dumps(descriptor(disclosures, folder), ensure_ascii=False, indent=1)
    target.write_text(text + "\n", encoding="utf-8")
    return target


def descriptor(disclosures: Sequence[Disclosure], folder: Path) -> dict[str, Any]:
    """The descriptor of the CSV files in the folder."""
    years = sorted({d.year for d in disclosures if d.year})
    kinds = sorted({d.kind for d in disclosures if d.kind})
    made: dict[str, Any] = {
        "profile": "tabular-data-package",
        "name": "-".join(["disclosure", *map(str, years), *kinds]),
        "title": "；".join(flow.title(d) for d in disclosures),
        "countryCode": "CN",
        "granularity": "aggregated",
        "resources": [_resource(name, folder) for name in ("amounts", "cells", "indicators", "narrative")],
        "model": {"measures": _measures(), "dimensions": _dimensions()},
    }
    if years:
        made["fiscalPeriod"] = {"start": f"{years[0]}-01-01", "end": f"{years[-1]}-12-31"}
    return made


def _resource(name: str, folder: Path) -> dict[str, Any]:
    said = _data()[name]
    content = (folder / f"{name}.csv").read_bytes()
    schema: dict[str, Any] = {"fields": said["fields"], "missingValues": [""]}
    if "key" in said:
        schema["primaryKey"] = said["key"]
    return {
        "name": name,
        "profile": "tabular-data-resource",
        "path": f"{name}.csv",
        "title": said["title"],
        "description": said["description"],
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": "sha256:" + hashlib.sha256(content).hexdigest(),
        "dialect": {"delimiter": ",", "doubleQuote": True, "lineTerminator": "\n", "quoteChar": '"', "header": True},
        "schema": schema,
    }


def _measures() -> dict[str, Any]:
    return {
        name: {"source": name, "resource": "amounts", "currency": "CNY", "factor": 1, "phase": phase}
        for name, phase in _data()["measures"].items()
    }


def _dimensions() -> dict[str, Any]:
    made = {}
    for name, said in _data()["dimensions"].items():
        kinds = {key: said[key] for key in ("dimensionType", "classificationType") if key in said}
        attributes = {a: {"source": a, "resource": "amounts"} for a in said["attributes"]}
        made[name] = {**kinds, "primaryKey": said["attributes"][0], "attributes": attributes}
    return made


def _amounts(disclosure: Disclosure) -> Iterator[dict[str, str]]:
    """The money of every statement, a row for each printed number whose column is known."""
    book = load(disclosure.year)
    for statement in disclosure.statements:
        form = book.by_id.get(statement.id)
        for row, cell in statement.cells():
            if cell.column == UNDECIDED or statement.unit not in _MONEY:
                continue
            column = form.by_column.get(cell.column) if form is not None else None
            yield {
                "fiscal_year": str(statement.year or disclosure.year or ""),
                "publisher": disclosure.publisher.name,
                "region": disclosure.publisher.region_code,
                "statement": statement.id,
                "statement_title": statement.title,
                "block": row.block,
                **_line(row, form),
                "column": cell.column,
                "column_title": column.name if column is not None else cell.column,
                "direction": _direction(statement, row, cell.column),
                "value": cell.printed.plain,
                "unit": statement.unit,
                _phase(disclosure.kind, cell.column): f"{cell.printed.value * scale(statement.unit):f}",
            }


def _line(row: Row, form: Form | None) -> dict[str, str]:
    """What the row is: a classified item by its code, a unit or project, a line or a total."""
    codes = form.codes if form is not None else ""
    if row.label.endswith(_TOTALS):
        level = "total"
    elif codes == "functional" and len(row.code) in _LEVELS:
        return {"level": _LEVELS[len(row.code)], "functional_code": row.code, "functional_name": row.label}
    elif codes == "economic" and row.code:
        level = "class" if len(row.code) == 3 else "section"
        return {"level": level, "economic_code": row.code, "economic_name": row.label}
    else:
        level = "line"
    line = form.line(row.label, row.side) if form is not None and row.side == "expenditure" else None
    if line is not None and line.id[:3].isdigit():
        return {"line": row.label, "level": "class", "functional_code": line.id[:3], "functional_name": line.name}
    return {"line": row.label, "level": level, "unit_code": row.code}


def _direction(statement: Statement, row: Row, column: str) -> str:
    said = _data()["directions"]
    if column in said["neither"] or any(word in row.label for word in ("结转", "结余")):
        return ""
    if row.side in ("income", "expenditure"):
        return "revenue" if row.side == "income" else "expenditure"
    return "revenue" if column in said["income"] else str(said.get(statement.id, "expenditure"))


def _phase(kind: str, column: str) -> str:
    """The field that holds the amount."""
    return str(_data()["phases"].get(column, "approved" if kind == "budget" else "executed"))
