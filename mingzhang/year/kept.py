"""What performance keeps of a year, as ``appraise`` takes it. Needs Django set up."""

import re
from datetime import date
from fractions import Fraction

from mingzhang.disclosure import from_json
from mingzhang.performance import models, store
from mingzhang.performance.apply import adoption
from mingzhang.performance.assess import Actual, percent
from mingzhang.schemes import named
from mingzhang.year.appraise import Promised
from mingzhang.year.money import words


def promised(department: str, year: int, day: date | None = None) -> tuple[Promised, ...]:
    """The latest goal tables of a department's year with what was told of them by ``day``, the whole department's first."""
    return tuple(one(kept, day) for kept in store.latest(department, year))


def one(kept: models.Goals, day: date | None = None) -> Promised:
    """A version of a goal table with what is told of it, and the evaluations that stand."""
    rows = store.closed(kept.department, kept.year, kept.project)
    closed = {kind: from_json(row.table).evaluations[0] for kind, row in rows.items()}
    own = next((row for kind, row in rows.items() if kind.startswith("self")), None)
    scheme = named(own.scheme) if own else None
    return Promised(kept.project, store.table(kept), store.told(kept, day), scheme, closed, _own(kept))


def _own(kept: models.Goals) -> dict[str, Actual]:
    """What performance itself knows of the department's goals: the shares of projects monitored, of advice adopted."""
    if kept.kind != "goal_whole":
        return {}
    shares = {
        "monitored": store.monitored(kept.department, kept.year),
        "adopted": adoption(store.recommendations(kept.department, kept.year - 1)),
    }
    out = {}
    for goal in store.table(kept).goals:
        row = next((row for row in words()["own"] if re.fullmatch(row["name"], goal.name)), None)
        share: Fraction | None = shares[row["id"]] if row else None
        if share is not None and "%" in goal.measure.unit:
            out[goal.key] = Actual(percent(share), words()["performance"])
    return out
