"""A given PDF whose text was pulled out by other tools: what is placed is placed right, and nothing false is alleged."""

from pathlib import Path

import pdfplumber
import pypdfium2
import pytest

from mingzhang.check import check
from mingzhang.disclosure import UNDECIDED
from mingzhang.read import read_file


def by_pdfium(path: Path) -> str:
    with pypdfium2.PdfDocument(path) as document:
        return "\f".join(page.get_textpage().get_text_range().replace("\r\n", "\n") for page in document)


def by_pdfplumber(path: Path) -> str:
    with pdfplumber.open(path) as document:
        return "\f".join(page.extract_text() or "" for page in document.pages)


def cells(disclosure):
    return {
        (s.id, r.side, r.code or r.label, c.column, c.printed.value)
        for s in disclosure.statements
        for r, c in s.cells()
        if c.column != UNDECIDED
    }


@pytest.mark.parametrize("pull", [by_pdfium, pytest.param(by_pdfplumber, marks=pytest.mark.slow)])
def test_the_same_figures_stand_where_the_page_has_them(shared, tmp_path, pull):
    for path in sorted((shared / "corpus" / "pdf").glob("*.pdf")):
        text = tmp_path / f"{path.stem}.txt"
        text.write_text(pull(path), encoding="utf-8")
        (page,), (lost,) = read_file(path), read_file(text)
        wrong = cells(lost) - cells(page)
        assert not wrong, path.name
        assert len(cells(lost)) >= 0.9 * len(cells(page)), path.name
        # One more may be said apart: pulled text also holds what the page does not print, and says it twice.
        errors = [sum(f.severity == "error" for f in check(d).findings) for d in (lost, page)]
        assert errors[0] <= errors[1] + 1, path.name
