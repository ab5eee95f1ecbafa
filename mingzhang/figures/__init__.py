"""Arithmetic on printed figures, and the identities of a disclosure over its cells.

In: Printed figures with their units, and a Disclosure with the Book of forms.
Out: Interval (a printed 0.05 stands for 0.045 … 0.055) with exact sums,
differences, products and ratios; ``compare`` with three answers (exact,
within rounding, impossible); ``constraints`` with every identity and tie of
the forms over the cells that are printed. ``figures.locate.locate(laws)``
says which printed figures are most likely wrong where laws contradict each
other, and what they should be.
"""

from mingzhang.figures.constraint import Constraint, constraints
from mingzhang.figures.interval import Interval, Verdict, compare, scale, total
from mingzhang.figures.ledger import Ledger, Sheet, Term

__all__ = [
    "Constraint",
    "Interval",
    "Ledger",
    "Sheet",
    "Term",
    "Verdict",
    "compare",
    "constraints",
    "scale",
    "total",
]
