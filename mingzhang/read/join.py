"""One disclosure that was published in several files (the text in Word, the statements in Excel) → one value."""

from collections.abc import Sequence
from dataclasses import replace

from mingzhang.disclosure import Disclosure


def partial(disclosure: Disclosure) -> bool:
    """Whether only a part is there: statements without running text, or text and tables without statements."""
    figures = any(s.figures for s in disclosure.sentences)
    return bool(disclosure.statements) != figures


def _same(one: Disclosure, two: Disclosure) -> bool:
    """Whether two parts belong together: one department, year and kind, and no statement in both."""
    names = {d.publisher.name for d in (one, two)} - {""}
    years = {d.year for d in (one, two)} - {None}
    kinds = {d.kind for d in (one, two)} - {""}
    ids = {s.id for s in one.statements} & {s.id for s in two.statements}
    return len(names) == 1 and len(years) < 2 and len(kinds) < 2 and not ids


def _joined(one: Disclosure, two: Disclosure) -> Disclosure:
    named = one if one.publisher.name else two
    return replace(
        one,
        publisher=named.publisher,
        year=one.year or two.year,
        kind=one.kind or two.kind,
        title=one.title or two.title,
        sources=(*one.sources, *two.sources),
        pages=None,
        statements=(*one.statements, *two.statements),
        headings=(*one.headings, *two.headings),
        sentences=(*one.sentences, *two.sentences),
        evaluations=(*one.evaluations, *two.evaluations),
        remarks=(*one.remarks, *two.remarks),
    )


def join(parts: Sequence[Disclosure]) -> list[Disclosure]:
    """The disclosures that the parts make up, in the order of their first parts; whole ones stay as they are."""
    out: list[Disclosure] = []
    for part in parts:
        at = next((n for n, d in enumerate(out) if partial(d) and partial(part) and _same(d, part)), None)
        if at is None:
            out.append(part)
        else:
            out[at] = _joined(out[at], part)
    return out
