"""Many clients at once: no line is overdrawn, no entry lost or doubled, also when clients are killed and the server crashes."""

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

import postgres as servers
from tests.books import crowd
from tests.books.made import book, draft


def prepared(amount: int) -> None:
    """A book in which each line has a budget and an allotment of ``amount`` fen."""
    from mingzhang.books import ledger

    own = book()
    drafts = [draft(kind, line, amount, "年初") for line in crowd.lines() for kind in ("approval", "allotment")]
    ledger.append(own, drafts, author="甲")


def start(
    database: str, folder: Path, project: Path, clients: int, payments: int, kills: int = 0
) -> subprocess.Popen[str]:
    from django.db import connection

    connection.close()
    folder.mkdir()
    command = [sys.executable, "-m", "tests.books.crowd", database, str(folder), *map(str, (clients, payments, kills))]
    return subprocess.Popen(command, cwd=project, text=True, stderr=subprocess.PIPE, env=dict(os.environ))


def proven(folder: Path, clients: int, payments: int, amount: int) -> Counter[str]:
    """Compares what the clients were told with what stands; gives how many were paid and refused."""
    from django.db.models import Sum

    from mingzhang.books.models import Balance, Block, Book, Entry
    from mingzhang.books.verify import verify

    own = Book.objects.get()
    proof = verify(own)
    assert proof.fault is None, proof.fault.words("en")
    told = [each for client in range(clients) for each in crowd.answered(folder / str(client))]
    assert len(told) == len({key for key, *_ in told}) == clients * payments
    paid = {key: (line, int(amount)) for key, state, line, amount in told if state == "paid"}
    stands = {
        block.key: (entry.line.item + entry.line.economic, entry.amount)
        for entry in Entry.objects.filter(kind="payment").select_related("line", "block")
        for block in (entry.block,)
    }
    assert stands == paid
    assert Entry.objects.filter(kind="payment").count() == len(paid)
    assert Block.objects.count() == len(paid) + 1 == proof.blocks
    sums = dict(Entry.objects.filter(kind="payment").values_list("line").annotate(Sum("amount")))
    balances = {b.pk: b.paid for b in Balance.objects.all()}
    assert sums == {pk: paid for pk, paid in balances.items() if paid}
    assert max(balances.values()) <= amount
    # What was refused did not fit, or it would fit now: less is left on every line than the largest payment refused there.
    for line in {line for _, state, line, _ in told if state == "refused"}:
        left = amount - sum(value for at, value in paid.values() if at == line)
        assert left < max(int(value) for _, state, at, value in told if state == "refused" and at == line)
    return Counter(state for _, state, *_ in told)


def budget(clients: int, payments: int) -> int:
    """A budget of each line that lasts for three quarters of the payments."""
    return clients * payments * crowd.MOST // 2 // crowd.LINES * 3 // 4


@pytest.mark.parametrize(("on", "clients", "payments"), [("sqlite", 4, 12), ("postgresql", 6, 18)])
def test_clients_pay_at_once(
    request: pytest.FixtureRequest, on: str, clients: int, payments: int, tmp_path: Path, project: Path
) -> None:
    database = request.getfixturevalue(on)
    prepared(amount := budget(clients, payments))
    running = start(database, tmp_path / "told", project, clients, payments, kills=3)
    _, errors = running.communicate(timeout=300)
    assert running.returncode == 0, errors
    states = proven(tmp_path / "told", clients, payments, amount)
    assert states["paid"] and states["refused"]


@pytest.mark.slow
def test_fifty_clients_pay_from_twenty_lines(postgresql: str, tmp_path: Path, project: Path) -> None:
    clients, payments = 50, 400
    prepared(amount := budget(clients, payments))
    running = start(postgresql, tmp_path / "told", project, clients, payments)
    _, errors = running.communicate(timeout=3000)
    assert running.returncode == 0, errors
    states = proven(tmp_path / "told", clients, payments, amount)
    assert states["paid"] > 10_000 and states["refused"] > 1_000


@pytest.mark.slow
def test_clients_are_killed_and_the_server_crashes(tmp_path: Path, project: Path) -> None:
    from django.db import connection

    from mingzhang.office import setup

    if servers.binaries() is None:
        pytest.skip("no PostgreSQL server: install the extra `test` on Linux, or PostgreSQL")
    clients, payments = 50, 400
    with servers.server() as own:
        setup(own.url)
        prepared(amount := budget(clients, payments))
        running = start(own.url, tmp_path / "told", project, clients, payments, kills=60)
        crashes = 0
        while running.poll() is None and crashes < 3:
            time.sleep(10)
            own.stop(signal.SIGQUIT)
            time.sleep(0.5)
            own.start()
            crashes += 1
        _, errors = running.communicate(timeout=3000)
        assert running.returncode == 0, errors
        connection.close()
        states = proven(tmp_path / "told", clients, payments, amount)
        connection.close()
    assert crashes and states["paid"] > 10_000 and states["refused"] > 1_000
