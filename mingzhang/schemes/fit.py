"""Which scheme the rows of a document follow."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from mingzhang.schemes.row import Row, digits_of, judge
from mingzhang.schemes.scheme import Scheme, schemes


@dataclass(frozen=True, slots=True)
class Fit:
    """How rows fit one scheme; ``telling``: those that fit without having full marks, or with a deviation."""

    scheme: Scheme
    fits: int
    off: int
    open: int
    telling: int

    def __add__(self, other: "Fit") -> "Fit":
        """Both together, of one scheme."""
        parts = (self.fits + other.fits, self.off + other.off, self.open + other.open, self.telling + other.telling)
        return Fit(self.scheme, *parts)

    @property
    def rank(self) -> tuple[int, int]:
        return self.fits - self.off, self.telling


def fit(scheme: Scheme, rows: Iterable[Row], digits: int) -> Fit:
    """How the rows fit the scheme."""
    fits = off = open_ = telling = 0
    for row in rows:
        verdict = judge(scheme, row, digits)
        fits += verdict.state == "fits"
        off += verdict.state == "off"
        open_ += verdict.state == "open"
        deviates = row.kind != "money" and row.deviation is not None and row.deviation.value
        told = row.score.value != row.weight.value or deviates
        telling += bool(verdict.state == "fits" and told and row.kind != "money")
    return Fit(scheme, fits, off, open_, telling)


def in_force(year: int | None) -> Sequence[Scheme]:
    """The schemes in force in that year; all, where none was."""
    return [s for s in schemes() if year is None or s.from_year <= year <= s.to_year] or schemes()


def ranked(fits: Iterable[Fit]) -> tuple[Fit, ...]:
    """Best first."""
    return tuple(sorted(fits, key=lambda f: (-f.rank[0], -f.rank[1])))


def enough(best: Fit) -> bool:
    """Whether rows show that they follow the scheme: four fifths of four or more, one of them not with full marks."""
    return bool(best.fits + best.off >= 4 and best.fits >= 4 * best.off and best.telling)


def told(fits: Sequence[Fit]) -> bool:
    """Whether the first of the fits is shown, and no other fits as well."""
    return enough(fits[0]) and (len(fits) == 1 or fits[1].rank < fits[0].rank)


def followed(rows: Sequence[Row], year: int | None = None) -> tuple[Scheme, ...]:
    """The schemes that the rows of a document show that they follow: several where they fit alike, none where none is
    shown."""
    fits = ranked(fit(one, rows, digits_of(rows)) for one in in_force(year))
    return tuple(f.scheme for f in fits if f.rank == fits[0].rank) if enough(fits[0]) else ()
