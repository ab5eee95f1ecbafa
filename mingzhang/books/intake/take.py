"""A file that was filled in as the records of a year: all of it, or every reason why not."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from mingzhang.books.accounts import Costing, Count, Organisation, Procurement, Project
from mingzhang.books.draft import Draft, Line
from mingzhang.books.intake import folder, workbook
from mingzhang.books.intake.fault import ALL, Fault, Rejected
from mingzhang.books.intake.layout import SheetForm, Template, template
from mingzhang.books.intake.records import NOTHING_KNOWN, Known, Records, Spot, ordered
from mingzhang.books.intake.rows import Context, Found, listed, repeated
from mingzhang.books.intake.rows import take as rows_of
from mingzhang.books.intake.sheet import Sheet, Unreadable
from mingzhang.books.intake.terms import Named

HIDDEN_LISTS = ("列表", "lists")
"""The template's own hidden sheet, which holds what the drop-down lists offer."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What a file gave: its records as far as they could be read, every fault, and what is to be said of it (``notices``)."""

    file: str
    records: Records
    faults: tuple[Fault, ...] = ()
    notices: tuple[Fault, ...] = ()


def sheets_of(path: Path) -> list[Sheet]:
    """The sheets of a workbook, a folder of CSV files or one CSV file. Raises Unreadable."""
    if not path.exists():
        raise Unreadable(path.name, "file_missing")
    if path.is_dir() or path.suffix.lower() == ".csv":
        return folder.read(path)
    if path.suffix.lower() in (".xlsx", ".xlsm", ".xls", ".et"):
        return workbook.read(path)
    raise Unreadable(path.name, "file_type")


def take(
    path: Path, year: int | None = None, known: Known = NOTHING_KNOWN, of: Template | None = None, lang: str = "zh"
) -> Taken:
    """What a file says of ``year`` (None: the year that it names). Nothing of the books is touched.

    Raises Unreadable where it cannot be read at all.
    """
    of = of or template()
    sheets = sheets_of(path)
    file = _File(of, year, known, lang)
    taken = file.take(sheets)
    if not taken and not file.faults:
        raise Unreadable(path.name, "file_empty")
    return Taken(path.name, file.records(taken), tuple(file.faults), tuple(file.notices))


def read(path: Path, year: int | None = None, known: Known = NOTHING_KNOWN, of: Template | None = None) -> Records:
    """The records of a sound file. Raises Rejected with every fault, Unreadable."""
    taken = take(path, year, known, of)
    if taken.faults:
        raise Rejected(taken.faults)
    return taken.records


class _File:
    """The reading of one file, sheet after sheet, each with what the sheets before it gave."""

    def __init__(self, of: Template, year: int | None, known: Known, lang: str) -> None:
        self.template, self.known, self.wanted = of, known, year
        self.faults: list[Fault] = []
        self.notices: list[Fault] = []
        self.examples = 0
        self.department = known.department
        own = [(known.department.code, known.department.name)] if known.department else []
        units = Named.of("unit", own + [(u.code, u.name) for u in known.units])
        projects = Named.of("project", ((p.code, p.name) for p in known.projects))
        self.context = Context(of, year, units, projects, lang=lang)

    def take(self, sheets: Iterable[Sheet]) -> dict[str, Found]:
        named: dict[str, Sheet] = {}
        for sheet in sheets:
            form = self.template.sheet(sheet.name)
            if form is None:
                if sheet.rows and not (sheet.hidden and sheet.name.lower() in HIDDEN_LISTS):
                    self.notices.append(Fault(sheet.name, 0, "", "", "said_sheet_unknown"))
                continue
            if form.id in named:
                self.faults.append(Fault(sheet.name, 0, "", "", "sheet_twice", {"other": named[form.id].name}))
                continue
            named[form.id] = sheet
            if sheet.hidden and sheet.rows:
                self.notices.append(Fault(sheet.name, 0, "", "", "said_hidden_sheet"))
        taken: dict[str, Found] = {}
        for form in self.template.sheets:
            if form.id in named and named[form.id].rows:
                taken[form.id] = self._sheet(named[form.id], form)
        if self.examples:
            self.notices.append(Fault(ALL, 0, "", "", "said_examples", {"count": self.examples}))
        return taken

    def _sheet(self, sheet: Sheet, form: SheetForm) -> Found:
        found = rows_of(sheet, form, self.context)
        if found.hidden:
            figures = {"count": len(found.hidden), "rows": listed(found.hidden)}
            self.notices.append(Fault(sheet.name, 0, "", "", "said_hidden_rows", figures))
        if form.record != "setting":
            self.examples += found.examples
        unique = {
            "setting": ("setting",), "unit": ("code",), "project": ("code",), "count": ("unit", "counted"),
            "asset": ("unit", "counted"), "procurement": ("unit", "kind", "flow"), "text": ("kind", "key", "unit"),
        }.get(form.record)  # fmt: skip
        if unique:
            found.faults += repeated(found, *unique)
        self.faults += sorted(found.faults, key=lambda f: f.row)
        match form.record:
            case "setting":
                self._settings(found)
            case "unit":
                self.context.units.names.update(found.names)
            case "project":
                self.context.projects.names.update(found.names)
        return found

    def _settings(self, found: Found) -> None:
        rows = {values["setting"]: (number, values.get("content", "")) for number, values in found.rows}

        def said(id: str) -> str:
            return rows.get(id, (0, ""))[1]

        def fault(id: str, reason: str, **figures: object) -> None:
            column = found.headers.get("content", "")
            self.faults.append(Fault(found.name, rows[id][0], column, said(id), reason, figures))

        if year := said("year"):
            if not (year.isascii() and year.isdigit() and len(year) == 4):
                fault("year", "number_whole")
            elif self.wanted is not None and int(year) != self.wanted:
                fault("year", "year_other", given=year, own=self.wanted)
            else:
                self.context.year = int(year)
        if money := said("money"):
            self.context.money = self.template.id("money", money)
            if not self.context.money:
                fault("money", "money_other", unit=money)
        nature = "administrative"
        if given := said("nature"):
            nature = self.template.id("natures", given) or nature
            if not self.template.id("natures", given):
                fault("nature", "choice", allowed="、".join(w[0] for w in self.template.choices["natures"].values()))
        code, name = said("department_code"), said("department_name")
        if not (code or name):
            return
        if not (code and name):
            row = rows.get("department_name" if code else "department_code", (0, ""))[0]
            self.faults.append(Fault(found.name, row, "", "", "department_missing"))
            return
        if self.department is not None and self.department.code != code:
            fault("department_code", "department_other", given=code, own=self.department.code)
            return
        self.department = Organisation(code, name, nature, said("region_code"), said("level"), said("superior"))
        self.context.units.names.setdefault(code, name)

    def records(self, taken: dict[str, Found]) -> Records:
        def rows(id: str) -> list[tuple[int, dict[str, Any]]]:
            return taken[id].rows if id in taken else []

        units = [Organisation(**_only(v, Organisation.__slots__)) for _, v in rows("units")]
        own = next((u for u in units if self.department and u.code == self.department.code), None)
        if own is not None and self.department is not None:
            self.department = replace(self.department, nature=own.nature)
            units.remove(own)
        drafts, spots = ordered((row for found in taken.values() for row in _entries(found)), self.template.order)
        texts = {"paragraph": {}, "reason": {}}  # type: dict[str, dict[str, str]]
        for _, v in rows("texts"):
            texts[v["kind"]][v["key"] + (f"@{v['unit']}" if v.get("unit") else "")] = v["text"]
        return Records(
            self.context.year,
            self.department if self.department != self.known.department else None,
            tuple(sorted(units, key=lambda u: u.code)),
            self._projects(rows("projects"), rows("costing")),
            drafts,
            tuple(sorted(self._procurement(taken), key=lambda p: (p.unit, p.kind, p.flow))),
            tuple(sorted(_counts([*rows("counts"), *_assets(rows("assets"))]), key=lambda c: (c.unit, c.id))),
            dict(sorted(texts["paragraph"].items())),
            dict(sorted(texts["reason"].items())),
            spots,
        )

    def _projects(
        self, projects: list[tuple[int, dict[str, Any]]], costing: list[tuple[int, dict[str, Any]]]
    ) -> tuple[Project, ...]:
        """The projects of the file; costing of one that only the books know makes it one of the file, too."""
        known = {p.code: p for p in self.known.projects}
        lines: dict[str, list[Costing]] = {}
        for _, v in costing:
            line = Costing(
                v["name"], v["count"], v["measure"], v["standard"], v.get("basis", ""), v.get("times", Decimal(1))
            )
            lines.setdefault(v["project"], []).append(line)
        made = {v["code"]: Project(**_only(v, Project.__slots__)) for _, v in projects}
        for code in lines:
            if code not in made and code in known:
                made[code] = known[code]
        full = (replace(p, costing=tuple(lines[code])) if code in lines else p for code, p in made.items())
        return tuple(sorted(full, key=lambda p: p.code))

    def _procurement(self, taken: dict[str, Found]) -> Iterator[Procurement]:
        found = taken.get("procurement")
        for number, v in found.rows if found else ():
            assert found is not None
            made = Procurement(v["unit"], v["kind"], v["amount"], v.get("small", 0), v.get("micro", 0), v["flow"])
            if not made.micro <= made.small <= made.amount:
                self.faults.append(Fault(found.name, number, found.headers.get("small", ""), "", "procurement_parts"))
            else:
                yield made


def _only(values: dict[str, Any], names: Iterable[str]) -> dict[str, Any]:
    return {name: values[name] for name in names if name in values}


def _entries(found: Found) -> Iterator[tuple[int | None, Spot, Draft]]:
    if found.form.record != "entry":
        return
    for number, v in found.rows:
        get = v.get
        line = Line(
            v["unit"], v["source"], v["item"], get("economic", ""), get("government", ""), get("project", ""),
            get("use", ""), get("appropriation", True),
        )  # fmt: skip
        kind = get("kind") or found.form.kinds[0]
        draft = Draft(
            kind, line, v["amount"], v["date"], v["document"], get("words", ""), get("voucher", ""), get("consent", "")
        )  # fmt: skip
        yield get("order"), Spot(found.name, number), draft


def _assets(rows: list[tuple[int, dict[str, Any]]]) -> Iterator[tuple[int, dict[str, Any]]]:
    for number, v in rows:
        yield number, v | {"counted": f"asset:{v['counted']}"}


def _counts(rows: Iterable[tuple[int, dict[str, Any]]]) -> Iterator[Count]:
    for _, v in rows:
        yield Count(v["unit"], v["counted"], v["number"])
