"""The books of a department: what was costed, approved, changed, paid and carried over, and what is counted beside it.

In: entries with document, author and time, refused where they break control; templates and disclosures that are imported.
Out: the ledger with its hash chains, its balances, and ``Accounts``: one department's year as plain values for ``year``.
"""
