"""One thing a rule looks at: its named values, and where it is printed."""

import re
from dataclasses import dataclass, field
from typing import Any

from mingzhang.check.formula import Quoted
from mingzhang.disclosure import NotANumber, Place, Printed


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


def captured(match: re.Match[str]) -> dict[str, Any]:
    names: dict[str, Any] = {}
    groups = match.groupdict()
    for name, text in groups.items():
        if name.endswith("_unit"):
            names[name] = text or ""
            continue
        if f"{name}_unit" in groups:
            try:
                names[name] = Quoted.read(Printed.parse(text or ""), groups[f"{name}_unit"] or "")
            except NotANumber:
                names[name] = None
        else:
            names[name] = text or ""
    return names
