"""The disclosure and everything in it that is not a statement: publisher, running text, evaluations."""

from dataclasses import dataclass

from mingzhang.disclosure.place import Place
from mingzhang.disclosure.printed import Printed
from mingzhang.disclosure.statement import Statement


@dataclass(frozen=True, slots=True)
class Publisher:
    """Whose disclosure it is. ``scope`` is ``department`` (部门), ``unit`` (单位) or empty where not stated."""

    name: str = ""
    region_code: str = ""
    level: str = ""
    unit_code: str = ""
    scope: str = ""
    superior: str = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the running text: its text without white space and its depth from 1 (第一部分)."""

    text: str
    depth: int
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure in a sentence: what is printed, its unit, and where in ``Sentence.text`` it starts and ends."""

    printed: Printed
    unit: str
    start: int
    end: int
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the running text (to the next 。), white space removed, under its heading path."""

    text: str
    section: tuple[str, ...] = ()
    figures: tuple[Figure, ...] = ()
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Indicator:
    """One row of a performance table, every value as printed (see spec: indicators.csv)."""

    level1: str = ""
    level2: str = ""
    name: str = ""
    target: str = ""
    actual: str = ""
    weight: str = ""
    score: str = ""
    deviation: str = ""
    reason: str = ""
    explanation: str = ""
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Evaluation:
    """A performance table: ``kind`` is goal_whole, goal_project, self_whole, self_project or dept_project.

    ``goal`` and ``done`` hold the printed 预期目标 and 实际完成情况, ``tasks``
    the 年度主要任务 as (task, content, done).
    """

    kind: str
    project: str = ""
    title: str = ""
    indicators: tuple[Indicator, ...] = ()
    goal: str = ""
    done: str = ""
    tasks: tuple[tuple[str, str, str], ...] = ()
    department: str = ""
    unit_name: str = ""
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Remark:
    """What the reader could not place, or did not read, and why. Never a finding against the department."""

    kind: str
    text: str
    reason: str = ""
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Disclosure:
    """What one department publishes for one year. ``kind`` is ``budget`` or ``final``."""

    publisher: Publisher = Publisher()
    year: int | None = None
    kind: str = ""
    title: str = ""
    sources: tuple[str, ...] = ()
    pages: int | None = None
    statements: tuple[Statement, ...] = ()
    headings: tuple[Heading, ...] = ()
    sentences: tuple[Sentence, ...] = ()
    evaluations: tuple[Evaluation, ...] = ()
    remarks: tuple[Remark, ...] = ()

    def statement(self, id: str) -> Statement | None:
        """The first statement with that id."""
        for statement in self.statements:
            if statement.id == id:
                return statement
        return None
