"""The running text: lines become headings, and sentences with their figures.

In: the lines of the text regions of one document, in reading order, from any
file type. Out: ``narrate`` gives the headings and every sentence under its
heading path; ``sentences`` does the same for a piece of text inside a table.
"""

from mingzhang.read.narrative.narrate import narrate, sentences

__all__ = ["narrate", "sentences"]
