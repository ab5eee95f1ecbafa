"""mingzhang (明账): open books for a public department.

In: published budgets and final accounts, or a department's own books.
Out: disclosures as data, findings with their proof, documents.
"""

__version__ = "0.1.0"
