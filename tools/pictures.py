"""Pictures for the documents, all of an invented department: the screen (SVG), a report and the layouts (PNG).

pictures.py
"""

import io
import random
import re
import tempfile
from dataclasses import replace
from pathlib import Path

import pypdfium2
from PIL import Image
from rich.console import Console

import shared
from mingzhang.check import check
from mingzhang.check.report.screen import show
from mingzhang.demo.plant import all_three
from mingzhang.disclosure import Disclosure
from mingzhang.forms.random import disclosure
from mingzhang.performance import charts, screen
from mingzhang.performance.random import assessment
from mingzhang.performance.recompute import recompute
from mingzhang.publish.layout import layouts
from mingzhang.publish.pdf import write
from mingzhang.read import read
from mingzhang.schemes import named

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


def layout_page(name: str, folder: Path) -> Image.Image:
    """The page with the statement of expenditure, as one layout sets it."""
    path = folder / f"{name}.pdf"
    write(disclosure(41, kind="final", items=4, unit="万元"), path, layout=name)
    with pypdfium2.PdfDocument(path) as document:
        for page in document:
            text = page.get_textpage().get_text_range()
            if "对附属单位" in text.replace("\r\n", "") or "对附属单" in text:
                image = page.render(scale=1.3).to_pil().convert("L")
                return image.crop((0, 0, image.width, int(image.height * 0.62)))
    raise LookupError(name)


def evaluations() -> dict[str, str]:
    """The charts of invented projects, and one recomputed with an actual that is wrong."""
    scheme = named("deviation-30")
    made = [assessment(random.Random(n), scheme, project=f"项目{'甲乙丙丁戊'[n]}") for n in range(5)]
    table = made[0].evaluation()
    missed = next(i for i in table.indicators if i.actual and i.deviation.startswith("-"))
    wrong = replace(missed, actual=re.sub(r"\d", lambda d: str((int(d[0]) + 3) % 10), missed.actual, count=1))
    rows = [wrong if i is missed else i for i in table.indicators]
    console = Console(record=True, width=104, file=io.StringIO(), force_terminal=True, highlight=False)
    found = recompute(Disclosure(year=2031, evaluations=(replace(table, indicators=tuple(rows)), made[1].evaluation())))
    screen.show(console, "某局 2031年度 决算", found)
    shown = console.export_svg(title="mingzhang evaluate final.pdf")
    return {
        "evaluation-levels": charts.levels(made[0]), "evaluation-budget": charts.against(made),
        "evaluate-zh": re.sub(r"@font-face \{.*?\}\s*|<!--.*?-->\s*", "", shown, flags=re.DOTALL),
    }  # fmt: skip


if __name__ == "__main__":
    OUT.mkdir(exist_ok=True)
    for name, picture in evaluations().items():
        (OUT / f"{name}.svg").write_text(picture, "utf-8")
    with tempfile.TemporaryDirectory() as made:
        for layout in layouts():
            layout_page(layout, Path(made)).quantize(16).save(OUT / f"layout-{layout}.png", optimize=True)
    for language in ("zh", "en"):
        (OUT / f"check-{language}.svg").write_text(checked(language), "utf-8")
