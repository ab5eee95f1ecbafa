"""The command line: one thin layer over read, check, publish and look."""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.markup import escape
from rich.progress import Progress

import mingzhang
from mingzhang.check.report import SUFFIXES
from mingzhang.disclosure import Disclosure, Finding

if TYPE_CHECKING:
    from mingzhang.check import Report

    Results = tuple[tuple[Disclosure, Report | None], ...]

SECONDS = 120.0
_HELP = {
    "zh": {
        "about": "明账：读出公开的部门预算、决算，逐个核对每一个数",
        "read": "读出报表、正文和绩效表，写成 CSV 和 JSON",
        "check": "读出并核对，列出自相矛盾之处；有错误时退出码为 1，有文件读不了或无可核对时为 2",
        "look": "把一页上看到的文字、线、表格和每个数的角色画成图",
        "demo": "用真实的数走一遍：出文件、读、查、埋三个错、找出来",
        "doctor": "检查本机安装是否完整",
        "compare": "同一份文本的两个版本：变了什么，哪些已改正、仍在、新出现；相邻两年：本年所说的上年数与上年文本是否一致",
        "report": "报告文件（.html .xlsx .docx .pdf .json，可给多个）",
        "files": "文件", "out": "输出文件夹", "page": "页码，从 1 起", "png": "图片文件（默认 文件名-页码.png）",
        "verbose": "也列出提示和无法判定的原因", "workers": "并行进程数", "lang": "显示语言",
        "seconds": "每个文件最多用多少秒", "written": "已写到 {out}", "no_page": "{file}：没有第 {page} 页",
        "unread": "读不了", "reading": "读取",
    },
    "en": {
        "about": "mingzhang: reads published budgets and final accounts and proves every figure",
        "read": "read statements, running text and performance tables into CSV and JSON",
        "check": "read and check; exit status 1 when there are errors, 2 when a file could not be read or held nothing to check",
        "look": "draw what was seen on a page: words, lines, grids and the role of each figure",
        "demo": "the main job on real figures: publish, read, check, plant three errors, find them",
        "doctor": "see whether the installation is complete",
        "compare": "two versions: what changed, what is mended, stays, is new; two years: what is said of last year",
        "report": "report file (.html .xlsx .docx .pdf .json; may be given several times)",
        "files": "files", "out": "output folder", "page": "page, from 1", "png": "picture (default FILE-PAGE.png)",
        "verbose": "list hints and the reasons of what is undecided, too", "workers": "processes side by side",
        "lang": "language of the screen", "seconds": "most seconds a file", "written": "written to {out}",
        "no_page": "{file}: there is no page {page}",
        "unread": "not read", "reading": "reading",
    },
}  # fmt: skip


def _lang(argv: Sequence[str]) -> str:
    """``--lang en`` or a LANG that begins with ``en``; Chinese otherwise."""
    for n, word in enumerate(argv):
        if word == "--lang" and n + 1 < len(argv):
            return "en" if argv[n + 1] == "en" else "zh"
        if word.startswith("--lang="):
            return "en" if word == "--lang=en" else "zh"
    return "en" if os.environ.get("LANG", "").lower().startswith("en") else "zh"


def _parser(lang: str) -> argparse.ArgumentParser:
    words = _HELP[lang]
    parser = argparse.ArgumentParser(prog="mingzhang", description=words["about"])
    parser.add_argument("--version", action="version", version=f"mingzhang {mingzhang.__version__}")
    shared = argparse.ArgumentParser(add_help=False)
    shared.add_argument("--lang", choices=("zh", "en"), help=words["lang"])
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name in ("read", "check"):
        command = commands.add_parser(name, help=words[name], description=words[name], parents=[shared])
        command.add_argument("files", nargs="+", metavar="FILE", help=words["files"])
        command.add_argument("--out", metavar="DIR", type=Path, help=words["out"], required=name == "read")
        command.add_argument("--workers", type=int, metavar="N", help=words["workers"])
        command.add_argument("--seconds", type=float, default=SECONDS, metavar="S", help=words["seconds"])
        command.add_argument("-v", "--verbose", action="store_true", help=words["verbose"])
        if name == "check":
            command.add_argument(
                "--report", metavar="FILE", type=Path, action="append", default=[], help=words["report"]
            )
    compare = commands.add_parser("compare", help=words["compare"], description=words["compare"], parents=[shared])
    compare.add_argument("old", metavar="OLD")
    compare.add_argument("new", metavar="NEW")
    compare.add_argument("--seconds", type=float, default=SECONDS, metavar="S", help=words["seconds"])
    look = commands.add_parser("look", help=words["look"], description=words["look"], parents=[shared])
    look.add_argument("file", metavar="FILE", help=words["files"])
    look.add_argument("--page", type=int, default=1, help=words["page"])
    look.add_argument("--out", type=Path, metavar="PNG", help=words["png"])
    commands.add_parser("demo", help=words["demo"], description=words["demo"], parents=[shared])
    commands.add_parser("doctor", help=words["doctor"], description=words["doctor"], parents=[shared])
    return parser


def _read_one(path: str) -> tuple[Disclosure, ...]:
    from mingzhang.read import read_file

    return read_file(path)


def _unchecked(path: str) -> "Results":
    return tuple((disclosure, None) for disclosure in _read_one(path))


def _checked(path: str) -> "Results":
    from mingzhang.check import check

    return tuple((disclosure, check(disclosure)) for disclosure in _read_one(path))


def _folders(files: Sequence[str], out: Path | None) -> dict[str, Path]:
    """The output folder of each file: ``out`` itself for one, a folder of the file's name in it for several."""
    if out is None:
        return {}
    if len(files) == 1:
        return {files[0]: out}
    taken: set[Path] = set()
    folders: dict[str, Path] = {}
    for file in files:
        folder, n = out / Path(file).stem, 2
        while folder in taken:
            folder, n = out / f"{Path(file).stem}-{n}", n + 1
        taken.add(folder)
        folders[file] = folder
    return folders


class _Output:
    """Shows and writes what was read of one file after the other, and keeps what decides the exit status."""

    def __init__(self, args: argparse.Namespace, lang: str, files: Sequence[str]) -> None:
        self.args, self.lang, self.files = args, lang, files
        self.words = _HELP[lang]
        self.folders = _folders(files, args.out)
        self.console = Console(highlight=False)
        self.complaints = Console(stderr=True, highlight=False)
        self.unread = self.errors = self.unchecked = False

    @property
    def status(self) -> int:
        return 2 if self.unread or self.unchecked else 1 if self.errors else 0

    def complain(self, message: object) -> None:
        self.unread = True
        said = f"[bold red]{self.words['unread']}[/bold red]  {escape(str(message))}"
        self.complaints.print(said, soft_wrap=True)

    def _written(self, path: Path) -> None:
        self.console.print(f"  [dim]{self.words['written'].format(out=escape(str(path)))}[/dim]", soft_wrap=True)

    def take(self, file: str, results: "Results") -> None:
        """Show, write and count one file's disclosures with their reports (None: not checked)."""
        from mingzhang.check.report.screen import show, show_read
        from mingzhang.publish.tables import write

        findings: list[Finding] | None = None
        for n, (disclosure, report) in enumerate(results, start=1):
            if report is None:
                show_read(self.console, disclosure, self.lang)
                continue
            findings = [*(findings or ()), *report.findings]
            self.errors = self.errors or any(f.severity == "error" for f in report.findings)
            self.unchecked = self.unchecked or not (report.findings or any(o.applied for o in report.outcomes))
            show(self.console, disclosure, report.findings, report.outcomes, self.lang, self.args.verbose)
            for path in self.args.report:
                name = path.stem if len(self.files) == 1 else f"{path.stem}-{Path(file).stem}"
                self._report(path.with_stem(name if len(results) == 1 else f"{name}-{n}"), file, disclosure, report)
        if file in self.folders:
            write([d for d, _ in results], findings, self.folders[file])
            self._written(self.folders[file])

    def _report(self, path: Path, file: str, disclosure: Disclosure, report: "Report") -> None:
        from mingzhang.check.report import write

        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            write(disclosure, report.findings, report.outcomes, path, file, self.lang)
        except (ValueError, OSError) as error:
            self.complain(f"{path.name}：{error}")
        else:
            self._written(path)


def _read_and_check(args: argparse.Namespace, lang: str) -> int:
    from mingzhang.check import check
    from mingzhang.read.bounded import read_many
    from mingzhang.read.errors import ReadError
    from mingzhang.read.join import join, partial

    files = list(dict.fromkeys(args.files))
    output = _Output(args, lang, files)
    checking = args.command == "check"
    held: list[tuple[str, Disclosure]] = []
    quiet = len(files) < 3 or not output.complaints.is_terminal
    with Progress(console=output.complaints, transient=True, disable=quiet) as bar:
        task = bar.add_task(output.words["reading"], total=len(files))

        def progress(done: int, _: int) -> None:
            bar.update(task, completed=done)

        function = _checked if checking else _unchecked
        for file, results in read_many(files, function, args.workers, args.seconds, progress=progress):
            if isinstance(results, ReadError):
                output.complain(results)
            elif len(files) > 1 and len(results) == 1 and partial(results[0][0]):
                held.append((file, results[0][0]))
            else:
                output.take(file, results)
    for whole in join([disclosure for _, disclosure in held]):
        file = next(f for f, d in held if d.sources[0] == whole.sources[0])
        output.take(file, ((whole, check(whole) if checking else None),))
    return output.status


def _compare(args: argparse.Namespace, lang: str) -> int:
    from mingzhang.check import check
    from mingzhang.check.compare import compare
    from mingzhang.check.report.screen import show_comparison, show_years
    from mingzhang.check.years import consecutive, years
    from mingzhang.read.bounded import read_many
    from mingzhang.read.errors import ReadError

    console = Console(highlight=False)
    versions = []
    for _, result in read_many([args.old, args.new], _read_one, None, args.seconds):
        if isinstance(result, ReadError):
            said = f"[bold red]{_HELP[lang]['unread']}[/bold red]  {escape(str(result))}"
            Console(stderr=True, highlight=False).print(said, soft_wrap=True)
            return 2
        versions.append((result[0], check(result[0]).findings))
    (old, before), (new, after) = versions
    if consecutive(old, new):
        found = years(old, new)
        show_years(console, old, new, found, lang)
        return 1 if found else 0
    told = compare(old, new, before, after)
    show_comparison(console, told, lang)
    return 1 if any(f.severity == "error" for f in (*told.staying, *told.new)) else 0


def _look(args: argparse.Namespace, lang: str) -> int:
    from mingzhang.read.errors import ReadError
    from mingzhang.read.look import look

    words = _HELP[lang]
    try:
        picture = look(args.file, args.page)
    except ReadError as error:
        Console(stderr=True, highlight=False).print(
            f"[bold red]{words['unread']}[/bold red]  {escape(str(error))}", soft_wrap=True
        )
        return 2
    out = args.out or Path(f"{Path(args.file).stem}-{args.page}.png")
    picture.save(out)
    Console(highlight=False).print(words["written"].format(out=out), soft_wrap=True)
    return 0


def _doctor(lang: str) -> int:
    """Each part of the installation, with its version or what is missing."""
    import importlib.metadata
    import platform

    console = Console(highlight=False)
    console.print(f"mingzhang {mingzhang.__version__}  Python {platform.python_version()}  {platform.platform()}")
    missing = False
    for name in ("pypdfium2", "typst", "XlsxWriter", "noto-cjk-sans-otc", "rich", "pillow"):
        try:
            console.print(f"  [green]✓[/green] {name} {importlib.metadata.version(name)}")
        except importlib.metadata.PackageNotFoundError:
            missing = True
            console.print(f"  [red]✗[/red] {name}  pip install {name}")
    from mingzhang.forms import load

    book = load()
    console.print(f"  [green]✓[/green] {len(book.forms)} forms, {len(book.ties)} ties, {len(book.evaluations)} tables")
    return 1 if missing else 0


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; the exit status is 0, 1 (errors found) or 2 (a file could not be read)."""
    argv = list(sys.argv[1:] if argv is None else argv)
    lang = _lang(argv)
    parser = _parser(lang)
    args = parser.parse_args(argv)
    if args.command == "check" and (odd := [p for p in args.report if p.suffix.lower() not in SUFFIXES]):
        parser.error(f"--report {odd[0]}: {' '.join(SUFFIXES)}")
    if args.command in ("read", "check"):
        return _read_and_check(args, lang)
    if args.command == "compare":
        return _compare(args, lang)
    if args.command == "look":
        return _look(args, lang)
    if args.command == "doctor":
        return _doctor(lang)
    from mingzhang.demo import run

    return run(Console(highlight=False), lang)


if __name__ == "__main__":
    raise SystemExit(main())
