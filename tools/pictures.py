"""Pictures for the documents, all of an invented department: the screen (SVG), a report and the layouts (PNG).

pictures.py
"""

import io
import random
import re
import tempfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import pypdfium2
from PIL import Image
from rich.console import Console

import shared
from mingzhang.books.accounts import Accounts, Organisation, Paid, Project
from mingzhang.check import check
from mingzhang.check.report.screen import show
from mingzhang.cli import performance_acts
from mingzhang.cli.books_screen import Screen
from mingzhang.cli.books_screen import words as of_books
from mingzhang.cli.performance import words
from mingzhang.demo.plant import all_three
from mingzhang.disclosure import Disclosure
from mingzhang.forms.fill import Entry
from mingzhang.forms.random import disclosure
from mingzhang.performance import charts as seen
from mingzhang.performance import page, screen
from mingzhang.performance.assess import Actual, Told
from mingzhang.performance.monitor import Progress, Rectification
from mingzhang.performance.random import assessment
from mingzhang.performance.recompute import recompute
from mingzhang.performance.templates import template
from mingzhang.publish import charts, svg
from mingzhang.publish.layout import layouts
from mingzhang.publish.pdf import write
from mingzhang.read import read
from mingzhang.schemes import named
from mingzhang.year import Promised
from mingzhang.year.money import held
from mingzhang.year.watch import watch
from terminal import drawn

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
    return drawn(console, "mingzhang check final.pdf")


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
    return {
        "evaluation-levels": "".join(map(svg.alone, charts.levels(table))),
        "evaluation-budget": "".join(map(svg.alone, charts.against([a.evaluation() for a in made]))),
        "evaluate-zh": drawn(console, "mingzhang evaluate final.pdf"),
    }


AID, DESK = Project("P01", "医疗救助", "301001"), Project("P02", "窗口运行", "301001")


def monitored() -> tuple[str, str]:
    """The end of August of an invented office: the screen of the monitor and its chart. One project is paid as last year,
    of the other a quarter is spent; one of its goals is ahead, one behind, one not measured."""
    one = Organisation("301001", "青岚县保障局（本级）")
    entries, paid, before = [], [], []
    for project, budget, part in ((AID, 192_000_000, 62), (DESK, 25_200_000, 24)):
        entries.append(
            Entry(budget, "2101599", "general", "year", "project_specific", one.code, "30227", project=project.code)
        )
        paid.append(Paid(project.code, "general", date(2024, 8, 12), budget * part // 100))
        before += [Paid(project.code, "general", date(2023, m, 25), budget // 12) for m in range(1, 13)]
    books = Accounts(Organisation("301", "青岚县保障局"), (one,), 2024, tuple(entries), (AID, DESK))
    lights: list[Progress] = []
    said: dict[tuple[str, str], tuple[str, str]] = {}
    for project, id, told in (
        (
            AID,
            "medical-assistance",
            {"住院救助人次": "640人次", "门诊救助人次": "180人次", "一站式结算率": "79%", "住院次均救助金额": "1930元"},
        ),
        (DESK, "office-running", {"开设窗口数": "8个", "业务复核准确率": "96.5%"}),
    ):
        form = template(id)
        table = form.table(project.name, held(books, project.code).full, form.examples())
        actuals = {name: Actual(text) for name, text in told.items()}
        found = watch(books, Promised(project.code, table, Told(actuals)), paid, before, date(2024, 8, 31))
        lights += found.progress
        said.update(found.said)
    entry = Rectification("窗口运行", "", "money-lost", "招聘推迟，9月底前到岗", "窗口科", date(2024, 9, 30))
    shown = page.rows(lights, said, [entry])
    console = Screen("zh", of_books()["zh"] | words()["zh"])
    console.out = Console(record=True, width=132, file=io.StringIO(), force_terminal=True, highlight=False)
    performance_acts.show(shown, lights, console)
    chart = seen.monitored(lights)
    assert chart is not None
    return drawn(console.out, "mingzhang performance monitor --year 2024 --to 2024-08-31"), svg.alone(chart)


if __name__ == "__main__":
    OUT.mkdir(exist_ok=True)
    for name, picture in evaluations().items():
        (OUT / f"{name}.svg").write_text(picture, "utf-8")
    (OUT / "monitor-zh.svg").write_text(monitored()[0], "utf-8")
    (OUT / "monitor-chart.svg").write_text(monitored()[1], "utf-8")
    with tempfile.TemporaryDirectory() as made:
        for layout in layouts():
            layout_page(layout, Path(made)).quantize(16).save(OUT / f"layout-{layout}.png", optimize=True)
    for language in ("zh", "en"):
        (OUT / f"check-{language}.svg").write_text(checked(language), "utf-8")
