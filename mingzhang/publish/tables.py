"""The open form: cells.csv, undecided.csv, indicators.csv, narrative.csv, findings.csv and disclosure.json."""

import csv
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from mingzhang.disclosure import UNDECIDED, Disclosure, Finding, to_json

CELLS = ("statement", "block", "side", "code", "label", "column", "value", "unit", "page")
UNDECIDED_CELLS = ("statement", "side", "code", "label", "value", "candidates", "page")
INDICATORS = (
    "table", "project", "level1", "level2", "name", "target", "actual", "weight", "score", "deviation", "reason", "page",
)  # fmt: skip
NARRATIVE = ("section", "sentence", "value", "unit", "page")
FINDINGS = ("id", "class", "severity", "where", "printed", "expected")

_RISKY = ("=", "+", "@", "\t", "\r")
_COMPARED = re.compile(r"=\d[\d,.]*\s?[%％\w（）]*")


def safe(text: str) -> str:
    """A text that no spreadsheet takes for a formula (a printed target such as ``=100%`` is left as it is)."""
    return f"'{text}" if text.startswith(_RISKY) and not _COMPARED.fullmatch(text) else text


def _page(place: Any) -> str:
    return str(place.page) if place is not None and place.page is not None else ""


def cell_rows(disclosure: Disclosure) -> Iterable[tuple[str, ...]]:
    for s in disclosure.statements:
        for row, cell in s.cells():
            value = cell.printed.plain
            yield (s.id, row.block, row.side, row.code, row.label, cell.column, value, s.unit, _page(cell.place))


def undecided_rows(disclosure: Disclosure) -> Iterable[tuple[str, ...]]:
    for s in disclosure.statements:
        for row, cell in s.cells():
            if cell.column == UNDECIDED:
                value = cell.printed.plain
                yield (s.id, row.side, row.code, row.label, value, " ".join(cell.candidates), _page(cell.place))


def indicator_rows(disclosure: Disclosure) -> Iterable[tuple[str, ...]]:
    for e in disclosure.evaluations:
        for i in e.indicators:
            yield (
                e.kind, e.project, i.level1, i.level2, i.name, i.target, i.actual, i.weight, i.score, i.deviation,
                i.reason, _page(i.place),
            )  # fmt: skip


def narrative_rows(disclosure: Disclosure) -> Iterable[tuple[str, ...]]:
    for s in disclosure.sentences:
        for f in s.figures:
            yield ("/".join(s.section), s.text, f.printed.plain, f.unit, _page(f.place or s.place))


def finding_rows(findings: Sequence[Finding]) -> Iterable[tuple[str, ...]]:
    for n, f in enumerate(findings, start=1):
        yield (str(n), f.kind, f.severity, f.where, f.printed[:200], f.expected)


def _write(path: Path, header: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows([[safe(text) for text in row] for row in rows])


Table = tuple[tuple[str, ...], Iterable[tuple[str, ...]]]
"""Header and rows."""


def write(
    disclosures: Sequence[Disclosure], findings: Sequence[Finding] | None, out: Path, further: Mapping[str, Table] | None = None
) -> None:
    """Write the open form of the disclosures into the folder ``out`` (made where absent).

    findings.csv is written only where ``findings`` is given, and so is each
    of the ``further`` tables by its file name. Several disclosures share the
    CSV files in their order; disclosure.json then holds a list.
    """
    out.mkdir(parents=True, exist_ok=True)
    _write(out / "cells.csv", CELLS, (r for d in disclosures for r in cell_rows(d)))
    _write(out / "undecided.csv", UNDECIDED_CELLS, (r for d in disclosures for r in undecided_rows(d)))
    _write(out / "indicators.csv", INDICATORS, (r for d in disclosures for r in indicator_rows(d)))
    _write(out / "narrative.csv", NARRATIVE, (r for d in disclosures for r in narrative_rows(d)))
    if findings is not None:
        _write(out / "findings.csv", FINDINGS, finding_rows(findings))
    for name, (header, rows) in (further or {}).items():
        _write(out / name, header, rows)
    if len(disclosures) == 1:
        text = to_json(disclosures[0])
    else:
        text = json.dumps([json.loads(to_json(d)) for d in disclosures], ensure_ascii=False, indent=1)
    (out / "disclosure.json").write_text(text + "\n", encoding="utf-8")
