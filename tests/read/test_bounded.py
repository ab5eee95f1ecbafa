"""Reading within bounds: time, memory, a crash, and many files by several processes."""

import os
import signal
import time
from collections.abc import Callable
from typing import Any

import pytest

from mingzhang.read import bounded
from mingzhang.read.errors import ReadError

POSIX = pytest.mark.skipif(os.name != "posix", reason="limits of memory and signals are those of POSIX")


def refusal(function: Callable[[Any], Any], argument: Any, **limits: Any) -> ReadError:
    with pytest.raises(ReadError) as caught:
        bounded.run(function, argument, **limits)
    return caught.value


@pytest.mark.parametrize("limits", [{}, {"seconds": 20}, {"memory": 1 << 29}, {"seconds": 20, "memory": 1 << 29}])
def test_the_result_comes_back(limits: dict[str, Any]) -> None:
    assert bounded.run(os.path.basename, "folder/name", **limits) == "name"


def test_without_a_limit_it_runs_here() -> None:
    assert bounded.run(lambda _: os.getpid(), None) == os.getpid()


def test_too_slow_is_stopped() -> None:
    error = refusal(time.sleep, 60, seconds=0.4)
    assert error.reason == "too-slow"
    assert "时间过长" in error.message


def idling(share: float) -> str:
    """Works 0.3 s of processor time, as on a machine that gives it only that share of one."""
    while time.process_time() < 0.3:
        begin = time.process_time()
        while time.process_time() < begin + 0.01:
            pass
        time.sleep(0.01 / share - 0.01)
    return "done"


@pytest.mark.skipif(not os.path.exists("/proc/self/stat"), reason="the processor time of a process is told by /proc")  # noqa: PTH110
def test_a_busy_machine_is_not_held_against_a_file() -> None:
    assert bounded.run(idling, 0.3, seconds=0.6) == "done"


def test_a_process_that_sleeps_is_not_waited_for() -> None:
    assert refusal(idling, 0.001, seconds=0.6).reason == "too-slow"


@POSIX
def test_too_much_memory_is_stopped() -> None:
    error = refusal(bytearray, 3 << 30, memory=1 << 28, seconds=20)
    assert error.reason == "too-much-memory"
    assert "内存不足" in error.message
    assert "256 MB" in error.message


@POSIX
@pytest.mark.parametrize("death", [signal.SIGSEGV, signal.SIGABRT, signal.SIGKILL, signal.SIGILL])
def test_a_crash_is_a_read_error_that_names_the_signal(death: signal.Signals) -> None:
    error = refusal(signal.raise_signal, death, seconds=20)
    assert error.reason == "crashed"
    assert death.name in error.message


def test_an_exit_is_a_read_error() -> None:
    assert refusal(os._exit, 3, seconds=20).reason == "crashed"


@pytest.mark.parametrize("limits", [{}, {"seconds": 20}])
def test_a_fault_of_the_program_names_itself_and_its_line(limits: dict[str, Any]) -> None:
    error = refusal(int, "x", **limits)
    assert error.reason == "internal"
    assert "ValueError" in error.message
    assert "bounded.py:" in error.message


def test_a_read_error_comes_through_whole(tmp_path: Any) -> None:
    from mingzhang.read.pages.files import kind

    error = refusal(kind, str(tmp_path / "nowhere.pdf"), seconds=20)
    assert (error.reason, error.file) == ("missing", str(tmp_path / "nowhere.pdf"))


@POSIX
@pytest.mark.parametrize("workers", [1, 3])
def test_one_that_dies_loses_only_itself_and_order_is_kept(workers: int) -> None:
    harmless = signal.SIGWINCH
    given = [harmless, signal.SIGKILL, harmless, signal.SIGSEGV, harmless, harmless]
    told: list[tuple[int, int]] = []
    out = list(
        bounded.read_many(
            given, signal.raise_signal, workers, 20, progress=lambda done, total: told.append((done, total))
        )
    )
    assert [argument for argument, _ in out] == given
    assert [isinstance(result, ReadError) for _, result in out] == [False, True, False, True, False, False]
    assert told == [(n, 6) for n in range(1, 7)]


def test_a_slow_one_does_not_hold_up_the_rest() -> None:
    out = list(bounded.read_many([60, 0, 0, 0, 0], time.sleep, workers=2, seconds=0.6))
    assert [isinstance(result, ReadError) for _, result in out] == [True, False, False, False, False]


def test_results_larger_than_a_pipe_come_back() -> None:
    out = dict(bounded.read_many([1 << 22, 1 << 23], bytes, workers=2, seconds=20))
    assert {size: len(result) for size, result in out.items() if not isinstance(result, ReadError)} == {
        1 << 22: 1 << 22,
        1 << 23: 1 << 23,
    }


def test_nothing_given_gives_nothing_and_one_without_limits_runs_here() -> None:
    assert list(bounded.read_many([], os.path.basename)) == []
    assert list(bounded.read_many([None], lambda _: os.getpid(), seconds=None, memory=None)) == [(None, os.getpid())]
    assert [r for _, r in bounded.read_many([1, 2], lambda _: os.getpid(), workers=0)] == [os.getpid()] * 2


def test_stopping_early_leaves_no_process() -> None:
    import multiprocessing

    results = bounded.read_many([0, 60, 60], time.sleep, workers=3, seconds=90)
    assert next(results) == (0, None)
    results.close()
    assert not multiprocessing.active_children()
