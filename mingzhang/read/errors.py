"""What stops the reading of a file."""

import os
from pathlib import Path


class ReadError(Exception):
    """A file, or a page of it, cannot be read.

    ``file`` is the name as given, ``page`` counts from 1 or is None,
    ``reason`` is a short English code (``cannot-open``, ``encrypted``,
    ``no-pages`` …) and ``message`` says it in Chinese to the person who gave
    the file.
    """

    def __init__(self, file: str | os.PathLike[str], reason: str, message: str, page: int | None = None) -> None:
        self.file = os.fspath(file)
        self.page = page
        self.reason = reason
        self.message = message
        where = f"第{page}页" if page is not None else ""
        super().__init__(f"{Path(self.file).name or self.file}{where}：{message}")

    def __reduce__(self) -> tuple[type["ReadError"], tuple[str, str, str, int | None]]:
        return type(self), (self.file, self.reason, self.message, self.page)
