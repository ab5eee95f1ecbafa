"""Scoring schemes of self-evaluations as dated data, and the scoring.

In: the TOML files of ``data/``, one a scheme, each with worked rows; a target,
an actual and a weight, as numbers or as printed.
Out: ``measured`` reads what is printed; ``Scheme.judge`` gives the deviation
(in %) and the score; ``row`` has the scored rows of a performance table and whether a scheme gives them,
``fit.followed`` says which scheme rows of a document follow.
"""

from mingzhang.schemes.measure import Measured, measured
from mingzhang.schemes.scheme import (
    Curve,
    Level,
    Scheme,
    Score,
    named,
    rounded,
    schemes,
    scored,
    usual,
)

__all__ = [
    "Curve",
    "Level",
    "Measured",
    "Scheme",
    "Score",
    "measured",
    "named",
    "rounded",
    "schemes",
    "scored",
    "usual",
]
