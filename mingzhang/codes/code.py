"""A code of a classification, and what its digits alone say: its classification, level and parents."""

from dataclasses import dataclass

LENGTHS = {"functional": (3, 5, 7), "economic": (3, 5), "governmental": (3, 5)}
"""The number of digits at each level: class (类), section (款) and, of the functional classification, item (项)."""

_FIRST = {"2": "functional", "3": "economic", "5": "governmental"}


@dataclass(frozen=True, slots=True)
class Code:
    """An entry of the chart of accounts.

    ``level`` is 1 for a class (类), 2 for a section (款), 3 for an item (项);
    ``parent`` is the code above, empty for a class. ``budget`` is the budget
    a functional code belongs to: ``general``, ``fund`` or ``state_capital``
    (empty for economic codes). ``since`` and ``until`` are the first and last
    year in force, None where open or not known. ``verified`` tells an entry
    whose code and name a published document prints.
    """

    classification: str
    code: str
    name: str
    level: int
    parent: str = ""
    budget: str = ""
    since: int | None = None
    until: int | None = None
    verified: bool = False

    def in_force(self, year: int | None) -> bool:
        """Whether the entry is in force in ``year`` (None: in any)."""
        if year is None:
            return True
        return (self.since is None or self.since <= year) and (self.until is None or year <= self.until)


def classification_of(code: str) -> str:
    """``functional``, ``economic`` or ``governmental`` by first digit and length; empty for any other code."""
    kind = _FIRST.get(code[:1], "")
    return kind if kind and code.isascii() and code.isdigit() and len(code) in LENGTHS[kind] else ""


def levels(code: str) -> tuple[str, ...]:
    """The codes from the class down to the code itself: 2101301 → (210, 21013, 2101301); empty for no such code."""
    kind = classification_of(code)
    return tuple(code[:length] for length in LENGTHS[kind] if length <= len(code)) if kind else ()


def parent_of(code: str) -> str:
    """The code one level up; empty for a class and for what is no code."""
    return code[:-2] if len(levels(code)) > 1 else ""
