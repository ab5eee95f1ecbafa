"""A database for what is stored of performance: the office's settings where they know the app, else the least."""

from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture
def stored(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A new SQLite database with the tables of performance."""
    monkeypatch.setenv("MINGZHANG_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    try:
        from mingzhang.office import setup
    except ImportError:
        _least(tmp_path / "performance.sqlite3")
    else:
        setup(tmp_path / "performance.sqlite3")
    yield
    from django.db import connection

    connection.close()


def _least(path: Path) -> None:
    """Django with this one app."""
    import django
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connections

    described = {"ENGINE": "django.db.backends.sqlite3", "NAME": str(path)}
    if not settings.configured:
        settings.configure(
            INSTALLED_APPS=["mingzhang.performance.apps.Performance"], DATABASES={"default": described}, USE_TZ=True
        )
        django.setup()
    connections["default"].close()
    connections.settings["default"].update(described)
    del connections["default"]
    call_command("migrate", verbosity=0, interactive=False)
