"""``read`` and ``check``: documents become data and findings."""

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.progress import Progress

from mingzhang.check.report import SUFFIXES
from mingzhang.cli.screen import SECONDS, complain, why, written
from mingzhang.cli.stored import stored
from mingzhang.disclosure import Disclosure, Finding

if TYPE_CHECKING:
    from mingzhang.check import Report

    Results = tuple[tuple[Disclosure, Report | None], ...]

WORDS = {
    "zh": {
        "read": "读出报表、正文和绩效表，写成 CSV 和 JSON",
        "check": "读出并核对，列出自相矛盾之处；有错误时退出码为 1，有文件读不了或无可核对时为 2",
        "report": "报告文件（.html .xlsx .docx .pdf .json，可给多个）",
        "files": "文件", "out": "输出文件夹", "verbose": "也列出提示和无法判定的原因", "workers": "并行进程数",
        "seconds": "每个文件最多用多少秒", "reading": "读取",
    },
    "en": {
        "read": "read statements, running text and performance tables into CSV and JSON",
        "check": "read and check; exit status 1 when there are errors, 2 when a file could not be read or held nothing to check",
        "report": "report file (.html .xlsx .docx .pdf .json; may be given several times)",
        "files": "files", "out": "output folder", "verbose": "list hints and the reasons of what is undecided, too",
        "workers": "processes side by side", "seconds": "most seconds a file", "reading": "reading",
    },
}  # fmt: skip


def add(commands: Any, lang: str, shared: argparse.ArgumentParser) -> None:
    """The parsers of ``read`` and ``check``."""
    words = WORDS[lang]
    for name in ("read", "check"):
        command = commands.add_parser(name, help=words[name], description=words[name], parents=[shared])
        command.add_argument("files", nargs="+", metavar="FILE", help=words["files"])
        command.add_argument("--out", metavar="DIR", type=Path, help=words["out"], required=name == "read")
        command.add_argument("--workers", type=int, metavar="N", help=words["workers"])
        command.add_argument("--seconds", type=float, default=SECONDS, metavar="S", help=words["seconds"])
        command.add_argument("-v", "--verbose", action="store_true", help=words["verbose"])
        if name == "check":
            command.add_argument(
                "--report", metavar="FILE", type=_report, action="append", default=[], help=words["report"]
            )
        command.set_defaults(run=run)


def _report(text: str) -> Path:
    path = Path(text)
    if path.suffix.lower() not in SUFFIXES:
        raise argparse.ArgumentTypeError(f"{text}: {' '.join(SUFFIXES)}")
    return path


def read_one(path: str) -> tuple[Disclosure, ...]:
    """Every disclosure of one file, also of a disclosure.json. Raises ReadError."""
    from mingzhang.read import ReadError, read_file

    if Path(path).suffix.lower() != ".json" or not Path(path).is_file() or not Path(path).stat().st_size:
        return read_file(path)
    try:
        return stored(Path(path))
    except ValueError:
        raise ReadError(
            path, "not-disclosure", "不是 mingzhang 写的 disclosure.json；请用 mingzhang read 写出的文件"
        ) from None


def _unchecked(path: str) -> "Results":
    return tuple((disclosure, None) for disclosure in read_one(path))


def _checked(path: str) -> "Results":
    from mingzhang.check import check

    return tuple((disclosure, check(disclosure)) for disclosure in read_one(path))


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
        self.words = WORDS[lang]
        self.folders = _folders(files, args.out)
        self.console = Console(highlight=False)
        self.complaints = Console(stderr=True, highlight=False)
        self.unread = self.errors = self.unchecked = False

    @property
    def status(self) -> int:
        return 2 if self.unread or self.unchecked else 1 if self.errors else 0

    def complain(self, message: object) -> None:
        self.unread = True
        complain(message, self.lang)

    def _written(self, path: Path) -> None:
        self.console.print(f"  [dim]{written(path, self.lang)}[/dim]", soft_wrap=True)

    def take(self, file: str, results: "Results") -> None:
        """Show, write and count one file's disclosures with their reports (None: not checked)."""
        from mingzhang.check.links import table
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
            write([d for d, _ in results], findings, self.folders[file], {"links.csv": table(d for d, _ in results)})
            self._written(self.folders[file])

    def _report(self, path: Path, file: str, disclosure: Disclosure, report: "Report") -> None:
        from mingzhang.check.report import write

        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            write(disclosure, report.findings, report.outcomes, path, file, self.lang)
        except (ValueError, OSError) as error:
            self.complain(why(error, self.lang) if isinstance(error, OSError) else f"{path.name}：{error}")
        else:
            self._written(path)


def run(args: argparse.Namespace, lang: str) -> int:
    """Read (and check) every file; 1 where errors were found, 2 where a file could not be read or checked."""
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
