"""A disclosure in the order it is printed: headings, paragraphs, statements under their part, performance tables last."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from mingzhang.disclosure import Disclosure, Evaluation, Heading, Sentence, Statement
from mingzhang.forms import Book
from mingzhang.publish import setting
from mingzhang.publish.layout import Layout
from mingzhang.publish.sheet import Box, Sheet, column_width, header_rows

_BEGINS = re.compile(
    r"[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}[.．、](?!\d)|[^，。：；]{2,16}："
)
_PART = re.compile(r"^(第.{1,3}部分)(?=.)")
_ENDS = re.compile(r"[。！？][”’）)》]*$")
_TITLES = {"final": "决算", "budget": "预算"}


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Sentences that are printed together."""

    text: str


Part = Heading | Paragraph | Statement | Evaluation


def cover(disclosure: Disclosure) -> tuple[str, ...]:
    """The lines of the cover: whose disclosure it is, and what (青岚市水务局, 2024年度部门决算)."""
    name, named = disclosure.publisher.name, disclosure.title
    if not named:
        year = f"{disclosure.year}年度" if disclosure.year else ""
        named = f"{year}{scope(disclosure)}{_TITLES.get(disclosure.kind, '预决算')}"
    elif name and named.startswith(name):
        named = named[len(name) :]
    elif name in named:
        name = ""
    return tuple(line for line in (name, named) if line)


def title(disclosure: Disclosure) -> str:
    """The title of the document: its own, else publisher, year and kind (青岚市水务局2024年度部门决算)."""
    return "".join(cover(disclosure))


def shown(heading: Heading) -> str:
    """The heading as it is printed: a space behind 第一部分."""
    return _PART.sub(r"\1　", heading.text)


def scope(disclosure: Disclosure) -> str:
    """部门 or 单位, as the publisher is one."""
    return "单位" if disclosure.publisher.scope == "unit" else "部门"


def flow(disclosure: Disclosure) -> Iterator[Part]:
    """Every printed part in order.

    The statements stand under the first heading that ends in 表, else behind the running text; the sentences of
    goal and task texts are printed in their performance table only.
    """
    said = _under(disclosure)
    yield from _paragraphs(said[0])
    place = next((n for n, h in enumerate(disclosure.headings) if h.text.endswith("表")), -1)
    for n, heading in enumerate(disclosure.headings):
        yield heading
        yield from _paragraphs(said[n + 1])
        if n == place:
            yield from disclosure.statements
    if place < 0:
        yield from disclosure.statements
    yield from disclosure.evaluations


def _under(disclosure: Disclosure) -> list[list[Sentence]]:
    """The sentences before the first heading, then those under each heading, in order."""
    paths: list[tuple[str, ...]] = [()]
    for heading in disclosure.headings:
        above = paths[-1][: heading.depth - 1]
        paths.append((*above, heading.text))
    known = set(paths)
    tables = {"".join(e.title.split()) for e in disclosure.evaluations}
    told = [t for e in disclosure.evaluations for t in (e.goal, e.done, *(x for task in e.tasks for x in task))]
    out: list[list[Sentence]] = [[] for _ in paths]
    at = 0
    for sentence in disclosure.sentences:
        path = sentence.section
        if path not in known and (path[0] in tables or any(sentence.text in text for text in told)):
            continue
        if not path and sentence.text == title(disclosure):
            continue
        if path in known and paths[at] != path:
            later = range(at + 1, len(paths))
            at = next((n for n in (*later, *range(at)) if paths[n] == path), at)
        out[at].append(sentence)
    return out


def _paragraphs(sentences: list[Sentence]) -> Iterator[Paragraph]:
    """Sentences joined; numbering, a leading 名称： and an end without full stop begin a new paragraph."""
    held = ""
    for sentence in sentences:
        if held and (_BEGINS.match(sentence.text) or not _ENDS.search(held)):
            yield Paragraph(held)
            held = ""
        held += sentence.text
    if held:
        yield Paragraph(held)


def labelled(statement: Statement, book: Book) -> Statement:
    """The statement with a title and every row with a printed label."""
    form = book.by_id.get(statement.id)
    rows = tuple(row if row.printed_label else replace(row, printed_label=row.label) for row in statement.rows)
    return replace(statement, rows=rows, title=statement.title or (form.name if form is not None else ""))


def sheet(statement: Statement, book: Book, layout: Layout) -> Sheet:
    """The statement set by its form; one that no form describes, or with columns unknown to it, by its own headers."""
    form = book.by_id.get(statement.id)
    printed = {cell.column for _, cell in statement.cells()}
    statement = labelled(statement, book)
    if form is not None and printed <= set(statement.columns) <= set(form.by_column):
        return setting.sheet(statement, form, layout)
    columns = tuple(dict.fromkeys((*statement.columns, *(c.column for _, c in statement.cells()))))
    headers = dict(zip(statement.columns, statement.headers))
    paths = [
        setting.path(form, c, layout)
        if form is not None and c in form.by_column
        else tuple(headers.get(c, c).split("/"))
        for c in columns
    ]
    coded = any(row.code for row in statement.rows)
    lead = [("科目编码",), ("名称",)] if coded else [("项目",)]
    body = []
    for row in statement.rows:
        boxes = [Box(row.code, align="center")] if coded else []
        boxes.append(Box(row.printed_label))
        for column in columns:
            boxes.append(setting.figure(row, column, "right"))
        body.append(tuple(boxes))
    figures = {c: [cell.printed.text for _, cell in statement.cells() if cell.column == c] for c in columns}
    widths = [
        *([5.4] if coded else []),
        layout.label,
        *(column_width(p[-1], figures[c]) for p, c in zip(paths, columns)),
    ]
    return Sheet(
        statement.id, statement.title, statement.number if layout.number else "", statement.unit, statement.publisher,
        statement.year, tuple(widths), header_rows([*lead, *paths]), tuple(body),
        notes=tuple(note.text for note in statement.notes),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Facts:
    """What stands over a table, each where the layout has it: under its title, its number, whose it is, its unit."""

    under: str = ""
    number: str = ""
    whose: str = ""
    unit: str = ""


def facts(sheet: Sheet, layout: Layout) -> Facts:
    """What stands over a table; ``unit`` is empty where the layout prints it elsewhere."""
    whose = layout.publisher_words + sheet.publisher if sheet.publisher else ""
    unit = f"单位：{sheet.unit}" if sheet.unit else ""
    if layout.unit_place == "title" and unit:
        return Facts(f"（{unit}）", sheet.number, whose)
    if layout.unit_place == "number" and unit:
        return Facts("", "　".join(filter(None, (sheet.number, "金额" + unit))), whose)
    return Facts("", sheet.number, whose, "" if layout.unit_place == "cell" else unit)


def unit_row(sheet: Sheet, layout: Layout) -> tuple[tuple[Box, ...], ...]:
    """The header row that holds the unit where the layout has it in the table."""
    if layout.unit_place != "cell" or not sheet.unit:
        return ()
    return ((Box(f"单位：{sheet.unit}", len(sheet.widths), 1, "right"),),)
