"""A disclosure becomes documents and open data.

In: a Disclosure (and findings about it).
Out: the CSV files of the open form, JSON, and the statements set as PDF and XLSX.
"""
