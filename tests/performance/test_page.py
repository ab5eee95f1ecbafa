"""What docs/performance.md says of the given documents still holds."""

from pathlib import Path

import pytest

import evaluations


@pytest.mark.slow
def test_the_page_says_what_the_documents_give(shared: Path) -> None:
    assert shared
    page = evaluations.PAGE.read_text("utf-8")
    fresh = evaluations.pages(list(evaluations.recomputed()))
    assert evaluations.BEGIN + fresh + evaluations.END in page
