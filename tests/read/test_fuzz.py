"""Changed files end in pages and blocks or in a ReadError: no traceback, no hang over 10 s, no growth over 1 GB."""

import os
import random
import re
from collections import Counter
from pathlib import Path

import pytest

from mingzhang.read import read_file
from mingzhang.read.bounded import read_many
from mingzhang.read.errors import ReadError
from tests.read.written import PLAIN, disclosure_pdf, grid_pdf, pdf

SECONDS = 10.0
MEMORY = 1 << 30
NUMBER = re.compile(rb"\d+")
ODD = (b"0", b"-1", b"1", b"65536", b"2147483647", b"-2147483648", b"99999999999999999999", b"1e99", b"0.00001")


def flipped(data: bytearray, draw: random.Random, _: list[bytes]) -> bytearray:
    for _n in range(draw.choice((1, 4, 30, 300))):
        data[draw.randrange(len(data))] = draw.randrange(256)
    return data


def cut(data: bytearray, draw: random.Random, _: list[bytes]) -> bytearray:
    start = draw.randrange(len(data))
    return data[:start] + data[start + draw.choice((1, 10, 1000, len(data))) :]


def spliced(data: bytearray, draw: random.Random, others: list[bytes]) -> bytearray:
    other = draw.choice(others)
    start = draw.randrange(len(other))
    at = draw.randrange(len(data))
    return data[:at] + other[start : start + draw.choice((8, 200, 5000))] + data[at:]


def repeated(data: bytearray, draw: random.Random, _: list[bytes]) -> bytearray:
    at = draw.randrange(len(data))
    return data[:at] + data[at : at + draw.choice((5, 80, 900))] * draw.choice((2, 30, 200)) + data[at:]


def renumbered(data: bytearray, draw: random.Random, _: list[bytes]) -> bytearray:
    """Some of its numbers become impossible ones: sizes, counts, offsets, coordinates, amounts."""
    share = draw.choice((0.002, 0.02, 0.2))
    return bytearray(NUMBER.sub(lambda hit: draw.choice(ODD) if draw.random() < share else hit.group(), bytes(data)))


CHANGES = (flipped, cut, spliced, repeated, renumbered)


def changed(sources: list[bytes], seed: int) -> bytes:
    """One of the sources after one to three changes; the end mark of a PDF is put back half of the time."""
    draw = random.Random(seed)
    data = bytearray(draw.choice(sources))
    for _ in range(draw.choice((1, 1, 2, 3))):
        data = draw.choice(CHANGES)(data, draw, sources)
        if not data:
            break
    if data[:5] == b"%PDF-" and draw.random() < 0.5:
        data += b"\nstartxref\n0\n%%EOF\n"
    return bytes(data)


def synthetic() -> list[bytes]:
    text = PLAIN.encode()
    return [
        disclosure_pdf(),
        grid_pdf(30, 6),
        pdf(["one 1.00", "two 2,000.50"]),
        text,
        PLAIN.encode("gb18030"),
        text * 9,
    ]


def outcomes(folder: Path, sources: list[bytes], seeds: range) -> Counter[str]:
    """Reads the changed files, each in its own bounded process; the number of each outcome."""
    paths = []
    for seed in seeds:
        path = folder / f"{seed}.bin"
        path.write_bytes(changed(sources, seed))
        paths.append(str(path))
    found: Counter[str] = Counter()
    bad: list[str] = []
    for path, result in read_many(paths, read_file, os.cpu_count(), SECONDS, MEMORY):
        reason = result.reason if isinstance(result, ReadError) else "read"
        found[reason] += 1
        if reason in ("internal", "too-slow", "too-much-memory"):
            bad.append(f"{Path(path).name}: {result}")
        else:
            Path(path).unlink()
    assert not bad, "\n".join(bad)
    return found


def test_sixty_changed_files(tmp_path: Path) -> None:
    found = outcomes(tmp_path, synthetic(), range(60))
    assert found.total() == 60
    assert found["read"] >= 5, found


@pytest.mark.slow
def test_two_thousand_changed_files(tmp_path: Path) -> None:
    found = outcomes(tmp_path, synthetic(), range(1000, 3000))
    assert found.total() == 2000
    assert found["read"] >= 200, found


@pytest.mark.slow
def test_two_thousand_changed_copies_of_given_documents(tmp_path: Path, shared: Path) -> None:
    corpus = [path.read_bytes() for path in sorted((shared / "corpus").glob("*/*")) if path.is_file()]
    found = outcomes(tmp_path, corpus, range(3000, 5000))
    assert found.total() == 2000
    assert found["read"] >= 200, found
