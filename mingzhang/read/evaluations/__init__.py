"""Performance tables (绩效目标表, 自评表, 评价表) become evaluations with their indicators.

In: the blocks of one region, from its title to its end (lines that may have
lost their columns, or grids with merged cells), and its EvaluationForm.
Out: one Evaluation for each project or department, the sentences of its goal
and task texts, remarks on what could not be placed or is not proven, and how many
of the blocks belong to it.
"""

from collections.abc import Sequence

from mingzhang.disclosure import Evaluation, Remark, Sentence
from mingzhang.forms import EvaluationForm
from mingzhang.read.block import Block, Grid, Line
from mingzhang.read.evaluations import abreast, loose, matrix, ruled
from mingzhang.read.evaluations.vocabulary import words
from mingzhang.read.words import plain

__all__ = ["consumed", "evaluate"]


def evaluate(
    form: EvaluationForm, title: str, blocks: Sequence[Block], publisher: str, file: str
) -> tuple[tuple[Evaluation, ...], tuple[Sentence, ...], tuple[Remark, ...]]:
    """The evaluations that the blocks print, the sentences of their goal and task texts, and what is unsure in them."""
    title = plain(title)
    grids = [b for b in blocks if isinstance(b, Grid)]
    if grids:
        abroad = matrix.read(form, title, grids, file)
        if abroad is not None:
            return tuple(abroad), (), ()
        first = next(n for n, b in enumerate(blocks) if isinstance(b, Grid))
        above = [b for b in blocks[: first + 1] if isinstance(b, Line)]
        evaluations, spoken = ruled.read(form, title, grids, above, publisher, file)
        if any(e.indicators for e in evaluations):
            return tuple(evaluations), tuple(spoken), ()
    lines = _lines(blocks)
    table = abreast.read(form, title, lines, file)
    if table is not None:
        return tuple(table[0]), (), tuple(table[1])
    found, said, remarks = loose.read(form, title, lines, publisher, file)
    return tuple(found), tuple(said), tuple(remarks)


def consumed(form: EvaluationForm, blocks: Sequence[Block]) -> int:
    """How many blocks from the first belong to the table; the rest is running text."""
    last = max((n for n, b in enumerate(blocks) if isinstance(b, Grid)), default=-1)
    if last >= 0:
        footer = words(form).footer
        while last + 1 < len(blocks):
            block = blocks[last + 1]
            if not isinstance(block, Line) or not footer.fullmatch(plain(block.text)):
                break
            last += 1
        return last + 1
    lines = _lines(blocks)
    return len(blocks) if abreast.is_matrix(form, lines) else loose.used(form, lines)


def _lines(blocks: Sequence[Block]) -> list[tuple[int, Line]]:
    return [(n, b) for n, b in enumerate(blocks) if isinstance(b, Line)]
