"""Small PDFs in their own syntax, and given PDFs printed in other ways."""

import ctypes
import os
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pypdfium2 as pdfium
import pypdfium2.raw as raw
import pytest


def _write(
    path: Path, contents: tuple[str, ...], box: str, rotate: int, forms: dict[str, tuple[str, str]], extra: str
) -> Path:
    """One page for each content; font F1 is Helvetica, X1 … are forms given as (dictionary entries, content)."""
    font = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
    objects: list[str] = ["<< /Type /Catalog /Pages 2 0 R >>", "", font]
    names = []
    for name, (entries, content) in forms.items():
        objects.append(f"<< {entries} /Length {len(content)} >>\nstream\n{content}\nendstream")
        names.append(f"/{name} {len(objects)} 0 R")
    resources = f"<< /Font << /F1 3 0 R >> /XObject << {' '.join(names)} >> {extra} >>"
    kids = []
    for content in contents:
        objects.append(f"<< /Length {len(content)} >>\nstream\n{content}\nendstream")
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [{box}] /Rotate {rotate} "
            f"/Resources {resources} /Contents {len(objects)} 0 R >>"
        )
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    data = b"%PDF-1.7\n"
    offsets = []
    for k, body in enumerate(objects, 1):
        offsets.append(len(data))
        data += f"{k} 0 obj\n{body}\nendobj\n".encode("latin-1")
    start = len(data)
    data += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    data += b"".join(f"{at:010d} 00000 n \n".encode() for at in offsets)
    data += f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n".encode()
    path.write_bytes(data)
    return path


@pytest.fixture
def paper(tmp_path: Path) -> Callable[..., Path]:
    def make(
        *contents: str,
        box: str = "0 0 400 300",
        rotate: int = 0,
        forms: dict[str, tuple[str, str]] | None = None,
        extra: str = "",
        name: str = "paper.pdf",
    ) -> Path:
        return _write(tmp_path / name, contents, box, rotate, forms or {}, extra)

    return make


def _wrapped(source: Path, target: Path) -> Path:
    """Every page as a form inside a form, scaled and moved, on a page of the same size."""
    old = pdfium.PdfDocument(source)
    for level, (factor, x, y) in enumerate(((1.0, 0, 0), (0.7, 30, 20))):
        new = pdfium.PdfDocument.new()
        for k in range(len(old)):
            page = new.new_page(*old[k].get_size())
            form = raw.FPDF_NewXObjectFromPage(new.raw, old.raw, k)
            item = raw.FPDF_NewFormObjectFromXObject(form)
            raw.FPDFPageObj_Transform(item, factor, 0, 0, factor, x, y)
            raw.FPDFPage_InsertObject(page.raw, item)
            raw.FPDFPage_GenerateContent(page.raw)
            raw.FPDF_CloseXObject(form)
        step = target if level else target.with_suffix(".inner.pdf")
        new.save(step)
        old = pdfium.PdfDocument(step)
    return target


def _turned(source: Path, target: Path, degrees: int) -> Path:
    document = pdfium.PdfDocument(source)
    for page in document:
        page.set_rotation(degrees)
    document.save(target)
    return target


def _covered(source: Path, target: Path) -> Path:
    """A white box painted over every page."""
    document = pdfium.PdfDocument(source)
    for page in document:
        width, height = page.get_size()
        box = raw.FPDFPageObj_CreateNewRect(0, 0, width, height)
        raw.FPDFPageObj_SetFillColor(box, 255, 255, 255, 255)
        raw.FPDFPath_SetDrawMode(box, raw.FPDF_FILLMODE_ALTERNATE, 0)
        raw.FPDFPage_InsertObject(page.raw, box)
        raw.FPDFPage_GenerateContent(page.raw)
    document.save(target)
    return target


def _white(source: Path, target: Path) -> Path:
    """All text filled and stroked white."""
    document = pdfium.PdfDocument(source)
    white = tuple(ctypes.c_uint(255) for _ in range(4))
    for page in document:
        for k in range(raw.FPDFPage_CountObjects(page.raw)):
            item = raw.FPDFPage_GetObject(page.raw, k)
            if raw.FPDFPageObj_GetType(item) == raw.FPDF_PAGEOBJ_TEXT:
                raw.FPDFPageObj_SetFillColor(item, *white)
                raw.FPDFPageObj_SetStrokeColor(item, *white)
        raw.FPDFPage_GenerateContent(page.raw)
    document.save(target)
    return target


@pytest.fixture
def printed() -> SimpleNamespace:
    """Ways to print a given PDF again: ``printed.wrapped(source, target)`` …"""
    return SimpleNamespace(wrapped=_wrapped, turned=_turned, covered=_covered, white=_white)


@pytest.fixture(scope="session")
def given() -> list[Path]:
    """The given PDFs."""
    root = Path(os.environ.get("MINGZHANG_SHARED") or Path(__file__).parents[4] / "shared")
    files = sorted((root / "corpus" / "pdf").glob("*.pdf"))
    if not files:
        pytest.skip("the given documents (../shared or $MINGZHANG_SHARED) are not here")
    return files
