"""Rows of entries and balances into the database as fast as it takes them, and entries out again as it holds them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.db import connection

from mingzhang.books.law import QUANTITIES
from mingzhang.books.models.ledger import SPAN

FIELDS = (
    "id", "block_id", "leg", "line_id", "kind", "amount", "date", "document", "words", "consent", "reverses_id", "digest",
)  # fmt: skip
BLOCK = ("id", "book_id", "act", "first", "count", "author", "time", "key", "rows", "hash")
_MANY = 100
_PAGE = 20_000
# Read as text, so that no driver turns a damaged value into a sound one.
_READ = {
    "date": {"sqlite": 'CAST("date" AS TEXT)', "postgresql": "to_char(\"date\", 'YYYY-MM-DD')"},
    "time": {
        "sqlite": 'CAST("time" AS TEXT)',
        "postgresql": "to_char(\"time\" AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US')",
    },
}


def insert(rows: Iterable[tuple[Any, ...]], count: int) -> None:
    """Inserts ``count`` entries, each a tuple in the order of ``FIELDS``, the date as ISO text: by COPY where they are many
    and the database is PostgreSQL."""
    columns = ", ".join(f'"{f}"' for f in FIELDS)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql" and count > _MANY:
            with cursor.copy(f"COPY books_entry ({columns}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
            if count > _PAGE:
                cursor.execute("ANALYZE books_entry")  # what it knew of the table no longer holds
            return
        places = ", ".join(["%s"] * len(FIELDS))
        statement = f"INSERT INTO books_entry ({columns}) VALUES ({places})"
        if connection.vendor == "sqlite":
            # Without Django's cursor, which would go through the parameters of every row once more; its errors are Django's.
            with connection.wrap_database_errors:
                cursor.connection.executemany(statement.replace("%s", "?"), rows)
        else:
            cursor.executemany(statement, list(rows))


def settle(lines: Sequence[tuple[int, Mapping[str, int]]], means: Sequence[tuple[int, int]]) -> None:
    """Writes the balances of lines and the means that are left, each by the key of its line."""
    columns = ", ".join(f"{q} = %s" for q in QUANTITIES)
    with connection.cursor() as cursor:
        if lines:
            rows = [(*(quantities[q] for q in QUANTITIES), key) for key, quantities in lines]
            cursor.executemany(f"UPDATE books_balance SET {columns} WHERE line_id = %s", rows)
        if means:
            left = [(value, key) for key, value in means]
            cursor.executemany('UPDATE books_means SET "left" = %s WHERE line_id = %s', left)


def entries(book: int) -> Iterator[tuple[Any, ...]]:
    """The stored entries of a book by number, each a tuple in the order of ``FIELDS``; the date as text."""
    return _stored("books_entry", FIELDS, book)


def blocks(book: int) -> Iterator[tuple[Any, ...]]:
    """The stored blocks of a book by number, each a tuple in the order of ``BLOCK``; the time as ``chain.moment`` writes it."""
    return _stored("books_block", BLOCK, book)


def _stored(table: str, fields: tuple[str, ...], book: int) -> Iterator[tuple[Any, ...]]:
    columns = ", ".join(_READ.get(f, {}).get(connection.vendor, f'"{f}"') for f in fields)
    page = f"SELECT {columns} FROM {table} WHERE id > %s AND id < %s ORDER BY id LIMIT {_PAGE}"
    last, end = book * SPAN, (book + 1) * SPAN
    while True:
        with connection.cursor() as cursor:
            if connection.vendor == "sqlite":
                cursor.connection.text_factory = _text
            try:
                cursor.execute(page, [last, end])
                rows = cursor.fetchall()
            finally:
                if connection.vendor == "sqlite":
                    cursor.connection.text_factory = str
        yield from rows
        if len(rows) < _PAGE:
            return
        last = rows[-1][0]


def _text(raw: bytes) -> str:
    return raw.decode("utf-8", "backslashreplace")
