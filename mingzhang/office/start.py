"""Starting Django for a command, a test or a script, on one database."""

import os
from pathlib import Path

import django
from django.apps import apps
from django.core.management import call_command
from django.db import connections

from mingzhang.office.database import database as described


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
        call_command("migrate", verbosity=0, interactive=False)
