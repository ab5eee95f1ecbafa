"""Findings → the rectification list (整改清单) as an Excel workbook."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import xlsxwriter

from mingzhang.check.report.words import masked, words
from mingzhang.disclosure import Disclosure, Finding, Outcome

_WIDTHS = (6, 8, 12, 34, 46, 60, 22, 14, 14)


def write(
    disclosure: Disclosure, findings: Sequence[Finding], outcomes: Sequence[Outcome], path: Path, lang: str = "zh"
) -> None:
    """Write the list: one row a finding, with columns for who mends it and by when; a second sheet tells the rules."""
    say = words(lang, "sheet")
    with xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        bold = book.add_format({"bold": True, "font_size": 15})
        head = book.add_format(
            {"bold": True, "border": 1, "bg_color": "#E8EDF2", "text_wrap": True, "valign": "vcenter"}
        )
        cell = book.add_format({"border": 1, "text_wrap": True, "valign": "top"})
        grade = {
            name: book.add_format({"border": 1, "valign": "top", "bold": True, "font_color": colour})
            for name, colour in (("error", "#B3261E"), ("warning", "#A15C00"), ("hint", "#1A6091"))
        }
        sheet = book.add_worksheet(say["list"])
        name = disclosure.publisher.name
        year = str(disclosure.year or "")
        sheet.write_string(0, 0, f"{name} {year} {words(lang, 'page').get(disclosure.kind, '')} {say['list']}", bold)
        count = Counter(f.severity for f in findings)
        told = "，".join(f"{words(lang, 'severity')[s]} {count[s]}" for s in ("error", "warning", "hint"))
        sheet.write_string(1, 0, f"{'、'.join(disclosure.sources)}    {told}")
        titles = [
            say[t] for t in ("number", "severity", "kind", "where", "printed", "expected", "measure", "owner", "due")
        ]
        for c, (title, width) in enumerate(zip(titles, _WIDTHS, strict=True)):
            sheet.set_column(c, c, width)
            sheet.write_string(3, c, title, head)
        for n, f in enumerate(findings, start=1):
            row = 3 + n
            sheet.write_number(row, 0, n, cell)
            sheet.write_string(row, 1, words(lang, "severity")[f.severity], grade[f.severity])
            texts = (
                words(lang, "kind").get(f.kind, f.kind),
                f.where,
                masked(f.printed),
                masked(f.expected),
                "",
                "",
                "",
            )
            for c, text in enumerate(texts, start=2):
                sheet.write_string(row, c, text, cell)
        sheet.autofilter(3, 0, 3 + max(1, len(findings)), len(titles) - 1)
        sheet.freeze_panes(4, 0)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(3)
        _rules(book.add_worksheet(say["rules"]), outcomes, head, cell, lang)


def _rules(
    sheet: xlsxwriter.worksheet.Worksheet,
    outcomes: Sequence[Outcome],
    head: xlsxwriter.format.Format,
    cell: xlsxwriter.format.Format,
    lang: str,
) -> None:
    say = words(lang, "page")
    for c, (title, width) in enumerate(
        (
            (say["rule"], 24),
            (say["expected"], 60),
            (say["passed"], 8),
            (say["failed"], 8),
            (say["used"], 12),
            (say["undecided"], 50),
        )
    ):
        sheet.set_column(c, c, width)
        sheet.write_string(0, c, title, head)
    for r, o in enumerate(outcomes, start=1):
        sheet.write_string(r, 0, o.rule, cell)
        sheet.write_string(r, 1, o.words, cell)
        for c, number in enumerate((o.passed, o.failed, o.used_to_place), start=2):
            sheet.write_number(r, c, number, cell)
        sheet.write_string(r, 5, "；".join(o.undecided[:3]) if o.applied else say["na"], cell)
    sheet.freeze_panes(1, 0)
