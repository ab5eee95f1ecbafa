"""The house: imports point up the map, every package says what it is for, files stay short, nothing names a machine."""

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

LONGEST = 600
TEXT = {".py", ".toml", ".csv", ".md", ".typ", ".txt", ".html", ".css", ".js", ".svg", ""}
# Written in pieces, so that this file does not hold what it looks for.
FORBIDDEN = re.compile("|".join(("/wo" + "rk/", "/ro" + "ot/", "/ho" + r"me/\w", "/op" + "t/", "local" + r"host:\d")))
MADE = {".git", ".venv", "build", "dist", "out", "__pycache__", ".hypothesis"}


def sources(project: Path) -> list[Path]:
    """The text files of the project, without what was made by tools."""
    every = []
    for path in sorted(project.rglob("*")):
        parts = path.relative_to(project).parts
        made = any(p in MADE or p.endswith((".egg-info", "_cache")) for p in parts)
        if path.is_file() and not made and path.suffix in TEXT:
            every.append(path)
    return every


def test_import_contract(project: Path) -> None:
    command = "from importlinter.cli import lint_imports; raise SystemExit(lint_imports(no_cache=True))"
    done = subprocess.run([sys.executable, "-c", command], cwd=project, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_package_says_what_comes_in_and_goes_out(project: Path) -> None:
    for init in sorted((project / "mingzhang").rglob("__init__.py")):
        words = ast.get_docstring(ast.parse(init.read_text("utf-8")))
        assert words, f"{init.relative_to(project)} has no docstring"
    for folder in {p.parent for p in (project / "mingzhang").rglob("*.py")}:
        assert (folder / "__init__.py").exists(), f"{folder.relative_to(project)} is no package"


def test_no_module_is_long(project: Path) -> None:
    long = {
        str(p.relative_to(project)): n
        for p in sources(project)
        if p.suffix == ".py" and (n := len(p.read_text("utf-8").splitlines())) > LONGEST
    }
    assert not long


def test_nothing_names_this_machine(project: Path) -> None:
    for path in sources(project):
        hit = FORBIDDEN.search(path.read_text("utf-8", errors="replace"))
        assert not hit, f"{path.relative_to(project)}: {hit.group()!r}"


def test_everything_imported_is_declared(project: Path) -> None:
    """What the package imports stands in the dependencies of pyproject.toml (under its distribution's name)."""
    called = {"PIL": "pillow", "pypdfium2_raw": "pypdfium2", "noto_cjk_sans_otc": "noto-cjk-sans-otc",
              "docx": "python-docx", "python_calamine": "python-calamine"}  # fmt: skip
    data = tomllib.loads((project / "pyproject.toml").read_text("utf-8"))["project"]
    extras = [wanted for name, wanted in data["optional-dependencies"].items() if name != "test"]
    every = [*data["dependencies"], *(one for wanted in extras for one in wanted)]
    declared = {re.split(r"[<>=!~\[; ]", d)[0].lower() for d in every}
    for path in sorted((project / "mingzhang").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and node.level == 0:
                names = [node.module or ""]
            for name in names:
                top = name.split(".")[0]
                if top not in sys.stdlib_module_names and top != "mingzhang":
                    assert called.get(top, top).lower() in declared, f"{path.relative_to(project)} imports {top}"


@pytest.mark.parametrize(
    "name", ["README.md", "README.zh.md", "docs/index.md", "docs/decisions.md", "LICENSE", "Makefile"]
)
def test_the_stranger_finds(project: Path, name: str) -> None:
    assert (project / name).stat().st_size > 500


def test_links_of_the_documents_lead_somewhere(project: Path) -> None:
    for page in [*project.glob("*.md"), *(project / "docs").rglob("*.md")]:
        for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", page.read_text("utf-8")):
            if not target.startswith(("http:", "https:", "mailto:")):
                assert (page.parent / target).exists(), f"{page.relative_to(project)}: {target}"
