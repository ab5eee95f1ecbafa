"""The year joined: from the books of a department and its goals to what it and its units publish.

In: the Accounts of a year, the goal tables with what is told of them (``kept.promised`` takes them from the database),
and what was already published (last year's final accounts, the approved budget).
Out: ``appraise`` gives goal tables, self-evaluations and their sentences, with the money and counts of the books;
``close`` gives Closed: the disclosures with statements, text and evaluations, the exact value beside every printed
figure, and what only the clerk can still give. ``Refused`` says why books cannot be closed. ``tell`` writes the text.
"""

from mingzhang.year.appraise import Appraised, Promised, appraise
from mingzhang.year.close import close
from mingzhang.year.closed import Closed, Exact, Lack, Refusal, Refused, Tail

__all__ = [
    "Appraised",
    "Closed",
    "Exact",
    "Lack",
    "Promised",
    "Refusal",
    "Refused",
    "Tail",
    "appraise",
    "close",
]
