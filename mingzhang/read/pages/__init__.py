"""Files become pages of placed words and ruled lines: one module a file type.

In: a file (pdf, text …) by its path. Out: Page values with words, rules and
what was left out and why. What cannot be opened raises ReadError.
"""

from mingzhang.read.pages.page import Dropped, Page, Rule, Word

__all__ = ["Dropped", "Page", "Rule", "Word"]
