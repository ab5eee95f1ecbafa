"""The loop closes: books → disclosure → document in every format → the same disclosure, which the check finds sound."""

import importlib
from pathlib import Path
from typing import Any

import pytest

from mingzhang.check import check
from mingzhang.disclosure import Disclosure
from mingzhang.read import read_file
from mingzhang.year import close
from mingzhang.year.invented import accounts
from tests.publish import made

FORMATS = ("pdf", "docx", "xlsx", "html")
SPOKEN = ("pdf", "docx", "html")
CASES = 200


def again(told: Disclosure, format: str, folder: Path) -> Disclosure:
    """What is read from the disclosure as written in a format."""
    writer: Any = importlib.import_module(f"mingzhang.publish.{format}")
    path = folder / f"a.{format}"
    writer.write(told, path)
    (read,) = read_file(path)
    return read


def the_same(told: Disclosure, read: Disclosure, format: str) -> None:
    assert (read.publisher.name, read.year, read.kind) == (told.publisher.name, told.year, told.kind)
    assert made.cells(read) == made.cells(told)
    assert made.rows(read) == made.rows(told)
    if format in SPOKEN:
        assert read.publisher.scope == told.publisher.scope
        assert made.narrative(read) == made.narrative(told)
        assert [h.text for h in read.headings] == [h.text for h in told.headings]


def closed(seed: int, **wishes: Any) -> Disclosure:
    """A disclosure of the books of a seed: of the department or one of its units, final accounts or budget, as two provinces print it."""
    books = accounts(seed, **wishes)
    found = tuple(close(books, "budget" if seed % 2 else "final", province=("", "41")[seed // 2 % 2]).disclosures)
    return found[seed // 4 % len(found)]


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("seed", [0, 5, 7])
def test_what_is_closed_reads_back_from_every_format_and_is_sound(tmp_path: Path, format: str, seed: int) -> None:
    told = closed(seed, items=8)
    read = again(told, format, tmp_path)
    the_same(told, read, format)
    assert not [f for f in check(read).findings if f.severity != "hint"]


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(100, 100 + CASES))
def test_random_books_close_the_loop(tmp_path: Path, seed: int) -> None:
    """Up to 40 items, 30 projects, 3 units, 4 sources."""
    told = closed(seed)
    assert not [f for f in check(told).findings if f.severity != "hint"]
    for format in FORMATS:
        the_same(told, again(told, format, tmp_path), format)
