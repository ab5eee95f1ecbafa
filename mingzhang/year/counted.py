"""Actuals that nobody has to type: what the books say of an indicator, by its name."""

import re
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from mingzhang.books.accounts import Accounts
from mingzhang.performance.assess import Actual, percent
from mingzhang.performance.goal import Goal, GoalTable
from mingzhang.year.money import Held, words


def counted(accounts: Accounts, table: GoalTable, held: Held) -> dict[str, Actual]:
    """The actuals of a table's indicators that ``registers.toml`` knows, by ``level 1/level 2/name``."""
    found = {}
    for goal in table.goals:
        text = _rate(goal, table, held) or _count(goal, accounts)
        if text:
            found[goal.key] = Actual(text, words()["register"])
    return found


def untimely(goal: Goal) -> bool:
    """Whether an indicator only means something at the end of the year: what is spent or left of the budget."""
    return any(row["over"] in ("outturn", "left") for row in _matching("rate", goal))


def _rate(goal: Goal, table: GoalTable, held: Held) -> str:
    whole = table.kind == "goal_whole"
    amounts = {
        "initial": held.initial, "full": held.full, "outturn": held.outturn, "left": held.left,
        "adjusted": abs(held.full - held.initial),
    }  # fmt: skip
    for row in _matching("rate", goal):
        if "%" in goal.measure.unit and (whole or not row.get("whole")) and amounts[row["under"]] > 0:
            return percent(Fraction(amounts[row["over"]], amounts[row["under"]]))
    return ""


def _count(goal: Goal, accounts: Accounts) -> str:
    unit = goal.measure.unit
    for row in _matching("count", goal):
        numbers = [c.number for c in accounts.counts if c.id == row["id"]]
        if numbers and (not unit or unit in row["units"]):
            return f"{sum(numbers)}{unit}"
    return ""


def _matching(kind: str, goal: Goal) -> list[Mapping[str, Any]]:
    return [row for row in words()[kind] if re.fullmatch(row["name"], goal.name)]
