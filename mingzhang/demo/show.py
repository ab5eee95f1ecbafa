"""The demo on the screen."""

import re
import tempfile
import time
from collections import Counter
from decimal import Decimal
from pathlib import Path

from rich.console import Console
from rich.panel import Panel
from rich.progress import Progress, SpinnerColumn, TextColumn
from rich.table import Table
from rich.text import Text

from mingzhang.check import Report, check
from mingzhang.demo import county, plant
from mingzhang.demo.plant import Planted
from mingzhang.disclosure import Disclosure, Finding
from mingzhang.publish.pdf import write
from mingzhang.read import read

_PAGE = re.compile(r" ?\bp(\d+)")

Cells = Counter[tuple[str, str, str, str, Decimal]]

WORDS = {
    "zh": {
        "title": "明账  一份真实的部门决算，从成文到查错",
        "set": "排成 PDF：{name}，{pages} 页，{seconds:.1f} 秒",
        "read": "读回：{statements} 张表，{cells} 个数，与排进去的逐一相同：{same}；{seconds:.2f} 秒",
        "yes": "是", "no": "否（差 {n} 个）",
        "sound": "核对：{rules} 条规则，{passed} 处相符，{errors} 处错误；{hints} 处只作提示；{seconds:.2f} 秒",
        "plant": "埋三个错，再排、再读、再查",
        "kinds": {"total": "合计里两位数字颠倒", "share": "正文里占比写错", "unit": "正文里单位写错"},
        "planted": "埋的错", "where": "在哪里", "was": "原为", "now": "印成", "found": "找到",
        "printed": "印的", "expected": "应为", "also": "另有 {n} 处与它们相连的错误、警告",
        "all": "三个错都找到了，共 {seconds:.1f} 秒", "some": "只找到 {n} 个", "page": "第 {n} 页",
        "bad": "原件本身查出了错误，这不应该",
        "next": "查您自己的文件：mingzhang check 文件.pdf --out 结果",
        "setting": "排版", "reading": "读取", "checking": "核对",
    },
    "en": {
        "title": "mingzhang  a real department's final accounts, from setting to checking",
        "set": "set as PDF: {name}, {pages} pages, {seconds:.1f} s",
        "read": "read back: {statements} statements, {cells} figures, all as they went in: {same}; {seconds:.2f} s",
        "yes": "yes", "no": "no ({n} differ)",
        "sound": "checked: {rules} rules, {passed} agreements, {errors} errors, {hints} hints; {seconds:.2f} s",
        "plant": "three errors planted, then set, read and checked again",
        "kinds": {"total": "two digits swapped in a total", "share": "a wrong share in the text",
                  "unit": "a wrong unit in the text"},
        "planted": "planted", "where": "where", "was": "was", "now": "printed", "found": "found",
        "printed": "printed", "expected": "expected", "also": "{n} further errors and warnings follow from them",
        "all": "all three found, {seconds:.1f} s in all", "some": "only {n} found", "page": "p. {n}",
        "bad": "the sound document shows errors, which should not be",
        "next": "check your own: mingzhang check FILE.pdf --out DIR",
        "setting": "setting", "reading": "reading", "checking": "checking",
    },
}  # fmt: skip


def _cells(disclosure: Disclosure) -> Cells:
    """Every figure with its place in the statements, as often as it is printed."""
    return Counter(
        (s.id, row.side, row.code or row.label, cell.column, cell.printed.value)
        for s in disclosure.statements
        for row, cell in s.cells()
    )


def match(planted: tuple[Planted, ...], findings: tuple[Finding, ...]) -> dict[str, Finding]:
    """For each kind of planted error the first finding (errors before warnings) that quotes its wrong figure."""
    found = {}
    for error in planted:
        for finding in sorted(findings, key=lambda f: f.severity != "error"):
            if finding.severity != "hint" and error.shown_by(f"{finding.printed} {finding.expected}"):
                found[error.kind] = finding
                break
    return found


def _through(
    console: Console, words: dict[str, str], disclosure: Disclosure, path: Path
) -> tuple[Disclosure, Report, tuple[float, float, float]]:
    """Sets, reads and checks one disclosure, with a spinner."""
    spinner = Progress(SpinnerColumn(), TextColumn("{task.description}"), console=console, transient=True)
    with spinner as progress:
        task = progress.add_task(words["setting"])
        begin = time.perf_counter()
        write(disclosure, path)
        done = time.perf_counter()
        progress.update(task, description=words["reading"])
        (back,) = read([path])
        later = time.perf_counter()
        progress.update(task, description=words["checking"])
        report = check(back)
        end = time.perf_counter()
    return back, report, (done - begin, later - done, end - later)


def _where(finding: Finding, words: dict[str, str]) -> str:
    """Where a finding stands, with its page in words."""
    pages = sorted({p.page for p in finding.places if p.page is not None})
    place = _PAGE.sub("", finding.where)
    said = [int(n) for n in _PAGE.findall(finding.where)] or pages
    return "  ".join([place, *(words["page"].format(n=n) for n in said)])


def _proof(
    console: Console, words: dict[str, str], number: int, error: Planted, finding: Finding | None, kind: str
) -> None:
    """One planted error, and the finding that shows it."""
    mark = Text.assemble((f" {number} ", "bold white on blue"), " ", (kind, "bold"), "  ")
    mark.append(f"{error.before} → ")
    mark.append(error.after, "bold red")
    console.print(mark)
    if finding is None:
        console.print(Text("   ✗", "bold red"))
        return
    grid = Table.grid(padding=(0, 2))
    grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")
    grid.add_row(Text("   ✓", "bold green"), Text(_where(finding, words), "bold"))
    grid.add_row(Text("   " + words["printed"], "dim"), Text(finding.printed))
    grid.add_row(Text("   " + words["expected"], "dim"), Text(finding.expected, "green"))
    console.print(grid)


def run(console: Console, lang: str = "zh") -> int:
    """Tells the whole story on ``console``, in Chinese or (``en``) English. Takes a few seconds."""
    words: dict[str, str] = {k: v for k, v in WORDS[lang].items() if isinstance(v, str)}
    kinds = WORDS[lang]["kinds"]
    assert isinstance(kinds, dict)
    begin = time.perf_counter()
    sound = county.disclosure()
    console.print(Panel(Text(f"{words['title']}\n{sound.title}", justify="center"), style="bold cyan", expand=False))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "final.pdf"
        back, report, seconds = _through(console, words, sound, path)
        differ = sum(((_cells(sound) - _cells(back)) + (_cells(back) - _cells(sound))).values())
        same = words["yes"] if not differ else words["no"].format(n=differ)
        cells = _cells(back).total()
        severity = Counter(f.severity for f in report.findings)
        console.print("•", words["set"].format(name=path.name, pages=back.pages, seconds=seconds[0]))
        line = words["read"].format(statements=len(back.statements), cells=cells, same=same, seconds=seconds[1])
        console.print("•", line)
        rules = [o for o in report.outcomes if o.applied]
        line = words["sound"].format(
            rules=len(rules), passed=sum(o.passed for o in rules), errors=severity["error"],
            hints=severity["hint"] + severity["warning"], seconds=seconds[2],
        )  # fmt: skip
        console.print("•", Text(line, "green" if not severity["error"] else "red"))
        wrong, planted = plant.all_three(sound)
        console.print()
        console.print(Text(words["plant"], "bold cyan"))
        _, second, _ = _through(console, words, wrong, path)
    found = match(planted, tuple(second.findings))
    for number, error in enumerate(planted, 1):
        console.print()
        _proof(console, words, number, error, found.get(error.kind), kinds[error.kind])
    others = sum(f.severity != "hint" for f in second.findings) - len(set(map(id, found.values())))
    console.print()
    if others > 0:
        console.print(Text(words["also"].format(n=others), "dim"))
    if severity["error"]:
        console.print(Text(words["bad"], "bold red"))
    if len(found) == len(planted):
        console.print(Text(words["all"].format(seconds=time.perf_counter() - begin), "bold green"))
    else:
        console.print(Text(words["some"].format(n=len(found)), "bold red"))
    console.print(Text(words["next"], "dim"))
    return 0 if len(found) == len(planted) and not severity["error"] else 1
