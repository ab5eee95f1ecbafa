"""Django's settings: Chinese, UTC inside, one database for all registers."""

import os

from mingzhang.office.database import database
from mingzhang.office.secret import secret

SECRET_KEY = secret()
DEBUG = os.environ.get("MINGZHANG_DEBUG") == "1"
ALLOWED_HOSTS = [name for name in os.environ.get("MINGZHANG_HOSTS", "").split(",") if name]

DATABASES = {"default": database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "mingzhang.books.apps.Books",
    "mingzhang.performance.apps.Performance",
]

LANGUAGE_CODE = "zh-hans"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"
