"""A disclosure as PDF: cover, contents, running text and the statements in one of the layouts."""

import re
from functools import lru_cache
from io import BytesIO
from pathlib import Path

import noto_cjk_sans_otc
import pypdfium2
import typst

from mingzhang.disclosure import Disclosure, Heading
from mingzhang.forms import load
from mingzhang.publish import typesetting
from mingzhang.publish.escape import typst as literal
from mingzhang.publish.layout import Layout, layouts
from mingzhang.publish.setting import sheet

_TEXT_PAGE = "#set page(width: 595.28pt, height: 841.89pt, margin: (x: 80pt, y: 72pt)"
_STATEMENTS = re.compile(r"表$")
_PART = re.compile(r"^(第.部分)")


@lru_cache(maxsize=1)
def _compiler() -> typst.Compiler:
    fonts = typst.Fonts(False, False, [str(Path(noto_cjk_sans_otc.__file__).parent)])
    return typst.Compiler(font_paths=fonts, ignore_system_fonts=True)


def source(disclosure: Disclosure, layout: Layout) -> str:
    """The typst source of the whole document."""
    footer = ""
    if layout.page_number:
        before, after = layout.page_number.split("{}")
        shown = f"{literal(before)} + counter(page).display() + {literal(after)}"
        footer = f", footer: context align(center, text(size: 9pt, {shown}))"
    parts = [
        f"{_TEXT_PAGE}{footer})",
        '#set text(font: "Noto Sans CJK SC", size: 10.5pt, lang: "zh", region: "cn")',
        "#set par(leading: 9pt, spacing: 9pt)",
        _cover(disclosure),
    ]
    names = {s.id: f"s{n}" for n, s in enumerate(disclosure.statements)}
    if layout.contents:
        parts.append(_contents(disclosure, layout))
    book = load(disclosure.year)
    tables = [
        typesetting.statement(sheet(s, book.by_id[s.id], layout), layout, names[s.id])
        for s in disclosure.statements
        if s.id in book.by_id
    ]
    parts.append(_text(disclosure, tables))
    return "\n".join(parts)


def _cover(disclosure: Disclosure) -> str:
    word = "决算" if disclosure.kind == "final" else "预算"
    lines = (disclosure.publisher.name, f"{disclosure.year}年度部门{word}")
    shown = "\n".join(f"#align(center, text(size: 24pt, {literal(line)}))" for line in lines)
    return f"#v(180pt)\n{shown}\n#pagebreak()\n"


def _contents(disclosure: Disclosure, layout: Layout) -> str:
    lines = ['#align(center, text(size: 16pt, "目　录"))']
    for heading in disclosure.headings:
        key = f"h{disclosure.headings.index(heading)}"
        lines.append(_entry(_PART.sub(r"\1　", heading.text), key, heading.depth - 1))
        if _holds_statements(heading):
            for n, s in enumerate(disclosure.statements):
                lines.append(_entry(s.title, f"s{n}", 1))
    return "\n".join(lines) + "\n#pagebreak()\n"


def _entry(text: str, key: str, depth: int) -> str:
    number = f"context counter(page).at(<{key}>).first()"
    return (
        f"#block(inset: (left: {depth * 20}pt))[#{literal(text)} #box(width: 1fr, repeat[.]) #{{{number}}}]"
    )


def _holds_statements(heading: Heading) -> bool:
    return heading.depth == 1 and bool(_STATEMENTS.search(heading.text))


def _text(disclosure: Disclosure, tables: list[str]) -> str:
    """Headings and paragraphs in order; the statements under the heading that ends in 表, else at the front."""
    parts: list[str] = []
    if not any(map(_holds_statements, disclosure.headings)):
        parts += tables
    path: list[str] = []
    for n, heading in enumerate(disclosure.headings):
        path = [*path[: heading.depth - 1], heading.text]
        shown = literal(_PART.sub(r"\1　", heading.text))
        mark = f" <h{n}>"
        if heading.depth == 1:
            parts.append(f"#pagebreak(weak: true)\n#align(center, text(size: 16pt, {shown})){mark}")
        else:
            parts.append(f"#block(above: 14pt)[#text(size: 12pt, {shown}){mark}]")
        own = [s.text for s in disclosure.sentences if s.section == tuple(path)]
        if own:
            body = "".join(own)
            parts.append(f"#par(first-line-indent: (amount: 2em, all: true), text(size: 11pt, {literal(body)}))")
        if _holds_statements(heading):
            parts += tables
    return "\n".join(parts) + "\n"


def write(disclosure: Disclosure, path: Path | str, layout: Layout | str = "ruled") -> Path:
    """Set the disclosure in the layout (or the layout of that name) and write the PDF; the path is given back.

    Pages of ``layout.turned`` are written upright on a rotated page.
    """
    chosen = layouts()[layout] if isinstance(layout, str) else layout
    made = _compiler().compile(source(disclosure, chosen).encode("utf-8"), format="pdf", pdf_tags=False)
    target = Path(path)
    assert isinstance(made, bytes)
    target.write_bytes(_rotated(made, disclosure, chosen))
    return target


def _rotated(data: bytes, disclosure: Disclosure, layout: Layout) -> bytes:
    """The document with the /Rotate of the pages whose text runs upwards."""
    if not layout.turned:
        return data
    document = pypdfium2.PdfDocument(data)
    try:
        for number in range(len(document)):
            page = document[number]
            if _runs_upwards(page):
                page.set_rotation(90)
            page.close()
        out = BytesIO()
        document.save(out)
        return out.getvalue()
    finally:
        document.close()


def _runs_upwards(page: pypdfium2.PdfPage) -> bool:
    """Whether the first text object of the page is turned by a quarter."""
    for item in page.get_objects(max_depth=4):
        if item.type == 1:
            a, b, *_ = item.get_matrix().get()
            return bool(abs(b) > abs(a))
    return False
