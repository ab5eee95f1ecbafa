"""What the check finds in the given documents, against the truth of strict reviewers."""

import csv
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from mingzhang.check import check
from mingzhang.disclosure import Disclosure

sys.path.insert(0, str(Path(__file__).parent))
from truth import load_truth

SHARED = Path(os.environ.get("MINGZHANG_SHARED") or Path(__file__).parents[2].parent / "shared")
pytestmark = pytest.mark.skipif(not (SHARED / "truth").is_dir(), reason="the given documents (../shared) are not here")
NAMES = sorted(p.name for p in (SHARED / "truth").iterdir()) if (SHARED / "truth").is_dir() else []


def scored(disclosure: Disclosure, name: str, folder: Path) -> dict[str, float]:
    with (folder / "findings.csv").open("w", newline="", encoding="utf-8") as file:
        out = csv.writer(file)
        out.writerow(["id", "class", "severity", "where", "printed", "expected"])
        for n, f in enumerate(check(disclosure).findings, 1):
            out.writerow([n, f.kind, f.severity, f.where, f.printed, f.expected])
    command = [sys.executable, str(SHARED / "tools" / "score.py"), str(SHARED / "truth" / name), str(folder), "--json"]
    result: dict[str, float] = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)["findings"]
    return result


@pytest.mark.parametrize("name", NAMES)
def test_every_error_is_confirmed(name: str, tmp_path: Path) -> None:
    measured = scored(load_truth(SHARED / "truth" / name), name, tmp_path)
    assert measured["errors"] == measured["errors_confirmed"]


def test_most_of_what_can_be_decided_is_found(tmp_path: Path) -> None:
    every = [scored(load_truth(SHARED / "truth" / name), name, tmp_path) for name in NAMES]
    assert sum(m["decidable_found"] for m in every) >= 0.80 * sum(m["decidable"] for m in every)


def test_an_empty_form_has_no_error() -> None:
    from mingzhang.read import read

    for disclosure in read([SHARED / "corpus" / "pdf" / "shanghai-final-template.pdf"]):
        assert not check(disclosure).errors
