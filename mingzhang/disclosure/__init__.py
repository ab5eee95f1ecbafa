"""What one department publishes for one year, as plain immutable values.

In: nothing of the project; these are the nouns that everything else speaks of.
Out: Disclosure, Publisher, Statement, Row, Cell, Printed, Sentence, Figure,
Evaluation, Indicator, Heading, Remark, Finding and Place; exact JSON and the
CSV files of the open form.
"""

from mingzhang.disclosure.content import (
    Disclosure,
    Evaluation,
    Figure,
    Heading,
    Indicator,
    Publisher,
    Remark,
    Sentence,
)
from mingzhang.disclosure.finding import Finding, Outcome
from mingzhang.disclosure.json import SCHEMA, from_json, to_json
from mingzhang.disclosure.place import Place
from mingzhang.disclosure.printed import NotANumber, Printed
from mingzhang.disclosure.statement import UNDECIDED, Cell, Note, Row, Statement

__all__ = [
    "SCHEMA",
    "UNDECIDED",
    "Cell",
    "Disclosure",
    "Evaluation",
    "Figure",
    "Finding",
    "Heading",
    "Indicator",
    "NotANumber",
    "Note",
    "Outcome",
    "Place",
    "Printed",
    "Publisher",
    "Remark",
    "Row",
    "Sentence",
    "Statement",
    "from_json",
    "to_json",
]
