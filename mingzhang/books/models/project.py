"""Projects and their costing, version by version."""

from django.db import models

from mingzhang.books.models.appended import Appended
from mingzhang.books.models.organisation import Organisation


class Project(models.Model):
    """A project of a department, the same through the years."""

    department = models.ForeignKey(Organisation, models.PROTECT, related_name="projects")
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=200)
    unit = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=30, default="project_specific")
    summary = models.TextField(blank=True, default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["department", "code"], name="books_project_once")]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class Costing(Appended):
    """One version of a project's costing for a year, by a dated basis document; the latest stands."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="costings")
    year = models.PositiveSmallIntegerField()
    version = models.PositiveIntegerField()
    basis = models.CharField(max_length=300)
    basis_date = models.DateField(null=True)
    author = models.CharField(max_length=150)
    time = models.DateTimeField()

    class Meta(Appended.Meta):
        constraints = [models.UniqueConstraint(fields=["project", "year", "version"], name="books_costing_once")]


class CostingLine(Appended):
    """``count`` of ``unit`` at ``standard`` fen each, ``times`` over."""

    costing = models.ForeignKey(Costing, models.PROTECT, related_name="lines")
    order = models.PositiveIntegerField()
    name = models.CharField(max_length=200)
    count = models.DecimalField(max_digits=20, decimal_places=6)
    unit = models.CharField(max_length=20)
    standard = models.BigIntegerField()
    basis = models.CharField(max_length=300, blank=True)
    times = models.DecimalField(max_digits=14, decimal_places=6, default=1)

    class Meta(Appended.Meta):
        constraints = [models.UniqueConstraint(fields=["costing", "order"], name="books_costing_line_once")]
