"""What comes out: the text as told, and what the clerk still has to give."""

from dataclasses import dataclass

from mingzhang.disclosure import Figure, Heading, Sentence


@dataclass(frozen=True, slots=True)
class Missing:
    """Something that only the clerk knows, and that blocks publication.

    ``kind`` is ``reason``, ``paragraph`` or ``count``, ``key`` where the books keep it, ``sentence`` the sentence that
    wants it (with a visible gap) and ``figures`` its figures; empty for a paragraph. ``zh`` and ``en`` say what to do.
    """

    kind: str
    key: str
    section: tuple[str, ...]
    sentence: str
    figures: tuple[Figure, ...]
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Told:
    """The running text of a disclosure. It may be published where nothing is ``missing``."""

    headings: tuple[Heading, ...]
    sentences: tuple[Sentence, ...]
    missing: tuple[Missing, ...] = ()
