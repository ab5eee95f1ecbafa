"""A self-evaluation that was printed and read back is recomputed as before."""

from dataclasses import replace
from pathlib import Path

import pytest

from mingzhang.forms.random import disclosure
from mingzhang.performance.random import evaluated
from mingzhang.performance.recompute import recompute
from mingzhang.publish import docx, html
from mingzhang.read import read_file


@pytest.mark.parametrize(("seed", "writer", "suffix"), [(3, html, ".html"), (4, docx, ".docx"), (5, html, ".html")])
def test_printed_and_read_back(seed: int, writer: object, suffix: str, tmp_path: Path) -> None:
    made, scheme = evaluated(seed, projects=2)
    whole = replace(disclosure(seed, kind="final", items=3, unit="万元"), evaluations=made.evaluations)
    path = tmp_path / f"final{suffix}"
    writer.write(whole, path)  # type: ignore[attr-defined]
    before, after = recompute(whole), recompute(read_file(str(path))[0])
    assert before.count("off") == after.count("off") == 0
    assert [[(r.verdict.state, r.verdict.reason) for r in t.rows] for t in after.tables] == [
        [(r.verdict.state, r.verdict.reason) for r in t.rows] for t in before.tables
    ]
    assert scheme in (after.fits[0].scheme, *after.tied)
    assert all(s.holds and s.printed for t in after.tables for s in t.sums)
