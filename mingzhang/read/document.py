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
from mingzhang.read.split import split
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
    """The disclosures that the blocks of one file print; remarks on the whole file go to the first."""
    parts = split(_returned(regions(blocks, book)))
    made = [_disclosure(part, file, book, pages) for part in parts]
    if len(made) == 1:
        return (replace(made[0], remarks=(*said, *made[0].remarks)),)
    return tuple(replace(d, remarks=(*_about(said, d, made), *d.remarks)) for d in made)


def _about(said: Sequence[Remark], one: Disclosure, every: Sequence[Disclosure]) -> list[Remark]:
    """The remarks on the pages of one of several disclosures: from its first page to the first of the next."""
    starts = [_first_page(d) for d in every]
    n = next(k for k, d in enumerate(every) if d is one)
    end = starts[n + 1] if n + 1 < len(starts) else 10**9
    start = starts[n] if n else 0
    return [r for r in said if start <= (r.place.page if r.place and r.place.page else 0) < end]


def _first_page(disclosure: Disclosure) -> int:
    places = [s.place for s in disclosure.statements] + [h.place for h in disclosure.headings]
    return min((p.page for p in places if p is not None and p.page is not None), default=0)


def _disclosure(cut: Sequence[Region], file: str, book: Book, pages: int | None) -> Disclosure:
    blocks = [b for r in cut for b in ((r.title,) if r.title else ()) + r.blocks]
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
            tables, more, odd = evaluate(region.form, title, region.blocks, whose.name, file)
            evaluations += tables
            spoken += more
            remarks += odd
    return Disclosure(
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
        remarks=tuple(remarks),
    )


def _title(blocks: Sequence[Block]) -> str:
    for block in blocks[:6]:
        if isinstance(block, Line) and ("预算" in block.text or "决算" in block.text):
            return "".join(block.text.split())
    return ""
