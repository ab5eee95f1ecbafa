"""Triggers: the database itself refuses to change or delete what is recorded."""

from typing import Any

from django.db import migrations

TABLES = tuple(
    f"performance_{name}"
    for name in (
        "goals", "goalrow", "costingrow", "evidencefile", "actualrow", "evidenceof", "light", "rectificationrow",
        "rectified", "evaluationrow", "recommendationrow", "answer",
    )
)  # fmt: skip
_WORDS = "append-only: enter it anew"


def keep(apps: Any, editor: Any) -> None:
    """Adds the triggers, in the words of SQLite or PostgreSQL. Raises NotImplementedError for other databases."""
    vendor = editor.connection.vendor
    if vendor not in ("sqlite", "postgresql"):
        raise NotImplementedError(f"绩效数据只能放在 SQLite 或 PostgreSQL 上 (no append-only triggers for {vendor})")
    if vendor == "postgresql":
        editor.execute(
            "CREATE FUNCTION performance_append_only() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '%: {_WORDS}', TG_TABLE_NAME; END $$",
            params=None,
        )
    for table in TABLES:
        if vendor == "postgresql":
            editor.execute(
                f"CREATE TRIGGER {table}_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
                "FOR EACH STATEMENT EXECUTE FUNCTION performance_append_only()"
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
        editor.execute("DROP FUNCTION performance_append_only()")


class Migration(migrations.Migration):
    """After the tables."""

    dependencies = (("performance", "0001_initial"),)
    operations = (migrations.RunPython(keep, let_go),)
