"""What every command shares: the language, and how a complaint or a written file is told."""

import getpass
import os
from collections.abc import Sequence

from rich.console import Console
from rich.markup import escape

SECONDS = 120.0
_SAID = {
    "zh": {"unread": "读不了", "refused": "未办", "written": "已写到 {out}"},
    "en": {"unread": "not read", "refused": "refused", "written": "written to {out}"},
}


def language(argv: Sequence[str]) -> str:
    """``--lang en`` or a LANG that begins with ``en``; Chinese otherwise."""
    for n, word in enumerate(argv):
        if word == "--lang" and n + 1 < len(argv):
            return "en" if argv[n + 1] == "en" else "zh"
        if word.startswith("--lang="):
            return "en" if word == "--lang=en" else "zh"
    return "en" if os.environ.get("LANG", "").lower().startswith("en") else "zh"


def complain(message: object, lang: str, kind: str = "unread") -> None:
    """Say on the error stream what was not read (``unread``) or not done (``refused``), and why."""
    said = f"[bold red]{_SAID[lang][kind]}[/bold red]  {escape(str(message))}"
    Console(stderr=True, highlight=False).print(said, soft_wrap=True)


def written(path: object, lang: str) -> str:
    """The markup that says where something was written."""
    return _SAID[lang]["written"].format(out=escape(str(path)))


def login() -> str:
    """The login name of whoever runs the command; empty where the machine knows none (a container's bare user number)."""
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        return ""
