"""The year joined: from the registers to the disclosure of a year, and its running text.

In: the Accounts of a department, and what was already published.
Out: printed statements, and with ``tell`` the text that speaks of them.
"""
