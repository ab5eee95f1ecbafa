"""A matrix of project goals whose indicator groups stand abreast, from ruled cells."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from mingzhang.disclosure import Evaluation, Indicator, Place
from mingzhang.forms import EvaluationForm
from mingzhang.read.block import Grid, GridCell
from mingzhang.read.evaluations.levels import Levelled, texts
from mingzhang.read.evaluations.money import FUNDS
from mingzhang.read.evaluations.sheet import SheetRow, Span, reach, rows, spans
from mingzhang.read.evaluations.vocabulary import Words, column_of, unpointed, words

_LEAD = "（(〔[）)〕] "


@dataclass(frozen=True, slots=True)
class _Group:
    """One indicator group: its name, and the columns of its names, targets and weights."""

    level1: str
    level2: str
    name: Span
    target: Span | None
    weight: Span | None


@dataclass(slots=True)
class _Header:
    groups: list[_Group] = field(default_factory=list)
    money: list[Span] = field(default_factory=list)
    project: Span | None = None
    goal: Span | None = None


def _is_header(row: SheetRow, vocabulary: Words) -> bool:
    ids = [column_of(t, vocabulary.columns) for t in row.texts]
    return ids.count("name") >= 2 and ids.count("target") >= 2


def _over(span: Span, cells: Sequence[GridCell], vocabulary: Words) -> dict[int, str]:
    """The level names of the header cells above a column, by level."""
    found: dict[int, str] = {}
    middle = (span.x0 + span.x1) / 2
    for cell in cells:
        a, b = reach(cell)
        if a <= middle <= b and cell.text and not column_of(cell.text, vocabulary.columns):
            rank = vocabulary.level(cell.text)
            if rank:
                found[2 if rank == 3 else rank] = cell.text
    return found


def _header(above: Sequence[SheetRow], row: SheetRow, vocabulary: Words) -> _Header:
    """The columns of the matrix, from its lowest header row and the cells above it."""
    cells = list(dict.fromkeys(c for r in (*above, row) for c in r.cover))
    columns = spans(row.own, vocabulary.columns)
    out = _Header()
    for n, span in enumerate(columns):
        if span.id != "name":
            continue
        behind = columns[n + 1 :]
        end = next((k for k, s in enumerate(behind) if s.id == "name"), len(behind))
        own = {s.id: s for s in behind[:end]}
        named = _over(span, cells, vocabulary)
        out.groups.append(_Group(unpointed(named.get(1, "")), unpointed(named.get(2, "")), span, own.get("target"), own.get("weight")))
    first = min((g.name.x0 for g in out.groups), default=0.0)
    for cell in cells:
        a, b = reach(cell)
        name = vocabulary.money_name(cell.text) if cell.text else ""
        if name and b <= first + 1:
            out.money.append(Span(name, a, b))
            continue
        text = cell.text.strip(_LEAD)
        id = column_of(text, vocabulary.labels) or column_of(text, vocabulary.columns)
        if id == "project" and cell.columns < 4:
            out.project = Span(id, a, b)
        elif id == "goal" and b <= first + 1:
            out.goal = Span(id, a, b)
    out.money.sort(key=lambda s: s.x0)
    return out


def _indicators(row: SheetRow, header: _Header, file: str) -> list[Indicator]:
    place: Place = row.place(file)
    out = []
    for money in header.money:
        amount = row.at(money)
        if amount and amount[0].isdigit():
            out.append(Indicator(level1=FUNDS, name=money.id, target=amount, place=place))
    for group in header.groups:
        name = row.at(group.name)
        target = row.at(group.target) if group.target else ""
        weight = row.at(group.weight) if group.weight else ""
        if name:
            out.append(
                Indicator(group.level1, group.level2, name, target, weight=weight, place=place)
            )
    return out


def read(form: EvaluationForm, title: str, grids: Sequence[Grid], file: str) -> list[Evaluation] | None:
    """One evaluation for each project line of the matrix; None for other tables."""
    vocabulary = words(form)
    every = rows(grids)
    if not any(_is_header(r, vocabulary) for r in every[:20]):
        return None
    header = _Header()
    pending: list[SheetRow] = []
    lines: list[Levelled] = []
    found: list[list[Indicator]] = []
    goals: list[str] = []
    for row in every:
        if _is_header(row, vocabulary):
            header = _header(pending, row, vocabulary)
            pending = []
            continue
        if not header.groups or _only_header(row, vocabulary):
            pending.append(row)
            continue
        indicators = _indicators(row, header, file)
        if not indicators:
            continue
        cell = row.cell(header.project) if header.project else None
        lines.append(Levelled(row, {}, {"project": cell}))
        found.append(indicators)
        goals.append(row.at(header.goal) if header.goal else "")
    names = texts(lines, "project", vocabulary)
    out: list[Evaluation] = []
    last: GridCell | None = None
    for line, project, indicators, goal in zip(lines, names, found, goals, strict=True):
        funds = any(i.level1 == FUNDS for i in indicators)
        same = bool(out) and out[-1].project == project and (line.cell("project") is last or not funds or not (last and last.text))
        if same:
            above = out[-1]
            out[-1] = Evaluation(
                above.kind, project, title, above.indicators + tuple(indicators), above.goal + goal, place=above.place
            )
        else:
            out.append(Evaluation(form.kind, project, title, tuple(indicators), goal, place=line.row.place(file)))
        last = line.cell("project")
    return [e for e in out if e.indicators]


def _only_header(row: SheetRow, vocabulary: Words) -> bool:
    """Whether a row holds header words alone: it belongs to a header that is repeated on a further page."""
    return bool(row.texts) and all(
        vocabulary.level(t) == 1
        or column_of(t.strip(_LEAD), vocabulary.columns)
        or column_of(t.strip(_LEAD), vocabulary.labels)
        or vocabulary.money_name(t)
        or unpointed(t).endswith("金额")
        or column_of(t, vocabulary.sections)
        for t in row.texts
    )
