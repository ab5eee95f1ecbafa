"""``verify`` finds every changed byte of every stored column, and names the entry; the database refuses to change any."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from mingzhang.books.draft import Draft
from tests.books.made import GOODS, WAGES, draft, funded

PLAIN = pytest.mark.usefixtures("database")


def columns(table: str) -> list[str]:
    with connection.cursor() as cursor:
        return [c.name for c in connection.introspection.get_table_description(cursor, table)]


def ask(statement: str, *values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall()) if cursor.description else []


def unlocked() -> None:
    """Takes the triggers away and the foreign keys out of force, as somebody who owns the database can."""
    if connection.vendor == "sqlite":
        for (name,) in ask("SELECT name FROM sqlite_master WHERE type = 'trigger'"):
            ask(f"DROP TRIGGER {name}")
        ask("PRAGMA foreign_keys = OFF")
        ask("PRAGMA ignore_check_constraints = ON")
    else:
        ask("SET session_replication_role = replica")


def written() -> Any:
    """A book with single entries, a block of many, a virement, a reversal."""
    from mingzhang.books import ledger

    own = funded(amount=1_000_000)
    ledger.append(own, [draft("payment", WAGES, 70_000, "支1", words="三月工资")], author="乙", key="k1")
    ledger.append(
        own, [draft("payment", GOODS, 100 + n, f"支{n + 2}", words=f"第{n}笔") for n in range(30)], author="丙"
    )
    legs = [(WAGES, 500), (WAGES._replace(economic="30102"), -500)]
    ledger.append(own, [draft("approval", legs[1][0], 900, "批2")], author="乙")
    ledger.append(
        own, [Draft("virement", *leg, draft("x", *leg, "").date, "调1", voucher="v") for leg in legs], author="乙"
    )
    ledger.reverse(own, 20, author="丁", words="记错")
    return own


def changed(value: Any) -> Iterator[Any]:
    """The value with something small changed."""
    if value is None:
        yield 10
    elif isinstance(value, bytes | memoryview):
        data = bytes(value)
        yield bytes([data[0] ^ 1]) + data[1:]
        yield data[:-1] + bytes([data[-1] ^ 128])
    elif isinstance(value, bool):
        yield not value
    elif isinstance(value, int):
        yield value + 1
        yield -value or 7
    elif isinstance(value, str):
        yield value + "x"
        yield "换" + value[1:]
        if value:
            yield value[:-1]
    else:
        from datetime import timedelta

        yield value + (timedelta(microseconds=1) if hasattr(value, "hour") else timedelta(days=1))


def fault_after(own: Any, statement: str, *values: Any) -> Any:
    """What ``verify`` finds after a change, which is then undone."""
    from mingzhang.books.verify import verify

    found = None
    with transaction.atomic():
        try:
            with transaction.atomic():
                ask(statement, *values)
                found = verify(own).fault
                transaction.set_rollback(True)
        except DatabaseError as refused:  # the type or the uniqueness of a column forbids this change
            found = refused
    return found


@PLAIN
@pytest.mark.parametrize("table", ["books_entry", "books_block"])
def test_a_changed_byte_in_any_column_is_found_and_the_entry_named(table: str) -> None:
    from mingzhang.books.models.ledger import SPAN
    from mingzhang.books.verify import Fault, verify

    own = written()
    assert verify(own).fault is None
    unlocked()
    tried = dict.fromkeys(columns(table), 0)
    ids = [id for (id,) in ask(f"SELECT id FROM {table} ORDER BY id")]
    for id in (ids[0], ids[len(ids) // 2], ids[-1]):
        for column in tried:
            ((value,),) = ask(f'SELECT "{column}" FROM {table} WHERE id = %s', id)
            for other in changed(value):
                fault = fault_after(own, f'UPDATE {table} SET "{column}" = %s WHERE id = %s', other, id)
                assert fault is not None, (column, value, other)
                if isinstance(fault, Fault):
                    tried[column] += 1
                    number = fault.entry if table == "books_entry" else fault.block
                    assert fault.entry and number == id % SPAN, (column, value, other, fault)
                    assert str(fault.entry) in fault.words() and str(fault.entry) in fault.words("en")
    assert all(tried.values()), tried
    assert verify(own).fault is None


@PLAIN
def test_a_changed_byte_of_a_line_or_the_book_is_found() -> None:
    from mingzhang.books.verify import verify

    own = written()
    unlocked()
    for table, left in (("books_budgetline", {"id", "book_id"}), ("books_book", {"id"}), ("books_balance", {"line_id"}),
                        ("books_means", {"line_id"})):  # fmt: skip
        key = "line_id" if "line_id" in columns(table) else "id"
        ((id,),) = ask(f"SELECT {key} FROM {table} ORDER BY {key} LIMIT 1")
        for column in [c for c in columns(table) if c not in left]:
            ((value,),) = ask(f'SELECT "{column}" FROM {table} WHERE {key} = %s', id)
            if value is None:
                assert column == "closed_at"
                value_s = ["2024-12-31 00:00:00+00"]
            else:
                value_s = list(changed(value))
            for other in value_s:
                fault = fault_after(own, f'UPDATE {table} SET "{column}" = %s WHERE {key} = %s', other, id)
                assert fault is not None, (table, column, value, other)
    assert verify(own).fault is None


@pytest.mark.usefixtures("sqlite")
def test_a_value_of_another_type_is_a_fault_and_no_crash() -> None:
    """SQLite takes a value of any type into any column."""
    from mingzhang.books.verify import Fault, verify

    own = written()
    unlocked()
    for table, names in (("books_entry", ("digest", "amount", "leg", "date")), ("books_block", ("rows", "hash", "count", "time")),
                         ("books_book", ("hash", "entries", "blocks", "first", "last"))):  # fmt: skip
        for name in names:
            for other in ("abc", "2024-13-45", 1.5, -1, b"\x00\xff"):
                found = fault_after(own, f'UPDATE {table} SET "{name}" = %s', other)
                assert isinstance(found, Fault | DatabaseError), (table, name, other)
    assert verify(own).fault is None


@PLAIN
def test_what_is_removed_added_or_put_elsewhere_is_found() -> None:
    from mingzhang.books.models.ledger import SPAN

    own = written()
    unlocked()
    base = own.pk * SPAN
    last = ask("SELECT MAX(id) FROM books_entry")[0][0]
    for id in (base + 1, base + 15, last):
        assert fault_after(own, "DELETE FROM books_entry WHERE id = %s", id).entry == id - base
    assert fault_after(own, "DELETE FROM books_block WHERE id = %s", base + 2).block == 2
    assert fault_after(own, "DELETE FROM books_block WHERE id = %s", ask("SELECT MAX(id) FROM books_block")[0][0])
    swap = "UPDATE books_entry SET id = CASE id WHEN %s THEN %s ELSE %s END + 500 WHERE id IN (%s, %s)"
    with transaction.atomic():
        ask(swap, base + 12, base + 13, base + 12, base + 12, base + 13)
        fault = fault_after(
            own, "UPDATE books_entry SET id = id - 500 WHERE id > %s AND id < %s", base + 505, base + 520
        )
        transaction.set_rollback(True)
    assert fault.entry == 12
    copied = ", ".join(
        f'"{c}"' if c not in ("id", "reverses_id") else "%s" if c == "id" else "NULL" for c in columns("books_entry")
    )
    names = ", ".join(f'"{c}"' for c in columns("books_entry"))
    more = f"INSERT INTO books_entry ({names}) SELECT {copied} FROM books_entry WHERE id = {base + 1}"
    assert fault_after(own, more, last + 1).entry == last + 1 - base


@PLAIN
def test_the_database_refuses_to_change_what_is_appended() -> None:
    from mingzhang.books.models import Entry
    from mingzhang.books.models.appended import AppendOnly

    own = written()
    for statement in ("UPDATE {} SET id = id", "DELETE FROM {}"):
        for table in ("books_entry", "books_block", "books_budgetline", "books_costing", "books_costingline"):
            with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
                ask(statement.format(table))
    entry = Entry.objects.latest("pk")
    entry.amount = 1
    for act in (entry.save, entry.delete, lambda: Entry.objects.update(amount=1), Entry.objects.all().delete):
        with pytest.raises(AppendOnly):
            act()
    assert own.chain.count() == 6
