"""Pictures for the documents: what the screen shows of an invented department, as SVG.

pictures.py
"""

import io
import re
import tempfile
from pathlib import Path

from rich.console import Console

import shared
from mingzhang.check import check
from mingzhang.check.report.screen import show
from mingzhang.demo.plant import all_three
from mingzhang.forms.random import disclosure
from mingzhang.publish.pdf import write
from mingzhang.read import read

OUT = shared.PROJECT / "docs" / "pictures"


def checked(lang: str) -> str:
    """The summary of a document with three planted errors."""
    wrong, _ = all_three(disclosure(7, items=3, unit="万元", year=2024))
    console = Console(record=True, width=104, file=io.StringIO(), force_terminal=True, highlight=False)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "final.pdf"
        write(wrong, path)
        for back in read([path]):
            report = check(back)
            show(console, back, report.findings, report.outcomes, lang)
    # No font is fetched from anywhere: the reader's own is used.
    return re.sub(
        r"@font-face \{.*?\}\s*|<!--.*?-->\s*",
        "",
        console.export_svg(title="mingzhang check final.pdf"),
        flags=re.DOTALL,
    )


if __name__ == "__main__":
    OUT.mkdir(exist_ok=True)
    for language in ("zh", "en"):
        (OUT / f"check-{language}.svg").write_text(checked(language), "utf-8")
