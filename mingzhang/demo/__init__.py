"""The demonstration: one county's year from costing to findings, on real figures.

In: what the county published (``county.toml``), its books (``books.toml``), texts (``words.toml``), goals (``goals.toml``)
and the year before (``before.toml``); what is printed nowhere is marked as an example (示例) there.
Out: a story on the screen and a folder of what was made. 0 where the books reproduce every published figure, every format
reads back to the same content, nothing but hints is found in what they publish, and three planted errors are; else 1.
"""

from mingzhang.demo.show import run

__all__ = ["run"]
