"""The given documents printed in other ways give the same grids and lines, or none."""

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from mingzhang.read.block import Grid
from mingzhang.read.grids import blocks
from mingzhang.read.pages.pdf import pages


def _seen(path: Path) -> list[list[object]]:
    def page(found: object) -> Iterator[object]:
        for block in blocks(found):  # type: ignore[arg-type]
            if isinstance(block, Grid):
                yield block.rows, block.columns, [(c.row, c.column, c.rows, c.columns, c.text) for c in block.cells]
            else:
                yield block.text

    return [list(page(p)) for p in pages(path)]


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_turned_pages_give_the_same(given: list[Path], printed: SimpleNamespace, tmp_path: Path, degrees: int) -> None:
    for path in given:
        assert _seen(printed.turned(path, tmp_path / "turned.pdf", degrees)) == _seen(path), path.name


def test_pages_wrapped_in_scaled_forms_give_the_same(
    given: list[Path], printed: SimpleNamespace, tmp_path: Path
) -> None:
    for path in given:
        assert _seen(printed.wrapped(path, tmp_path / "wrapped.pdf")) == _seen(path), path.name


@pytest.mark.parametrize("way", ["covered", "white"])
def test_pages_without_ink_give_nothing(given: list[Path], printed: SimpleNamespace, tmp_path: Path, way: str) -> None:
    for path in given:
        assert not any(_seen(getattr(printed, way)(path, tmp_path / "blank.pdf"))), path.name
