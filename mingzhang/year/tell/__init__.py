"""The running text of a disclosure, told from its printed figures.

In: the Accounts (paragraphs, reasons, counts, procurement), the printed
statements, last year's disclosure and the approved budget. Out: ``Told``: the
headings and sentences in the official order, and what is ``missing`` (reasons,
paragraphs, counts), which blocks publication.

The sentences are data (``data/national``, differences in ``data/provinces``).
A template file has

``[figure]``     names for printed figures: ``grand = "F01/income_grand/amount"``; a list is the first that is printed;
                 ``{ at, budget }`` adds the approved budget's. ``grand.last`` is last year's, ``grand.budget`` the budget's
``[rows.NAME]``  what is listed: codes of a statement, columns of a row, projects, units
``[phrase.NAME]`` words with cases, called with figures: ``{growth(grand, '收入', 'grand')}``
``[[section]]``  a heading with its sentences; with ``each`` one heading for every row

A sentence holds figures in braces: ``支出合计{spent}``, ``占{rate(basic, spent)}``,
``共{count('guests', reception):人次}``. In braces stand names, ``+ -``,
comparisons, ``and or not``, and calls: ``rate(a, b)`` (a as % of b),
``known(x)``, ``any(rows)``, ``number(rows)``, ``sum(rows)``, ``each(rows, 'phrase', '；')``, ``uneven(rows, whole)``
(their printed shares do not add to 100 %),
``count('id', x)`` (what the books count; asked for where x is something),
``reason('key')`` (the clerk's; asked for where it is missing), and phrases.
A figure that no statement prints is unknown; what needs it is not told.
"""

from mingzhang.year.tell.tell import tell
from mingzhang.year.tell.told import Missing, Told

__all__ = ["Missing", "Told", "tell"]
