"""Performance tables that no one published: drawn as data, printed by typst, taken apart by several extractors."""

import io
import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import noto_cjk_sans_otc
import pypdfium2
import typst

from mingzhang.disclosure import Evaluation
from tests.read.drawn import spans

CASES = Path(__file__).parent / "heldout"
Expected = tuple[str, ...]


@dataclass(frozen=True)
class Case:
    """A table as data: how it is printed, and the rows that a reader must find in it (see ``rows``)."""

    name: str
    title: str
    kind: str
    under: tuple[str, ...]
    drawn: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...]
    measure: int
    height: int
    repeat: str
    expected: tuple[Expected, ...]


def _split(text: str) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(c.strip() for c in line.split("|")) for line in text.strip("\n").split("\n"))


def _expected(kind: str, data: list[dict[str, Any]]) -> Iterable[Expected]:
    for table in data:
        for row in _split(table["rows"]):
            yield (kind, table["project"], *row, *[""] * (8 - len(row)))


def cases(folder: Path = CASES) -> list[Case]:
    found = []
    for path in sorted(folder.glob("*.toml")):
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        drawn = _split(data["layout"])
        wide = len(data["widths"])
        assert all(len(row) == wide for row in drawn), (path.name, [len(r) for r in drawn])
        found.append(
            Case(
                path.stem,
                data["title"],
                data["kind"],
                tuple(data.get("under", ())),
                drawn,
                tuple(data["widths"]),
                data.get("measure", 500),
                data.get("height", 842),
                data.get("repeat", ""),
                tuple(_expected(data["kind"], data["expected"])),
            )
        )
    return found


def rows(evaluations: Iterable[Evaluation]) -> list[Expected]:
    """Kind, project, level 1, level 2, name, target, actual, weight, score, deviation of every row, as printed."""
    out = []
    for e in evaluations:
        for i in e.indicators:
            values = (i.level1, i.level2, i.name, i.target, i.actual, i.weight, i.score, i.deviation)
            out.append(tuple("".join(v.split()) for v in (e.kind, e.project, *values)))
    return out


def _literal(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _table(case: Case) -> str:
    grid = case.drawn
    out: list[str] = []
    lines: list[list[str]] = [[] for _ in grid]
    for r, _, tall, wide, text in spans(grid):
        lines[r].append(f"table.cell(colspan: {wide}, rowspan: {tall}, {_literal(text)})")
    for row, line in zip(grid, lines, strict=True):
        if case.repeat and row[0] == case.repeat:
            out.append(f"table.header(repeat: true, {', '.join(line)})")
        else:
            out.append(", ".join(line))
    columns = ", ".join(f"{w}fr" for w in case.widths)
    cells = ",\n".join(part for part in out if part)
    return f"#block(width: {case.measure}pt, table(columns: ({columns}), inset: 3pt, align: center + horizon,\n{cells}))"


@lru_cache(maxsize=1)
def _compiler() -> typst.Compiler:
    fonts = typst.Fonts(False, False, [str(Path(noto_cjk_sans_otc.__file__).parent)])
    return typst.Compiler(font_paths=fonts, ignore_system_fonts=True)


def pdf(case: Case) -> bytes:
    """A short document that prints the table between running text, with ruled cells."""
    text = "\n\n".join(
        (
            f"#set page(width: 595pt, height: {case.height}pt, margin: (x: 40pt, y: 50pt))",
            '#set text(font: "Noto Sans CJK SC", size: 8pt, lang: "zh", region: "cn")',
            "第三部分 情况说明",
            "三、绩效情况说明",
            "本部门组织开展了绩效管理工作，情况见下表。",
            f"#align(center, text(size: 13pt, {_literal(case.title)}))",
            *(f"#align(center, {_literal(line)})" for line in case.under),
            _table(case),
            "第四部分 名词解释",
            "一、财政拨款收入：指本级财政当年拨付的资金。",
        )
    )
    return _compiler().compile(text.encode("utf-8"), format="pdf", pdf_tags=False)


def raw(data: bytes) -> str:
    """The text as pypdfium2 gives it, page after page."""
    document = pypdfium2.PdfDocument(data)
    try:
        return "\f".join(page.get_textpage().get_text_range().replace("\r\n", "\n") for page in document)
    finally:
        document.close()


def plumbed(data: bytes, layout: bool = False) -> str:
    """The text as pdfplumber gives it, as lines of words or (``layout``) spaced as on the page."""
    import pdfplumber

    with pdfplumber.open(io.BytesIO(data)) as document:
        return "\f".join(page.extract_text(layout=layout) for page in document.pages)


def mined(data: bytes) -> str:
    """The text as pdfminer gives it, cell by cell where it sees cells."""
    from pdfminer.high_level import extract_text

    return extract_text(io.BytesIO(data))


def boxed(data: bytes) -> str:
    """The lines of words of every page with an empty line between most of them, as office converters leave them."""
    out = []
    for n, line in enumerate(plumbed(data).split("\n")):
        out.append(line)
        if n % 3 != 1 or re.search(r"\d\Z", line):
            out.append("")
    return "\n".join(out)
