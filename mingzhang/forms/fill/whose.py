"""Who publishes, and what statements call things: the publisher with its units, names of codes and projects."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from mingzhang.forms.book import Book
from mingzhang.forms.form import Form


@dataclass(frozen=True, slots=True)
class Member:
    """A unit that publishes within a department: its code in the entries, the code and name that are printed, its nature."""

    unit: str
    code: str
    name: str
    nature: str = "administrative"


@dataclass(frozen=True, slots=True)
class Whose:
    """The publisher of a set of statements in ``year``.

    ``scope`` is ``department`` or ``unit``; a unit is its own only member.
    ``names`` are the names of functional and economic codes in force,
    ``projects`` those of projects by the code that entries carry.
    """

    scope: str
    code: str
    name: str
    year: int
    members: tuple[Member, ...]
    names: Mapping[str, str]
    projects: Mapping[str, str] = field(default_factory=dict)

    @property
    def who(self) -> str:
        return "本单位" if self.scope == "unit" else "本部门"


APPROPRIATION = ("general", "fund", "state_capital")
OWN = ("superior_subsidy", "business", "operating", "subsidiary_remittance", "other")
SPENT = ("basic", "project", "remit_superior", "operating", "subsidiary_subsidy")
PLANNED = ("year", "carry")

# Classes that a department's statements leave out while nothing stands in them.
_RARE = {"final": ("209", "210old", "227", "230", "233"), "budget": ("210old",)}


def functions(form: Form, used: Mapping[str, int], kind: str) -> list[tuple[str, str]]:
    """(code, name) of the classes that a two-sided form prints; ``used`` are those with an entry."""
    skip = set(_RARE[kind]) - set(used)
    return [(x.id, x.name) for x in form.lines if x.id[:1] == "2" and x.id not in skip]


def class_names(book: Book, kind: str) -> dict[str, str]:
    """The names of the functional classes as the two-sided statement prints them."""
    return {x.id: x.name for x in book.by_id["F01" if kind == "final" else "B01"].lines if x.id[:1] == "2"}
