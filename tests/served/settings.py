"""The site's own settings with a hello view beside it, no limit on floods, and, where asked, nothing kept."""

import os

from config.settings import *  # noqa: F403
from config.settings import COMMENTS_FLOOD_LIMITS

ROOT_URLCONF = "tests.served.urls"
COMMENTS_FLOOD_LIMITS = dict.fromkeys(COMMENTS_FLOOD_LIMITS, (1000000, 0.001))
if os.environ.get("KEEPS") == "nothing":
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
# Files as they are served after collectstatic are no part of any row.
WHITENOISE_AUTOREFRESH = True
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
