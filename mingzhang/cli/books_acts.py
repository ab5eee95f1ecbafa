"""What each command of the books does: ``(args, screen) -> None``; what is refused is raised."""

import argparse
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.markup import escape
from rich.table import Table

from mingzhang.cli.books_screen import Screen, Stop, list_faults
from mingzhang.cli.screen import complain, written
from mingzhang.cli.stored import stored

if TYPE_CHECKING:
    from mingzhang.books.draft import Draft
    from mingzhang.books.models import Book


def _department(args: argparse.Namespace, screen: Screen) -> str:
    from mingzhang.books.intake.enter import known

    own = known(args.department, args.year).department
    if own is None:
        raise unknown_department(args, screen)
    return own.code


def unknown_department(args: argparse.Namespace, screen: Screen) -> Stop:
    """Says which departments there are."""
    from mingzhang.books.models import Organisation

    rows = Organisation.objects.filter(department=None).order_by("code").values_list("code", "name")
    have = "、".join(f"{code} {name}" for code, name in rows)
    word = "no_departments" if not have else "no_department" if args.department else "several_departments"
    return screen.stop(word, code=args.department, have=have)


def book_of(args: argparse.Namespace, screen: Screen) -> "Book":
    """The book of ``--year``; stops the command where there is none."""
    from mingzhang.books.models import Book

    book = Book.objects.filter(department=_department(args, screen), year=args.year).first()
    if book is None:
        raise screen.stop("no_book", year=args.year)
    return book


def _day(text: str | None) -> date | None:
    """The day of an option; None where the option was not given. Raises Rejected."""
    from mingzhang.books.intake.fault import Fault, Rejected
    from mingzhang.books.intake.sheet import Cell
    from mingzhang.books.intake.values import Wrong, day

    if text is None:
        return None
    try:
        return day(Cell(text))
    except Wrong as wrong:
        raise Rejected([Fault("--date", 0, "", text, wrong.reason, wrong.figures)]) from None


def _fen(text: str) -> int:
    from mingzhang.books.intake.fault import Fault, Rejected
    from mingzhang.books.intake.sheet import Cell
    from mingzhang.books.intake.values import Wrong, amount

    try:
        return amount(Cell(text), "yuan")
    except Wrong as wrong:
        raise Rejected([Fault("--amount", 0, "", text, wrong.reason, wrong.figures)]) from None


def _choice(args: argparse.Namespace, option: str, lang: str) -> str:
    """The id of the word that an option gives for a kind, a source or a use; empty where it gives none."""
    from mingzhang.books.intake import template
    from mingzhang.books.intake.fault import Fault, Rejected
    from mingzhang.books.intake.terms import chosen
    from mingzhang.books.intake.values import Wrong

    text = getattr(args, option)
    if not text:
        return ""
    try:
        return chosen(text, f"{option}s", template(), lang)
    except Wrong as wrong:
        raise Rejected([Fault(f"--{option}", 0, "", text, wrong.reason, wrong.figures)]) from None


def _code(args: argparse.Namespace, option: str, classification: str = "") -> str:
    """The code that an option gives by its digits, with or without the name, or by the name alone; empty where it gives none."""
    from mingzhang.books.intake.fault import Fault, Rejected
    from mingzhang.books.intake.terms import coded
    from mingzhang.books.intake.values import Wrong

    text = getattr(args, option)
    if not text:
        return ""
    try:
        return coded(text, classification or option, args.year)
    except Wrong as wrong:
        raise Rejected([Fault(f"--{option}", 0, "", text, wrong.reason, wrong.figures)]) from None


def _unit(text: str, screen: Screen) -> tuple[str, str, str]:
    """Code, name and nature of ``CODE=NAME[=NATURE]``; stops the command where it is none. Raises Rejected."""
    from mingzhang.books.intake import template
    from mingzhang.books.intake.fault import Fault, Rejected

    of = template()
    code, name, word, *more = (*map(str.strip, text.split("=")), "", "")
    nature = of.id("natures", word) if word else "administrative"
    if not (code and name) or any(more):
        raise screen.stop("unit_form", value=text)
    if not nature:
        allowed = "、".join(words[0] for words in of.choices["natures"].values())
        raise Rejected([Fault("--unit", 0, "", word, "choice", {"allowed": allowed})])
    return code, name, nature


# The commands


def open_(args: argparse.Namespace, screen: Screen) -> None:
    from mingzhang.books import closing, registers
    from mingzhang.books.accounts import Organisation
    from mingzhang.books.intake.enter import known
    from mingzhang.books.intake.take import read
    from mingzhang.books.models import Book

    have = known(args.department)
    department, units = have.department, have.units
    if args.filled:
        records = read(args.filled, args.year, have)
        department, units = records.department or department, records.units or units
    elif args.department and args.name:
        department = Organisation(args.department, args.name)
    if args.unit:
        units = tuple(Organisation(*_unit(text, screen)) for text in args.unit)
    if department is None:
        raise screen.stop("no_name", code=args.department) if args.department else unknown_department(args, screen)
    if (department, units) != (have.department, have.units):
        registers.organise(department, units)
    book = closing.open_book(department.code, args.year)
    screen.say("opened", year=args.year, name=department.name, code=department.code, units=len(units))
    if args.carry:
        before = Book.objects.filter(department=department.code, year=args.year - 1).first()
        if before is None:
            raise screen.stop("no_book", year=args.year - 1)
        _carry(before, book, args.author, screen)


def _carry(before: "Book", book: "Book", author: str, screen: Screen) -> None:
    from mingzhang.books import closing

    receipt = closing.carry_over(before, book, author=author)
    if receipt is None:
        screen.say("nothing_left")
    else:
        screen.say("carried", first=receipt.first, last=receipt.last)


def make_template(args: argparse.Namespace, screen: Screen) -> None:
    from mingzhang.books.intake import Records, template, write

    _free(args.out, screen)
    write(Records(args.year), args.out, screen.lang, template(args.names))
    screen.out.print(written(args.out, screen.lang), soft_wrap=True)


def _free(path: Path, screen: Screen) -> None:
    """Stops where a template would be written over what is there, or under a name that is not opened as one."""
    if path.suffix.lower() not in (".xlsx", "") and path.suffix[1:].isalpha():
        raise screen.stop("not_template", path=path)
    if path.exists() and (path.is_file() or any(path.iterdir())):
        raise screen.stop("exists", path=path)


def import_(args: argparse.Namespace, screen: Screen) -> None:
    from mingzhang.books.intake import Records, template, write
    from mingzhang.books.intake.bring import bring, bring_published
    from mingzhang.books.intake.enter import known

    path: Path = args.file
    if path.is_dir() or path.suffix.lower() in (".xlsx", ".xlsm", ".xls", ".csv") and not _published(path):
        of = template(args.names)
        done = bring(path, author=args.author, year=args.year, department=args.department, of=of, lang=screen.lang)
    else:
        disclosure = disclosure_of(path, screen)
        year = args.year or (disclosure.year or 0) + (disclosure.kind == "final")
        done = bring_published(
            disclosure,
            author=args.author,
            year=year,
            department=args.department,
            unit=args.unit,
            document=args.document,
        )
    screen.listed(done.notices, "")
    _tell(done.entered, screen)
    if done.open:
        screen.say("still", "yellow", count=len(done.open))
        screen.listed(done.open)
        if args.faults:
            list_faults(args.faults, done.open, screen)
        if args.open:
            have = known(done.entered.book.department_id, done.entered.book.year)
            gaps = Records(done.entered.book.year, have.department, have.units, drafts=done.gaps)
            _free(args.open, screen)
            write(gaps, args.open, screen.lang, template(args.names), example=False)
            screen.out.print(written(args.open, screen.lang), soft_wrap=True)


def _published(path: Path) -> bool:
    """Whether a workbook is a published document rather than a template: none of its sheets is one of the template."""
    from mingzhang.books.intake import template
    from mingzhang.books.intake.sheet import Unreadable
    from mingzhang.books.intake.take import sheets_of

    if path.suffix.lower() == ".csv":
        return False
    try:
        return not any(template().sheet(s.name) for s in sheets_of(path))
    except Unreadable:
        return False


def disclosure_of(path: Path, screen: Screen) -> Any:
    from mingzhang.books.intake.sheet import Unreadable
    from mingzhang.read import read_file

    if not path.exists():
        raise Unreadable(path.name, "file_missing")
    if path.suffix.lower() == ".json":
        try:
            found: Sequence[Any] = stored(path)
        except ValueError as error:
            raise Unreadable(path.name, "file_json", detail=error) from None
    else:
        found = read_file(str(path))
    if len(found) != 1:
        raise Unreadable(path.name, "file_several", count=len(found))
    return found[0]


def _tell(entered: Any, screen: Screen) -> None:
    """What an import entered and registered."""
    if entered.again:
        screen.say("again" if entered.receipt else "nothing", "green" if entered.receipt else "")
        return
    receipt = entered.receipt
    if receipt is not None:
        screen.entered(receipt)
    what = ("、" if screen.lang == "zh" else ", ").join(
        screen.words[name].format(n=n) for name, n in entered.registered.items() if n
    )
    if what:
        screen.say("registered", what=what)


def _append(args: argparse.Namespace, screen: Screen, drafts: Sequence["Draft"]) -> None:
    from mingzhang.books import ledger
    from mingzhang.books.refusal import Refusal, Refused

    book = book_of(args, screen)
    if book.closed_at is not None:
        raise Refused([Refusal("form.closed", 0, {"year": book.year})])
    screen.entered(ledger.append(book, drafts, author=args.author, key=args.key))


def post(args: argparse.Namespace, screen: Screen) -> None:
    from mingzhang.books.draft import Draft, Line

    day, fen = _day(args.date), _fen(args.amount)
    if args.line is not None:
        line = _line(args, screen, args.line)
    else:
        source, use = _choice(args, "source", screen.lang), _choice(args, "use", screen.lang)
        codes = (_code(args, "item", "functional"), _code(args, "economic"), _code(args, "government", "governmental"))
        line = Line(args.unit, source, *codes, args.project, use)
    kind = _choice(args, "kind", screen.lang)
    assert day is not None
    _append(args, screen, [Draft(kind, line, fen, day, args.document, args.words, consent=args.consent)])


def _line(args: argparse.Namespace, screen: Screen, number: int) -> Any:
    from mingzhang.books import lines
    from mingzhang.books.models import BudgetLine

    try:
        return lines.line(book_of(args, screen), number)
    except BudgetLine.DoesNotExist:
        raise screen.stop("no_line", number=number) from None


def virement(args: argparse.Namespace, screen: Screen) -> None:
    from mingzhang.books.draft import Draft

    day, fen = _day(args.date), _fen(args.amount)
    assert day is not None
    legs = [
        Draft("virement", _line(args, screen, number), signed, day, args.document, args.words, "1", args.consent)
        for number, signed in ((args.giver, -fen), (args.taker, fen))
    ]
    _append(args, screen, legs)


def reverse(args: argparse.Namespace, screen: Screen) -> None:
    from mingzhang.books import ledger
    from mingzhang.books.admit import TEXTS
    from mingzhang.books.refusal import Refusal, Refused

    book = book_of(args, screen)
    if not args.words.strip():
        raise Refused([Refusal("form.text", 0, {"field": "words", "length": TEXTS["words"]})])
    screen.entered(ledger.reverse(book, args.number, author=args.author, words=args.words, on=_day(args.date)))


def show_lines(args: argparse.Namespace, screen: Screen) -> None:
    from mingzhang.books import lines
    from mingzhang.books.refusal import yuan

    found = [s for s in lines.lines(book_of(args, screen)) if args.unit in ("", s.line.unit)]
    if not found:
        screen.say("unused")
        return
    table = _table(screen.words["columns_lines"], right=3)
    sums = [0, 0, 0]
    for s in found:
        q = s.quantities
        figures = (q["approved"] + q["carried"] + q["adjusted"], q["paid"], s.available)
        sums = [a + b for a, b in zip(sums, figures)]
        name = _named(s.line, screen.lang)
        table.add_row(str(s.number), *map(escape, name), *map(yuan, figures))
    table.add_section()
    table.add_row("", screen.words["sum"], *[""] * 5, *map(yuan, sums[:2]), "")
    screen.table(table, _stacked(table, 1, 7, screen.words["columns_entries"][4]))


def _named(line: Any, lang: str) -> tuple[str, ...]:
    from mingzhang.books.law import sources, uses

    economic = " ".join(code for code in (line.economic, line.government) if code)
    use = uses()[line.use][lang] if line.use in uses() else ""
    return line.unit, sources()[line.source][lang], line.item, economic, line.project, use


def _stacked(wide: Table, first: int, after: int, name: str) -> Table:
    """The table with the columns of a budget line (``first`` to before ``after``) in one: a line of codes, one of words."""
    names = [str(column.header) for column in wide.columns]
    table = _table([*names[:first], name, *names[after:]], right=len(names) - after)
    for n in range(wide.row_count):
        cells = [list(map(str, column.cells))[n] for column in wide.columns]
        unit, source, item, economic, project, use = cells[first:after]
        codes = " ".join(part for part in (unit, item, economic, project) if part)
        words = " ".join(part for part in (source, use) if part)
        table.add_row(*cells[:first], f"{codes}\n{words}" if words else codes, *cells[after:])
    return table


def _table(columns: Sequence[str], right: int) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for n, name in enumerate(columns):
        last = n >= len(columns) - right
        table.add_column(name, justify="right" if last else "left", no_wrap=last, overflow="fold")
    return table


def show_entries(args: argparse.Namespace, screen: Screen) -> None:
    from itertools import islice

    from mingzhang.books import lines
    from mingzhang.books.law import kinds
    from mingzhang.books.refusal import yuan

    book = book_of(args, screen)
    kind = _choice(args, "kind", screen.lang)
    if args.line:
        _line(args, screen, args.line)
    rows = lines.entries(book, kind=kind, number=args.line, first=_day(args.first), last=_day(args.last))
    table = _table(screen.words["columns_entries"], right=0)
    table.columns[5].justify = "right"
    for e in islice(rows, args.limit if args.limit > 0 else None):
        marks = [screen.words["reverses_mark"].format(number=e.reverses)] if e.reverses else []
        marks += [screen.words["reversed_mark"]] if e.reversed else []
        words = "；".join([*marks, e.words] if e.words else marks)
        name = " / ".join(part for part in _named(e.line, screen.lang) if part)
        said = kinds()[e.kind].zh if screen.lang == "zh" else kinds()[e.kind].en
        cells = (str(e.number), e.date.isoformat(), said, e.document, name, yuan(e.amount), words, e.author)
        table.add_row(*map(escape, cells))
    if table.row_count:
        screen.out.print(table)
    else:
        screen.say("no_entries")


def prove(args: argparse.Namespace, screen: Screen) -> None:
    from mingzhang.books.verify import verify

    proof = verify(book_of(args, screen))
    if proof.fault is not None:
        complain(proof.fault.words(screen.lang), screen.lang, "refused")
        raise Stop(1)
    screen.say("sound", "green", year=args.year, entries=proof.entries, blocks=proof.blocks)
    screen.say("hash", "dim", hash=proof.hash)


def close_year(args: argparse.Namespace, screen: Screen) -> None:
    from mingzhang.books import closing

    book = book_of(args, screen)
    receipt = closing.close(book, author=args.author, document=args.document)
    screen.say("closed", "green", year=args.year, count=receipt.last - receipt.first + 1, block=receipt.block)
    if args.next:
        book.refresh_from_db()
        _carry(book, closing.open_book(book.department_id, book.year + 1), args.author, screen)


def export(args: argparse.Namespace, screen: Screen) -> None:
    from mingzhang.books.intake import template, write
    from mingzhang.books.intake.enter import held

    book = book_of(args, screen)
    _free(args.out, screen)
    records = held(book.department_id, args.year)
    write(records, args.out, screen.lang, template(args.names), example=False)
    drafts, units, projects = map(len, (records.drafts, records.units, records.projects))
    screen.say("exported", year=args.year, drafts=drafts, units=units, projects=projects)
    screen.out.print(written(args.out, screen.lang), soft_wrap=True)
