"""What every command shares: the language, and how a complaint or a written file is told."""

import errno
import getpass
import os
import tomllib
from collections.abc import Sequence
from functools import cache
from importlib import resources
from pathlib import Path

from rich.console import Console
from rich.markup import escape

from mingzhang.read.errors import ReadError

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


_ERRNO = {
    errno.ENOENT: "没有这个文件或文件夹",
    errno.EISDIR: "是文件夹，不是文件",
    errno.ENOTDIR: "上一级不是文件夹",
    errno.EEXIST: "已有同名的文件，不能当文件夹用",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EROFS: "磁盘是只读的",
    errno.ENOSPC: "磁盘已满",
    errno.ENAMETOOLONG: "名字太长",
}


def why(error: OSError, lang: str) -> str:
    """Which file the system refuses, and why, in words."""
    reason = error.strerror or str(error)
    if lang == "zh":
        reason = _ERRNO.get(error.errno or 0, reason)
    return reason if error.filename is None else f"{error.filename}{'：' if lang == 'zh' else ': '}{reason}"


@cache
def _reasons() -> dict[str, str]:
    return tomllib.loads((resources.files("mingzhang.cli") / "unread.toml").read_text("utf-8"))


def unread(error: ReadError) -> str:
    """Which file was not read, and why, in English; what a reason has no words for is told as it is."""
    if error.reason not in _reasons():
        return str(error)
    page = f", page {error.page}" if error.page is not None else ""
    return f"{Path(error.file).name or error.file}{page}: {_reasons()[error.reason]}"


def complain(message: object, lang: str, kind: str = "unread") -> None:
    """Say on the error stream what was not read (``unread``) or not done (``refused``), and why."""
    if isinstance(message, OSError):
        message = why(message, lang)
    elif lang == "en" and isinstance(message, ReadError):
        message = unread(message)
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
