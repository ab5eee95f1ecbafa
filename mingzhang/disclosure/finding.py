"""What a check says: one finding, or the outcome of one rule."""

from dataclasses import dataclass, field

from mingzhang.disclosure.place import Place


@dataclass(frozen=True, slots=True)
class Finding:
    """A contradiction: ``kind`` and ``severity`` are the class and severity of the open form.

    ``printed`` is the shortest passage that shows it (200 characters at
    most), ``expected`` what it would have to be and why, with the arithmetic.
    """

    rule: str
    kind: str
    severity: str
    where: str
    printed: str
    expected: str
    places: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one rule: how often it passed, failed, was used to place, or could not be decided, and why."""

    rule: str
    words: str
    passed: int = 0
    failed: int = 0
    used_to_place: int = 0
    undecided: tuple[str, ...] = field(default=())

    @property
    def applied(self) -> bool:
        return bool(self.passed or self.failed or self.used_to_place or self.undecided)
