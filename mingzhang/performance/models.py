"""What is stored: versions of goal tables, actuals and their evidence, monitoring, evaluations, recommendations.

Departments and projects are named by their codes; amounts are fen. Every row
is written once: what changes is a new row, and of each key the latest stands.
The database holds the same by triggers (migration 0002).
"""

from typing import Any

from django.db import models


class AppendOnly(Exception):
    """Somebody tried to change or delete what may only be appended."""

    def __init__(self, model: str) -> None:
        super().__init__(f"{model}：只能追加，不能修改或删除；请另记一条 (append-only: enter it anew)")


class RecordedRows(models.QuerySet):
    """Rows that refuse bulk changes."""

    def update(self, **values: Any) -> int:
        raise AppendOnly(self.model.__name__)

    def delete(self) -> tuple[int, dict[str, int]]:
        raise AppendOnly(self.model.__name__)


class Recorded(models.Model):
    """A row that is written once, by ``author`` (who, as the office knows them) at ``time`` (UTC)."""

    author = models.CharField(max_length=150)
    time = models.DateTimeField(auto_now_add=True)

    objects = RecordedRows.as_manager()

    class Meta:
        abstract = True
        base_manager_name = "objects"

    def save(self, *args: Any, **options: Any) -> None:
        if not self._state.adding:
            raise AppendOnly(type(self).__name__)
        super().save(*args, **(options | {"force_insert": True}))

    def delete(self, *args: Any, **options: Any) -> tuple[int, dict[str, int]]:
        raise AppendOnly(type(self).__name__)


class Goals(Recorded):
    """A version of a goal table (``goal.GoalTable``); ``why`` says why it replaces the version before it."""

    department = models.CharField(max_length=40)
    year = models.PositiveSmallIntegerField()
    project = models.CharField(max_length=60)
    kind = models.CharField(max_length=20)
    version = models.PositiveIntegerField()
    name = models.CharField(max_length=200)
    budget = models.BigIntegerField()
    total = models.DecimalField(max_digits=7, decimal_places=2)
    money_weight = models.DecimalField(max_digits=7, decimal_places=2)
    goal = models.TextField(blank=True)
    department_name = models.CharField(max_length=200, blank=True)
    unit_name = models.CharField(max_length=200, blank=True)
    rest = models.JSONField(default=dict)
    """tasks, sources and management lines, as lists of texts and fen."""
    why = models.TextField(blank=True)

    class Meta(Recorded.Meta):
        constraints = (
            models.UniqueConstraint(fields=["department", "year", "project", "kind", "version"], name="goals_version"),
        )


class GoalRow(Recorded):
    """One goal of a version, in its order."""

    goals = models.ForeignKey(Goals, models.PROTECT, related_name="rows")
    ordinal = models.PositiveSmallIntegerField()
    level1 = models.CharField(max_length=60)
    level2 = models.CharField(max_length=60, blank=True)
    name = models.CharField(max_length=200)
    target = models.CharField(max_length=200)
    weight = models.DecimalField(max_digits=7, decimal_places=2, null=True)
    explanation = models.TextField(blank=True)
    guaranteed = models.CharField(max_length=200, blank=True)


class CostingRow(Recorded):
    """One line of the costing of a version: count × standard (fen)."""

    goals = models.ForeignKey(Goals, models.PROTECT, related_name="costings")
    ordinal = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=200)
    count = models.DecimalField(max_digits=18, decimal_places=4)
    standard = models.BigIntegerField()
    unit = models.CharField(max_length=20)


class EvidenceFile(Recorded):
    """A file that shows an actual, with its content; two equal contents are one row."""

    name = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64, unique=True)
    content = models.BinaryField()


class ActualRow(Recorded):
    """What was reached of a goal (``assess.Actual``) of a version; the latest row of a goal stands."""

    goals = models.ForeignKey(Goals, models.PROTECT, related_name="actuals")
    key = models.CharField(max_length=330)
    text = models.CharField(max_length=200)
    register = models.CharField(max_length=60, blank=True)
    day = models.DateField(null=True)
    reason = models.TextField(blank=True)
    measure = models.TextField(blank=True)
    chosen = models.DecimalField(max_digits=7, decimal_places=2, null=True)


class EvidenceOf(Recorded):
    """A file that was attached to an actual, under the name it then had."""

    actual = models.ForeignKey(ActualRow, models.PROTECT, related_name="evidence")
    file = models.ForeignKey(EvidenceFile, models.PROTECT, related_name="+")
    name = models.CharField(max_length=255)


class Light(Recorded):
    """How money (``key`` empty) or a goal stood on a day (``monitor.Progress``); shares as exact fractions."""

    goals = models.ForeignKey(Goals, models.PROTECT, related_name="lights")
    day = models.DateField()
    key = models.CharField(max_length=200, blank=True)
    done = models.CharField(max_length=80, blank=True)
    expected = models.CharField(max_length=80)
    low = models.CharField(max_length=80, blank=True)
    high = models.CharField(max_length=80, blank=True)
    colour = models.CharField(max_length=6)
    rule = models.CharField(max_length=60)
    words = models.TextField()


class RectificationRow(Recorded):
    """What a red light demands: who, until when."""

    light = models.ForeignKey(Light, models.PROTECT, related_name="rectifications")
    owner = models.CharField(max_length=150)
    due = models.DateField()
    reason = models.TextField()


class Rectified(Recorded):
    """A rectification was carried out."""

    rectification = models.ForeignKey(RectificationRow, models.PROTECT, related_name="done")
    day = models.DateField()
    words = models.TextField()


class EvaluationRow(Recorded):
    """A closed evaluation of a version: ``kind`` self_whole, self_project or dept_project; fen; the table as printed.

    A later row of one kind corrects the earlier one and says ``why``."""

    goals = models.ForeignKey(Goals, models.PROTECT, related_name="evaluations")
    kind = models.CharField(max_length=20)
    scheme = models.CharField(max_length=60)
    initial = models.BigIntegerField()
    full = models.BigIntegerField()
    outturn = models.BigIntegerField()
    points = models.DecimalField(max_digits=7, decimal_places=2)
    grade = models.CharField(max_length=20)
    table = models.TextField()
    why = models.TextField(blank=True)


class RecommendationRow(Recorded):
    """A recommendation of an evaluation."""

    evaluation = models.ForeignKey(EvaluationRow, models.PROTECT, related_name="recommendations")
    text = models.TextField()


class Answer(Recorded):
    """Whether a recommendation was adopted, and how; the latest answer stands."""

    recommendation = models.ForeignKey(RecommendationRow, models.PROTECT, related_name="answers")
    adopted = models.BooleanField()
    words = models.TextField(blank=True)
