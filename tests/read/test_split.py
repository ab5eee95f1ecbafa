"""One file that holds several departments gives a disclosure for each."""

from pathlib import Path

import pypdfium2
import pytest

from mingzhang.forms.random import disclosure
from mingzhang.publish.pdf import write
from mingzhang.read import read_file


def merged(folder: Path, made, layout: str) -> Path:
    whole = pypdfium2.PdfDocument.new()
    for n, one in enumerate(made):
        path = folder / f"{n}.pdf"
        write(one, path, layout=layout)
        with pypdfium2.PdfDocument(path) as part:
            whole.import_pages(part)
    path = folder / "all.pdf"
    whole.save(path)
    return path


def figures(one):
    return sorted((s.id, r.code or r.label, c.column, c.printed.value) for s in one.statements for r, c in s.cells())


@pytest.mark.parametrize(("kind", "layout"), [("final", "ruled"), ("budget", "three-cells")])
def test_each_department_of_a_county_is_read_for_itself(tmp_path, kind, layout):
    made = [disclosure(seed, kind=kind, items=4, unit="万元") for seed in (11, 12, 13)]
    read = read_file(merged(tmp_path, made, layout))
    assert [d.publisher.name for d in read] == [d.publisher.name for d in made]
    for one, two in zip(read, made, strict=True):
        assert one.year == two.year
        assert figures(one) == figures(two)
        assert len([f for s in one.sentences for f in s.figures]) == len([f for s in two.sentences for f in s.figures])


def test_one_department_is_not_split(tmp_path):
    made = disclosure(14, kind="final", items=30, unit="元")
    write(made, tmp_path / "one.pdf", layout="dense")
    assert len(read_file(tmp_path / "one.pdf")) == 1
