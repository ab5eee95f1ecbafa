"""Findings → something to read.

In: a disclosure, its findings and the outcomes of the rules, and the file they are about.
Out: a summary on the screen; HTML with page pictures, an Excel list, a Word letter, the PDF marked up, JSON.
"""

import json
from collections.abc import Sequence
from pathlib import Path

from mingzhang.disclosure import Disclosure, Finding, Outcome

SUFFIXES = (".html", ".xlsx", ".docx", ".pdf", ".json")

__all__ = ["SUFFIXES", "write"]


def write(
    disclosure: Disclosure,
    findings: Sequence[Finding],
    outcomes: Sequence[Outcome],
    path: Path,
    source: str | Path,
    lang: str = "zh",
) -> None:
    """Write the report that the suffix of ``path`` names.

    Raises ValueError for another suffix, and where a marked-up PDF is asked
    of a file that is none.
    """
    suffix = path.suffix.lower()
    if suffix == ".html":
        from mingzhang.check.report import html

        html.write(disclosure, findings, outcomes, path, source, lang)
    elif suffix == ".xlsx":
        from mingzhang.check.report import sheet

        sheet.write(disclosure, findings, outcomes, path, lang)
    elif suffix == ".docx":
        from mingzhang.check.report import letter

        letter.write(disclosure, findings, path, lang)
    elif suffix == ".pdf":
        if b"%PDF-" not in Path(source).read_bytes()[:1024]:
            raise ValueError("只有 PDF 文件才能在原文上标注；其他文件请用 .html")
        from mingzhang.check.report import marked

        marked.write(source, findings, path, lang)
    elif suffix == ".json":
        path.write_text(_json(findings, outcomes), encoding="utf-8")
    else:
        raise ValueError(f"报告只能是 {' '.join(SUFFIXES)}，不能是 {suffix or path.name}")


def _json(findings: Sequence[Finding], outcomes: Sequence[Outcome]) -> str:
    from mingzhang.check.report.words import masked

    said = {
        "findings": [
            {
                "rule": f.rule,
                "class": f.kind,
                "severity": f.severity,
                "where": f.where,
                "printed": masked(f.printed),
                "expected": masked(f.expected),
                "places": [{"file": p.file, "page": p.page, "box": p.box, "line": p.line} for p in f.places],
            }
            for f in findings
        ],
        "rules": [
            {
                "rule": o.rule,
                "words": o.words,
                "passed": o.passed,
                "failed": o.failed,
                "used_to_place": o.used_to_place,
                "undecided": list(o.undecided),
            }
            for o in outcomes
        ],
    }
    return json.dumps(said, ensure_ascii=False, indent=1) + "\n"
