"""A disclosure becomes documents and open data.

In: a Disclosure, and a layout of ``layouts/`` by name.
Out: ``pdf.write``, ``xlsx.write``, ``docx.write`` and ``html.write`` set the
document; ``tables.write`` writes the CSV files of the open form and JSON.
What is read of each of them equals the disclosure in content.
"""
