"""What performance keeps of a year, as ``appraise`` takes it. Needs Django set up."""

from datetime import date

from mingzhang.disclosure import from_json
from mingzhang.performance import models, store
from mingzhang.schemes import named
from mingzhang.year.appraise import Promised


def promised(department: str, year: int, day: date | None = None) -> tuple[Promised, ...]:
    """The latest goal tables of a department's year with what was told of them by ``day``, the whole department's first."""
    return tuple(one(kept, day) for kept in store.latest(department, year))


def one(kept: models.Goals, day: date | None = None) -> Promised:
    """A version of a goal table with what is told of it, and the evaluations that stand."""
    rows = store.closed(kept.department, kept.year, kept.project)
    closed = {kind: from_json(row.table).evaluations[0] for kind, row in rows.items()}
    own = next((row for kind, row in rows.items() if kind.startswith("self")), None)
    return Promised(
        kept.project, store.table(kept), store.told(kept, day), named(own.scheme) if own else None, closed
    )
