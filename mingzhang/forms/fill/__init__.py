"""Filling the forms: from exact entries to the rows and figures of the statements.

In: entries (one amount each, with what it was for and who paid), and whose statements they are.
Out: the statements F01–F10 and B01–B13 as plans, in which every figure is a set of entries, and printed with the
amounts that ``figures.rounding`` or a plain sum gives these sets.
"""

from mingzhang.forms.fill import budget, final
from mingzhang.forms.fill.entry import Entry
from mingzhang.forms.fill.plan import Plan, PlannedRow, printed, sums
from mingzhang.forms.fill.press import Press, chinese
from mingzhang.forms.fill.sets import Sets, members
from mingzhang.forms.fill.whose import APPROPRIATION, OWN, PLANNED, SPENT, Member, Whose

__all__ = [
    "APPROPRIATION",
    "OWN",
    "PLANNED",
    "SPENT",
    "Entry",
    "Member",
    "Plan",
    "PlannedRow",
    "Press",
    "Sets",
    "Whose",
    "budget",
    "chinese",
    "final",
    "members",
    "printed",
    "sums",
]
