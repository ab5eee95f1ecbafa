"""Findings → the checked PDF itself with its figures boxed and a note on each."""

import ctypes
from collections.abc import Sequence
from pathlib import Path

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from mingzhang.check.report.words import masked, words
from mingzhang.disclosure import Finding

_COLOUR = {"error": (200, 30, 30), "warning": (190, 110, 0), "hint": (30, 100, 170)}


def write(source: str | Path, findings: Sequence[Finding], path: Path, lang: str = "zh") -> int:
    """Write ``source`` (a PDF) with a square annotation around each figure of a finding; how many were set."""
    document = pdfium.PdfDocument(str(source))
    set_ = 0
    for n, finding in enumerate(findings, start=1):
        note = f"{n}. {words(lang, 'severity')[finding.severity]} {finding.where}\n{masked(finding.expected)}"
        for place in finding.places:
            if place.page and place.box and place.page <= len(document):
                _square(document[place.page - 1], place.box, _COLOUR[finding.severity], note)
                set_ += 1
    document.save(str(path))
    document.close()
    return set_


def _square(
    page: pdfium.PdfPage, box: tuple[float, float, float, float], colour: tuple[int, int, int], note: str
) -> None:
    annotation = raw.FPDFPage_CreateAnnot(page, raw.FPDF_ANNOT_SQUARE)
    corners = [_to_page(page, box[0] - 2, box[1] - 2), _to_page(page, box[2] + 2, box[3] + 2)]
    xs, ys = sorted(c[0] for c in corners), sorted(c[1] for c in corners)
    rect = raw.FS_RECTF(left=xs[0], bottom=ys[0], right=xs[1], top=ys[1])
    raw.FPDFAnnot_SetRect(annotation, rect)
    raw.FPDFAnnot_SetColor(annotation, raw.FPDFANNOT_COLORTYPE_Color, *colour, 255)
    raw.FPDFAnnot_SetBorder(annotation, 0, 0, 1.5)
    text = (note + "\0").encode("utf-16-le")
    buffer = ctypes.cast(ctypes.create_string_buffer(text), raw.FPDF_WIDESTRING)
    raw.FPDFAnnot_SetStringValue(annotation, b"Contents", buffer)
    raw.FPDFPage_CloseAnnot(annotation)


def _to_page(page: pdfium.PdfPage, x: float, y: float) -> tuple[float, float]:
    """From points of the page as shown (origin upper left) to the page's own coordinates."""
    width, height = page.get_size()
    left, bottom, right, top = page.get_cropbox()
    rotation = page.get_rotation()
    if rotation == 90:
        return left + y, bottom + x
    if rotation == 180:
        return right - x, bottom + y
    if rotation == 270:
        return right - y, top - x
    return left + x * (right - left) / width, top - y * (top - bottom) / height
