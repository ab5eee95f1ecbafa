"""Organisations, projects with their costing, and what is counted and written beside the ledger."""

from collections.abc import Iterable
from dataclasses import fields
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, TypeVar, cast

from django.db import transaction
from django.db.models import Max, Model

from mingzhang.books import accounts, models
from mingzhang.disclosure import Disclosure, from_json, to_json


def organise(department: accounts.Organisation, units: Iterable[accounts.Organisation] = ()) -> None:
    """Puts a department and its units in, or changes what is known of them."""
    with transaction.atomic():
        _organisation(department, None)
        for unit in units:
            if unit.code != department.code:
                _organisation(unit, department.code)


def _organisation(value: accounts.Organisation, department: str | None) -> None:
    values = {f.name: getattr(value, f.name) for f in fields(value) if f.name != "code"}
    _fitting(models.Organisation(code=value.code, department_id=department, **values))
    models.Organisation.objects.update_or_create(code=value.code, defaults=values | {"department_id": department})


def organisations(department: str) -> tuple[accounts.Organisation, tuple[accounts.Organisation, ...]]:
    """A department and the units that publish within it; itself where it has none. Raises Organisation.DoesNotExist."""
    rows = models.Organisation.objects.filter(department=department).order_by("code")
    own = _told(models.Organisation.objects.get(pk=department))
    return own, tuple(map(_told, rows))


def _told(row: models.Organisation) -> accounts.Organisation:
    return accounts.Organisation(**{f.name: getattr(row, f.name) for f in fields(accounts.Organisation)})


def cost(department: str, year: int, project: accounts.Project, *, author: str, basis_date: date | None = None) -> int:
    """Registers a project and its costing for a year as a new version; gives the version's number.

    A costing equal to the one that stands adds none. ``project.basis`` is the
    document of the whole costing. Raises ValueError for a count, a standard or a
    multiple below zero.
    """
    for line in project.costing:
        if line.count < 0 or line.standard < 0 or line.times < 0:
            raise ValueError(f"{project.code} {line.name}：数量、标准、次数不能为负 (negative costing)")
    values = {"name": project.name, "unit_id": project.unit, "kind": project.kind, "summary": project.summary}
    _fitting(models.Project(department_id=department, code=project.code, **values))
    with transaction.atomic():
        row, _ = models.Project.objects.update_or_create(department_id=department, code=project.code, defaults=values)
        models.Project.objects.select_for_update().get(pk=row.pk)
        last = row.costings.filter(year=year).order_by("version").last()
        if last is not None and (last.basis, last.basis_date, _costing(last)) == (
            project.basis, basis_date, project.costing,
        ):  # fmt: skip
            return int(last.version)
        version = models.Costing(
            project=row, year=year, version=last.version + 1 if last else 1, basis=project.basis, basis_date=basis_date,
            author=author, time=datetime.now(UTC),
        )  # fmt: skip
        _fitting(version).save()
        for order, line in enumerate(project.costing):
            given = {f.name: getattr(line, f.name) for f in fields(line)}
            _fitting(models.CostingLine(costing=version, order=order, **given)).save()
    return int(version.version)


def _costing(version: models.Costing) -> tuple[accounts.Costing, ...]:
    names = [f.name for f in fields(accounts.Costing)]
    return tuple(accounts.Costing(**{n: getattr(row, n) for n in names}) for row in version.lines.order_by("order"))


def projects(department: str, year: int) -> tuple[accounts.Project, ...]:
    """The projects of a department with the costing that stands for the year; empty costing where there is none."""
    told = []
    for row in models.Project.objects.filter(department=department).order_by("code"):
        version = row.costings.filter(year=year).order_by("version").last()
        told.append(
            accounts.Project(
                row.code, row.name, row.unit_id, row.kind, row.summary, version.basis if version else "",
                _costing(version) if version else (),
            )
        )  # fmt: skip
    return tuple(told)


def count(book: models.Book, counts: Iterable[accounts.Count], *, author: str) -> None:
    """Enters counts; of each unit and thing the last stands. Raises ValueError for a number below zero."""
    rows = [models.Counted(unit_id=c.unit, what=c.id, number=c.number, **_by(book, author)) for c in counts]
    if negative := [r for r in rows if r.number < 0]:
        raise ValueError(f"{negative[0].unit_id} {negative[0].what}：数量不能为负 (negative count)")
    models.Counted.objects.bulk_create(map(_fitting, rows))


def procure(book: models.Book, procured: Iterable[accounts.Procurement], *, author: str) -> None:
    """Enters procurement; of each unit, kind and flow the last stands. Raises ValueError unless 0 ≤ micro ≤ small ≤ amount."""
    rows = []
    for each in procured:
        if not 0 <= each.micro <= each.small <= each.amount:
            raise ValueError(f"{each.unit} {each.kind}：小微企业金额不能超过采购金额 (micro ≤ small ≤ amount)")
        values = {f.name: getattr(each, f.name) for f in fields(each) if f.name != "unit"}
        rows.append(models.Procured(unit_id=each.unit, **values, **_by(book, author)))
    models.Procured.objects.bulk_create(map(_fitting, rows))


def write(book: models.Book, *, author: str, paragraphs: Any = (), reasons: Any = ()) -> None:
    """Enters a clerk's texts (mappings by key); of each key the last stands."""
    given = [("paragraph", k, t) for k, t in dict(paragraphs).items()] + [
        ("reason", k, t) for k, t in dict(reasons).items()
    ]
    models.Text.objects.bulk_create(
        _fitting(models.Text(kind=kind, key=key, text=text, **_by(book, author))) for kind, key, text in given
    )


def fix(book: models.Book, name: str, disclosure: Disclosure, *, author: str) -> None:
    """Puts in a disclosure whose figures are published and stand; of each ``name`` the last counts."""
    _fitting(models.Published(name=name, disclosure=to_json(disclosure), **_by(book, author))).save()


Row = TypeVar("Row", bound=Model)


def _fitting(row: Row) -> Row:
    """The row, all of which its columns hold (SQLite would take longer texts and round decimals), and which says who
    entered it. Raises ValueError."""
    if not getattr(row, "author", "-").strip():
        raise ValueError("登记要有经办人：用 --author 写明 (say who enters: --author)")
    for column in row._meta.concrete_fields:
        value = getattr(row, column.attname)
        long = isinstance(value, str) and ("\0" in value or len(value) > (column.max_length or len(value)))
        fine = isinstance(value, Decimal) and value != round(value, cast(Any, column).decimal_places)
        if long or fine:
            shown = str(value)[:40]
            raise ValueError(
                f"“{shown}”存不下：文字最多 {column.max_length} 个字，数量最多 6 位小数 (too long or too fine for {column.name})"
            )
    return row


def _by(book: models.Book, author: str) -> dict[str, Any]:
    return {"book": book, "author": author, "time": datetime.now(UTC)}


def standing(model: type[Model], book: models.Book, *keys: str) -> list[Any]:
    """Of each key the row that was entered last, in the order of the keys."""
    rows = cast(Any, model).objects.filter(book=book)
    last = rows.values(*keys).annotate(last=Max("pk")).values("last")
    return list(rows.filter(pk__in=last).order_by(*keys))


def told(book: models.Book) -> dict[str, Any]:
    """The registers of a book as the fields of ``accounts.Accounts``."""
    texts = standing(models.Text, book, "kind", "key")
    return {
        "counts": tuple(
            accounts.Count(r.unit_id, r.what, r.number) for r in standing(models.Counted, book, "unit_id", "what")
        ),
        "procurement": tuple(
            accounts.Procurement(r.unit_id, r.kind, r.amount, r.small, r.micro, r.flow)
            for r in standing(models.Procured, book, "unit_id", "kind", "flow")
        ),
        "paragraphs": {r.key: r.text for r in texts if r.kind == "paragraph"},
        "reasons": {r.key: r.text for r in texts if r.kind == "reason"},
        "published": tuple(from_json(r.disclosure) for r in standing(models.Published, book, "name")),
    }
