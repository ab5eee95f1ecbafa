"""The blocks of one file → its disclosure: regions, then statements, performance tables and running text."""

from collections.abc import Sequence
from dataclasses import replace

from mingzhang.disclosure import Disclosure, Evaluation, Place, Remark, Sentence, Statement
from mingzhang.forms import Book, EvaluationForm
from mingzhang.read.block import Block, Grid, Line
from mingzhang.read.evaluations import consumed, evaluate
from mingzhang.read.loose import place
from mingzhang.read.narrative import narrate
from mingzhang.read.outline import Region, regions
from mingzhang.read.publisher import publisher, year_and_kind
from mingzhang.read.statements import from_grids


def _returned(cut: Sequence[Region]) -> list[Region]:
    """The regions, with what stands behind the end of a performance table given back to the running text."""
    out: list[Region] = []
    for region in cut:
        if isinstance(region.form, EvaluationForm):
            used = consumed(region.form, region.blocks)
            if used < len(region.blocks):
                out.append(replace(region, blocks=region.blocks[:used]))
                out.append(Region("text", None, None, region.blocks[used:]))
                continue
        out.append(region)
    return out


def _order(statement: Statement) -> tuple[int, float, int]:
    where = statement.place or Place()
    return (where.page or 0, where.box[1] if where.box else 0.0, where.line or 0)


def _statements(
    cut: Sequence[Region], sentences: Sequence[Sentence], book: Book, file: str
) -> tuple[list[Statement], list[Remark]]:
    found: list[Statement] = []
    remarks: list[Remark] = []
    loose: list[Region] = []
    unknown = 0
    for region in cut:
        if region.kind != "statement":
            continue
        if any(isinstance(b, Grid) for b in region.blocks):
            unknown += region.form is None
            statement, odd = from_grids(region, file, unknown)
            found.append(statement)
            remarks += odd
        else:
            loose.append(region)
    if loose:
        placed, odd = place(loose, book, sentences, file)
        found += placed
        remarks += odd
        found.sort(key=_order)
    return found, remarks


def from_blocks(
    blocks: Sequence[Block],
    file: str,
    book: Book,
    pages: int | None = None,
    said: Sequence[Remark] = (),
) -> tuple[Disclosure, ...]:
    """The disclosures that the blocks of one file print."""
    cut = _returned(regions(blocks, book))
    lines = [b for r in cut if r.kind == "text" for b in r.blocks if isinstance(b, Line)]
    headings, sentences = narrate(lines, file)
    statements, remarks = _statements(cut, sentences, book, file)
    whose = publisher(blocks, statements)
    year, kind = year_and_kind(blocks, statements, book)
    evaluations: list[Evaluation] = []
    spoken: list[Sentence] = list(sentences)
    for region in cut:
        if isinstance(region.form, EvaluationForm):
            title = region.title.text if region.title else ""
            tables, more = evaluate(region.form, title, region.blocks, whose.name, file)
            evaluations += tables
            spoken += more
    return (
        Disclosure(
            publisher=whose,
            year=year,
            kind=kind,
            title=_title(blocks),
            sources=(file,),
            pages=pages,
            statements=tuple(statements),
            headings=headings,
            sentences=tuple(spoken),
            evaluations=tuple(evaluations),
            remarks=(*said, *remarks),
        ),
    )


def _title(blocks: Sequence[Block]) -> str:
    for block in blocks[:6]:
        if isinstance(block, Line) and ("预算" in block.text or "决算" in block.text):
            return "".join(block.text.split())
    return ""
