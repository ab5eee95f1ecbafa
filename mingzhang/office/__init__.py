"""The office: Django's settings, and the database that all registers share.

In: a database (path or URL), or the environment: ``DATABASE_URL``, else a file under ``MINGZHANG_HOME`` (``~/.mingzhang``).
Out: Django set up, the database migrated. People and roles are Django's own (``django.contrib.auth``).
"""

from mingzhang.office.start import setup

__all__ = ["setup"]
