"""Which entries pass a test: sets of entries, each an integer with bit n set for entry n."""

from collections.abc import Iterator, Mapping, Sequence

from mingzhang.forms.fill.entry import Entry

_SORTED = ("flow", "source", "use", "unit", "item", "economic", "government", "project")


def members(set: int) -> Iterator[int]:
    """The numbers of the entries in a set, ascending."""
    while set:
        low = set & -set
        yield low.bit_length() - 1
        set ^= low


class Sets:
    """The entries sorted by what they say.

    Every set is cut to ``every``: those a publisher answers for; ``whole`` is
    not cut, so that a unit prints what its department prints.
    """

    def __init__(self, entries: Sequence[Entry]) -> None:
        self.entries = tuple(entries)
        self.every = (1 << len(self.entries)) - 1
        kept: dict[str, dict[str, int]] = {name: {} for name in _SORTED}
        own = 0
        for number, entry in enumerate(self.entries):
            bit = 1 << number
            for name in _SORTED:
                value = getattr(entry, name)
                kept[name][value] = kept[name].get(value, 0) | bit
            if entry.appropriation:
                own |= bit
        self._kept = kept
        self._appropriation = own
        self.whole = self

    def within(self, set: int) -> "Sets":
        """The same entries, of which only those in ``set`` count."""
        part = object.__new__(Sets)
        part.entries = self.entries
        part.every = self.every & set
        part._kept = self._kept
        part._appropriation = self._appropriation
        part.whole = self.whole
        return part

    def _any(self, name: str, values: Sequence[str]) -> int:
        found = 0
        for value in values:
            found |= self._kept[name].get(value, 0)
        return found & self.every

    def _under(self, name: str, prefixes: Sequence[str]) -> int:
        found = 0
        for value, set in self._kept[name].items():
            if value.startswith(tuple(prefixes)):
                found |= set
        return found & self.every

    def flow(self, *kinds: str) -> int:
        return self._any("flow", kinds)

    def source(self, *kinds: str) -> int:
        return self._any("source", kinds)

    def use(self, *kinds: str) -> int:
        return self._any("use", kinds)

    def unit(self, *codes: str) -> int:
        return self._any("unit", codes)

    def item(self, *prefixes: str) -> int:
        """Entries whose functional code begins with one of the prefixes."""
        return self._under("item", prefixes)

    def economic(self, *prefixes: str) -> int:
        """Entries whose departmental economic code begins with one of the prefixes."""
        return self._under("economic", prefixes)

    @property
    def appropriation(self) -> int:
        """Entries that the publisher's own treasury pays (其中：财政拨款)."""
        return self._appropriation & self.every

    def values(self, name: str, within: int) -> Mapping[str, int]:
        """Of every value of a field that entries of ``within`` have, these entries, in the order of the values."""
        found = {value: set & within & self.every for value, set in self._kept[name].items()}
        return {value: found[value] for value in sorted(found) if found[value]}
