"""Errors that the truth does not confirm, and those of them that accuracy/adjudicated.csv upholds."""

import csv
import importlib.util
from pathlib import Path
from types import ModuleType

import shared

ADJUDICATED = shared.PROJECT / "accuracy" / "adjudicated.csv"


def _scorer(root: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("given_score", root / "tools" / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def unconfirmed(root: Path, truth: Path, out: Path) -> list[str]:
    """The printed passages of the errors that the truth of a document does not confirm."""
    scorer = _scorer(root)
    grades = ("error", "warning")
    wanted = [r for r in scorer.rows(truth, "findings.csv") if r["severity"] in grades]
    given = [r for r in scorer.rows(out, "findings.csv") if r["severity"] in grades]
    _, true = scorer.pair(wanted, given)
    return [r["printed"] for n, r in enumerate(given) if n not in true and r["severity"] == "error"]


def upheld(root: Path, name: str, truth: Path, out: Path) -> int:
    """How many of the unconfirmed errors of a document are upheld: the strictest reviewer agrees that they stand."""
    with ADJUDICATED.open(encoding="utf-8-sig", newline="") as file:
        kept = [(r["document"], "".join(r["printed"].split())) for r in csv.DictReader(file)]
    return sum((name, "".join(printed.split())) in kept for printed in unconfirmed(root, truth, out))
