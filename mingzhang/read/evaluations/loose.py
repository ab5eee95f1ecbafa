"""A performance table whose lines lost their columns → evaluations."""

from collections.abc import Sequence
from decimal import Decimal
from itertools import groupby

from mingzhang.disclosure import Evaluation, Indicator, Remark, Sentence
from mingzhang.forms import EvaluationForm
from mingzhang.read.block import Line
from mingzhang.read.evaluations import body, fused, goals, indicator, money
from mingzhang.read.evaluations.mend import mended
from mingzhang.read.evaluations.parts import Part, tables
from mingzhang.read.evaluations.pieces import KIND, Piece, Row, glued, place, rows
from mingzhang.read.evaluations.vocabulary import Words, column_of, words

STRAY = "绩效表中放不进任何一列的文字"
UNLEVELLED = "绩效表的一、二级指标名称与各行的次序对不上，未读"
DISORDERED = "绩效表的文字次序已乱（逐列而非逐行），不能可靠地分行，未读"


def head(parts: Sequence[Part], vocabulary: Words) -> dict[str, str]:
    """What the head of a table says: project, department, unit … by label id."""
    found: dict[str, str] = {}
    for part in parts:
        if part.kind != "head":
            continue
        for row in part.rows:
            current = ""
            for text in row.texts:
                name, sign, value = text.replace(":", "：").partition("：")
                id = column_of(name, vocabulary.labels)
                if id and (sign or id not in found):
                    current = id
                    found.setdefault(id, value if sign else "")
                elif current:
                    found[current] = found.get(current, "") + text
            if not current and "project" in found and len(row.pieces) == 1 and "superior" not in found:
                found["project"] += row.joined
    return found


def _strays(skipped: Sequence[Piece], rows: Sequence[Row], whole: bool, file: str) -> list[Remark]:
    """What is said of pieces that stand in no row, line by line (one remark for a table that could not be read)."""
    by_line = {row.index: row for row in rows}
    if not skipped:
        return []
    if whole:
        return [Remark(KIND, glued(skipped)[:200], DISORDERED, place(by_line.get(skipped[0].line, rows[0]).source, file))]
    return [
        Remark(KIND, " ".join(p.text for p in own), STRAY, place(by_line.get(line, rows[0]).source, file))
        for line, own in groupby(skipped, key=lambda p: p.line)
    ]


def _left(parts: Sequence[Part], columns: Sequence[str], before: Sequence[Indicator], vocabulary: Words) -> Decimal | None:
    """The points that the indicators share: those of the 总分 line less those of the lines before."""
    total = next((i.weight for p in parts if p.kind == "total" for i in money.total(p, columns, vocabulary, "")), "")
    if not vocabulary.number(total):
        return None
    return money.amount(total) - sum((money.amount(i.weight) for i in before), Decimal(0))


def _table(
    parts: Sequence[Part], form: EvaluationForm, title: str, publisher: str, file: str
) -> tuple[list[Evaluation], list[Sentence], list[Remark]]:
    vocabulary = words(form)
    named = head(parts, vocabulary)
    goal = form.kind.startswith("goal")
    whole = form.kind.endswith("_whole")
    before: list[Indicator] = []
    after: list[Indicator] = []
    own: dict[str, list[Indicator]] = {}
    columns: tuple[str, ...] = ()
    remarks: list[Remark] = []
    for part in parts:
        if part.kind == "budget":
            funds, unproven = money.funds(part, vocabulary, goal, file)
            before += funds
            remarks += unproven
        elif part.kind == "management":
            before += money.management(part, vocabulary, file)
        elif part.kind == "indicators":
            columns = part.columns
            left = _left(parts, columns, before, vocabulary)
            part_rows, said = fused.parted(part.rows, columns, vocabulary, left, file)
            read = body.entries(part_rows, columns, vocabulary)
            remarks += [*said, *_strays(read.skipped, part_rows, not read.entries, file)]
            if not read.levelled:
                remarks.append(Remark(KIND, named.get("project", title), UNLEVELLED, place(part_rows[0].source, file)))
            for entry in read.entries:
                own.setdefault(entry.project, []).append(
                    indicator.row(entry.values, vocabulary, entry.level1, entry.level2, place(entry.row.source, file))
                )
        elif part.kind == "total":
            after += money.total(part, columns, vocabulary, file)
    project = (named.get("department") or publisher) if whole else named.get("project", "")
    first: Row | None = next((r for p in parts for r in p.rows), None)
    spoken = goals.read(parts, title, "" if whole else project, file)
    found = []
    for n, (name, indicators) in enumerate((own or {"": []}).items()):
        found.append(
            Evaluation(
                kind=form.kind,
                project=name or project,
                title=title,
                indicators=(
                    *(before if n == 0 else ()),
                    *indicators,
                    *(after if n == len(own or {"": []}) - 1 else ()),
                ),
                goal=spoken.goal if n == 0 else "",
                done=spoken.done if n == 0 else "",
                tasks=tuple(spoken.tasks) if n == 0 else (),
                department=named.get("superior", "") or named.get("department", ""),
                unit_name=named.get("unit", ""),
                place=indicators[0].place if name and indicators else place(first.source, file) if first else None,
            )
        )
    return found, spoken.sentences, remarks


def read(
    form: EvaluationForm, title: str, lines: Sequence[tuple[int, Line]], publisher: str, file: str
) -> tuple[list[Evaluation], list[Sentence], list[Remark]]:
    """The evaluations and sentences of the lines, and remarks on what could not be placed."""
    vocabulary = words(form)
    found, _ = tables(mended(rows(lines, vocabulary), vocabulary), vocabulary)
    evaluations: list[Evaluation] = []
    sentences: list[Sentence] = []
    remarks: list[Remark] = []
    for parts in found:
        made, spoken, odd = _table(parts, form, title, publisher, file)
        evaluations += made
        sentences += spoken
        remarks += odd
    return evaluations, sentences, remarks


def used(form: EvaluationForm, lines: Sequence[tuple[int, Line]]) -> int:
    """The index after the last line that belongs to the table."""
    vocabulary = words(form)
    every = mended(rows(lines, vocabulary), vocabulary)
    _, count = tables(every, vocabulary)
    if count < len(every):
        return every[count].index
    return lines[-1][0] + 1 if lines else 0
