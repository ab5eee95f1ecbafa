"""The hash chain: what is hashed of an entry and of a block, byte for byte.

A block is what one author entered at one time: one voucher or a whole import.
Each entry has a digest over its content; the block's ``rows`` is a digest over
the digests of its entries in order, and its hash covers ``rows``, its own
content and the hash of the block before it. The first block follows the
book's own hash. SHA-256 throughout; fields are joined by the unit separator
(U+001F), which no field may contain.
"""

from collections.abc import Iterable
from datetime import UTC, datetime
from hashlib import sha256

_SEPARATOR = "\x1f"


def content(fields: Iterable[object]) -> bytes:
    """The fields as the bytes that are hashed."""
    return _SEPARATOR.join(map(str, fields)).encode("utf-8", "surrogatepass")


def book_hash(department: str, year: int, first: object, last: object, standards: str) -> bytes:
    """What the first block of a book follows."""
    return sha256(content(("book", department, year, first, last, standards))).digest()


def entry_digest(
    ordinal: int,
    leg: int,
    kind: str,
    line: str,
    amount: int,
    date: object,
    document: str,
    words: str,
    consent: str,
    reverses: int,
) -> bytes:
    """The digest of an entry. ``ordinal`` counts within the block from 0; ``line`` is ``line_content``; dates are ISO;
    ``reverses`` is the number of the entry that it takes back, or 0."""
    text = f"{ordinal}\x1f{leg}\x1f{kind}\x1f{line}\x1f{amount}\x1f{date}\x1f{document}\x1f{words}\x1f{consent}\x1f{reverses}"
    return sha256(text.encode("utf-8", "surrogatepass")).digest()


def line_content(fields: Iterable[object]) -> str:
    """The fields of a line (``draft.Line``) as they are hashed with each of its entries."""
    return _SEPARATOR.join(str(int(f)) if isinstance(f, bool) else str(f) for f in fields)


def rows_digest(digests: Iterable[bytes]) -> bytes:
    """The digest of the entries of a block, from theirs."""
    whole = sha256()
    for digest in digests:
        whole.update(digest)
    return whole.digest()


def block_hash(
    previous: bytes, number: int, act: str, first: int, count: int, author: str, time: str, key: str, rows: bytes
) -> bytes:
    """The hash of a block after ``previous``. ``time`` as ``moment`` writes it."""
    own = content((number, act, first, count, author, time, key))
    return sha256(previous + rows + own).digest()


def moment(time: datetime) -> str:
    """A time in UTC to the microsecond: 2024-03-01 08:00:00.000000."""
    return time.astimezone(UTC).replace(tzinfo=None).isoformat(sep=" ", timespec="microseconds")
