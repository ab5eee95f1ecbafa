"""Where the database is, how it is opened, and the secret key."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from mingzhang.office.database import database
from mingzhang.office.secret import secret


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("MINGZHANG_HOME", str(tmp_path / "home"))
    for name in ("DATABASE_URL", "MINGZHANG_SECRET_KEY"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path / "home"


def test_a_file_in_the_home_unless_told_otherwise(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert database()["NAME"] == home / "books.sqlite3"
    assert database("sqlite:///" + str(home / "b c.db"))["NAME"] == home / "b c.db"
    monkeypatch.setenv("DATABASE_URL", "sqlite:///" + str(home / "c.db"))
    assert database()["NAME"] == home / "c.db"


def test_postgresql_by_url() -> None:
    told = database("postgresql://us%40er:p%2Fw@db.example:5433/books?sslmode=require")
    assert {k: told[k] for k in ("NAME", "USER", "PASSWORD", "HOST", "PORT", "OPTIONS")} == {
        "NAME": "books", "USER": "us@er", "PASSWORD": "p/w", "HOST": "db.example", "PORT": "5433",
        "OPTIONS": {"sslmode": "require"},
    }  # fmt: skip
    assert database("postgres:///books?host=/run/pg")["HOST"] == "/run/pg"
    with pytest.raises(ValueError, match="mysql"):
        database("mysql://a/b")
    for url in ("sqlite://b.db", "sqlite:///"):
        with pytest.raises(ValueError, match="sqlite:///"):
            database(url)


def test_the_secret_key_is_made_once_and_nobody_else_reads_it(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    key = secret()
    assert len(key) > 40 and secret() == key
    assert stat.S_IMODE((home / "secret.key").stat().st_mode) == 0o600
    assert [p.name for p in home.iterdir()] == ["secret.key"]
    monkeypatch.setenv("MINGZHANG_SECRET_KEY", "given")
    assert secret() == "given"


def test_setup_opens_another_database_and_keeps_sqlite_safe(tmp_path: Path) -> None:
    from mingzhang.office import setup

    seen = []
    for name in ("a.sqlite3", "b.sqlite3"):
        setup(tmp_path / name)
        from django.db import connection

        with connection.cursor() as cursor:
            for pragma in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout"):
                cursor.execute(f"PRAGMA {pragma}")
                seen.append(cursor.fetchone()[0])
            cursor.execute("SELECT COUNT(*) FROM books_entry")
        assert connection.settings_dict["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
        connection.close()
        assert (tmp_path / name).exists()
    assert seen == ["wal", 2, 1, 60_000] * 2


def test_the_models_and_the_migrations_agree(tmp_path: Path, project: Path) -> None:
    words = "from mingzhang.office import setup; setup(); from django.core.management import call_command; "
    words += "call_command('makemigrations', check=True, dry_run=True); call_command('check')"
    env = os.environ | {"MINGZHANG_HOME": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-c", words], cwd=project, env=env, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
