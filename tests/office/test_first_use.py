"""Several processes that use new books at the same moment."""

import os
import subprocess
import sys
from pathlib import Path

OPEN = ["books", "open", "--department", "9", "--name", "甲局", "--year", "2024", "--lang", "zh"]


def test_new_books_may_be_opened_by_several_processes_at_once(tmp_path: Path) -> None:
    own = os.environ | {"MINGZHANG_HOME": str(tmp_path), "PYTHONPATH": os.pathsep.join(p for p in sys.path if p)}
    own.pop("DATABASE_URL", None)
    command = [sys.executable, "-m", "mingzhang.cli", *OPEN]
    running = [subprocess.Popen(command, env=own, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) for _ in range(3)]
    said = [process.communicate(timeout=120)[0].decode() for process in running]
    assert [process.returncode for process in running] == [0, 0, 0], said
