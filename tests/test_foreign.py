"""Nothing outside the demo knows the given documents: no place, project, person's figure or sentence of theirs.

What to look for is taken from the documents themselves when the test runs.
"""

import csv
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

TEXT = {".py", ".toml", ".csv", ".md", ".typ", ".json", ".html", ".txt", ""}
MADE = {".git", ".venv", "build", "dist", "out", "__pycache__", ".hypothesis"}
FIGURE = re.compile(r"(?<![\d.,])\d{1,3}(?:,\d{3})*(?:\.\d+)?(?![\d.])|(?<![\d.,])\d+(?:\.\d+)?(?![\d.])")
PLACE = re.compile(r"[\u4e00-\u9fff]{1,3}[市县区](?=[\u4e00-\u9fff]{2,8}?[局委会])")
LONG = 18
PROVINCES = "mingzhang/forms/data/provinces"


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def plain(figure: str) -> str:
    return figure.replace(",", "").rstrip("0").rstrip(".") if "." in figure else figure.replace(",", "")


@pytest.fixture(scope="module")
def own(project: Path) -> list[tuple[str, str]]:
    """(name, text) of every file of the project outside the demo and its tests."""
    found = []
    for path in sorted(project.rglob("*")):
        name = path.relative_to(project)
        made = any(p in MADE or p.endswith((".egg-info", "_cache")) for p in name.parts)
        at_home = "demo" in name.parts or name.parts[:2] == ("accuracy", "disputed") or name.name == "LICENSE"
        if path.is_file() and not made and not at_home and path.suffix in TEXT:
            found.append((str(name), path.read_text("utf-8", errors="replace")))
    return found


def texts(shared: Path) -> Iterator[str]:
    for path in sorted((shared / "corpus" / "text").glob("*.txt")):
        yield re.sub(r"\s+", "", path.read_text("utf-8"))
    for path in sorted((shared / "truth").glob("*/narrative.csv")):
        yield "".join(r["section"] + r["sentence"] for r in rows(path))


def official(shared: Path) -> set[str]:
    return {row[key] for row in rows(shared / "spec" / "codes.csv") for key in ("name", "code")}


def test_no_place(shared: Path, project: Path, own: list[tuple[str, str]]) -> None:
    """The places that publish: those whose name stands often before a bureau or committee."""
    counts: dict[str, int] = {}
    for text in texts(shared):
        for hit in PLACE.findall(text):
            for size in range(2, len(hit) + 1):
                counts[hit[-size:]] = counts.get(hit[-size:], 0) + 1
    common = re.compile(r"[全本我各省市州县区镇乡的在由对和为与跨]|行政|上级|下辖|所属")
    places = {p for p, n in counts.items() if n >= 3 and not common.search(p[:-1])}
    provinces = [tomllib.loads(p.read_text("utf-8"))["name"] for p in (project / PROVINCES).glob("*.toml")]
    places = {p for p in places if not any(province.endswith(p) for province in provinces)}
    assert len(places) >= 4
    named = {name: hits for name, text in own if (hits := {p for p in places if p in text})}
    assert not named


def test_no_project(shared: Path, own: list[tuple[str, str]]) -> None:
    names = {r["project"] for p in sorted((shared / "truth").glob("*/indicators.csv")) for r in rows(p)}
    names |= {r["block"] for p in sorted((shared / "truth").glob("*/cells.csv")) for r in rows(p)}
    known = official(shared)
    names = {n for n in names if len(n) > 5 and n not in known}
    assert names
    named = {name: hits for name, text in own if (hits := {n for n in names if n in text})}
    assert not named


def test_no_figure(shared: Path, own: list[tuple[str, str]]) -> None:
    """Figures with five digits or more that tell a document: no codes, no round numbers, no years side by side."""
    figures: set[str] = set()
    for path in sorted((shared / "truth").glob("*/*.csv")):
        for row in rows(path):
            for column in ("value", "target", "actual"):
                figures |= {plain(f) for f in FIGURE.findall(row.get(column) or "")}
    known = official(shared)

    def telling(figure: str) -> bool:
        digits = figure.replace(".", "").strip("0")
        return len(figure.replace(".", "")) >= 5 and len(digits) >= 4 and figure not in known and len(set(digits)) > 2

    figures = {f for f in figures if telling(f)}
    assert len(figures) > 100
    quoted = {name: hits for name, text in own if (hits := figures.intersection(map(plain, FIGURE.findall(text))))}
    assert not quoted


def test_no_sentence(shared: Path, own: list[tuple[str, str]]) -> None:
    """No run of characters as long as half a line stands in two of their sentences and ours: law and forms apart."""
    once: dict[str, int] = {}
    for number, text in enumerate(texts(shared)):
        for sentence in re.split(r"[。；，、：（）()“”\d]", text):
            if len(sentence) >= LONG and once.setdefault(sentence, number) != number:
                once[sentence] = -1
    telling = {s for s, number in once.items() if number >= 0 and re.fullmatch(r"[\u4e00-\u9fff]+", s)}
    for name, text in own:
        if "/forms/" in name or "/codes/" in name or "/check/" in name:
            continue
        squeezed = re.sub(r"\s+", "", text)
        for run in re.findall(rf"[\u4e00-\u9fff]{{{LONG},}}", squeezed):
            assert run not in telling, f"{name} repeats {run}"
