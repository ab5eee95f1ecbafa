"""The Django app of the books."""

from django.apps import AppConfig


class Books(AppConfig):
    """What is stored of the books; the label of its tables is ``books``."""

    name = "mingzhang.books"
    label = "books"
    verbose_name = "账簿"
    default_auto_field = "django.db.models.BigAutoField"
