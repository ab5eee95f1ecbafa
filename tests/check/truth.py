"""A Disclosure built from the open-form CSV files of one document (cells, indicators, narrative)."""

import csv
import re
from collections.abc import Iterator
from pathlib import Path

from mingzhang.disclosure import (
    Cell,
    Disclosure,
    Evaluation,
    Figure,
    Heading,
    Indicator,
    Place,
    Printed,
    Publisher,
    Row,
    Sentence,
    Statement,
)

_NUMBER = re.compile(r"-?\d[\d,]*(?:\.\d+)?")


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        yield from csv.DictReader(file)


def _page(row: dict[str, str]) -> Place:
    return Place(page=int(row["page"])) if row.get("page") else Place()


def _statements(path: Path) -> tuple[Statement, ...]:
    tables: dict[str, list[dict[str, str]]] = {}
    for row in _rows(path):
        tables.setdefault(row["statement"], []).append(row)
    out = []
    for id, cells in tables.items():
        rows: list[Row] = []
        columns: list[str] = []
        for cell in cells:
            key = (cell["code"], cell["label"], cell["side"], cell["block"])
            new = Cell(cell["column"], Printed.parse(cell["value"]), _page(cell))
            if cell["column"] not in columns:
                columns.append(cell["column"])
            at = next((n for n in range(len(rows) - 1, -1, -1) if (rows[n].code, rows[n].label, rows[n].side, rows[n].block) == key), None)
            if at is not None and rows[at].get(new.column) is None:
                r = rows[at]
                rows[at] = Row(r.code, r.label, r.side, r.block, r.label, None, (*r.cells, new), r.place)
            else:
                rows.append(Row(*key, cell["label"], None, (new,), _page(cell)))
        out.append(Statement(id, unit=cells[0]["unit"], columns=tuple(columns), rows=tuple(rows)))
    return tuple(out)


def _sentences(path: Path) -> tuple[Sentence, ...]:
    groups: list[tuple[str, str, list[dict[str, str]]]] = []
    for row in _rows(path):
        text = re.sub(r"\s+", "", row["sentence"])
        if groups and groups[-1][:2] == (row["section"], text):
            groups[-1][2].append(row)
        else:
            groups.append((row["section"], text, [row]))
    out = []
    for section, text, found in groups:
        figures, at = [], 0
        for row in found:
            for match in _NUMBER.finditer(text, at):
                if match.group().replace(",", "") == row["value"].replace(",", ""):
                    figures.append(Figure(Printed.parse(match.group()), row["unit"], match.start(), match.end()))
                    at = match.end()
                    break
        out.append(Sentence(text, tuple(re.sub(r"\s+", "", s) for s in section.split("/")), tuple(figures), _page(found[0])))
    return tuple(out)


def _evaluations(path: Path) -> tuple[Evaluation, ...]:
    out: list[Evaluation] = []
    for row in _rows(path):
        indicator = Indicator(
            row["level1"], row["level2"], row["name"], row["target"], row["actual"], row["weight"], row["score"],
            row["deviation"], row["reason"], place=_page(row),
        )  # fmt: skip
        last = out[-1] if out else None
        if last and (last.kind, last.project) == (row["table"], row["project"]):
            out[-1] = Evaluation(last.kind, last.project, indicators=(*last.indicators, indicator))
        else:
            out.append(Evaluation(row["table"], row["project"], indicators=(indicator,)))
    return tuple(out)


def load_truth(folder: Path) -> Disclosure:
    """The disclosure that the truth files of one document describe."""
    sentences = _sentences(folder / "narrative.csv")
    headings: list[Heading] = []
    for sentence in sentences:
        for depth, text in enumerate(sentence.section, 1):
            if not any(h.text == text and h.depth == depth for h in headings):
                headings.append(Heading(text, depth))
    year = int(re.search(r"20\d\d", folder.name).group())  # type: ignore[union-attr]
    return Disclosure(
        Publisher(),
        year,
        folder.name.rsplit("-", 1)[1],
        sources=(folder.name,),
        statements=_statements(folder / "cells.csv"),
        headings=tuple(headings),
        sentences=sentences,
        evaluations=_evaluations(folder / "indicators.csv"),
    )
