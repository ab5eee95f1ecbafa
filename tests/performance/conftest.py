"""A database for what is stored of performance."""

from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture
def stored(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A new SQLite database with the office's tables."""
    from mingzhang.office import setup

    monkeypatch.setenv("MINGZHANG_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    setup(tmp_path / "office.sqlite3")
    yield
    from django.db import connection

    connection.close()
