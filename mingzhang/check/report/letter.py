"""Findings → the letter to the department (整改通知) as a Word document."""

from collections.abc import Sequence
from pathlib import Path

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from mingzhang.check.report.words import masked, words
from mingzhang.disclosure import Disclosure, Finding

_BODY, _TITLE = "仿宋", "黑体"


def write(disclosure: Disclosure, findings: Sequence[Finding], path: Path, lang: str = "zh") -> None:
    """Write the letter: what was checked, every error and warning with its figures, and what is asked. No hints."""
    say = words(lang, "letter")
    document = Document()
    for section in document.sections:
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin, section.right_margin = Cm(2.8), Cm(2.6)
        section.top_margin, section.bottom_margin = Cm(3.7), Cm(3.5)
    style = document.styles["Normal"]
    style.font.name, style.font.size = _BODY, Pt(14)
    style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), _BODY)
    name = disclosure.publisher.name or say["nameless"]
    year = str(disclosure.year or "")
    kind = words(lang, "page").get(disclosure.kind, "")
    title = document.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = title.add_run(say["title"].format(year=year, kind=kind))
    run.bold, run.font.size = True, Pt(18)
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), _TITLE)
    document.add_paragraph(f"{name}：" if lang == "zh" else f"{name}:")
    serious = [f for f in findings if f.severity != "hint"]
    count = {s: sum(f.severity == s for f in findings) for s in ("error", "warning")}
    _indented(document, say["opening"].format(year=year, kind=kind, files="、".join(disclosure.sources), **count))
    for n, finding in enumerate(serious, start=1):
        head = document.add_paragraph()
        bold = head.add_run(f"{n}. {words(lang, 'severity')[finding.severity]}：{finding.where}")
        bold.bold = True
        _indented(document, f"{say['printed']}{masked(finding.printed)}")
        _indented(document, f"{say['expected']}{masked(finding.expected)}")
    _indented(document, say["closing"] if serious else say["clean"])
    signed = document.add_paragraph(say["signed"])
    signed.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    document.save(str(path))


def _indented(document: Document, text: str) -> None:  # type: ignore[valid-type]
    paragraph = document.add_paragraph(text)  # type: ignore[attr-defined]
    paragraph.paragraph_format.first_line_indent = Pt(28)
