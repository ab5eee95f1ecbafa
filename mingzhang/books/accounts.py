"""One department's year as plain values: what the books give to whoever closes them. Amounts in fen."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from types import MappingProxyType

from mingzhang.disclosure import Disclosure
from mingzhang.forms.fill import Entry

_NOTHING: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Organisation:
    """A department or one of its units. ``nature``: ``administrative``, ``managed`` (参公) or ``institution`` (事业单位)."""

    code: str
    name: str
    nature: str = "administrative"
    region_code: str = ""
    level: str = ""
    superior: str = ""


@dataclass(frozen=True, slots=True)
class Costing:
    """One line of a costing (测算): ``count`` of ``unit`` at ``standard`` fen each, by ``basis``; times ``times``."""

    name: str
    count: Decimal
    unit: str
    standard: int
    basis: str = ""
    times: Decimal = Decimal(1)

    @property
    def amount(self) -> Decimal:
        """What the line costs, in fen (exact)."""
        return self.count * self.standard * self.times


@dataclass(frozen=True, slots=True)
class Project:
    """A project: ``kind`` is ``project_operating`` (其他运转类) or ``project_specific`` (特定目标类)."""

    code: str
    name: str
    unit: str
    kind: str = "project_specific"
    summary: str = ""
    basis: str = ""
    costing: tuple[Costing, ...] = ()


@dataclass(frozen=True, slots=True)
class Procurement:
    """Government procurement of a unit: ``kind`` is ``goods``, ``works`` or ``services``; fen awarded in all, to small and
    medium enterprises (``small``, 授予中小企业), and of that to small and micro ones (``micro``, 授予小微企业). ``flow``:
    ``budget`` (reserved for them) or ``final``."""

    unit: str
    kind: str
    amount: int
    small: int = 0
    micro: int = 0
    flow: str = "final"


@dataclass(frozen=True, slots=True)
class Count:
    """Something counted at year end or over the year.

    ``id``: ``missions``, ``travellers`` (abroad), ``vehicles_bought``, ``vehicles_kept``, ``receptions``, ``guests``,
    ``foreign_receptions``, ``foreign_guests``, ``staff``, ``retired``, or ``asset:NAME`` for a line of F10
    (``asset:应急保障用车``). ``year`` where it is not the books' own.
    """

    unit: str
    id: str
    number: int


@dataclass(frozen=True, slots=True)
class Paid:
    """What was paid, less what came back, for a project (empty: none) from a source on a day, in fen."""

    project: str
    source: str
    day: date
    amount: int


@dataclass(frozen=True, slots=True)
class Accounts:
    """The books of one department in one year.

    ``units`` are the organisations that publish within it, the department's
    own office (本级) among them; every entry names one of their codes.
    ``paragraphs`` are the clerk's texts by key (``duties``, ``organisation``,
    …; with ``key@unit`` for one unit), ``reasons`` why a figure differs, by
    the key that the running text asks for. ``published`` are disclosures that
    fix figures: last year's final accounts and this year's approved budget,
    of the department and of its units.
    """

    department: Organisation
    units: tuple[Organisation, ...]
    year: int
    entries: tuple[Entry, ...] = ()
    projects: tuple[Project, ...] = ()
    procurement: tuple[Procurement, ...] = ()
    counts: tuple[Count, ...] = ()
    paragraphs: Mapping[str, str] = field(default_factory=lambda: _NOTHING)
    reasons: Mapping[str, str] = field(default_factory=lambda: _NOTHING)
    published: tuple[Disclosure, ...] = ()
