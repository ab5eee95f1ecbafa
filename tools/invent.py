"""Random disclosures set as PDF, one after the other in every layout, beside what was put into them."""

from collections.abc import Iterator
from pathlib import Path

from mingzhang.forms.random import disclosure
from mingzhang.publish.layout import layouts
from mingzhang.publish.pdf import write as set_pdf
from mingzhang.publish.tables import write

KINDS = ("final", "budget")
UNITS = ("万元", "元")


def documents(folder: Path, seeds: int) -> Iterator[tuple[str, Path, Path]]:
    """(name, PDF, folder with the open form of what it holds) for ``seeds`` disclosures in each layout."""
    for place, layout in enumerate(sorted(layouts())):
        for seed in range(seeds):
            number = place * seeds + seed
            kind, unit = KINDS[(place + seed) % 2], UNITS[number % 3 == 2]
            made = disclosure(1000 + number, kind=kind, unit=unit)
            name = f"{layout}-{kind}-{seed}"
            path, truth = folder / f"{name}.pdf", folder / name
            write([made], [], truth)
            set_pdf(made, path, layout=layout)
            yield name, path, truth
