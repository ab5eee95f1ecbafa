"""Findings and outcomes → a readable summary on the screen (rich)."""

from collections import Counter
from collections.abc import Sequence

from rich.console import Console
from rich.markup import escape
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from mingzhang.check.compare import Comparison
from mingzhang.check.report.words import masked
from mingzhang.check.report.words import words as said
from mingzhang.disclosure import UNDECIDED, Disclosure, Finding, Outcome

_STYLE = {"error": "bold red", "warning": "yellow", "hint": "cyan"}


def title(disclosure: Disclosure, lang: str = "zh") -> str:
    """Department, year and kind in one line."""
    words = said(lang, "screen")
    name = disclosure.publisher.name or words["nameless"]
    kind = words.get(disclosure.kind, "")
    year = f" {disclosure.year}{words['year']}" if disclosure.year else ""
    return f"{name}{year} {kind}".strip()


def show_read(console: Console, disclosure: Disclosure, lang: str = "zh") -> None:
    """What was read: how many statements, figures, indicators, and what stayed open."""
    words = said(lang, "screen")
    cells = [c for s in disclosure.statements for _, c in s.cells()]
    line = words["read"].format(
        statements=len(disclosure.statements),
        cells=len(cells),
        figures=sum(len(s.figures) for s in disclosure.sentences),
        tables=len(disclosure.evaluations),
        indicators=sum(len(e.indicators) for e in disclosure.evaluations),
    )
    undecided = sum(c.column == UNDECIDED for c in cells)
    if undecided:
        line += words["undecided"].format(n=undecided)
    console.print(f"[bold]{escape(title(disclosure, lang))}[/bold]  [dim]{escape(' '.join(disclosure.sources))}[/dim]")
    console.print(Padding(escape(line), (0, 0, 0, 2)))


def show(
    console: Console,
    disclosure: Disclosure,
    findings: Sequence[Finding],
    outcomes: Sequence[Outcome],
    lang: str = "zh",
    verbose: bool = False,
) -> None:
    """The summary of one checked disclosure; hints and the reasons of what is undecided only where ``verbose``."""
    words = said(lang, "screen")
    show_read(console, disclosure, lang)
    run = [o for o in outcomes if o.applied]
    console.print(
        Padding(
            words["rules"].format(
                run=len(run),
                passed=sum(o.passed > 0 and not o.failed for o in run),
                failed=sum(o.failed > 0 for o in run),
                used=sum(o.used_to_place > 0 for o in run),
                undecided=sum(bool(o.undecided) for o in run),
                na=len(outcomes) - len(run),
            ),
            (0, 0, 0, 2),
        )
    )
    count = Counter(f.severity for f in findings)
    console.print(
        Padding(
            Text(words["counts"].format(error=count["error"], warning=count["warning"], hint=count["hint"]))
            if findings
            else Text(words["none"], style="green")
            if run
            else Text(words["nothing"], style="yellow"),
            (0, 0, 0, 2),
        )
    )
    for finding in findings:
        if finding.severity == "hint" and not verbose:
            continue
        console.print()
        console.print(Padding(_finding(finding, lang), (0, 0, 0, 2)))
    if count["hint"] and not verbose:
        console.print()
        console.print(Padding(Text(words["hidden"], style="dim"), (0, 0, 0, 2)))
    if verbose:
        for outcome in run:
            for reason in outcome.undecided[:3]:
                console.print(
                    Padding(Text(f"{words['why']} {outcome.rule} {outcome.words}：{reason}", style="dim"), (0, 0, 0, 2))
                )


def _finding(finding: Finding, lang: str) -> Table:
    """Grade, class and place, then what is printed and what it would have to be."""
    words = said(lang, "screen")
    grade = said(lang, "severity")[finding.severity]
    table = Table.grid(padding=(0, 2))
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    kind = said(lang, "kind").get(finding.kind, finding.kind)
    where = "/".join(finding.where.split("/")[-2:])
    table.add_row(Text(grade, _STYLE[finding.severity]), Text.assemble((kind, "dim"), "  ", (where, "bold")))
    table.add_row(Text(words["printed"], "dim"), Text(masked(finding.printed)))
    table.add_row(Text(words["expected"], "dim"), Text(masked(finding.expected)))
    return table


def show_comparison(console: Console, told: Comparison, lang: str = "zh") -> None:
    """What changed between two versions, and which findings are mended, stay, or are new."""
    words = said(lang, "compare")
    console.print(
        words["counts"].format(
            changes=len(told.changes), mended=len(told.mended), staying=len(told.staying), new=len(told.new)
        )
    )
    if told.changes:
        table = Table(box=None, pad_edge=False, padding=(0, 2), title_justify="left", title=words["changes"])
        for title in (words["where"], words["old"], words["now"]):
            table.add_column(title, overflow="fold")
        for change in told.changes[:200]:
            table.add_row(Text(masked(change.where)), Text(masked(change.old), "dim"), Text(masked(change.new)))
        console.print(table)
    for name, style, findings in (
        ("mended", "green", told.mended),
        ("staying", "yellow", told.staying),
        ("new", "bold red", told.new),
    ):
        serious = [f for f in findings if f.severity != "hint"]
        if serious:
            console.print(Text(f"\n{words[name]}", style))
            for finding in serious:
                console.print(Padding(_finding(finding, lang), (0, 0, 0, 2)))


def show_years(
    console: Console, old: Disclosure, new: Disclosure, findings: Sequence[Finding], lang: str = "zh"
) -> None:
    """What this year's document says of last year otherwise than last year's own did."""
    words = said(lang, "compare")
    console.print(words["years"].format(new=title(new, lang), old=title(old, lang), n=len(findings)))
    for finding in findings:
        console.print()
        console.print(Padding(_finding(finding, lang), (0, 0, 0, 2)))
