"""A disclosure as one web page: charts, headings, running text, accessible tables; style within, no script, no link out."""

from collections.abc import Iterator, Sequence
from html import escape
from importlib import resources
from pathlib import Path

from mingzhang.disclosure import Disclosure, Evaluation, Heading, Statement
from mingzhang.forms import Book, load
from mingzhang.publish import charts, evaluation, flow, svg
from mingzhang.publish.escape import plain
from mingzhang.publish.layout import Layout, layouts
from mingzhang.publish.sheet import Box, Sheet

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_WIDEST = 8
"""A table of more columns is printed across the page."""


def write(disclosure: Disclosure, path: Path | str, layout: Layout | str | None = None) -> Path:
    """Write the disclosure as one web page in UTF-8; the path is given back (see ``render``)."""
    target = Path(path)
    target.write_text(render(disclosure, layout), encoding="utf-8")
    return target


def render(disclosure: Disclosure, layout: Layout | str | None = None) -> str:
    """The page as text, its statements set in the layout (None: ruled) as far as it speaks of rows and columns."""
    chosen = layouts()[layout or "ruled"] if not isinstance(layout, Layout) else layout
    book = load(disclosure.year)
    named = _text(flow.title(disclosure))
    contents: list[str] = []
    tables: dict[str, tuple[str, str]] = {}
    body = "\n".join(_parts(disclosure, book, chosen, contents, tables))
    drawn = _charts(disclosure, book, tables)
    style = (resources.files("mingzhang.publish") / "html.css").read_text("utf-8") + svg.style()
    return (
        '<!doctype html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        f"<title>{named}</title>\n<style>\n{style}</style>\n</head>\n<body>\n"
        '<nav aria-label="快捷"><a class="skip" href="#main">跳到正文</a></nav>\n'
        f"<header><h1>{named}</h1></header>\n"
        f'<nav aria-label="目录"><ol>\n{"".join(contents)}</ol></nav>\n{drawn}'
        f'<main id="main">\n{body}\n</main>\n</body>\n</html>\n'
    )


def _parts(
    disclosure: Disclosure, book: Book, layout: Layout, contents: list[str], tables: dict[str, tuple[str, str]]
) -> Iterator[str]:
    """The parts of the page in order; each heading and table is added to the contents, each statement to ``tables``."""
    depth = 0
    for n, part in enumerate(flow.flow(disclosure)):
        key = f"p{n}"
        if isinstance(part, Heading):
            depth = max(1, part.depth)
            level = min(depth + 1, 6)
            if depth <= 2:
                contents.append(_entry(key, flow.shown(part), depth))
            yield f'<h{level} id="{key}">{_text(flow.shown(part))}</h{level}>'
        elif isinstance(part, Statement):
            made = flow.sheet(part, book, layout)
            contents.append(_entry(key, made.title, 2))
            tables.setdefault(part.id, (key, made.title))
            yield _statement(made, key, min(depth + 2, 4), layout)
        elif isinstance(part, Evaluation):
            table = evaluation.table(part, book)
            contents.append(_entry(key, table.title + table.whose, 1))
            rows = "".join(_row(row, goals=True) for row in table.rows)
            yield _framed(
                key, len(table.widths), _over(table.title, key, 2, flow.Facts()), f"<tbody>\n{rows}</tbody>\n", ()
            )
        else:
            yield f"<p>{_text(part.text)}</p>"


def _charts(disclosure: Disclosure, book: Book, tables: dict[str, tuple[str, str]]) -> str:
    """The charts in a part of the page of their own; each leads to the table that prints its figures."""
    drawn = [
        svg.chart(chart, f"c{n}", *reversed(tables.get(chart.statement, ("", ""))))
        for n, chart in enumerate(charts.charts(disclosure, book))
    ]
    return f'<section class="charts" aria-label="收支图示">\n{"".join(drawn)}</section>\n' if drawn else ""


def _text(text: str) -> str:
    return escape(plain(text), quote=True)


def _entry(key: str, text: str, depth: int) -> str:
    inner = ' class="inner"' if depth > 1 else ""
    return f'<li{inner}><a href="#{key}">{_text(text)}</a></li>\n'


def _over(title: str, key: str, level: int, facts: flow.Facts) -> str:
    """The caption: title, number, whose the table is, and its unit."""
    number, whose, unit = _text(facts.number), _text(facts.whose), _text(facts.unit)
    lines = [f'<h{level} id="{key}t">{_text(title)}</h{level}>']
    if facts.under:
        lines.append(f'<div class="under">{_text(facts.under)}</div>')
    if number:
        lines.append(f'<div class="number">{number}</div>')
    if whose or unit:
        parts = (f"<div>{whose}</div>" if whose else "") + (f'<div class="unit">{unit}</div>' if unit else "")
        lines.append(f'<div class="facts">{parts}</div>')
    return f'<caption><div class="over">{"".join(lines)}</div></caption>\n'


def _framed(key: str, columns: int, caption: str, rows: str, notes: Sequence[str]) -> str:
    wide = " wide" if columns > _WIDEST else ""
    said = "".join(f'<p class="note">{_text(note)}</p>\n' for note in notes)
    return (
        f'<section class="table{wide}" id="{key}">\n'
        f'<div class="scroll" role="region" aria-labelledby="{key}t" tabindex="0">\n'
        f"<table>\n{caption}{rows}</table>\n</div>\n{said}</section>"
    )


def _statement(sheet: Sheet, key: str, level: int, layout: Layout) -> str:
    caption = _over(sheet.title, key, level, flow.facts(sheet, layout))
    head = "".join(map(_head, (*flow.unit_row(sheet, layout), *sheet.header)))
    body = sheet.body or (tuple(Box() for _ in sheet.widths),)
    rows = "".join(_row(row, n in sheet.totals) for n, row in enumerate(body))
    return _framed(key, len(sheet.widths), caption, f"<thead>\n{head}</thead>\n<tbody>\n{rows}</tbody>\n", sheet.notes)


def _head(row: Sequence[Box]) -> str:
    cells = []
    for box in row:
        if not box.text or box.text.isdigit() or box.text == "栏次":
            cells.append(_tag("td", box, _text(box.text)))
        else:
            scope = "colgroup" if box.columns > 1 else "col"
            cells.append(_tag("th", box, _text(box.text), "slim" if len(box.text) <= 2 else "", scope))
    return f"<tr>{''.join(cells)}</tr>\n"


def _spans(box: Box) -> str:
    return (f' colspan="{box.columns}"' if box.columns > 1 else "") + (f' rowspan="{box.rows}"' if box.rows > 1 else "")


def _row(row: Sequence[Box], total: bool = False, goals: bool = False) -> str:
    """A body row: names are row headers, so that a reader of the screen hears them with each figure."""
    cells = []
    for box in row:
        words = "<br>".join(map(_text, box.text.split("\n")))
        kind = "middle" if box.align == "center" else ""
        if isinstance(box, evaluation.Label):
            cells.append(_tag("th", box, words, "label" if kind else "", box.scope))
        elif box.figure is not None:
            cells.append(_tag("td", box, words, "n"))
        elif goals:
            narrow = len(box.text) < 3 or box.text.replace(".", "").isdigit()
            cells.append(_tag("td", box, words, ("middle" if narrow else "value") if kind else "text"))
        elif box.text and not box.text.isdigit():
            cells.append(_tag("th", box, words, kind, "row"))
        else:
            cells.append(_tag("td", box, words, kind))
    classed = ' class="total"' if total else ""
    return f"<tr{classed}>{''.join(cells)}</tr>\n"


def _tag(name: str, box: Box, words: str, kind: str = "", scope: str = "") -> str:
    scoped = f' scope="{scope}"' if scope else ""
    classed = f' class="{kind}"' if kind else ""
    return f"<{name}{scoped}{_spans(box)}{classed}>{words}</{name}>"
