"""The words of the reports, in Chinese and English, and what is masked in them."""

import re
import tomllib
from functools import cache
from importlib import resources


@cache
def words(lang: str, part: str) -> dict[str, str]:
    """The words of one part (severity, kind, screen, page) in ``zh`` or ``en``."""
    text = (resources.files("mingzhang.check.report") / "words.toml").read_text("utf-8")
    found: dict[str, str] = tomllib.loads(text)[lang][part]
    return found


_IDENTITY = re.compile(r"(?<!\d)(\d{6})\d{8}(\d{3}[\dXx])(?!\d)")
_MOBILE = re.compile(r"(?<!\d)(1[3-9]\d)\d{4}(\d{4})(?!\d)")
_ACCOUNT = re.compile(r"(?<!\d)(\d{4})\d{8,11}(\d{4})(?!\d)")


def masked(text: str) -> str:
    """The text with identity numbers, mobile numbers and bank accounts made unreadable."""
    text = _IDENTITY.sub(r"\1********\2", text)
    text = _ACCOUNT.sub(r"\1********\2", text)
    return _MOBILE.sub(r"\1****\2", text)
