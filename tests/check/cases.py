"""Small disclosures from the ``pass`` and ``fail`` cases of the rules."""

import re
from typing import Any

from mingzhang.disclosure import (
    Cell,
    Disclosure,
    Evaluation,
    Figure,
    Heading,
    Indicator,
    Note,
    Printed,
    Publisher,
    Row,
    Sentence,
    Statement,
)

_FIGURE = re.compile(r"(?<![\d年])(\d[\d,]*(?:\.\d+)?)(亿元|万元|元|%|人次|人|个|辆|台|家|项|次|分)?")


def _sentence(text: str, section: tuple[str, ...]) -> Sentence:
    figures = [
        Figure(Printed.parse(m[1]), m[2] or "", m.start(1), m.end(1))
        for m in _FIGURE.finditer(text)
        if not re.match(r"年|、|．|\.|月|日", text[m.end() :]) and not (m[2] is None and text[m.end() : m.end() + 1] in "）)")
    ]
    return Sentence(text, section, tuple(figures))


def _statement(id: str, lines: list[str]) -> Statement:
    rows, notes, year, columns = [], [], None, []
    for line in lines:
        if line.startswith("note="):
            notes += [Note(line[5:])] if line[5:] else []
            continue
        if line.startswith("year="):
            year = int(line[5:])
            continue
        block, code, label, rest = line.split("|")
        side = ""
        cells = []
        for word in rest.split():
            if "=" not in word:
                side = word
                continue
            column, value = word.split("=")
            cells.append(Cell(column, Printed.parse(value)))
            columns.append(column)
        rows.append(Row(code, label, side, block, label, None, tuple(cells)))
    return Statement(
        id, unit="万元", year=year, columns=tuple(dict.fromkeys(columns)), rows=tuple(rows), notes=tuple(notes), title=id
    )


def disclosure_of(case: dict[str, Any]) -> Disclosure:
    """The disclosure that a case describes: statements as ``block|code|label|side column=value``, text, tables."""
    sections = case.get("sections", [])
    base = (case["section"],) if "section" in case else ()
    sentences = [
        _sentence(text, (*base, sections[n]) if n < len(sections) else base) for n, text in enumerate(case.get("text", []))
    ]
    evaluations = []
    for table in case.get("evaluations", []):
        rows = []
        for line in table["rows"]:
            cells = (line.split("|") + [""] * 8)[:8]
            rows.append(Indicator(*cells))
        evaluations.append(Evaluation(table["kind"], table["project"], indicators=tuple(rows), done=table.get("done", "")))
    return Disclosure(
        Publisher(case.get("name", "")),
        case.get("year", 2031),
        case.get("kind", "final"),
        pages=1,
        statements=tuple(_statement(id, lines) for id, lines in case.get("statements", {}).items()),
        headings=tuple(Heading(h, 1) for h in case.get("headings", sections)),
        sentences=tuple(sentences),
        evaluations=tuple(evaluations),
    )
