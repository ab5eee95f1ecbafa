"""Rows that are appended and then stay as they are."""

from typing import Any

from django.db import models


class AppendOnly(Exception):
    """Somebody tried to change or delete what may only be appended."""

    def __init__(self, model: str) -> None:
        super().__init__(f"{model}：只能追加，不能修改或删除；错误请冲销 (append-only: reverse, do not edit)")


class AppendedRows(models.QuerySet):
    """Rows that refuse bulk changes."""

    def update(self, **values: Any) -> int:
        raise AppendOnly(self.model.__name__)

    def delete(self) -> tuple[int, dict[str, int]]:
        raise AppendOnly(self.model.__name__)


class Appended(models.Model):
    """A row that is written once. The database holds the same by triggers (migration 0002)."""

    objects = AppendedRows.as_manager()

    class Meta:
        abstract = True
        base_manager_name = "objects"

    def save(self, *args: Any, **options: Any) -> None:
        if not self._state.adding:
            raise AppendOnly(type(self).__name__)
        super().save(*args, **(options | {"force_insert": True}))

    def delete(self, *args: Any, **options: Any) -> tuple[int, dict[str, int]]:
        raise AppendOnly(type(self).__name__)
