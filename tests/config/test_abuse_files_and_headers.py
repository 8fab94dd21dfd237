"""No file of the installation is to be had over the web, and what staff are answered carries the headers of all."""

from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from comments.models import Comment
from tests import cast
from tests.comments.test_abuse_headers_everywhere import faults
from tests.staff_addresses import patterns
from tests.staff_world import World

pytestmark = pytest.mark.django_db
ROOT = Path(settings.BASE_DIR)
WELL_KNOWN = [
    "/.git/", "/.git/HEAD", "/.git/config", "/.env", "/.env.production", "/.DS_Store", "/.htaccess", "/.svn/entries",
    "/backup.sql", "/backup.zip", "/dump.sql.gz", "/db.sqlite3", "/var/gatepost.sqlite3", "/gatepost.sqlite3",
    "/media/", "/media/avatars/", "/media/../README.md", "/media/..%2f..%2fREADME.md", "/media/avatars/../../README.md",
    "/static/", "/static/blog/", "/static/../manage.py", "/static/%2e%2e/manage.py", "/static/..%2fmanage.py",
    "/static//etc/passwd", "/static/blog/site.css.map", "/static/admin/js/vendor/jquery/jquery.js.map",
    "/static/.git/", "/__debug__/", "/debug/", "/admin.php", "/wp-login.php", "/phpinfo.php", "/server-status/",
    "/metrics/", "/console/", "/graphql/", "/api/", "/actuator/env",
    "/cgi-bin/", "/config/settings.py", "/manage.py~", "/site.css.bak",
]  # fmt: skip


def own_files() -> list[str]:
    """The files at the top of the installation and of its parts, as somebody would ask for them."""
    found = [path for path in ROOT.iterdir() if path.name != ".venv"]
    found += [path for part in ("config", "blog", "templates", ".ci") for path in (ROOT / part).iterdir()]
    return [f"/{path.relative_to(ROOT)}{'/' if path.is_dir() else ''}" for path in found]


def test_no_file_of_the_installation_is_served(reader: Client, as_editor: Client) -> None:
    assert "/manage.py" in own_files()
    for address in [*WELL_KNOWN, *own_files()]:
        for client in (reader, as_editor):
            answer = client.generic("GET", address)
            if address in ("/comments/", "/moderation/", "/admin/"):
                continue
            assert answer.status_code in (404, 301), (address, answer.status_code)
            assert answer.status_code == 404 or answer.headers["Location"] == f"{address}/", address


def test_there_are_no_pages_about_the_admin_itself(as_editor: Client, reader: Client) -> None:
    for path in ("doc/", "docs/", "jsi18n/x/", "sql/", "auth/user/", "sessions/session/", "contenttypes/contenttype/"):
        assert as_editor.get(f"/admin/{path}").status_code == 404, path
        assert reader.get(f"/admin/{path}").status_code == 302


@pytest.mark.parametrize("who", ["moderator", "editor", "chief"])
def test_every_answer_to_staff_carries_the_headers(who: str) -> None:
    world, codes = World(), set()
    client = cast.logged_in(getattr(world, who))
    for pattern in patterns():
        if pattern in ("admin/logout/", "admin/password_change/"):
            continue
        for answer in (client.get(world.path(pattern, None)), client.post(world.path(pattern, None), {"seen": "9"})):
            policy = [fault for fault in faults(answer) if not _is_stricter(answer, fault)]
            assert policy == [], pattern
            assert "no-store" in answer.headers.get("Cache-Control", "no-store"), pattern
            if answer.status_code == 200:
                assert "no-store" in answer.headers["Cache-Control"], pattern
            codes.add(answer.status_code)
    assert {200, 302, 403, 404, 405, 422} - {403} <= codes
    assert Comment.objects.count() == 3


def _is_stricter(answer, fault: str) -> bool:
    """The preview of a draft says nothing at all about where somebody came from."""
    return fault == "Referrer-Policy: no-referrer" and answer.headers.get("X-Robots-Tag", "").startswith("noindex")
