"""Many clients paying from few lines at once, each a process of its own; some are killed, and go on where they were.

    crowd.py DATABASE FOLDER CLIENTS PAYMENTS KILLS

Each client writes what became of each of its payments (key, ``paid`` or ``refused``, line, amount) to its file in FOLDER
after the ledger has answered, and sends a payment again under the same key until it has an answer.
"""

import os
import random
import signal
import sys
import time
import traceback
from pathlib import Path

from mingzhang.books.draft import Draft, Line
from tests.books.made import GOODS, draft

LINES = 20
MOST = 999


def lines() -> list[Line]:
    """Twenty lines of four items, so that clients meet on lines and on means."""
    items = ("2101501", "2101502", "2101505", "2101599")
    economics = ("30201", "30202", "30205", "30207", "30211")
    return [GOODS._replace(item=i, economic=e) for i in items for e in economics]


def payment(client: int, number: int) -> tuple[str, Draft]:
    """The key and the draft of a client's payment, the same each time."""
    key = f"{client}-{number}"
    dice = random.Random(key)
    return key, draft("payment", dice.choice(lines()), dice.randint(1, MOST), f"支{key}")


def answered(path: Path) -> list[list[str]]:
    """What a client wrote down; a line that it was killed at does not count."""
    text = path.read_text() if path.exists() else ""
    return [line.split("\t") for line in text[: text.rfind("\n") + 1].splitlines()]


def pay(path: Path, client: int, payments: int) -> None:
    """One client, from where its file ends."""
    from django.db import DatabaseError, InterfaceError, connection

    from mingzhang.books import ledger
    from mingzhang.books.models import Book
    from mingzhang.books.refusal import Refused

    done = len(answered(path))
    if path.exists():
        os.truncate(path, path.read_text().rfind("\n") + 1)
    with path.open("a") as log:
        for number in range(done, payments):
            key, wanted = payment(client, number)
            while True:
                try:
                    ledger.append(Book.objects.get(), [wanted], author=f"第{client}人", key=key)
                    state = "paid"
                except Refused as refused:
                    assert all(r.rule.startswith("limit.") for r in refused.refusals), refused
                    state = "refused"
                except (DatabaseError, InterfaceError) as gone:
                    if "deadlock" in str(gone) or "locked" in str(gone):
                        raise
                    connection.close()
                    time.sleep(0.1)
                    continue
                break
            log.write(f"{key}\t{state}\t{wanted.line.item}{wanted.line.economic}\t{wanted.amount}\n")
            log.flush()


def main(database: str, folder: Path, clients: int, payments: int, kills: int) -> int:
    """Runs the clients, kills ``kills`` of them at random moments, and starts those again. 1 where one failed by itself."""
    from mingzhang.office import setup

    setup(database, migrate=False)
    from mingzhang.books import ledger  # noqa: F401 - once, before the clients are forked

    dice = random.Random(clients)

    def start(client: int) -> int:
        pid = os.fork()
        if pid == 0:
            try:
                pay(folder / str(client), client, payments)
            except BaseException:  # noqa: BLE001 - a child of a fork must not go on as its parent
                traceback.print_exc()
                os._exit(1)
            os._exit(0)
        return pid

    running = {start(client): client for client in range(clients)}
    failed = 0
    while running:
        if kills and sum(len(answered(p)) for p in folder.iterdir()) > payments // 4:
            time.sleep(dice.uniform(0, 0.3))
            victim = dice.choice(sorted(running))
            os.kill(victim, signal.SIGKILL)
            kills -= 1
        pid, status = os.waitpid(-1, 0 if not kills else os.WNOHANG)
        if pid == 0:
            time.sleep(0.02)
            continue
        client = running.pop(pid)
        if os.WIFSIGNALED(status):
            running[start(client)] = client
        else:
            failed |= os.WEXITSTATUS(status)
    return failed


if __name__ == "__main__":
    database, folder, *numbers = sys.argv[1:]
    sys.exit(main(database, Path(folder), *map(int, numbers)))
