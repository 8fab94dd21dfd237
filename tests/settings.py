"""The site's own settings under a fixed environment, with what only tests want changed.

The environment is written before `config.settings` reads it, so a shell that exports DEBUG or a real
DATABASE_URL changes nothing here. `GATEPOST_TEST_DATABASE_URL`, which tests/postgres.py sets, chooses the
engine.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

_scratch = Path(tempfile.mkdtemp(prefix="gatepost-tests-"))
atexit.register(shutil.rmtree, _scratch, ignore_errors=True)

os.environ.update(
    DEBUG="0",
    SECRET_KEY="tests-only-" + "a-key-that-signs-nothing-outside-this-process-42",
    ALLOWED_HOSTS="testserver,blog.example,127.0.0.1",
    SITE_URL="http://blog.example",
    DATABASE_URL=os.environ.get("GATEPOST_TEST_DATABASE_URL", f"sqlite:///{_scratch / 'unused.sqlite3'}"),
    MEDIA_ROOT=str(_scratch / "media"),
    # A worker that a test starts as a process of its own mails to that test's server; all else goes nowhere.
    EMAIL_URL=os.environ.get("GATEPOST_TEST_EMAIL_URL", "dummymail://"),
    LOG_LEVEL="WARNING",
    # No lot is drawn unless a test asks for it: what follows from chance cannot be asserted.
    AUDIT_SHARE="0",
    AUDIT_SHARE_ON_TRIAL="0",
)
for _name in (
    *("SECRET_KEY_FALLBACKS", "TRUSTED_PROXIES", "COMMENTS_MODERATION_MODE", "TIME_ZONE", "TRANSPARENCY_PAGE"),
    *("CACHE_URL", "REPLICA_URL", "PGBOUNCER", "WEB_WORKERS", "BROKER_URL"),
):
    os.environ.pop(_name, None)

from config.settings import *  # noqa: E402, F403
from config.settings import DATABASES, STORAGES  # noqa: E402

if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # A file, not memory: threads then hold connections of their own and meet real locks, as in production.
    DATABASES["default"]["TEST"] = {"NAME": str(_scratch / "test.sqlite3")}

# Hashing one password slowly on purpose costs more than a whole test; none of them is about the hash.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# The manifest exists only after collectstatic; tests read each file where it lies.
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = True
STATIC_ROOT = _scratch / "static"
STATIC_ROOT.mkdir()
