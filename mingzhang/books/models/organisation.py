"""Departments and their units."""

from django.db import models


class Organisation(models.Model):
    """A department (``department`` empty) or a unit of one; a department's own office (本级) may be either."""

    code = models.CharField(max_length=40, primary_key=True)
    name = models.CharField(max_length=200)
    nature = models.CharField(max_length=20, default="administrative")
    region_code = models.CharField(max_length=12, blank=True, default="")
    level = models.CharField(max_length=40, blank=True, default="")
    superior = models.CharField(max_length=200, blank=True, default="")
    department = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="units")

    def __str__(self) -> str:
        return f"{self.code} {self.name}"
