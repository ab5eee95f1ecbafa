"""A goal table as a clerk writes it: a sheet of rows of texts, from a template and back. Files are read and written elsewhere."""

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from importlib import resources
from typing import Any

from mingzhang.performance.goal import Costing, Goal, GoalTable
from mingzhang.performance.templates import Template

_SLOT = re.compile(r"\{(\w+)\}")
_NUMBER = re.compile(r"\d{1,3}(,\d{3})+(\.\d+)?|\d+(\.\d+)?")

Rows = Sequence[tuple[int, Sequence[str]]]
"""Rows with their numbers in the file."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a sheet is no goal table, and in which row (0: nowhere)."""

    sheet: str
    row: int
    zh: str
    en: str

    def words(self, lang: str) -> str:
        where = f"“{self.sheet}”" + (f"第{self.row}行" if self.row else "")
        return f"{where}：{self.zh}" if lang == "zh" else f"{self.sheet}{f', row {self.row}' if self.row else ''}: {self.en}"


class Unfit(ValueError):
    """A sheet is no goal table; ``faults`` say all of it."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__("；".join(f.words("zh") for f in faults))
        self.faults = faults


@cache
def words() -> Mapping[str, Any]:
    """``goalbook.toml``."""
    path = resources.files("mingzhang.performance") / "data" / "goalbook.toml"
    return tomllib.loads(path.read_text("utf-8"))


def sheet(template: Template, table: GoalTable, code: str = "", lang: str = "zh") -> list[list[str]]:
    """The rows of a sheet. ``table`` is the template's with its slots left open (``unfilled``), or a filled one."""
    at = 0 if lang == "zh" else 1
    fields = words()["fields"]
    held = {
        "code": code, "name": table.project, "kind": words()["kinds"][table.kind][at], "department": table.department,
        "unit_name": table.unit_name, "budget": f"{Decimal(table.budget) / 100:.2f}" if table.budget else "",
        "total": f"{table.total:f}", "money_weight": f"{table.money_weight:f}", "goal": table.goal,
    }  # fmt: skip
    rows = [[fields[name][at], value] for name, value in held.items()]
    bodies: dict[str, list[list[str]]] = {
        "slots": [[s.name, s.words, "", s.unit, s.example] for s in template.slots],
        "goals": [
            [g.level1, g.level2, g.name, g.target, "" if g.weight is None else f"{g.weight:f}", g.explanation, g.guaranteed]
            for g in table.goals
        ],
        "costings": [[name, count, unit, standard] for name, count, standard, unit in template.costings],
        "management": [[name, f"{weight:f}"] for name, weight in table.management],
    }  # fmt: skip
    for name, body in bodies.items():
        if body or name == "costings":
            rows += [[], list(words()["sections"][name][lang]), *body]
    return rows


def unfilled(template: Template, project: str, leave_out: Sequence[str] = (), department: str = "", budget: int = 0) -> GoalTable:
    """The template's table with every slot still open. Raises ValueError for a goal to leave out that it does not have."""
    return template.table(
        project, budget, {s.name: f"{{{s.name}}}" for s in template.slots}, department, leave_out=leave_out, costed=False
    )


@dataclass(slots=True)
class _Sheet:
    """What a sheet says, section by section, before it is understood."""

    name: str
    fields: dict[str, tuple[int, str]] = field(default_factory=dict)
    sections: dict[str, list[tuple[int, list[str]]]] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    slots: dict[str, str] = field(default_factory=dict)

    def fault(self, row: int, kind: str, **told: str) -> None:
        zh, en = words()["faults"][kind]
        self.faults.append(Fault(self.name, row, zh.format(**told), en.format(**told)))

    def filled(self, row: int, text: str) -> str:
        """The text with its slots' values."""
        for name in _SLOT.findall(text):
            if name not in self.slots:
                self.fault(row, "unknown", name=name)
        return _SLOT.sub(lambda m: self.slots.get(m[1], ""), text)

    def number(self, row: int, name: str, text: str, example: str) -> Decimal:
        """The number; a fault where it is none."""
        plain = self.filled(row, text.strip())
        if _NUMBER.fullmatch(plain):
            return Decimal(plain.replace(",", ""))
        if plain or not text:
            self.fault(row, "number", name=name, value=text, example=example)
        return Decimal(0)


def table(name: str, rows: Rows) -> tuple[str, GoalTable]:
    """The project's code and the goal table that a sheet holds. Raises Unfit with every fault."""
    read = _read(name, rows)
    fields = {key: text for key, (_, text) in read.fields.items()}
    labels = {key: zh for key, (zh, _) in words()["fields"].items()}
    kind = next((k for k, v in words()["kinds"].items() if fields.get("kind", "") in v), "")
    if not kind:
        known = "、".join(zh for zh, _ in words()["kinds"].values())
        read.fault(read.fields.get("kind", (0, ""))[0], "kind", value=fields.get("kind", ""), kinds=known)
    for key in ("name", "budget"):
        if not fields.get(key):
            read.fault(read.fields.get(key, (0, ""))[0], "field", name=labels[key])

    def number(key: str, otherwise: str) -> Decimal:
        row, text = read.fields.get(key, (0, ""))
        return read.number(row, labels[key], text or otherwise, otherwise)

    goals = tuple(_goal(read, row, cells) for row, cells in read.sections.get("goals", ()))
    if not goals:
        read.fault(0, "goals")
    made = GoalTable(
        kind or "goal_project", fields.get("name", ""), int(number("budget", "0") * 100), goals,
        fields.get("department", ""), fields.get("unit_name", ""),
        read.filled(read.fields.get("goal", (0, ""))[0], fields.get("goal", "")),
        tuple((t, content, "") for _, (t, content) in read.sections.get("tasks", ())),
        costings=tuple(_costing(read, row, cells) for row, cells in read.sections.get("costings", ())),
        total=number("total", "100"), money_weight=number("money_weight", "10"),
        management=tuple(
            (cells[0], read.number(row, cells[0], cells[1], "5")) for row, cells in read.sections.get("management", ())
        ),
    )  # fmt: skip
    if read.faults:
        raise Unfit(tuple(sorted(read.faults, key=lambda f: f.row)))
    return fields.get("code", ""), made


def _goal(read: _Sheet, row: int, cells: Sequence[str]) -> Goal:
    level1, level2, name, target, weight, explanation, guaranteed = cells
    if not (level1 and name):
        read.fault(row, "level", value=name or target)
    points = read.number(row, name, weight, "10") if weight else None
    return Goal(level1, level2, name, read.filled(row, target), points, read.filled(row, explanation), read.filled(row, guaranteed))


def _costing(read: _Sheet, row: int, cells: Sequence[str]) -> Costing:
    name, count, unit, standard = cells
    return Costing(name, read.number(row, name, count, "100"), int(read.number(row, name, standard, "300") * 100), unit)


def _read(name: str, rows: Rows) -> _Sheet:
    """Fields first, then the rows under each section's heading; the slots are taken as they stand before what uses them."""
    read = _Sheet(name)
    labels = {word: key for key, both in words()["fields"].items() for word in both}
    heads = {both[lang][0]: key for key, both in words()["sections"].items() for lang in ("zh", "en")}
    section = ""
    for number, cells in rows:
        first, *rest = [c.strip() for c in cells] or [""]
        if not any((first, *rest)):
            continue
        if first in heads and rest and rest[0] in _seconds(heads[first]):
            section = heads[first]
        elif not section and first in labels:
            read.fields[labels[first]] = (number, rest[0] if rest else "")
        elif section:
            size = len(words()["sections"][section]["zh"])
            read.sections.setdefault(section, []).append((number, ([first, *rest] + [""] * size)[:size]))
        else:
            read.fault(number, "row", value=first)
    used = {n for _, row in (*read.sections.get("goals", ()), *read.sections.get("costings", ())) for c in row for n in _SLOT.findall(c)}
    used |= set(_SLOT.findall(read.fields.get("goal", (0, ""))[1]))
    for number, (slot, meaning, value, _, example) in read.sections.get("slots", ()):
        read.slots[slot] = value
        if not value and slot in used:
            read.fault(number, "slot", name=slot, meaning=meaning, example=example)
    return read


def _seconds(section: str) -> Iterable[str]:
    return [words()["sections"][section][lang][1] for lang in ("zh", "en")]

