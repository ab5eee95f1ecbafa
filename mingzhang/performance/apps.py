"""The Django app of performance."""

from django.apps import AppConfig


class Performance(AppConfig):
    """What is stored of goals, monitoring and evaluation; the label of its tables is ``performance``."""

    name = "mingzhang.performance"
    label = "performance"
    verbose_name = "绩效"
    default_auto_field = "django.db.models.BigAutoField"
