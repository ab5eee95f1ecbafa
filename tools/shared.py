"""Where the given documents and their truth are: $MINGZHANG_SHARED, or ``shared`` beside the project."""

import os
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent


def folder() -> Path | None:
    """The folder, or None where it is absent."""
    path = Path(os.environ.get("MINGZHANG_SHARED") or PROJECT.parent / "shared")
    return path if (path / "truth").is_dir() else None


def document(shared: Path, name: str) -> Path | None:
    """The file of the corpus that is called ``name`` (without suffix)."""
    for path in sorted((shared / "corpus").glob(f"*/{name}.*")):
        return path
    return None
