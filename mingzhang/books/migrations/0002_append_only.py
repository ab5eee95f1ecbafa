"""Triggers: the database itself refuses to change or delete what may only be appended."""

from typing import Any

from django.db import migrations

TABLES = (
    "books_block",
    "books_entry",
    "books_budgetline",
    "books_costing",
    "books_costingline",
    "books_counted",
    "books_procured",
    "books_text",
    "books_published",
)
_WORDS = "append-only: reverse, do not edit"


def keep(apps: Any, editor: Any) -> None:
    """Adds the triggers, in the words of SQLite or PostgreSQL. Raises NotImplementedError for other databases."""
    vendor = editor.connection.vendor
    if vendor not in ("sqlite", "postgresql"):
        raise NotImplementedError(f"账簿只能放在 SQLite 或 PostgreSQL 上 (no append-only triggers for {vendor})")
    if vendor == "postgresql":
        editor.execute(
            "CREATE FUNCTION books_append_only() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '%: {_WORDS}', TG_TABLE_NAME; END $$",
            params=None,
        )
    for table in TABLES:
        if vendor == "postgresql":
            editor.execute(
                f"CREATE TRIGGER {table}_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
                "FOR EACH STATEMENT EXECUTE FUNCTION books_append_only()"
            )
            continue
        for act in ("UPDATE", "DELETE"):
            editor.execute(
                f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table}: {_WORDS}'); END"
            )


def let_go(apps: Any, editor: Any) -> None:
    """Removes the triggers."""
    for table in TABLES:
        if editor.connection.vendor == "postgresql":
            editor.execute(f"DROP TRIGGER {table}_kept ON {table}")
        else:
            for act in ("update", "delete"):
                editor.execute(f"DROP TRIGGER {table}_no_{act}")
    if editor.connection.vendor == "postgresql":
        editor.execute("DROP FUNCTION books_append_only()")


class Migration(migrations.Migration):
    """After the tables."""

    dependencies = [("books", "0001_initial")]
    operations = [migrations.RunPython(keep, let_go)]
