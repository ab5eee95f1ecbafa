"""Last year's final accounts as opening balances: per source and item as far as they are printed, never guessed."""

from collections.abc import Mapping
from datetime import date

from mingzhang.books.draft import Draft, Line
from mingzhang.books.intake.fault import Fault, Rejected
from mingzhang.books.intake.published import NOTHING, Amount, Paper, Told, total
from mingzhang.books.intake.records import Known, Records
from mingzhang.books.law import sources
from mingzhang.books.refusal import yuan
from mingzhang.disclosure import Disclosure

_BY_ITEM = {"fund": "F07", "state_capital": "F08"}
_APPROPRIATION = ("general", "fund", "state_capital")


def openings(
    disclosure: Disclosure, year: int, known: Known, stands: Mapping[Line, int], unit: str = "", document: str = ""
) -> Told:
    """What the final accounts of ``year`` − 1 left over, as opening balances of ``year``.

    ``stands`` are the opening balances (fen) that the book of ``year`` has, by
    line of means. Where there are some of a source they must be what is
    printed, and nothing is entered for it again. F07 and F08 print what is
    left per item; of the general budget and of own means only the sum is
    printed (F04, F01): where the books have nothing, that is ``open``. Raises
    Rejected with the figures where books and document differ, or F07 or F08 and F04.
    """
    paper = Paper(disclosure, "final", year - 1)
    code = paper.unit(known, unit)
    faults: list[Fault] = []
    open_: list[Fault] = []
    drafts: list[Draft] = []
    gaps: list[Draft] = []
    sums = {s: paper.line("F04", "closing", "expenditure", s) for s in _APPROPRIATION}
    whole = paper.line("F01", "closing", "expenditure", "amount")
    if sums["general"] is None and whole is None:
        raise Rejected([paper.fault("F04", "paper_closing")])
    for source, printed in sums.items():
        id = _BY_ITEM.get(source, "")
        items = {item: row["closing"] for item, row in paper.items(id) if "closing" in row} if id else {}
        added = total(items.values())
        if items and printed is not None and not added.allows(printed):
            figures = {"items": yuan(added.fen), "printed": yuan(printed.fen), "source": sources()[source]["zh"]}
            faults.append(paper.fault(id, "paper_closing_differs", **figures))
            continue
        printed = added if printed is None else printed
        own = {line.item: fen for line, fen in stands.items() if line.source == source and code in ("", line.unit)}
        if own:
            faults += _compared(paper, id or "F04", source, own, items, printed)
        elif items and code:
            paper_number = document or f"{year - 1}年决算"
            drafts += [_draft(code, source, item, value.fen, year, paper_number) for item, value in items.items()]
        elif not printed.nothing:
            open_.append(_open(paper, "F04", source, printed))
            gaps.append(_draft(code, source, "", printed.fen, year, document or f"{year - 1}年决算"))
    if whole is not None:
        rest = whole - total(s or NOTHING for s in sums.values())
        if _own_means(paper, rest, code, stands, faults, open_):
            gaps.append(_draft(code, "", "", rest.fen, year, document or f"{year - 1}年决算"))
    if faults:
        raise Rejected(faults)
    return Told(Records(year, drafts=tuple(drafts)), tuple(open_), tuple(gaps))


def _draft(unit: str, source: str, item: str, fen: int, year: int, document: str) -> Draft:
    return Draft("opening", Line(unit, source, item), fen, date(year, 1, 1), document, "年初结转和结余")


def _open(paper: Paper, statement: str, source: str, printed: Amount) -> Fault:
    words = sources()[source]["zh"] if source in sources() else "非财政拨款"
    return paper.fault(statement, "open_closing", source=words, amount=yuan(printed.fen))


def _compared(
    paper: Paper, statement: str, source: str, own: dict[str, int], items: dict[str, Amount], printed: Amount
) -> list[Fault]:
    """Where the books have opened a source otherwise than it is printed."""
    words = sources()[source]["zh"]
    found = []
    for item in sorted({*own, *items}) if items else ():
        if not items.get(item, NOTHING).allows(own.get(item, 0)):
            figures = {"own": yuan(own.get(item, 0)), "printed": yuan(items.get(item, NOTHING).fen)}
            found.append(paper.fault(statement, "opening_other", source=f"{words} {item}", **figures))
    if not found and not printed.allows(sum(own.values())):
        figures = {"own": yuan(sum(own.values())), "printed": yuan(printed.fen)}
        found.append(paper.fault(statement, "opening_other", source=words, **figures))
    return found


def _own_means(
    paper: Paper, rest: Amount, code: str, stands: Mapping[Line, int], faults: list[Fault], open_: list[Fault]
) -> bool:
    """What is left of other means than appropriation is printed as one sum (F01 less F04); whether it is still open."""
    own = [fen for line, fen in stands.items() if line.source not in _APPROPRIATION and code in ("", line.unit)]
    if own and not rest.allows(sum(own)):
        figures = {"own": yuan(sum(own)), "printed": yuan(rest.fen)}
        faults.append(paper.fault("F01", "opening_other", source="非财政拨款", **figures))
    elif not own and not rest.nothing:
        open_.append(_open(paper, "F01", "", rest))
        return True
    return False
