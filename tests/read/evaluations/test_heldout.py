"""Tables of other provinces' styles, printed and read back: as ruled cells, and as text that lost its columns.

Each case in ``heldout/`` is a table as data with the rows that must be found;
none of them is taken from a published document.
"""

from collections import Counter
from collections.abc import Callable

import pytest

from mingzhang.read import read_file
from mingzhang.read.evaluations import consumed, evaluate
from mingzhang.read.pages import text
from mingzhang.read.pages.page import Page
from tests.read.evaluations import printed
from tests.read.evaluations.drawn import form
from tests.read.evaluations.printed import Case, cases, plumbed, raw, rows

CASES = cases()
EXTRACTORS: dict[str, Callable[[bytes], str]] = {
    "raw": raw,
    "words": plumbed,
    "spaced": lambda data: plumbed(data, True),
    "gaps": printed.boxed,
}
FLOOR_GRID, FLOOR_TEXT, FLOOR_ONE = 0.95, 0.85, 0.60


def f1(wanted: Counter, found: Counter) -> float:
    return 2 * (wanted & found).total() / max(1, wanted.total() + found.total())


def from_text(case: Case, extracted: str) -> Counter:
    """The rows of the lines behind the title of the table."""
    blocks, _ = text.blocks(Page(None, lines=text._lines(extracted)))
    at = next(n for n, b in enumerate(blocks) if "".join(b.text.split()) == case.title)
    behind = blocks[at + 1 :]
    evaluations, _, _ = evaluate(form(case.kind), case.title, behind, "", "a.txt")
    rest = behind[consumed(form(case.kind), behind) :]
    assert any("名词解释" in b.text for b in rest), "the text behind the table was taken for a part of it"
    return Counter(rows(evaluations))


@pytest.fixture(scope="module")
def pdfs() -> dict[str, bytes]:
    return {case.name: printed.pdf(case) for case in CASES}


def test_ruled_cells(pdfs: dict[str, bytes], tmp_path) -> None:
    wanted, found = Counter(), Counter()
    for case in CASES:
        path = tmp_path / f"{case.name}.pdf"
        path.write_bytes(pdfs[case.name])
        wanted += Counter((case.name, *row) for row in case.expected)
        for disclosure in read_file(path):
            found += Counter((case.name, *row) for row in rows(disclosure.evaluations))
    assert f1(wanted, found) >= FLOOR_GRID, (wanted - found, found - wanted)


@pytest.mark.parametrize("style", EXTRACTORS)
def test_text_that_lost_its_columns(style: str, pdfs: dict[str, bytes]) -> None:
    if style != "raw":
        pytest.importorskip("pdfplumber")
    wanted, found = Counter(), Counter()
    for case in CASES:
        own = from_text(case, EXTRACTORS[style](pdfs[case.name]))
        assert f1(Counter(case.expected), own) >= FLOOR_ONE, case.name
        wanted += Counter((case.name, *row) for row in case.expected)
        found += Counter({(case.name, *row): count for row, count in own.items()})
    assert f1(wanted, found) >= FLOOR_TEXT, (wanted - found, found - wanted)


@pytest.mark.parametrize("name", ["mof", "whole", "pagebreak", "narrow"])
def test_text_out_of_order_is_reported_and_not_guessed(name: str, pdfs: dict[str, bytes]) -> None:
    pytest.importorskip("pdfminer")
    case = next(c for c in CASES if c.name == name)
    blocks, _ = text.blocks(Page(None, lines=text._lines(printed.mined(pdfs[name]))))
    evaluations, _, _ = evaluate(form(case.kind), case.title, blocks, "", "a.txt")
    wrong = [row for row in rows(evaluations) if row not in case.expected]
    assert len(wrong) <= 1
