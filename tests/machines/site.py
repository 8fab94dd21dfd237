"""A migrated site with one post on a database of its own."""

import subprocess
import sys

from tests.served import server

WRITTEN = """
import django
django.setup()
from django.core.management import call_command
from tests import cast
call_command("migrate", verbosity=0)
print(cast.post(cast.person("author", "Authors"), title="As it was", slug="a-post").pk)
"""


def a_site_on(database: str) -> int:
    """Migrate the database and write a post; gives the post's number."""
    environment = {
        "DATABASE_URL": database,
        "DJANGO_SETTINGS_MODULE": "tests.served.settings",
        "SECRET_KEY": server.SECRET,
        "SITE_URL": "http://127.0.0.1",
        "ALLOWED_HOSTS": "127.0.0.1",
    }
    made = subprocess.run(
        [sys.executable, "-c", WRITTEN], cwd=server.ROOT, env=environment, capture_output=True, text=True, check=True
    )
    return int(made.stdout)
