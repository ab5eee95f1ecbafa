"""A performance table whose lines lost their columns → evaluations."""

from collections.abc import Sequence

from mingzhang.disclosure import Evaluation, Indicator, Sentence
from mingzhang.forms import EvaluationForm
from mingzhang.read.block import Line
from mingzhang.read.evaluations import body, goals, money
from mingzhang.read.evaluations.parts import Part, mended, tables
from mingzhang.read.evaluations.pieces import Row, place, rows
from mingzhang.read.evaluations.target import composed
from mingzhang.read.evaluations.vocabulary import Words, column_of, words


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


def _indicator(entry: body.Entry, vocabulary: Words, file: str) -> Indicator:
    values = entry.values
    return Indicator(
        level1=entry.level1,
        level2=entry.level2,
        name=values.get("name", ""),
        target=composed(values, vocabulary),
        actual=values.get("actual", ""),
        weight=values.get("weight", ""),
        score=values.get("score", ""),
        deviation=values.get("deviation", "") or values.get("rate", ""),
        reason=values.get("reason", ""),
        explanation=values.get("explanation", ""),
        place=place(entry.row.source, file),
    )


def _table(
    parts: Sequence[Part], form: EvaluationForm, title: str, publisher: str, file: str
) -> tuple[Evaluation, list[Sentence]]:
    vocabulary = words(form)
    named = head(parts, vocabulary)
    goal = form.kind.startswith("goal")
    whole = form.kind.endswith("_whole")
    indicators: list[Indicator] = []
    columns: tuple[str, ...] = ()
    for part in parts:
        if part.kind == "budget":
            indicators += money.funds(part, vocabulary, goal, file)
        elif part.kind == "management":
            indicators += money.management(part, vocabulary, file)
        elif part.kind == "indicators":
            columns = part.columns
            indicators += [_indicator(e, vocabulary, file) for e in body.entries(part.rows, columns, vocabulary)]
        elif part.kind == "total":
            indicators += money.total(part, columns, vocabulary, file)
    project = (named.get("department") or publisher) if whole else named.get("project", "")
    first: Row | None = next((r for p in parts for r in p.rows), None)
    spoken = goals.read(parts, title, "" if whole else project, file)
    return (
        Evaluation(
            kind=form.kind,
            project=project,
            title=title,
            indicators=tuple(indicators),
            goal=spoken.goal,
            done=spoken.done,
            tasks=tuple(spoken.tasks),
            department=named.get("superior", "") or named.get("department", ""),
            unit_name=named.get("unit", ""),
            place=place(first.source, file) if first else None,
        ),
        spoken.sentences,
    )


def read(
    form: EvaluationForm, title: str, lines: Sequence[tuple[int, Line]], publisher: str, file: str
) -> tuple[list[Evaluation], list[Sentence]]:
    """The evaluations and sentences of the lines."""
    vocabulary = words(form)
    found, _ = tables(mended(rows(lines, vocabulary), vocabulary), vocabulary)
    evaluations: list[Evaluation] = []
    sentences: list[Sentence] = []
    for parts in found:
        evaluation, spoken = _table(parts, form, title, publisher, file)
        evaluations.append(evaluation)
        sentences += spoken
    return evaluations, sentences


def used(form: EvaluationForm, lines: Sequence[tuple[int, Line]]) -> int:
    """The index after the last line that belongs to the table."""
    vocabulary = words(form)
    every = mended(rows(lines, vocabulary), vocabulary)
    _, count = tables(every, vocabulary)
    if count < len(every):
        return every[count].index
    return lines[-1][0] + 1 if lines else 0
