"""Scoring schemes of self-evaluations as dated data, and the scoring.

In: the TOML files of ``data/``; a target, an actual and a weight.
Out: the deviation (in %) and the score that a scheme gives, and which scheme
the rows of a document follow, if any.
"""

from mingzhang.schemes.scheme import Scheme, Score, Scored, followed, schemes

__all__ = ["Scheme", "Score", "Scored", "followed", "schemes"]
