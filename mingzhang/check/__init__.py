"""A disclosure becomes findings.

In: a Disclosure and the Book of forms it is held to.
Out: ``check(disclosure)`` gives a Report: findings (error, warning, hint) with
their arithmetic and places, and for every rule whether it passed, failed, did
not apply, was used to place figures, or could not be decided and why; and
which printed figures are most likely wrong. ``laws(disclosure)`` gives the
laws over printed figures that this is worked out from.
"""

from mingzhang.check.result import Report
from mingzhang.check.rule import Rule, rules
from mingzhang.check.run import check, laws

__all__ = ["Report", "Rule", "check", "laws", "rules"]
