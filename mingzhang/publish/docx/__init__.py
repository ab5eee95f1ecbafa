"""A disclosure as a Word document that goes on being edited.

In: a Disclosure and a layout. Out: a docx file with cover, table of contents,
real heading styles, running text, statements and performance tables as Word
tables with repeated header rows, on upright or landscape sections.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.section import WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING, WD_TAB_ALIGNMENT
from docx.shared import Pt

from mingzhang.disclosure import Disclosure, Evaluation, Heading, Statement
from mingzhang.forms import Book, load
from mingzhang.publish import evaluation, flow
from mingzhang.publish.docx import contents, styles
from mingzhang.publish.docx.contents import Entry
from mingzhang.publish.docx.elements import looks
from mingzhang.publish.docx.paging import Pages
from mingzhang.publish.docx.tables import Made, table
from mingzhang.publish.escape import plain
from mingzhang.publish.layout import Layout, layouts
from mingzhang.publish.sheet import Box

__all__ = ["write"]

TEXT = "正文段落"


def write(disclosure: Disclosure, path: Path | str, layout: Layout | str | None = None) -> Path:
    """Write the disclosure as docx with its statements set in the layout (None: ruled); the path is given back.

    Where pages break is left to Word: ``rows_on_page``, ``total_alone``, ``continuation``, ``turned`` and
    ``page_number`` of the layout do not apply; header rows repeat, statements of more than eight columns stand on
    landscape pages, page numbers are those of official documents.
    """
    chosen = layout if isinstance(layout, Layout) else layouts()[layout or "ruled"]
    document = Document()
    styles.styles(document)
    styles.fonts(document)
    styles.properties(document, disclosure)
    styles.numbers(document)
    writer = _Writer(document, chosen, load(disclosure.year))
    parts = list(flow.flow(disclosure))
    writer.cover(flow.cover(disclosure))
    if chosen.contents and disclosure.headings:
        writer.announce(parts)
    for part in parts:
        if isinstance(part, Heading):
            writer.heading(part)
        elif isinstance(part, Statement):
            writer.statement(part)
        elif isinstance(part, Evaluation):
            writer.evaluation(part)
        else:
            writer.text(part.text, TEXT)
    writer.close()
    target = Path(path)
    document.save(str(target))
    return target


class _Writer:
    """A Word document in the making; ``page`` is what its last section is for: text, upright or across."""

    def __init__(self, document: WordDocument, layout: Layout, book: Book) -> None:
        self.document, self.layout, self.book = document, layout, book
        self.page = "text"
        self.pages = Pages()
        self.entries: list[Entry] = []
        self.contents: Any = None
        self.covered = False
        self.ids = {style.name: style.style_id for style in document.styles}
        styles.paper(document.sections[0], "text")

    def cover(self, lines: tuple[str, ...]) -> None:
        title = self.document.add_paragraph(style="Title")
        for n, line in enumerate(lines):
            run = title.add_run()
            if n:
                run.add_break()
            run.add_text(plain(line))
        self.pages.turn(styles.room("text")[1])
        self.pages.used = 1.0
        self.covered = True

    def announce(self, parts: Sequence[flow.Part]) -> None:
        """The head of the contents; their lines are set when the pages are known, how many is known now."""
        self.contents = self.paragraph("目　录", "目录标题")
        for part in parts:
            if isinstance(part, Statement | Evaluation) or (isinstance(part, Heading) and part.depth <= contents.DEPTH):
                self.pages.paragraph("", "toc 2", *styles.room("text"))

    def close(self) -> None:
        """The contents are set when it is known what they list."""
        self._flat(self.document.add_paragraph())
        if self.contents is not None:
            self.contents.addnext(contents.listed(self.entries, styles.room("text")[0]))

    def turn(self, page: str) -> None:
        """The following stands on pages of that kind: a new section where the last one is of another kind."""
        if page != self.page:
            section = self.document.add_section(WD_SECTION.NEW_PAGE)
            section.different_first_page_header_footer = False
            self._flat(self.document.paragraphs[-1])
            styles.paper(section, page)
            self.page = page
            self.pages.turn(styles.room(page)[1])

    def _flat(self, paragraph: Any) -> None:
        """A paragraph without height, which Word asks for behind a table and at the end of a section."""
        form = paragraph.paragraph_format
        form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(1)
        form.space_before = form.space_after = Pt(0)

    def paragraph(self, text: str, style: str, align: WD_ALIGN_PARAGRAPH | None = None) -> Any:
        made = self.document.add_paragraph(plain(text))
        made._p.style = self.ids[style]
        if align is not None:
            made.alignment = align
        self.pages.paragraph(text, style, *styles.room(self.page))
        return made._p

    def text(self, text: str, style: str) -> Any:
        """A paragraph of the running text; the first one begins a page behind cover and contents."""
        self.turn("text")
        if self.covered and not looks()["styles"].get(style, {}).get("new_page"):
            self.pages.turn(styles.room("text")[1])
            made = self.paragraph(text, style)
            made.get_or_add_pPr().get_or_add_pageBreakBefore()
        else:
            made = self.paragraph(text, style)
        self.covered = False
        return made

    def heading(self, heading: Heading) -> None:
        depth = min(max(heading.depth, 1), 6)
        made = self.text(flow.shown(heading), f"Heading {depth}")
        if depth <= contents.DEPTH:
            self._listed(made, flow.shown(heading), depth)

    def _listed(self, paragraph: Any, text: str, depth: int) -> Entry:
        """The paragraph stands in the contents, with the page on which it begins."""
        entry = Entry(plain(text), depth, self.pages.number, len(self.entries) + 1)
        contents.mark(paragraph, entry)
        self.entries.append(entry)
        return entry

    def statement(self, statement: Statement) -> None:
        made = flow.sheet(statement, self.book, self.layout)
        wide = len(made.widths) > looks()["page"]["widest"] or self.layout.orientation == "landscape"
        self._listed(self._titled(made.title, "表标题", wide), made.title, 2)
        facts = flow.facts(made, self.layout)
        info = "表头信息"
        if facts.under:
            self.paragraph(facts.under, info, WD_ALIGN_PARAGRAPH.CENTER)
        if facts.number:
            self.paragraph(facts.number, info, WD_ALIGN_PARAGRAPH.RIGHT)
        room = styles.room(self.page)[0]
        if facts.whose and facts.unit:
            self.pages.paragraph("", info, *styles.room(self.page))
            line = self.document.add_paragraph(plain(f"{facts.whose}\t{facts.unit}"), info)
            line.paragraph_format.tab_stops.add_tab_stop(Pt(room), WD_TAB_ALIGNMENT.RIGHT)
        elif facts.unit:
            self.paragraph(facts.unit, info, WD_ALIGN_PARAGRAPH.RIGHT)
        elif facts.whose:
            self.paragraph(facts.whose, info)
        header = (*flow.unit_row(made, self.layout), *made.header)
        body = made.body or (tuple(Box() for _ in made.widths),)
        self._table(table(header, body, made.widths, made.title, room, self.layout, made.totals))
        for note in made.notes:
            self.paragraph(note, "表注")

    def evaluation(self, evaluated: Evaluation) -> None:
        made = evaluation.table(evaluated, self.book)
        title = self._titled(made.title, "附表标题", len(made.widths) > looks()["page"]["widest"])
        contents.said(title, self._listed(title, made.title + made.whose, 1))
        labels = frozenset(n for n, row in enumerate(made.rows) if all(isinstance(b, evaluation.Label) for b in row))
        room = styles.room(self.page)[0]
        self._table(table((), made.rows, made.widths, made.title, room, self.layout, labels))

    def _titled(self, title: str, style: str, wide: bool) -> Any:
        """The title of a table at the head of a page."""
        self.turn("across" if wide else "upright")
        self.covered = False
        return self.paragraph(title, style)

    def _table(self, made: Made) -> None:
        self.document.element.body[-1].addprevious(made.xml)
        self.pages.table(made.heights, made.repeated)
