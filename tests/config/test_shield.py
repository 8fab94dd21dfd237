"""No encoding that a request names reaches Django, which would read it before any page of ours can answer."""

from io import BytesIO

import pytest
from django.core.handlers.wsgi import WSGIRequest

from config.heads import served
from config.shield import keeps_utf8, shielded
from config.wsgi import application

HARMLESS = [
    "",
    "text/plain",
    "application/x-www-form-urlencoded",
    "application/x-www-form-urlencoded; charset=UTF-8",
    'text/plain;charset="utf8"; x=y',
    "multipart/form-data; boundary=----WebKitFormBoundaryA1B2C3",
]
HARMFUL = [
    *(f"text/plain; charset={name}" for name in ("zip", "hex", "idna", "undefined", "punycode", "rot13", "base64")),
    *(
        f"multipart/form-data; boundary=x; charset={name}"
        for name in ("utf-7", "unicode_escape", "utf-16", "bogus", "")
    ),
    "text/plain; charset*=bogus''%41",
    "text/plain; charset*0*=idna''%41; charset*1=x",
    "text/plain; x*=idna''%41",
    "text/plain; charset=utf-8; charset=zip",
    'text/plain; charset="zip; charset=utf-8"',
    "text/plain; CHARSET =zip",
    "text/plain; charset=utf-8zip",
]


def request(content_type: str) -> WSGIRequest:
    """What Django makes of a request, past the shield."""
    environ = {
        "REQUEST_METHOD": "POST", "PATH_INFO": "/search/", "QUERY_STRING": "q=%C3%A9%5cx00", "wsgi.url_scheme": "http",
        "SERVER_NAME": "blog.example", "SERVER_PORT": "80", "wsgi.input": BytesIO(b"a=%C3%A9"),
        "CONTENT_LENGTH": "8", "CONTENT_TYPE": content_type,
    }  # fmt: skip
    return shielded(lambda passed_on, _: WSGIRequest(passed_on))(environ, lambda *_: None)


@pytest.mark.parametrize("content_type", HARMLESS)
def test_what_browsers_send_passes(content_type: str) -> None:
    assert keeps_utf8(content_type)


@pytest.mark.parametrize("content_type", [*HARMLESS, *HARMFUL])
def test_query_and_form_are_read_as_utf8_or_not_at_all(content_type: str) -> None:
    made = request(content_type)
    assert made.GET["q"] == "é\\x00"
    if not content_type.startswith("multipart"):
        assert made.POST.get("a", "é") == "é"


@pytest.mark.parametrize("content_type", HARMFUL)
def test_what_no_browser_sends_is_not_passed_on(content_type: str) -> None:
    assert not keeps_utf8(content_type)


def test_servers_get_the_shielded_site() -> None:
    assert application.__qualname__ == served(None).__qualname__
