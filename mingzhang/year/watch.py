"""Mid-year monitoring of one goal table with the payments of the books."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from mingzhang.books.accounts import Accounts, Paid
from mingzhang.performance.goal import wan
from mingzhang.performance.monitor import Progress, monitor
from mingzhang.year.appraise import Promised, registered
from mingzhang.year.counted import untimely
from mingzhang.year.money import course, held, spent


@dataclass(frozen=True, slots=True)
class Watched:
    """The lights of a table; ``said``: target and actual of each by (project, goal), amounts in 万元 for the money."""

    progress: tuple[Progress, ...]
    said: Mapping[tuple[str, str], tuple[str, str]]


def watch(accounts: Accounts, one: Promised, paid: Sequence[Paid], before: Sequence[Paid], day: date) -> Watched:
    """How a table stands on a day: money paid till then against the full-year budget and the course of last year's
    payments (``before``; evenly where there were none), goals by what was told by then. ``accounts`` are those up to
    the day, so that nothing of later changes is known.

    Goals that are the money's own (rate of execution, balance) are left to the end of the year.
    """
    code = "" if one.table.kind == "goal_whole" else one.code
    full = held(accounts, code).full
    timely = replace(one.table, budget=full, goals=tuple(g for g in one.table.goals if not untimely(g)))
    known = registered(accounts, replace(one, table=timely), held(accounts, code))
    actuals = {g.name: known.get(g.key) or one.told.actuals.get(g.key, one.told.actuals.get(g.name)) for g in timely.goals}
    texts = {name: actual.text for name, actual in actuals.items() if actual}
    done = spent(paid, day, code)
    year = course(before, code)
    progress = monitor(timely, done, texts, day, (year,) if year else ())
    said = {(one.table.project, g.name): (g.target, texts.get(g.name, "")) for g in timely.goals}
    said[one.table.project, ""] = (f"{wan(full)}万元", f"{wan(done)}万元")
    return Watched(progress, said)
