"""The report of a check: its findings, and what became of every rule."""

from collections import Counter
from dataclasses import dataclass

from mingzhang.disclosure import Finding, Outcome
from mingzhang.figures.locate import Location

SEVERITIES = ("error", "warning", "hint")


@dataclass(frozen=True, slots=True)
class Located:
    """One part of the contradictions with the figures that explain it, and the findings that tell it."""

    location: Location
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """What contradicts itself in one disclosure, and for each rule how often it passed, failed or could not be decided.

    ``locations`` say which printed figures are most likely wrong; they are
    empty where nothing that can be computed fails.
    """

    findings: tuple[Finding, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    locations: tuple[Located, ...] = ()

    @property
    def errors(self) -> tuple[Finding, ...]:
        return tuple(f for f in self.findings if f.severity == "error")

    def count(self) -> dict[str, int]:
        """How many findings of each severity."""
        counted = Counter(f.severity for f in self.findings)
        return {severity: counted[severity] for severity in SEVERITIES}

    def summary(self) -> dict[str, int]:
        """How many rules ran, passed, failed, were used to place, did not apply, and were (partly) undecidable."""
        ran = [o for o in self.outcomes if o.applied]
        return {
            "rules": len(self.outcomes),
            "run": len(ran),
            "passed": sum(1 for o in ran if o.passed and not o.failed),
            "failed": sum(1 for o in ran if o.failed),
            "used_to_place": sum(1 for o in ran if o.used_to_place),
            "not_applicable": len(self.outcomes) - len(ran),
            "undecided": sum(1 for o in ran if o.undecided),
        }
