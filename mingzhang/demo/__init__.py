"""The main job on real figures, start to end: set a document, read it, check it, plant three errors, find them.

In: one county's published final accounts as data (``county.toml``).
Out: a story on the screen; 0 where the sound document shows no error and all three planted ones are found, else 1.
"""

from mingzhang.demo.show import run

__all__ = ["run"]
