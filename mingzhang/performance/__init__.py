"""Performance: what was promised, how it stands, what was reached and what that scores; others' tables recomputed.

In: templates and rules (the TOML files of ``data/``), scoring schemes, amounts
in fen and actuals with their evidence as plain values; a Disclosure.
Out: goal tables and the reasons to refuse a goal (``refusal``), monitoring to
a date with forecast and rectification (``monitor``), the self-evaluation with
what it still lacks (``assess``), the Evaluation values, sentences and report
of the disclosure (``tell``), proposals for next year (``apply``), and
``recompute``, every row of a published self-evaluation under the scheme that
it follows. ``models`` keeps them in a database (a Django app); the rest needs none.
"""
