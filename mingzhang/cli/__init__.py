"""The command line: a thin layer, one module a group of commands.

In: the words of a command. Out: what the functions of the packages give, on
the screen and in files, and an exit status. Each group has ``add(commands,
lang, shared)``, which adds its parsers with ``run(args, lang) -> int`` as default.
"""

from mingzhang.cli.main import main

__all__ = ["main"]
