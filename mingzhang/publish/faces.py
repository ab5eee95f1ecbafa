"""The type faces of a PDF: the one that comes with the package, before it the official ones that a machine has."""

import os
import sys
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from pathlib import Path

import noto_cjk_sans_otc

BUNDLED = "Noto Sans CJK SC"
"""The family that the package brings."""

_USES = ("title", "heading", "subheading", "body", "table")


@dataclass(frozen=True, slots=True)
class Faces:
    """Folders of fonts, and the families for each use (title, heading, subheading, body, table), best first."""

    folders: tuple[Path, ...] = ()
    names: tuple[tuple[str, ...], ...] = ((BUNDLED,),) * len(_USES)

    def of(self, use: str) -> tuple[str, ...]:
        return self.names[_USES.index(use)]


def bundled() -> Path:
    """The folder of the face that comes with the package."""
    return Path(noto_cjk_sans_otc.__file__).parent


def folders() -> tuple[Path, ...]:
    """Where this machine keeps its fonts."""
    home = Path.home()
    if sys.platform == "win32":
        return (Path(os.environ.get("WINDIR", r"C:\Windows"), "Fonts"), home / "AppData/Local/Microsoft/Windows/Fonts")
    if sys.platform == "darwin":
        return (Path("/System/Library/Fonts"), Path("/Library/Fonts"), home / "Library/Fonts")
    return (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), home / ".local/share/fonts", home / ".fonts")


@lru_cache(maxsize=4)
def official(where: tuple[Path, ...] | None = None) -> Faces:
    """The official faces found in the folders (None: those of this machine); without any, the bundled face alone."""
    uses = tomllib.loads((resources.files("mingzhang.publish") / "faces.toml").read_text("utf-8"))
    wanted = {name.lower() for use in uses.values() for name in use["files"]}
    found = {
        Path(folder)
        for root in (folders() if where is None else where)
        for folder, _, names in os.walk(root)
        if any(name.lower() in wanted for name in names)
    }
    if not found:
        return Faces()
    return Faces(tuple(sorted(found)), tuple((*uses[use]["names"], BUNDLED) for use in _USES))
