"""The year joined: from the books of a department to what it and its units publish.

In: the Accounts of a year, and what was already published (last year's final accounts, the approved budget).
Out: ``close`` gives Closed: the disclosures with statements, text and evaluations, the exact value beside every printed
figure, and what only the clerk can still give. ``Refused`` says why books cannot be closed. ``tell`` writes the text.
"""

from mingzhang.year.close import close
from mingzhang.year.closed import Closed, Exact, Lack, Refusal, Refused, Tail

__all__ = ["Closed", "Exact", "Lack", "Refusal", "Refused", "Tail", "close"]
