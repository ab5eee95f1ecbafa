"""Reading in a child process that may neither run on for ever nor eat the machine; many files by several processes."""

import multiprocessing
import os
import signal
import time
import traceback
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.context import BaseContext
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any, TypeVar

from mingzhang.read.errors import ReadError

A = TypeVar("A")
R = TypeVar("R")

SECONDS = 120.0
"""Time limit for a file where the caller wants one but names none."""

MEMORY = 1 << 30
"""Bytes that a file may need beyond what the child process starts with."""

AHEAD = 16
"""Results a worker may be ahead of the file whose turn it is: a slow first file does not pile up the rest."""

PATIENCE = 6
"""Times its limit that a file may take by the clock while the machine is too busy to give it that much processor time."""

_BUSY = 0.05
"""Share of the time by the clock that a process must have had of a processor to count as waiting for one, not asleep."""

_PRELOAD = ("mingzhang.read", "mingzhang.read.document", "mingzhang.read.pages.files", "mingzhang.read.pages.pdf")


@dataclass(slots=True)
class _Child:
    """A process that reads one file, and when its time is up; ``used`` is what it had of a processor at ``since``."""

    argument: Any
    process: BaseProcess
    results: Connection
    deadline: float
    seconds: float | None
    memory: int | None
    started: float
    since: float
    used: float = 0.0


def run(function: Callable[[A], R], argument: A, seconds: float | None = None, memory: int | None = None) -> R:
    """``function(argument)`` with at most ``seconds`` of time (see ``_moved``) and ``memory`` bytes of growth.

    With a limit it runs in a child process, without one here. Raises
    ReadError where the function does, where a limit is reached, where the child
    dies, and where the function fails in any other way (内部错误).
    """
    if seconds is None and memory is None:
        result = _here(function, argument)
    else:
        child = _start(_context(function), function, argument, seconds, memory)
        while not _ready({0: child}):
            pass
        result = _finish(child)
    if isinstance(result, ReadError):
        raise result
    return result


def read_many(
    paths: Iterable[A],
    function: Callable[[A], R],
    workers: int | None = None,
    seconds: float | None = SECONDS,
    memory: int | None = MEMORY,
    progress: Callable[[int, int], None] | None = None,
) -> Iterator[tuple[A, R | ReadError]]:
    """Every path with its result or the reason why there is none, in the order given.

    Each file has a process of its own, so that one that crashes or runs out
    of bounds loses only itself; ``workers`` of them run at a time (None: one
    a processor). A single file without limits is read in this process, and
    with ``workers=0`` all are. ``progress`` is told the number of files done and of
    all. ``function`` must be importable by name in another process.
    """
    waiting = deque(enumerate(paths))
    total = len(waiting)
    if workers == 0 or (total == 1 and seconds is None and memory is None):
        for done, (_, path) in enumerate(waiting, 1):
            outcome = _here(function, path)
            if progress:
                progress(done, total)
            yield path, outcome
        return
    context = _context(function)
    size = max(1, workers or os.cpu_count() or 1)
    running: dict[int, _Child] = {}
    finished: dict[int, tuple[A, R | ReadError]] = {}
    turn = done = 0
    try:
        while turn < total:
            while waiting and len(running) < size and waiting[0][0] < turn + AHEAD * size:
                index, path = waiting.popleft()
                running[index] = _start(context, function, path, seconds, memory)
            for index in _ready(running):
                child = running.pop(index)
                finished[index] = child.argument, _finish(child)
                done += 1
                if progress:
                    progress(done, total)
            while turn in finished:
                yield finished.pop(turn)
                turn += 1
    finally:
        for child in running.values():
            _end(child, patient=False)


def _context(function: Callable[..., Any]) -> BaseContext:
    """A fork server where there is one (8 ms a file), else fresh processes; never a fork of this process."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([function.__module__, *_PRELOAD])
    return context


def _start(
    context: BaseContext, function: Callable[[A], Any], argument: A, seconds: float | None, memory: int | None
) -> _Child:
    receiver, sender = context.Pipe(duplex=False)
    arguments = (sender, function, argument, seconds, memory)
    process: BaseProcess = context.Process(target=_work, args=arguments, daemon=True)  # type: ignore[attr-defined]
    process.start()
    sender.close()
    now = time.monotonic()
    deadline = now + seconds if seconds is not None else float("inf")
    return _Child(argument, process, receiver, deadline, seconds, memory, now, now)


def _work(
    sender: Connection, function: Callable[[A], Any], argument: A, seconds: float | None, memory: int | None
) -> None:
    """In the child: take the limits, read, send what came of it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _limit(seconds, memory)
    outcome = _here(function, argument, memory)
    try:
        sender.send(outcome)
    except MemoryError:
        sender.send(_too_large(argument, memory))
    except Exception as error:  # noqa: BLE001 - a result that cannot be sent must not be lost in silence
        sender.send(_internal(argument, error))


def _here(function: Callable[[A], R], argument: A, memory: int | None = None) -> R | ReadError:
    """The result, or as a value why there is none."""
    try:
        return function(argument)
    except ReadError as error:
        return error
    except MemoryError:
        return _too_large(argument, memory)
    except Exception as error:  # noqa: BLE001 - one file that the program stumbles over must not lose the others
        return _internal(argument, error)


def _limit(seconds: float | None, memory: int | None) -> None:
    """Memory, and processor time should the parent not be there to end this process (not on Windows)."""
    try:
        import resource
    except ImportError:
        return
    if memory is not None:
        _lower(resource.RLIMIT_AS, _size() + memory)
    if seconds is not None:
        _lower(resource.RLIMIT_CPU, int(seconds) + 2)
    _lower(resource.RLIMIT_CORE, 0)


def _lower(which: int, value: int) -> None:
    import resource

    _, hard = resource.getrlimit(which)
    if hard != resource.RLIM_INFINITY:
        value = min(value, hard)
    try:
        resource.setrlimit(which, (value, hard))
    except (OSError, ValueError):
        return


def _size() -> int:
    """Bytes of address space that this process has now."""
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[0])
    except (OSError, ValueError):
        return 1 << 30
    return pages * os.sysconf("SC_PAGE_SIZE")


def _ready(running: dict[int, _Child]) -> list[int]:
    """Waits until a child has sent something, died or come to its deadline, and says which (none: one was moved)."""
    owners: dict[Any, int] = {}
    for index, child in running.items():
        owners[child.results] = index
        owners[child.process.sentinel] = index
    left = min(child.deadline for child in running.values()) - time.monotonic()
    heard = {owners[o] for o in wait(list(owners), None if left == float("inf") else max(0.0, left))}
    now = time.monotonic()
    return sorted(heard | {i for i, child in running.items() if child.deadline <= now and not _moved(child, now)})


def _moved(child: _Child, now: float) -> bool:
    """Moves the deadline of a child that worked but was not given its time by a busy machine, up to PATIENCE times its
    limit. Where the system does not tell the processor time of a process, the clock alone counts."""
    used = _used(child.process.pid)
    if used is None or child.seconds is None or used >= child.seconds:
        return False
    last = child.started + PATIENCE * child.seconds
    if used - child.used < _BUSY * (now - child.since) or now >= last:
        return False
    child.used, child.since = used, now
    child.deadline = min(last, now + max(child.seconds - used, 0.05 * child.seconds))
    return True


def _used(process: int | None) -> float | None:
    """Processor seconds of a process; None where the system does not tell (no /proc, or it has ended)."""
    try:
        told = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
        return (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")
    except (OSError, ValueError, IndexError):
        return None


def _finish(child: _Child) -> Any:
    """What the child sent; or that its time was up, or how it died."""
    try:
        if child.results.poll():
            return child.results.recv()
        late = child.process.is_alive() and time.monotonic() >= child.deadline
    except (EOFError, OSError):
        late = False
    except Exception as error:  # noqa: BLE001 - what cannot be unpacked here is a fault of the program, not of the file
        return _internal(child.argument, error)
    finally:
        _end(child, patient=True)
    if late or child.process.exitcode == -getattr(signal, "SIGXCPU", 0):
        message = f"读取超过 {child.seconds:g} 秒，时间过长，已停止；文件可能已损坏或过于复杂，请拆分后再读"
        return ReadError(str(child.argument), "too-slow", message)
    code = child.process.exitcode
    if code is None or code >= 0:
        message = f"读取进程没有交回结果就退出了（退出码 {code}）；请重试，或把文件和这条信息告诉开发者"
    else:
        message = f"读取进程异常终止（{_death(code)}），文件多半已损坏；请重新下载，或用原软件打开后另存为 PDF"
    return ReadError(str(child.argument), "crashed", message)


def _end(child: _Child, patient: bool) -> None:
    """Leaves no process behind: it may end by itself, else it is killed."""
    if not patient or time.monotonic() >= child.deadline:
        child.process.kill()
    child.process.join(2)
    if child.process.exitcode is None:
        child.process.kill()
        child.process.join(2)
    child.results.close()


def _death(code: int) -> str:
    try:
        return signal.Signals(-code).name
    except ValueError:
        return f"信号 {-code}"


def _too_large(argument: Any, memory: int | None) -> ReadError:
    most = f"（上限 {memory >> 20} MB）" if memory else ""
    message = f"内存不足{most}，已停止读取；文件可能已损坏或过大，请拆分后再读"
    return ReadError(str(argument), "too-much-memory", message)


def _internal(argument: Any, error: Exception) -> ReadError:
    frames = traceback.extract_tb(error.__traceback__)
    place = f"（{Path(frames[-1].filename).name}:{frames[-1].lineno}）" if frames else ""
    message = f"内部错误 {type(error).__name__}: {str(error)[:200]}{place}；请把文件和这条信息告诉开发者"
    failure = ReadError(str(argument), "internal", message)
    failure.__cause__ = error
    return failure
