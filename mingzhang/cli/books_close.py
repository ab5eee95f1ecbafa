"""``books budget`` and ``books final``: the books of a year closed into disclosures and published."""

import argparse
import csv
from pathlib import Path
from typing import TYPE_CHECKING

from rich.markup import escape

from mingzhang.cli.books_screen import Screen, Stop
from mingzhang.cli.screen import complain, written

if TYPE_CHECKING:
    from mingzhang.year import Closed


def budget(args: argparse.Namespace, screen: Screen) -> None:
    """The budget of the year."""
    _publish(args, screen, "budget")


def final(args: argparse.Namespace, screen: Screen) -> None:
    """The final accounts of the year."""
    _publish(args, screen, "final")


def _publish(args: argparse.Namespace, screen: Screen, kind: str) -> None:
    """Closes and writes every disclosure in a folder of its own; nothing where something is missing, unless as a draft."""
    from mingzhang.books import tell
    from mingzhang.cli.books_acts import book_of
    from mingzhang.publish import FORMATS, every
    from mingzhang.publish.formats import file_name
    from mingzhang.year import Refused, appraise, close
    from mingzhang.year.kept import promised

    book = book_of(args, screen)
    try:
        own = promised(book.department_id, book.year)
        appraised = appraise(tell.accounts(book.department_id, book.year), kind, own)
        made = close(appraised.accounts, kind, appraised.evaluations, unit=args.money, province=args.province)
        closed = appraised.joined(made)
    except Refused as refused:
        for refusal in refused.refusals:
            complain(refusal.zh if screen.lang == "zh" else refusal.en, screen.lang, "refused")
        raise Stop(1) from None
    lacking: dict[str, list[str]] = {}
    for lack in closed.missing:
        lacking.setdefault(lack.missing.zh if screen.lang == "zh" else lack.missing.en, []).append(lack.publisher.name)
    for words, names in lacking.items():
        shown = ("、" if screen.lang == "zh" else ", ").join(names)
        screen.out.print(escape("  " + screen.words["lacking"].format(words=words, names=shown)), soft_wrap=True)
    if closed.missing:
        screen.say("draft_missing" if args.draft else "missing", "yellow", count=len(closed.missing))
        if not args.draft:
            raise Stop(1)
    for tail in closed.tails:
        screen.out.print(f"  [dim]{escape(tail.zh if screen.lang == 'zh' else tail.en)}[/dim]", soft_wrap=True)
    told = tuple(closed.disclosures)
    for n, disclosure in enumerate(told, start=1):
        folder = args.out if len(told) == 1 else args.out / f"{n:02d}-{file_name(disclosure)}"
        for path in every(disclosure, folder, args.format or FORMATS):
            screen.out.print(written(path, screen.lang), soft_wrap=True)
    screen.out.print(written(_exact(closed, args.out / "exact.csv"), screen.lang), soft_wrap=True)


def _exact(closed: "Closed", path: Path) -> Path:
    """What the books hold for every printed figure, as CSV: printed, its unit, and fen."""
    from mingzhang.books.intake.folder import guarded

    columns = ("publisher", "scope", "statement", "row", "code", "label", "column", "printed", "unit", "fen")
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        out = csv.writer(file)
        out.writerow(columns)
        for exact in closed.ledger:
            out.writerow([guarded(v) if isinstance(v, str) else v for v in (getattr(exact, c) for c in columns)])
    return path
