"""A page in headless Chromium: what a script in it says."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--allow-file-access-from-files", "--dump-dom",
)  # fmt: skip
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")

needed = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")


def said(page: str, script: str, wide: int, folder: Path) -> str:
    """What the expression ``script`` is worth in the page when the window is ``wide`` pixels wide."""
    assert CHROMIUM is not None
    told = f"<script>document.title = String({script})</script></body>"
    (folder / "page.html").write_text(page.replace("</body>", told), encoding="utf-8")
    frame = (
        f'<iframe src="page.html" style="width:{wide}px;height:900px;border:0"'
        ' onload="document.title=this.contentDocument.title"></iframe>'
    )
    (folder / "frame.html").write_text(frame, encoding="utf-8")
    command = [CHROMIUM, *FLAGS, f"--user-data-dir={folder / 'profile'}", (folder / "frame.html").as_uri()]
    shown = subprocess.run(command, check=True, capture_output=True, text=True, timeout=120).stdout
    found = re.search(r"<title>(.*?)</title>", shown)
    assert found is not None
    return found[1]
