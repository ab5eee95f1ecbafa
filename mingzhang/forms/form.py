"""The nouns of the forms: Form, Column, Line, Identity, Tie, EvaluationForm, Part."""

import re
from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True)
class Column:
    """A column of a form. ``words`` are patterns for the end of a header path joined with ``/``.

    ``side`` names the side of a two-sided statement the column belongs to.
    """

    id: str
    name: str
    words: tuple[str, ...]
    side: str = ""

    @cached_property
    def patterns(self) -> tuple[re.Pattern[str], ...]:
        return tuple(re.compile(rf"(?:^|/)(?:{word})$") for word in self.words)


@dataclass(frozen=True)
class Line:
    """A fixed line of a two-sided statement or an item: its name, side, usual row number (行次), and name patterns."""

    id: str
    name: str
    side: str = ""
    line: int | None = None
    words: tuple[str, ...] = ()

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        return re.compile("|".join(f"(?:{w})" for w in (re.escape(self.name), *self.words)))

    def matches(self, label: str) -> bool:
        return self.pattern.fullmatch(label) is not None


@dataclass(frozen=True)
class Identity:
    """A sum that must hold inside one statement.

    ``axis`` is ``columns`` (in every row, the column ``total`` is the sum of
    the columns ``parts``), ``lines`` (in every column of ``side``, the line
    ``total`` is the sum of the lines ``parts``; ``*`` stands for all numbered
    lines of the side), ``levels`` (a class is the sum of its sections, a
    section of its items, the total of its classes) or ``within`` (``parts``
    do not exceed ``total``), ``sides`` (two lines are equal) or ``numbered``
    (the printed numbering says which lines are parts). Absent parts count as
    nothing. ``others`` are parts that some layouts sum instead;
    where one of the lines or columns ``unless`` is printed, the identity is
    not meant.
    """

    id: str
    axis: str
    words: str
    total: str = ""
    parts: tuple[str, ...] = ()
    less: tuple[str, ...] = ()
    side: str = ""
    others: tuple[tuple[str, ...], ...] = ()
    unless: tuple[str, ...] = ()


@dataclass(frozen=True)
class Tie:
    """A figure printed in several statements: ``left`` and ``right`` are sums of cell references.

    A reference is ``STATEMENT/ROW/COLUMN`` where ROW is a line id, a code,
    ``合计``, or ``*`` (every code that both sides print).
    """

    id: str
    words: str
    left: tuple[str, ...]
    right: tuple[str, ...]
    when: tuple[str, ...] = ()
    severity: str = "error"


@dataclass(frozen=True)
class Form:
    """One statement form.

    ``shape``: ``two_sided``, ``classified`` (code, name, columns),
    ``abreast`` (code-name-amount groups side by side), ``items`` (three-public),
    ``projects`` (project lines) or ``lines`` (one-sided printed lines).
    ``codes`` names the classification of the code column: ``functional``,
    ``economic``, ``unit`` or empty.
    """

    id: str
    kind: str
    name: str
    shape: str
    titles: tuple[str, ...]
    numbers: tuple[str, ...] = ()
    codes: str = ""
    columns: tuple[Column, ...] = ()
    lines: tuple[Line, ...] = ()
    identities: tuple[Identity, ...] = ()
    required: bool = True
    empty_note: str = ""

    @cached_property
    def title_pattern(self) -> re.Pattern[str]:
        return re.compile("|".join(f"(?:{t})" for t in self.titles))

    @cached_property
    def by_column(self) -> dict[str, Column]:
        return {c.id: c for c in self.columns}

    def column(self, path: str, side: str = "") -> Column | None:
        """The column whose words fit the end of a header path best (the most header levels, then the longest)."""
        best: tuple[int, int] = (-1, -1)
        found = None
        for column in self.columns:
            if side and column.side and column.side != side:
                continue
            for pattern in column.patterns:
                hit = pattern.search(path)
                if hit:
                    text = hit.group().lstrip("/")
                    score = (text.count("/"), len(text))
                    if score > best:
                        best, found = score, column
        return found

    def line(self, label: str, side: str = "") -> Line | None:
        for line in self.lines:
            if (not side or line.side in ("", side)) and line.matches(label):
                return line
        return None


@dataclass(frozen=True)
class Group:
    """A name and what belongs to it: a level-1 name and its level-2 names, or patterns that speak for it."""

    name: str
    parts: tuple[str, ...]


@dataclass(frozen=True)
class EvaluationForm:
    """A performance table: its kind (goal_whole …), the patterns of its titles, and what such tables print.

    ``columns``, ``budget``, ``management``, ``goals`` and ``tasks`` are the
    header words of its parts, ``labels`` those of its head, ``sections`` the
    names of the parts. ``levels`` are level-1 names with their level-2
    names, ``standard`` level-2 names with the level-3 names that the common
    indicators fix; ``evidence`` are patterns that speak for a level-1 name
    (of the name, or with a leading ``=`` of the target). The rest are patterns.
    """

    kind: str
    name: str
    titles: tuple[str, ...]
    columns: tuple[Column, ...] = ()
    budget: tuple[Column, ...] = ()
    management: tuple[Column, ...] = ()
    goals: tuple[Column, ...] = ()
    tasks: tuple[Column, ...] = ()
    labels: tuple[Column, ...] = ()
    sections: tuple[Column, ...] = ()
    levels: tuple[Group, ...] = ()
    standard: tuple[Group, ...] = ()
    evidence: tuple[Group, ...] = ()
    money: tuple[str, ...] = ()
    money_total: str = ""
    management_lines: tuple[str, ...] = ()
    totals: tuple[str, ...] = ()
    placeholder: str = ""
    units: str = ""
    comparators: str = ""
    qualities: str = ""
    footers: str = ""
    prose: str = ""

    @cached_property
    def title_pattern(self) -> re.Pattern[str]:
        return re.compile("|".join(f"(?:{t})" for t in self.titles))


@dataclass(frozen=True)
class Part:
    """A part that a disclosure of ``kind`` must have (目录, 概况, 说明 …), by the pattern of its heading."""

    id: str
    kind: str
    name: str
    words: tuple[str, ...]
    source: str = ""
