"""Where the database is: a path or a URL becomes Django's settings for it."""

import os
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

WAIT = 60
"""Seconds that a writer waits for another one on SQLite."""


def home() -> Path:
    """The folder of the office's own files: ``MINGZHANG_HOME``, else ``~/.mingzhang``."""
    return Path(os.environ.get("MINGZHANG_HOME") or Path.home() / ".mingzhang")


def database(where: str | Path | None = None) -> dict[str, Any]:
    """Django's ``DATABASES["default"]``.

    ``where`` is the path of an SQLite file, ``sqlite:///path``,
    ``postgresql://user:password@host:port/name`` (``?host=/folder`` for a
    socket), or None: ``DATABASE_URL``, else ``books.sqlite3`` in ``home()``.
    Raises ValueError for another scheme, and an SQLite URL without a path.
    """
    text = str(where or os.environ.get("DATABASE_URL") or home() / "books.sqlite3")
    scheme, found, _ = text.partition("://")
    if not found:
        return _sqlite(Path(text))
    if scheme == "sqlite":
        path = unquote(text.removeprefix("sqlite:///"))
        if not path or path == unquote(text):
            raise ValueError(f"DATABASE_URL：{text} 没有文件路径，请写 sqlite:///路径 (write sqlite:///path)")
        return _sqlite(Path(path))
    if scheme in ("postgres", "postgresql"):
        return _postgres(text)
    raise ValueError(
        f"DATABASE_URL：不支持 {scheme}://，请用 sqlite:/// 或 postgresql:// (unsupported database {scheme})"
    )


def _sqlite(path: Path) -> dict[str, Any]:
    path = path.expanduser().absolute()
    path.parent.mkdir(parents=True, exist_ok=True)
    pragmas = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-65536;"
    options = {"timeout": WAIT, "transaction_mode": "IMMEDIATE", "init_command": pragmas}
    return {"ENGINE": "django.db.backends.sqlite3", "NAME": path, "OPTIONS": options}


def _postgres(url: str) -> dict[str, Any]:
    parts = urlsplit(url)
    options = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or options.pop("user", "")),
        "PASSWORD": unquote(parts.password or options.pop("password", "")),
        "HOST": options.pop("host", "") or unquote(parts.hostname or ""),
        "PORT": str(parts.port or options.pop("port", "")),
        "OPTIONS": options,
        "CONN_MAX_AGE": 600,
    }
