"""Excel workbooks (xlsx, xls) → lines and grids, the numbers as their format prints them; hidden parts are not read."""

import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

from lxml import etree

from mingzhang.read.block import Block, Line
from mingzhang.read.errors import ReadError
from mingzhang.read.outline import belongs_before, is_note
from mingzhang.read.pages.cells import Spot, grid, lines_of
from mingzhang.read.pages.formats import Format
from mingzhang.read.pages.package import Package

_S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_CELL = re.compile(r"([A-Z]+)(\d+)")
MOST_ROWS, MOST_COLUMNS = 100_000, 500


def blocks(path: str | Path) -> Iterator[Block]:
    """The lines and tables of every visible sheet, in order; ``page`` is the sheet, from 1. Raises ReadError."""
    if Path(path).read_bytes()[:2] == b"PK":
        package = Package(path)
        try:
            yield from _workbook(package)
        finally:
            package.close()
    else:
        yield from _old(path)


def _workbook(package: Package) -> Iterator[Block]:
    book = package.xml("xl/workbook.xml")
    links = package.xml("xl/_rels/workbook.xml.rels")
    if book is None or links is None:
        raise ReadError(package.path, "broken", "工作簿里没有工作表；请用 Excel 或 WPS 打开后另存")
    target = {link.get("Id"): link.get("Target") or "" for link in links}
    shared = _shared(package)
    styles = _Styles(package.xml("xl/styles.xml"))
    for n, sheet in enumerate(book.iter(_S + "sheet"), start=1):
        if sheet.get("state") in ("hidden", "veryHidden"):
            continue
        name = target.get(sheet.get(_ID), "").lstrip("/")
        root = package.xml(name if name.startswith("xl/") else f"xl/{name}")
        if root is not None:
            yield from _cut(_spots(root, shared, styles), n)


def _shared(package: Package) -> list[str]:
    root = package.xml("xl/sharedStrings.xml")
    if root is None:
        return []
    return ["".join(t.text or "" for t in item.iter(_S + "t") if not _phonetic(t)) for item in root]


def _phonetic(text: etree._Element) -> bool:
    parent = text.getparent()
    return parent is not None and parent.tag == _S + "rPh"


class _Styles:
    """Number format and border of each cell style."""

    def __init__(self, root: etree._Element | None) -> None:
        self.formats: list[Format] = []
        self.bordered: list[bool] = []
        if root is None:
            return
        codes = {int(f.get("numFmtId") or 0): f.get("formatCode") or "" for f in root.iter(_S + "numFmt")}
        borders = [
            sum(edge.get("style") not in (None, "none") for edge in border) >= 2
            for border in (root.find(_S + "borders") if root.find(_S + "borders") is not None else ())
        ]
        known = {id: Format(id, code) for id, code in codes.items()}
        styles = root.find(_S + "cellXfs")
        for style in styles if styles is not None else ():
            id = int(style.get("numFmtId") or 0)
            self.formats.append(known.setdefault(id, Format(id, "")))
            at = int(style.get("borderId") or 0)
            self.bordered.append(borders[at] if at < len(borders) else False)


def _number(name: str) -> int:
    n = 0
    for letter in name:
        n = n * 26 + ord(letter) - 64
    return n - 1


def _spots(
    root: etree._Element, shared: list[str], styles: _Styles
) -> tuple[dict[tuple[int, int], str], dict[tuple[int, int], tuple[int, int]], set[tuple[int, int]]]:
    """Texts by (row, column), spans of merged cells, and the cells with a border."""
    gone = {
        c
        for col in root.iter(_S + "col")
        if col.get("hidden") in ("1", "true")
        for c in range(int(col.get("min") or 1) - 1, min(int(col.get("max") or 1), MOST_COLUMNS))
    }
    texts: dict[tuple[int, int], str] = {}
    bordered: set[tuple[int, int]] = set()
    for r, row in enumerate(root.iter(_S + "row")):
        at = int(row.get("r") or r + 1) - 1
        if row.get("hidden") in ("1", "true") or at >= MOST_ROWS:
            continue
        for c, cell in enumerate(row.iter(_S + "c")):
            hit = _CELL.fullmatch(cell.get("r") or "")
            column = _number(hit.group(1)) if hit else c
            if column in gone or column >= MOST_COLUMNS:
                continue
            style = int(cell.get("s") or 0)
            if style < len(styles.bordered) and styles.bordered[style]:
                bordered.add((at, column))
            text = _text(cell, shared, styles.formats[style] if style < len(styles.formats) else Format(0, ""))
            if text.strip():
                texts[(at, column)] = text
    spans: dict[tuple[int, int], tuple[int, int]] = {}
    for merge in root.iter(_S + "mergeCell"):
        ends = [_CELL.fullmatch(e) for e in (merge.get("ref") or "").split(":")]
        if len(ends) == 2 and ends[0] and ends[1]:
            (c0, r0), (c1, r1) = [(_number(e.group(1)), int(e.group(2)) - 1) for e in ends if e]
            if 0 <= r1 - r0 < MOST_ROWS and 0 <= c1 - c0 < MOST_COLUMNS:
                spans[(r0, c0)] = (r1 - r0 + 1, c1 - c0 + 1)
    return texts, spans, bordered


def _text(cell: etree._Element, shared: list[str], form: Format) -> str:
    """What a cell shows: a formula's stored value, never computed anew."""
    kind = cell.get("t") or "n"
    if kind == "inlineStr":
        return "".join(t.text or "" for t in cell.iter(_S + "t"))
    value = cell.find(_S + "v")
    raw = (value.text or "") if value is not None else ""
    if kind == "s":
        return shared[int(raw)] if raw.isdigit() and int(raw) < len(shared) else ""
    if kind in ("str", "e", "d"):
        return raw
    if kind == "b":
        return "是" if raw == "1" else "否"
    return form.show(raw) if raw else ""


def _cut(
    found: tuple[dict[tuple[int, int], str], dict[tuple[int, int], tuple[int, int]], set[tuple[int, int]]], page: int
) -> Iterator[Block]:
    """A sheet's rows as lines (titles, notes, running text) and grids (tables)."""
    texts, spans, bordered = found
    rows = sorted({r for r, _ in texts} | {r for r, _ in bordered})
    ruled = len({r for r, _ in bordered}) >= 2
    held: list[int] = []
    for row in rows:
        columns = sorted(c for r, c in texts if r == row)
        words = [texts[(row, c)] for c in columns]
        flat = Line("  ".join(" ".join(w.split()) for w in words), page, parts=tuple(w.strip() for w in words))
        if ruled:
            table = sum((row, c) in bordered for c in range(MOST_COLUMNS) if (row, c) in bordered) >= 2
        else:
            wide = len(words) == 1 and (spans.get((row, columns[0]), (1, 1))[1] > 2 or (columns[0] == 0 and not held))
            table = bool(words) and not wide
        if table and words and (belongs_before(flat) or is_note(flat)) and len(words) <= 4 and not _amounts(words):
            table = False
        if table:
            held.append(row)
            continue
        yield from _table(held, texts, spans, page)
        held = []
        for word in words if len(words) == 1 else [flat.text]:
            for line in word.split("\n"):
                if line.strip():
                    yield Line(" ".join(line.split()), page, parts=flat.parts if len(words) > 1 else ())
    yield from _table(held, texts, spans, page)


def _amounts(words: list[str]) -> bool:
    return any("." in w and w.replace(",", "").replace(".", "").lstrip("-").isdigit() for w in words)


def _table(
    rows: list[int],
    texts: dict[tuple[int, int], str],
    spans: dict[tuple[int, int], tuple[int, int]],
    page: int,
) -> Iterator[Block]:
    if not rows:
        return
    at = {row: n for n, row in enumerate(rows)}
    columns = sorted(
        {c for r, c in texts if r in at}
        | {c + n for (r, c), (_, wide) in spans.items() if r in at for n in range(wide)}
    )
    where = {c: n for n, c in enumerate(columns)}
    spots: list[Spot] = []
    covered: set[tuple[int, int]] = set()
    for (row, column), (high, wide) in spans.items():
        if row in at and column in where:
            tall = sum(r in at for r in range(row, row + high))
            broad = sum(c in where for c in range(column, column + wide))
            spots.append(Spot(at[row], where[column], tall, broad, lines_of(texts.get((row, column), ""))))
            covered |= {(r, c) for r in range(row, row + high) for c in range(column, column + wide)}
    for (row, column), text in texts.items():
        if row in at and (row, column) not in covered:
            spots.append(Spot(at[row], where[column], 1, 1, lines_of(text)))
    made = grid(spots, page)
    if made is not None:
        yield made


def _old(path: str | Path) -> Iterator[Block]:
    """A workbook of the old format (xls): values without their number formats."""
    import python_calamine

    try:
        book = python_calamine.CalamineWorkbook.from_path(str(path))
    except Exception as error:  # the library raises several kinds of its own
        raise ReadError(str(path), "broken", "旧版 Excel 文件无法打开；请用 Excel 或 WPS 另存为 xlsx") from error
    for n, sheet in enumerate(book.sheets_metadata, start=1):
        if str(sheet.visible).rsplit(".", 1)[-1] != "Visible" or str(sheet.typ).rsplit(".", 1)[-1] != "WorkSheet":
            continue
        data = book.get_sheet_by_name(sheet.name)
        texts = {
            (r, c): text
            for r, row in enumerate(data.to_python(skip_empty_area=False))
            for c, value in enumerate(row)
            if (text := _plain(value)).strip()
        }
        spans = {(r0, c0): (r1 - r0 + 1, c1 - c0 + 1) for (r0, c0), (r1, c1) in (data.merged_cell_ranges or [])}
        yield from _cut((texts, spans, set()), n)


def _plain(value: object) -> str:
    if isinstance(value, float):
        exact = Decimal(repr(value))
        return f"{exact.normalize():f}" if exact != exact.to_integral_value() else f"{exact:.0f}"
    return str(value)
