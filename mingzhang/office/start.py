"""Starting Django for a command, a test or a script, on one database."""

import os
import time
from pathlib import Path

import django
from django.apps import apps
from django.core.management import call_command
from django.db import DatabaseError, connections

from mingzhang.office.database import database as described

_TRIES, _PAUSE = 60, 0.5
"""How often tables are looked at again while another process makes them, and the seconds between."""


def setup(database: str | Path | None = None, migrate: bool = True) -> None:
    """Sets Django up on ``database`` (``office.database``; None: the environment's) and brings its tables up to date.

    May be called again, also with another database: open connections of this
    thread are closed then. Raises ValueError for a database that is not
    supported, and Django's ``OperationalError`` where it cannot be reached.
    """
    wanted = described(database)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mingzhang.office.settings")
    if not apps.ready:
        django.setup()
    connections["default"].close()
    connections.settings["default"].clear()
    connections.settings["default"].update(connections.configure_settings({"default": wanted})["default"])
    del connections["default"]
    if migrate:
        _migrate()


def _migrate() -> None:
    """Brings the tables up to date; where another process makes them at the same moment, looks again."""
    for left in reversed(range(_TRIES)):
        try:
            call_command("migrate", verbosity=0, interactive=False)
            return
        except DatabaseError as error:
            if not left or "already exists" not in str(error):
                raise
            time.sleep(_PAUSE)
