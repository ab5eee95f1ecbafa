"""What all tests share: where the given documents are, and hypothesis that stays quick."""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

PROJECT = Path(__file__).resolve().parent.parent

settings.register_profile(
    "quick", max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("thorough", max_examples=1000, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))


@pytest.fixture(scope="session")
def project() -> Path:
    """The folder of the project."""
    return PROJECT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with the given documents and their truth; skips where it is absent."""
    path = Path(os.environ.get("MINGZHANG_SHARED") or PROJECT.parent / "shared")
    if not (path / "corpus").is_dir():
        pytest.skip(f"the given documents are not at {path.name}/ beside the project; set MINGZHANG_SHARED")
    return path
