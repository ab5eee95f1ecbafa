"""The secret key: from the environment, else a file that is made at the first start and nobody else can read."""

import os
import secrets

from mingzhang.office.database import home

_LENGTH = 50


def secret() -> str:
    """``MINGZHANG_SECRET_KEY``, else what ``secret.key`` in ``home()`` holds."""
    if given := os.environ.get("MINGZHANG_SECRET_KEY"):
        return given
    path = home() / "secret.key"
    path.parent.mkdir(parents=True, exist_ok=True)
    made = path.with_name(f"{path.name}.{os.getpid()}")
    if not path.exists():
        made.touch(mode=0o600)
        made.write_text(secrets.token_urlsafe(_LENGTH), "ascii")
        try:
            os.link(made, path)  # fails where another process was first, whose key then stands
        except FileExistsError:
            pass
        made.unlink()
    return path.read_text("ascii").strip()
