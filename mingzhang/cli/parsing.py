"""What argparse itself says, in the language of the screen."""

import argparse
from gettext import gettext

_ZH = {
    "usage: ": "用法：",
    "positional arguments": "要给出的",
    "options": "选项",
    "show this help message and exit": "显示这份帮助",
    "%(prog)s: error: %(message)s\n": "%(prog)s：%(message)s；加 -h 看用法\n",
    "argument %(argument_name)s: %(message)s": "%(argument_name)s：%(message)s",
    "the following arguments are required: %s": "还要给出 %s",
    "unrecognized arguments: %s": "不认识的参数 %s",
    "expected one argument": "后面要跟一个值",
    "expected at least one argument": "后面至少要跟一个值",
    "invalid choice: %(value)r (choose from %(choices)s)": "没有 %(value)r，可选 %(choices)s",
    "invalid choice: %(value)r, maybe you meant %(maybe)r? (choose from %(choices)s)": "没有 %(value)r，可选 %(choices)s",
    "invalid %(type)s value: %(value)r": "%(value)r 不是需要的数（%(type)s）",
    "ambiguous option: %(option)s could match %(matches)s": "%(option)s 不明确，可以是 %(matches)s",
}


def speak(lang: str) -> None:
    """Let argparse speak ``lang`` from now on; it looks its words up in its own ``_``."""
    argparse._ = gettext if lang == "en" else lambda text: _ZH.get(text, text)  # type: ignore[attr-defined]
