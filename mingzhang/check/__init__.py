"""A disclosure becomes findings.

In: a Disclosure and the Book of forms it is held to.
Out: ``check(disclosure)`` gives a Report: findings (error, warning, hint) with
their arithmetic and places, and for every rule whether it passed, failed, did
not apply, was used to place figures, or could not be decided and why.
"""

from mingzhang.check.result import Report
from mingzhang.check.rule import Rule, rules
from mingzhang.check.run import check

__all__ = ["Report", "Rule", "check", "rules"]
