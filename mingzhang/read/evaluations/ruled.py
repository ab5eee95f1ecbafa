"""A performance table of ruled cells → evaluations: headers name the columns, merged cells count for all their rows."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from mingzhang.disclosure import Evaluation, Indicator, Place, Sentence
from mingzhang.forms import EvaluationForm
from mingzhang.read.block import Grid, Line
from mingzhang.read.evaluations import indicator
from mingzhang.read.evaluations.levels import Levelled, fill
from mingzhang.read.evaluations.money import funds_row, group_of
from mingzhang.read.evaluations.sheet import SheetRow, Span, reach, rows, spans
from mingzhang.read.evaluations.vocabulary import Words, bare_name, column_of, words
from mingzhang.read.narrative import sentences
from mingzhang.read.words import plain

_LEVELS = ("level1", "level2")
_AMOUNTS = {"initial", "full", "outturn"}
_FIGURES = ("name", "nature", "target", "measure", "actual", "weight", "score", "rate", "deviation")
_VALUES = (*_FIGURES, "reason", "explanation")


@dataclass(slots=True)
class Table:
    """One table while it is put together."""

    head: dict[str, str] = field(default_factory=dict)
    before: list[Indicator] = field(default_factory=list)
    lines: list[Levelled] = field(default_factory=list)
    after: list[Indicator] = field(default_factory=list)
    goal: list[str] = field(default_factory=list)
    done: list[str] = field(default_factory=list)
    tasks: list[tuple[str, str, str]] = field(default_factory=list)
    goal_label: str = ""
    task_label: str = ""
    place: Place | None = None
    goal_place: Place | None = None

    @property
    def empty(self) -> bool:
        return not (self.before or self.lines or self.after)


@dataclass(slots=True)
class Reader:
    """Walks down the rows; ``state`` is the part of the table it stands in, ``columns`` that part's header."""

    words: Words
    kind: str
    file: str
    state: str = "head"
    columns: list[Span] = field(default_factory=list)
    found: list[Table] = field(default_factory=list)
    table: Table = field(default_factory=Table)
    group: str = ""

    @property
    def goal(self) -> bool:
        return self.kind.startswith("goal")

    def header(self, row: SheetRow) -> tuple[str, list[Span]]:
        """What part a header row begins, and its columns."""
        if len(row.texts) < 2:
            return "", []
        columns = [s for s in spans(row.own, self.words.columns) if s.id != "banner"]
        ids = {s.id for s in columns}
        if len(ids & {"level1", "level2", "name", "target"}) >= 2 and ids & {"name", "target"}:
            return "indicators", columns
        columns = spans(row.own, self.words.budget)
        if len(_AMOUNTS & {s.id for s in columns}) >= 2 or {"rate", "score"} <= {s.id for s in columns}:
            return "budget", columns
        columns = spans(row.own, self.words.management)
        if any(s.id == "actual" for s in columns) and len(columns) >= 2:
            return "management", columns
        columns = spans(row.own, self.words.tasks)
        if {"task", "content"} <= {s.id for s in columns}:
            return "tasks", columns
        columns = spans(row.own, self.words.goals)
        if {"goal", "done"} <= {s.id for s in columns}:
            return "goal", columns
        return "", []

    def close(self) -> None:
        if not self.table.empty:
            self.found.append(self.table)
        self.table, self.state, self.columns, self.group = Table(), "head", [], ""

    def row(self, row: SheetRow, following: SheetRow | None) -> None:
        """Take one row, in the state the rows above have set."""
        if not row.texts:
            return
        if self.table.place is None:
            self.table.place = row.place(self.file)
        kind, columns = self.header(row)
        if kind:
            if kind == "indicators" and self.state == "total":
                self.close()
            self.state = kind
            self.columns = columns
            self._label(row, kind)
            return
        if self.state == "indicators" and self._deeper(row):
            return
        labels = dict(self._labels(row))
        if "project" in labels and self.state not in ("head", "goal", "tasks") and not self._has_name(row):
            self.close()
            self.table.place = row.place(self.file)
        if labels and self.state == "head":
            for id, value in labels.items():
                self.table.head.setdefault(id, value)
            if not self._money_pairs(row):
                return
        if self.state in ("indicators", "budget", "total") and self._total(row):
            return
        getattr(self, f"_{self.state}", self._ignored)(row)

    def _ignored(self, row: SheetRow) -> None:
        return

    def _label(self, row: SheetRow, kind: str) -> None:
        for cell in row.cover:
            if column_of(cell.text, self.words.sections):
                if kind == "goal":
                    self.table.goal_label = cell.text
                elif kind == "tasks":
                    self.table.task_label = cell.text

    def _has_name(self, row: SheetRow) -> bool:
        return self.state == "indicators" and any(s.id == "project" for s in self.columns)

    def _deeper(self, row: SheetRow) -> bool:
        """A second header row under the first: its columns take the place of those they stand under."""
        under = spans(row.own, self.words.columns)
        if not under or len(under) < len(row.texts) or self.table.lines:
            return False
        self.columns = [c for c in self.columns if not any(c.x0 <= (u.x0 + u.x1) / 2 <= c.x1 for u in under)] + under
        return True

    def _labels(self, row: SheetRow) -> list[tuple[str, str]]:
        """The labels of the table's head in a row, each with the text beside it."""
        out: list[tuple[str, str]] = []
        cells = [c for c in row.own if c.text]
        for n, cell in enumerate(cells):
            name, _, value = cell.text.replace(":", "：").partition("：")
            id = column_of(name, self.words.labels)
            if not id:
                continue
            if not value and n + 1 < len(cells) and not column_of(cells[n + 1].text, self.words.labels):
                value = cells[n + 1].text
            out.append((id, value))
        return out

    # head, and money lines without a header

    def _head(self, row: SheetRow) -> None:
        self._section(row)
        self._money_pairs(row)

    def _section(self, row: SheetRow) -> None:
        """A goal or task text beside its label, in a table without a header for it."""
        cells = [c for c in row.own if c.text]
        for n, cell in enumerate(cells):
            id = column_of(cell.text, self.words.sections)
            if id in ("goal", "indicators") and n + 1 < len(cells) and self.state not in ("indicators", "total"):
                text = "".join(c.text for c in cells[n + 1 :])
                if len(text) > 12 and not self.words.level(cells[n + 1].text):
                    self.table.goal.append(text)
                    self.table.goal_label = cell.text
                    self.table.goal_place = row.place(self.file)
                    return

    def _money_pairs(self, row: SheetRow) -> bool:
        """Budget lines printed as name and amount side by side."""
        name, found = "", False
        for cell in row.own:
            text = cell.text
            if not text:
                continue
            inside = text.replace(":", "：").partition("：")
            if self.words.money_name(text):
                name = text
            elif self.words.money_name(inside[0]) and self.words.number(_amount(inside[2])):
                found = self._money(inside[0], {"full": _amount(inside[2])}, row) or found
            elif name and self.words.number(_amount(text)):
                found = self._money(name, {"full": _amount(text)}, row) or found
                name = ""
        return found

    def _money(self, name: str, values: dict[str, str], row: SheetRow) -> bool:
        self.group = group_of(name) or self.group
        line = funds_row(name, values, self.words, self.goal)
        if line is None:
            return False
        inside = self.group if self.goal and not self.words.money_total.fullmatch(line.name) else ""
        self.table.before.append(replace(line, level2=inside, place=row.place(self.file)))
        return True

    # parts with a header

    def _budget(self, row: SheetRow) -> None:
        first = min(s.x0 for s in self.columns)
        names = [c for c in row.own if c.text and reach(c)[1] <= first + 1 and not self.words.number(c.text)]
        values = {s.id: row.at(s) for s in self.columns}
        if not names or not (self._money(names[-1].text, values, row) or self.words.money_name(names[-1].text)):
            self._section(row)
            self._money_pairs(row)

    def _management(self, row: SheetRow) -> None:
        first = min(s.x0 for s in self.columns)
        names = [c for c in row.own if c.text and reach(c)[1] <= first + 1]
        values = {s.id: row.at(s) for s in self.columns}
        known = bool(names) and self.words.management_line.fullmatch(names[-1].text) is not None
        if names and (known or self.words.number(values.get("weight", ""))):
            self.table.before.append(indicator.managed(names[-1].text, values, row.place(self.file)))
        else:
            self._section(row)

    def _goal(self, row: SheetRow) -> None:
        if self._money_pairs(row):
            return
        self.table.goal_place = self.table.goal_place or row.place(self.file)
        for span in self.columns:
            text = row.at(span)
            if text:
                (self.table.goal if span.id == "goal" else self.table.done).append(text)

    def _tasks(self, row: SheetRow) -> None:
        if self._money_pairs(row):
            return
        values = {s.id: row.at(s) for s in self.columns}
        self.table.goal_place = self.table.goal_place or row.place(self.file)
        if values.get("task") or values.get("content"):
            self.table.tasks.append((values.get("task", ""), values.get("content", ""), values.get("done", "")))

    def _indicators(self, row: SheetRow) -> None:
        values: dict[str, str] = {}
        for span in self.columns:
            if span.id in _VALUES:
                text = row.at(span)
                values[span.id] = values.get(span.id, "") + text if span.id in values else text
        filled = {id for id, text in values.items() if text}
        for span in self.columns:
            if span.id in ("name", "target", "explanation") and not values.get(span.id) and filled:
                values[span.id] = row.at(span, covering=True)
        if not filled & {"name", "target", "actual", "weight", "score"}:
            return
        cells = {id: self._level(row, id) for id in (*_LEVELS, "project")}
        cut = self._cut(row, values, filled)
        if cut is not None:
            for id, text in values.items():
                cut.values[id] = cut.values.get(id, "") + text
            return
        if not values.get("name") and not values.get("target"):
            return
        self.table.lines.append(Levelled(row, values, cells))

    def _level(self, row: SheetRow, id: str) -> object:
        span = next((s for s in self.columns if s.id == id), None)
        return row.cell(span) if span is not None else None

    def _cut(self, row: SheetRow, values: dict[str, str], filled: set[str]) -> Levelled | None:
        """The row above, where a page break (or a missing rule) cut it and its remainder stands here."""
        above = self.table.lines[-1] if self.table.lines else None
        if above is None or filled & {"weight", "score"}:
            return None
        if not (above.values.get("weight") or above.values.get("score")):
            return None
        if not ("name" not in filled or "target" not in filled):
            return None
        broken = row.grid != above.row.grid and row.number == 0
        return above if broken or (not row.ruled and not any(self._text(row, i) for i in _LEVELS)) else None

    def _text(self, row: SheetRow, id: str) -> str:
        span = next((s for s in self.columns if s.id == id), None)
        return row.at(span) if span is not None else ""

    def _total(self, row: SheetRow) -> bool:
        """The 总分 line, whose word stands left of the names."""
        cells = [c for c in row.own if c.text]
        if self.state == "budget" or not cells or not self.words.total.fullmatch(bare_name(cells[0].text)):
            return False
        values = {s.id: row.at(s) for s in self.columns if s.id in ("weight", "score", "deviation", "reason")}
        if not (self.words.number(values.get("weight", "")) or self.words.number(values.get("score", ""))):
            numbers = [c.text for c in cells[1:] if self.words.number(c.text)]
            if not numbers:
                return False
            values["score"] = numbers[-1]
            values["weight"] = numbers[0] if len(numbers) > 1 else ""
        self.table.after.append(indicator.total(values, row.place(self.file)))
        self.state = "total"
        return True


def _amount(text: str) -> str:
    """An amount without its unit: ``100万元`` is 100."""
    return plain(text).removesuffix("万元").removesuffix("元")


def _indicators(table: Table, vocabulary: Words, file: str) -> dict[str, list[Indicator]]:
    """The indicators of a table by project (one, unless a column names the project of every row)."""
    out: dict[str, list[Indicator]] = {}
    for line, level1, level2, project in fill(table.lines, vocabulary):
        one = indicator.row(line.values, vocabulary, level1, level2, line.row.place(file))
        out.setdefault(project, []).append(one)
    return out


def _evaluations(table: Table, form: EvaluationForm, title: str, publisher: str, file: str) -> list[Evaluation]:
    vocabulary = words(form)
    by_project = _indicators(table, vocabulary, file)
    whole = form.kind.endswith("_whole")
    own = (table.head.get("department") or publisher) if whole else table.head.get("project", "")
    if not by_project:
        by_project = {"": []}
    out = []
    for n, (project, indicators) in enumerate(by_project.items()):
        first, last = n == 0, n == len(by_project) - 1
        out.append(
            Evaluation(
                kind=form.kind,
                project=project or own,
                title=title,
                indicators=(*(table.before if first else ()), *indicators, *(table.after if last else ())),
                goal="".join(table.goal) if first else "",
                done="".join(table.done) if first else "",
                tasks=tuple(table.tasks) if first else (),
                department=table.head.get("superior", "") or table.head.get("department", ""),
                unit_name=table.head.get("unit", ""),
                place=indicators[0].place if indicators and project else table.place,
            )
        )
    return out


def _spoken(table: Table, title: str, project: str) -> list[Sentence]:
    """The sentences of the goal and task texts under (title, project, part)."""
    above = tuple(t for t in (plain(title), project) if t)
    label = table.goal_label or "年度总体目标"
    out: list[Sentence] = []
    for text in table.goal:
        out += sentences(text, (*above, label, "预期目标") if table.done else (*above, label), table.goal_place)
    for text in table.done:
        out += sentences(text, (*above, label, "实际完成情况"), table.goal_place)
    for task, content, done in table.tasks:
        path = (*above, table.task_label or "年度主要任务", task)
        out += sentences(content, path, table.goal_place)
        out += sentences(done, (*path, "实际完成情况"), table.goal_place)
    return out


def read(
    form: EvaluationForm, title: str, grids: Sequence[Grid], lines: Sequence[Line], publisher: str, file: str
) -> tuple[list[Evaluation], list[Sentence]]:
    """The evaluations and sentences of the grids; ``lines`` are those between them that may name the project."""
    vocabulary = words(form)
    reader = Reader(vocabulary, form.kind, file)
    every = rows(grids)
    for n, row in enumerate(every):
        reader.row(row, every[n + 1] if n + 1 < len(every) else None)
    reader.close()
    outside = _outside(lines, vocabulary)
    evaluations: list[Evaluation] = []
    spoken: list[Sentence] = []
    for table in reader.found:
        for id, value in outside.items():
            table.head.setdefault(id, value)
        made = _evaluations(table, form, title, publisher, file)
        evaluations += made
        spoken += _spoken(table, title, "" if form.kind.endswith("_whole") else made[0].project)
    return evaluations, spoken


def _outside(lines: Sequence[Line], vocabulary: Words) -> dict[str, str]:
    """What lines above the grid say of the project and the department."""
    found: dict[str, str] = {}
    for line in lines:
        pieces = [p for p in (line.parts or (line.text,)) if p.strip()]
        for piece in pieces:
            name, sign, value = plain(piece).replace(":", "：").partition("：")
            id = column_of(name, vocabulary.labels)
            if id and sign and value:
                found.setdefault(id, value)
    return found
