"""Loading the forms from their data files: national first, then what provinces do differently."""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from importlib import resources
from typing import Any

from mingzhang.forms.filling import Filling, filling
from mingzhang.forms.form import Column, EvaluationForm, Form, Group, Identity, Line, Part, Tie

_SPACE = re.compile(r"\s+")
_CONTENTS = re.compile(r"[….·．]{2,}\d*$")
_LEAD = (
    r"(?:(?:附件?|附?表|预算|公开|决算)*[\d一二三四五六七八九十]{1,3}(?:表|[、.．：:)）]))?"
    r"(?:\d{4}年度?)?"
    r"(?:[^，。；：、“”]{0,30}?(?:局|委|部|会|院|中心|所|校|办|厅|府|处|队|站|馆|团|社|室|区|县|市|镇|乡|街道|（本级）|\(本级\)))?"
    r"(?:\d{4}年度?)?(?:[省市区县本]级)?(?:部门|单位)?(?:（单位）|\(单位\))?(?:本级)?"
)
_TAIL = r"(?:（[^）]{0,20}）|\([^)]{0,20}\)|[（(]?续表?[）)]?|\d{1,2})?"


@dataclass(frozen=True)
class Book:
    """The forms in force, the ties between them, the evaluation tables, the required parts, and how they are filled."""

    forms: tuple[Form, ...]
    ties: tuple[Tie, ...] = ()
    evaluations: tuple[EvaluationForm, ...] = ()
    parts: tuple[Part, ...] = ()
    filling: Filling = field(default_factory=Filling)

    @cached_property
    def by_id(self) -> dict[str, Form]:
        return {form.id: form for form in self.forms}

    @cached_property
    def _titles(self) -> list[tuple[re.Pattern[str], Form | EvaluationForm]]:
        every: Iterable[Form | EvaluationForm] = (*self.forms, *self.evaluations)
        return [(re.compile(_LEAD + f"(?:{'|'.join(f.titles)})" + _TAIL), f) for f in every]

    @cached_property
    def _number(self) -> dict[str, Form]:
        return {number: form for form in self.forms for number in form.numbers}

    def titled(self, text: str) -> Form | EvaluationForm | None:
        """The form that a line of text is the title of (white space does not count), or None."""
        plain = _SPACE.sub("", text).replace('"', "“").strip("-—－")
        if not 3 <= len(plain) <= 80 or _CONTENTS.search(plain):
            return None
        for pattern, form in self._titles:
            if pattern.fullmatch(plain):
                return form
        return None

    def numbered(self, text: str) -> Form | None:
        """The form that a printed number such as ``公开01表`` names."""
        return self._number.get(_SPACE.sub("", text))


def _strings(value: Any) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value or ())


def _columns(rows: list[dict[str, Any]]) -> tuple[Column, ...]:
    return tuple(Column(r["id"], r["name"], _strings(r.get("words", r["name"])), r.get("side", "")) for r in rows)


def _lines(rows: list[dict[str, Any]]) -> tuple[Line, ...]:
    return tuple(
        Line(r.get("id", r["name"]), r["name"], r.get("side", ""), r.get("line"), _strings(r.get("words"))) for r in rows
    )


def _identities(rows: list[dict[str, Any]], form: str) -> tuple[Identity, ...]:
    return tuple(
        Identity(
            f"{form}-{r['id']}",
            r["axis"],
            r["words"],
            r.get("total", ""),
            _strings(r.get("parts")),
            _strings(r.get("less")),
            r.get("side", ""),
            tuple(_strings(o) for o in r.get("others", [])),
            _strings(r.get("unless")),
        )
        for r in rows
    )


def _form(data: dict[str, Any], shared: dict[str, list[dict[str, Any]]]) -> Form:
    columns = [c for name in _strings(data.get("columns_of")) for c in shared[name]] + data.get("column", [])
    lines = [c for name in _strings(data.get("lines_of")) for c in shared[name]] + data.get("line", [])
    identities = [c for name in _strings(data.get("identities_of")) for c in shared[name]] + data.get("identity", [])
    return Form(
        data["id"],
        data["kind"],
        data["name"],
        data["shape"],
        _strings(data["titles"]),
        _strings(data.get("numbers")),
        data.get("codes", ""),
        _columns(columns),
        _lines(lines),
        _identities(identities, data["id"]),
        data.get("required", True),
        data.get("empty_note", ""),
    )


def _groups(rows: list[dict[str, Any]]) -> tuple[Group, ...]:
    return tuple(Group(r["name"], _strings(r["parts"])) for r in rows)


def _evaluation(data: dict[str, Any], table: dict[str, Any]) -> EvaluationForm:
    """A performance table: what is its own, over what all such tables of the file print."""
    both = {**table, **data}

    def columns(name: str) -> tuple[Column, ...]:
        return _columns(both.get(name, []))

    return EvaluationForm(
        data["kind"],
        data["name"],
        _strings(data["titles"]),
        columns=columns("columns"),
        budget=columns("budget"),
        management=columns("management"),
        goals=columns("goals"),
        tasks=columns("tasks"),
        labels=columns("labels"),
        sections=columns("sections"),
        levels=_groups(both.get("levels", [])),
        standard=_groups(both.get("standard", [])),
        evidence=_groups(both.get("evidence", [])),
        money=_strings(both.get("money")),
        money_total=both.get("money_total", ""),
        management_lines=_strings(both.get("management_lines")),
        totals=_strings(both.get("totals")),
        placeholder=both.get("placeholder", ""),
        units=both.get("units", ""),
        comparators=both.get("comparators", ""),
        qualities=both.get("qualities", ""),
        footers=both.get("footers", ""),
        prose=both.get("prose", ""),
    )


def _varied(form: Form, data: dict[str, Any]) -> Form:
    """The form with a province's further titles, header words, columns and lines."""
    extra = {c.id: c for c in _columns(data.get("column", []))}
    columns = tuple(
        replace(c, words=(*c.words, *extra.pop(c.id).words)) if c.id in extra else c for c in form.columns
    )
    return replace(
        form,
        titles=(*form.titles, *_strings(data.get("titles"))),
        numbers=(*form.numbers, *_strings(data.get("numbers"))),
        columns=(*columns, *extra.values()),
        lines=(*form.lines, *_lines(data.get("line", []))),
        identities=(*form.identities, *_identities(data.get("identity", []), form.id)),
    )


def _in_force(data: dict[str, Any], year: int | None) -> bool:
    return year is None or data.get("from", 0) <= year <= data.get("to", 9999)


@lru_cache(maxsize=32)
def load(year: int | None = None, region: str | None = None) -> Book:
    """The forms in force in ``year`` in the province whose code ``region`` begins with (None: every variant).

    Raises KeyError where a province's file varies a form that the national forms do not have.
    """
    root = resources.files("mingzhang.forms") / "data"
    forms: dict[str, Form] = {}
    ties: list[Tie] = []
    evaluations: list[EvaluationForm] = []
    parts: list[Part] = []
    fills: dict[str, Any] = {}
    printing: dict[str, Any] = {}
    files = sorted((root / "national").iterdir(), key=lambda f: f.name)
    for file in files:
        if not file.name.endswith(".toml"):
            continue
        data = tomllib.loads(file.read_text("utf-8"))
        if "filling" in data:
            fills = data
        shared = data.get("shared", {})
        for row in data.get("form", []):
            if _in_force(row, year):
                forms[row["id"]] = _form(row, shared)
        for row in data.get("tie", []):
            ties.append(
                Tie(
                    row["id"],
                    row["words"],
                    _strings(row["left"]),
                    _strings(row["right"]),
                    _strings(row.get("when")),
                    row.get("severity", "error"),
                )
            )
        evaluations += [_evaluation(r, data.get("table", {})) for r in data.get("evaluation", [])]
        parts += [
            Part(r["id"], r["kind"], r["name"], _strings(r["words"]), r.get("source", "")) for r in data.get("part", [])
        ]
    for file in sorted((root / "provinces").iterdir(), key=lambda f: f.name):
        if not file.name.endswith(".toml"):
            continue
        data = tomllib.loads(file.read_text("utf-8"))
        if region is not None and not region.startswith(str(data["region"])):
            continue
        if region is not None:
            printing |= data.get("printing", {})
        for row in data.get("vary", []):
            if _in_force(row, year):
                forms[row["id"]] = _varied(forms[row["id"]], row)
    return Book(tuple(forms.values()), tuple(ties), tuple(evaluations), tuple(parts), filling(fills, year, printing))
