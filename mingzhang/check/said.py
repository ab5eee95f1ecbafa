"""What a text has said so far: of one figure, in one sentence, under one heading."""

from dataclasses import dataclass, field

from mingzhang.check.vocabulary import Topic
from mingzhang.disclosure import Figure

BUDGETS = frozenset({"initial_budget", "full_budget", "budget"})
AMOUNTS = frozenset({"amount", "outturn", *BUDGETS})


@dataclass(slots=True)
class Said:
    """A figure while its sentence is read."""

    figure: Figure
    topic: Topic
    role: str
    comparison: str = ""
    year: int | None = None


@dataclass(slots=True)
class Section:
    """What the sentences under one heading have spoken of.

    ``heading`` is what the heading names (``near`` where it is the innermost one), ``item`` what the last numbered
    sentence named, ``first`` the first thing of the sentence before and ``role`` its last role, ``whole`` what it
    listed the parts of, ``basis`` what was compared with, ``year`` a point in time it named, ``project`` the one whose
    evaluation it told, ``recent`` all amounts.
    """

    path: str = ""
    heading: Topic | None = None
    near: bool = False
    item: Topic | None = None
    first: Topic | None = None
    role: str = ""
    basis: str = ""
    whole: Topic | None = None
    year: int | None = None
    project: Topic | None = None
    recent: list[Topic] = field(default_factory=list)


@dataclass(slots=True)
class Spoken:
    """What a sentence has spoken of up to the figure that is being read.

    ``whole`` is what the figures after 其中 are parts of and ``part_of`` its role, ``outer`` the whole before it and
    ``apart`` the mark between its parts (``first`` while there is one); ``involved`` the projects whose money is being
    split by source, ``project`` the one whose score was told.
    """

    topic: Topic | None = None
    whole: Topic | None = None
    part_of: str = ""
    outer: tuple[Topic | None, str] | None = None
    apart: str = ""
    project: Topic | None = None
    involved: Topic | None = None
    said: list[Said] = field(default_factory=list)
