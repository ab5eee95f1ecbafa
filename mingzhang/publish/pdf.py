"""A disclosure as PDF: cover, contents, running text, statements and performance tables, with bookmarks and tags."""

from functools import lru_cache
from io import BytesIO
from pathlib import Path

import pypdfium2
import typst

from mingzhang.disclosure import Disclosure, Evaluation, Heading, Statement
from mingzhang.forms import load
from mingzhang.publish import evaluation, flow, typesetting
from mingzhang.publish.escape import typst as literal
from mingzhang.publish.faces import Faces, bundled
from mingzhang.publish.layout import Layout, layouts

_CONTENTS_DEPTH = 2
"""Parts, their sections and the tables are in the contents; every heading is a bookmark."""


@lru_cache(maxsize=4)
def _compiler(folders: tuple[Path, ...]) -> typst.Compiler:
    fonts = typst.Fonts(False, False, [str(bundled()), *map(str, folders)])
    return typst.Compiler(font_paths=fonts, ignore_system_fonts=True)


def source(disclosure: Disclosure, layout: Layout, faces: Faces | None = None) -> str:
    """The typst source of the whole document."""
    book = load(disclosure.year)
    parts = [_prelude(disclosure, layout, faces or Faces()), f"#cover({', '.join(map(literal, flow.cover(disclosure)))})"]
    if layout.contents:
        parts.append("#contents()")
    for part in flow.flow(disclosure):
        if isinstance(part, Heading):
            shown = literal(flow.shown(part))
            parts.append(f"#part({shown})" if part.depth == 1 else f"#section({max(2, part.depth)}, {shown})")
        elif isinstance(part, Statement):
            parts.append(typesetting.statement(flow.sheet(part, book, layout), layout))
        elif isinstance(part, Evaluation):
            parts.append(typesetting.goals(evaluation.table(part, book), layout))
        else:
            parts.append(f"#p({literal(part.text)})")
    return "\n".join(parts) + "\n"


def _prelude(disclosure: Disclosure, layout: Layout, faces: Faces) -> str:
    """What the rest of the source speaks in: page, type, and the functions part, section, title, p and contents."""

    def names(use: str) -> str:
        return f"({', '.join(map(literal, faces.of(use)))},)"

    footer = ""
    if layout.page_number:
        before, after = layout.page_number.split("{}")
        shown = f"{literal(before)} + counter(page).display() + {literal(after)}"
        footer = f", footer: context align(center, text(size: 9pt, {shown}))"
    return (
        f"#set document(title: {literal(flow.title(disclosure))}, author: {literal(disclosure.publisher.name)}, date: none)\n"
        f"#set page(width: 595.28pt, height: 841.89pt, margin: (x: 80pt, y: 72pt){footer})\n"
        f'#set text(font: {names("body")}, size: 10.5pt, lang: "zh", region: "cn")\n'
        "#set par(leading: 9pt, spacing: 9pt)\n"
        "#set heading(supplement: none)\n"
        "#let head(level, size, font, body, whose: none) = {\n"
        '  show heading: set text(size: size, weight: "regular", font: font)\n  show heading: it => it.body\n'
        "  heading(level: level, supplement: whose, body)\n}\n"
        "#let part(body) = { pagebreak(weak: true); "
        f"block(width: 100%, below: 16pt, align(center, head(1, 16pt, {names('heading')}, body))) }}\n"
        "#let section(level, body) = block(above: 14pt, sticky: true, "
        f"head(level, 12pt, if level == 2 {{ {names('heading')} }} else {{ {names('subheading')} }}, body))\n"
        f"#let title(level, size, body, whose: none) = head(level, size, {names('title')}, body, whose: whose)\n"
        "#let p(body) = par(first-line-indent: (amount: 2em, all: true), text(size: 11pt, body))\n"
        f"#let tabled(body) = {{ set text(font: {names('table')}); body }}\n"
        "#let contents() = {\n"
        f'  align(center, text(size: 16pt, font: {names("heading")}, "目　录"))\n  v(10pt)\n'
        "  set outline.entry(fill: box(width: 1fr, repeat[.]))\n"
        "  show outline.entry: it => link(it.element.location(), it.indented(it.prefix(), "
        '{ it.body() + it.element.supplement + " " + box(width: 1fr, it.fill) + " " + it.page() }))\n'
        f"  outline(title: none, depth: {_CONTENTS_DEPTH}, indent: 20pt)\n  pagebreak()\n}}\n"
        "#let cover(..lines) = page(footer: none, { v(180pt); for line in lines.pos() { block(width: 100%, "
        f"align(center, text(size: 24pt, font: {names('title')}, line))) }} }})\n"
    )


def write(
    disclosure: Disclosure, path: Path | str, layout: Layout | str | None = None, faces: Faces | None = None
) -> Path:
    """Set the disclosure in the layout (None: ruled) and write the PDF; the path is given back.

    ``faces`` None sets it in the face of the package, so that it comes out the same on every machine. Pages of
    ``layout.turned`` are written upright on a rotated page.
    """
    chosen = layout if isinstance(layout, Layout) else layouts()[layout or "ruled"]
    made = _compiler(faces.folders if faces else ()).compile(source(disclosure, chosen, faces).encode("utf-8"), format="pdf")
    target = Path(path)
    assert isinstance(made, bytes)
    target.write_bytes(_rotated(made, chosen))
    return target


def _rotated(data: bytes, layout: Layout) -> bytes:
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
