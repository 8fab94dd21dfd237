"""Where the log-in leads afterwards: to a page of this site, whatever the address of the log-in page says."""

from urllib.parse import urljoin, urlsplit

import pytest
from django.test import Client
from django.utils.http import urlencode

from blog.models import User
from tests import cast

LOGIN = "/admin/login/"
ABROAD = [
    "//evil.example", "///evil.example", "////evil.example", "/\\evil.example", "\\\\evil.example", "\\/evil.example",
    "https:evil.example", "https:///evil.example", "https://evil.example", "HTTP://evil.example",
    "http:/\\evil.example", "\t//evil.example", "/\t/evil.example", "/\n/evil.example", " //evil.example",
    "\x01//evil.example", "javascript:alert(1)", "data:text/html,x", "https://testserver@evil.example", "https://testserver:80@evil.example",
    "//testserver.evil.example", "http://[::1", "//evil.example:99999",
    "https://evil.example/#testserver", "ftp://testserver/",
]  # fmt: skip
AT_HOME = [
    "/..//evil.example", "/.//evil.example", "/%0d%0aSet-Cookie:x=1", "/\r\nSet-Cookie:x=1",
    "/%2f/evil.example", "/%5cevil",
       "foo", "blog:front", "admin:logout", "a.b", "./x", "../x", "?x=1", "#x", "", " ", "x" * 5000, "/é/\u202e",
    "/moderation/", "%", "/%ff", "/{{ 7|add:35 }}",
]  # fmt: skip


def is_here(answer) -> bool:
    """Whether a browser that follows the answer stays on this host, and gets no header that was typed."""
    place = answer.headers["Location"]
    assert "\n" not in place
    assert "\r" not in place
    assert "x" not in answer.cookies
    for read in (place, place.replace("\\", "/").replace("\t", "").strip()):
        parts = urlsplit(urljoin("http://testserver" + LOGIN, read))
        if (parts.scheme, parts.netloc) != ("http", "testserver"):
            return False
    return True


def asked(client: Client, wanted: str):
    return client.get(f"{LOGIN}?{urlencode({'next': wanted})}")


def logging_in(wanted: str):
    form = {"username": "author", "password": cast.PASSWORD, "next": wanted}
    return Client().post(f"{LOGIN}?{urlencode({'next': wanted})}", form)


@pytest.mark.parametrize("wanted", ABROAD)
def test_no_address_abroad_is_led_to(wanted: str, as_author: Client, author: User) -> None:
    for answer in (asked(as_author, wanted), logging_in(wanted)):
        assert answer.status_code == 302
        assert answer.headers["Location"] == "/admin/"


@pytest.mark.parametrize("wanted", AT_HOME)
def test_whatever_else_is_asked_stays_on_this_host(wanted: str, as_author: Client, author: User) -> None:
    for answer in (asked(as_author, wanted), logging_in(wanted)):
        assert answer.status_code == 302
        assert is_here(answer), answer.headers["Location"]


@pytest.mark.parametrize("wanted", [*ABROAD, *AT_HOME])
def test_the_page_that_asks_for_the_password_repeats_it_as_text(wanted: str, reader: Client, db: None) -> None:
    answer = asked(reader, wanted)
    assert answer.status_code == 200
    assert "42" not in answer.content.decode().partition('name="next" value="')[2][:40]


@pytest.mark.parametrize("wanted", ABROAD)
def test_the_log_out_leads_nowhere_else_either(wanted: str, as_author: Client) -> None:
    answer = as_author.post(f"/admin/logout/?{urlencode({'next': wanted})}", {"next": wanted})
    assert answer.status_code in (200, 302)
    assert answer.status_code == 200 or is_here(answer)
