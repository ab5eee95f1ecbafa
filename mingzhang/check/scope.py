"""One thing a rule looks at: its named values, and where it is printed."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from mingzhang.check.formula import Added, Quoted
from mingzhang.disclosure import Figure, NotANumber, Place, Printed, Row
from mingzhang.figures import Sheet


@dataclass(slots=True)
class Scope:
    """The named values of one thing a rule looks at, and where it is printed."""

    names: dict[str, Any]
    where: str = ""
    places: tuple[Place, ...] = ()
    text: str = ""
    doubt: str = ""
    group: str = field(default="")


def places(*places: Place | None) -> tuple[Place, ...]:
    return tuple(p for p in places if p is not None and (p.page is not None or p.line is not None))


def at(where: str, place: Place | None) -> str:
    """A heading or statement id with the page or line."""
    spot = str(place) if place is not None else ""
    return f"{where} {spot}".strip()


def cells(sheet: Sheet, row: Row) -> dict[str, Quoted]:
    """The figures of a row by column."""
    place = row.place
    return {
        column: Quoted.read(term.cell.printed, sheet.statement.unit, term.cell, term.cell.place or place)
        for column, term in sheet.terms[id(row)].items()
    }


def spoken_of(names: Mapping[str, Any], speaks: tuple[str, ...]) -> Iterator[Quoted]:
    """The printed figures among the named values, those of sums and lists one by one."""
    for name in speaks:
        value = names.get(name)
        if isinstance(value, Quoted):
            yield value
        elif isinstance(value, Added):
            yield from (figure for figure, _ in value.parts)
        elif isinstance(value, list | tuple):
            yield from (figure for figure in value if isinstance(figure, Quoted))


def places_of(scope: Scope, names: Mapping[str, Any], speaks: tuple[str, ...]) -> tuple[Place, ...]:
    """Where the figures that a rule speaks of are printed; the place of the whole where it has none in the text."""
    figures = list(spoken_of(names, speaks))
    found = places(*(f.place for f in figures))
    told = any(isinstance(f.source, Figure) and f.place is not None for f in figures)
    return tuple(dict.fromkeys(found if told else (*found, *scope.places)))


def captured(match: re.Match[str], figures: tuple[Figure, ...] = ()) -> dict[str, Any]:
    """The groups of a match; a number that is one of ``figures`` keeps its place."""
    names: dict[str, Any] = {}
    groups = match.groupdict()
    for name, text in groups.items():
        if name.endswith("_unit"):
            names[name] = text or ""
            continue
        if f"{name}_unit" in groups:
            start = match.start(name)
            source = next((f for f in figures if f.start <= start < f.end), None)
            try:
                names[name] = Quoted.read(Printed.parse(text or ""), groups[f"{name}_unit"] or "", source)
            except NotANumber:
                names[name] = None
        else:
            names[name] = text or ""
    return names
