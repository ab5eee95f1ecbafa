"""Going through the template: which sections are told, and what the sentences may speak of."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from mingzhang.books.accounts import Accounts
from mingzhang.disclosure import Disclosure, Evaluation, Publisher, Statement
from mingzhang.forms.fill import chinese
from mingzhang.year.tell import ledger
from mingzhang.year.tell.amount import Amount
from mingzhang.year.tell.expression import Value, evaluate
from mingzhang.year.tell.ground import Ground, Line
from mingzhang.year.tell.template import Section, load
from mingzhang.year.tell.text import Text
from mingzhang.year.tell.told import Told
from mingzhang.year.tell.writer import Writer, words_of

_SCALE = Decimal(10_000)


def _sections(writer: Writer, sections: Iterable[Section]) -> Iterator[tuple[Section, Line | None]]:
    """The sections that are told, a looped one once for every row; a section's subsections fall away with it."""
    fallen = 0
    for section in sections:
        if fallen and section.depth > fallen:
            continue
        fallen = 0
        if section.when and not evaluate(section.when, writer):
            fallen = section.depth
        elif section.each:
            for line in writer.rows(section.each):
                yield section, line
        else:
            yield section, None


def _grades(scores: Iterable[Decimal], words: list[dict[str, Any]]) -> list[str]:
    return [next(str(g["name"]) for g in words if score >= g["from"]) for score in scores]


def _evaluations(ground: Ground, evaluations: Iterable[Evaluation], words: dict[str, Any]) -> dict[str, Value]:
    """``projects_evaluated``, their money and grades, and the score of the whole, from the performance tables."""
    every = tuple(evaluations)
    out: dict[str, Value] = {}
    for name, kind in (("evaluated", "self_project"), ("planned", "goal_project")):
        found = ledger.evaluated(every, kind, ground.own.book)
        grades = _grades(found.scores, words["grades"])
        out[name] = Amount(Decimal(found.tables), "", 0)
        out[f"{name}_budget"] = ground.amount(found.budget * _SCALE)
        out[f"{name}_spent"] = ground.amount(found.spent * _SCALE)
        for grade in words["grades"]:
            out[f"{name}_{grade['id']}"] = Amount(Decimal(grades.count(str(grade["name"]))), "", 0)
        out[f"{name}_graded"] = len(grades) == found.tables and found.tables > 0
    whole = ledger.evaluated(every, "self_whole", ground.own.book).scores
    out["whole_score"] = Amount(whole[0], "", max(0, -int(whole[0].as_tuple().exponent))) if whole else None
    out["whole_grade"] = _grades(whole[:1], words["grades"])[0] if whole else None
    return out


def _given(accounts: Accounts, publisher: Publisher, kind: str, words: dict[str, Any]) -> dict[str, Value]:
    unit = publisher.scope == "unit"
    return {
        "name": publisher.name or accounts.department.name,
        "year": str(accounts.year),
        "before": str(accounts.year - 1),
        "scope": words["unit" if unit else "department"],
        "is_unit": unit,
        "unit_code": publisher.unit_code,
        "kind": kind,
    }


def tell(
    accounts: Accounts,
    publisher: Publisher,
    kind: str,
    statements: Iterable[Statement],
    last: Disclosure | None = None,
    budget: Disclosure | None = None,
    evaluations: Iterable[Evaluation] = (),
) -> Told:
    """The running text of a disclosure of ``kind`` (final or budget), from its printed ``statements``.

    ``last`` is last year's disclosure of the same kind, ``budget`` the approved budget of the year (final accounts):
    what only they know is not told without them. Every amount is worked out from printed figures, rounded half up to
    the digits of the statements, in their unit; shares and rates have two digits. Raises NotATemplate for another kind.
    """
    region = publisher.region_code or accounts.department.region_code
    template = load(kind, accounts.year, region)
    ground = Ground.of(kind, accounts.year, region, statements, last, budget)
    books = ledger.Books.of(accounts, publisher, kind, ground.own.book.filling)
    given = _given(accounts, publisher, kind, template.words)
    writer = Writer(template, ground, books, given)
    given |= ledger.procurement(books, ground) | _evaluations(ground, evaluations, template.words)
    printed = writer.name("running_printed") if "running_printed" in template.figures else None
    given["running"] = ledger.running(books, ground, last, printed, writer.name("office"))
    given["administrative"] = books.administrative
    given["assets_known"] = "F10" in ground.own.statements or bool(books.assets())
    text = Text(template.words)
    for section, line in _sections(writer, template.sections):
        writer.bound = [words_of(line)] if line is not None else []
        heading = writer.filled(section.heading)
        if heading is None:
            continue
        text.open(section.depth, heading)
        en = writer.filled(section.en) or ""
        number = 0
        for say in section.say:
            writer.asked = []
            said = writer.said(say)
            if said and section.numbered and say.text:
                number += 1
                said = f"{chinese(number)}、{said}"
            if said:
                text.say(said, writer.asked, say, en)
    return Told(tuple(text.headings), tuple(text.sentences), tuple(text.missing))
