"""What the site refuses to start with, and what it must not refuse."""

import re

import pytest
from django.core.exceptions import ImproperlyConfigured

from config.guards import refuse_odd_shares, refuse_unsafe_start

KEY = "Zk3v9Qw7Rt1Yp5Xs8Nb2Mc6Lh4Jg0Fd-aEiUoSzTxVyWuKqPrB"
HOSTS = ["blog.example"]


def start(line: str = "manage.py migrate", *, debug: bool = False, key: str = KEY, hosts=HOSTS, **env: str) -> None:
    refuse_unsafe_start(debug=debug, secret_key=key, allowed_hosts=hosts, argv=line.split(), env=env)


PUBLIC_BINDS = [
    "manage.py runserver 0.0.0.0:8000",
    "manage.py runserver 0:8000",
    "manage.py runserver 0.0.0.0",
    "manage.py runserver [::]:8000",
    "manage.py runserver -6 [::]:8000",
    "manage.py runserver 192.0.2.10:8000",
    "manage.py runserver blog.example:8000",
    "manage.py runserver --noreload --settings config.settings 0.0.0.0:8000",
    "manage.py testserver --addrport 0.0.0.0:8000",
    "gunicorn -b 0.0.0.0:8000 config.wsgi",
    "gunicorn -b0.0.0.0:8000 config.wsgi",
    "gunicorn -b :8000 config.wsgi",
    "gunicorn --bind 0.0.0.0:8000 config.wsgi",
    "gunicorn --bind=[::]:8000 config.wsgi",
    "gunicorn --bind 127.0.0.1:8000 --bind 0.0.0.0:8001 config.wsgi",
    "gunicorn -b 8000 config.wsgi",
    "uvicorn --host 0.0.0.0 config.asgi",
    "uvicorn --host :: config.asgi",
    "hypercorn --bind 127.0.0.1.blog.example:80 config.asgi",
    "waitress-serve --listen=*:8080 config.wsgi:application",
    "waitress-serve config.wsgi:application",
    "/srv/blog/.venv/bin/waitress-serve --port=8000 config.wsgi:application",
    "uwsgi --http :8000",
    "uwsgi",
]
LOCAL_BINDS = [
    "manage.py runserver",
    "manage.py runserver 8000",
    "manage.py runserver 127.0.0.1:8000",
    "manage.py runserver 127.0.0.2:8000",
    "manage.py runserver localhost:8000",
    "manage.py runserver [::1]:8000",
    "manage.py runserver --noreload --settings config.settings 8000",
    "manage.py migrate 0.0.0.0",
    "gunicorn config.wsgi",
    "gunicorn -b 127.0.0.1:8000 config.wsgi",
    "gunicorn --bind unix:/run/blog.sock config.wsgi",
    "gunicorn --bind=[::1]:8000 config.wsgi",
    "uvicorn --host ::1 config.asgi",
    "uvicorn --host 127.0.0.1 config.asgi",
    "waitress-serve --listen=127.0.0.1:8080 config.wsgi:application",
    "pytest tests",
]


@pytest.mark.parametrize("line", PUBLIC_BINDS)
def test_debug_is_refused_on_an_address_that_others_reach(line: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="DEBUG is on"):
        start(line, debug=True)
    start(line)  # without DEBUG that is how a site is served


@pytest.mark.parametrize("line", LOCAL_BINDS)
def test_debug_is_allowed_where_nobody_else_comes(line: str) -> None:
    start(line, debug=True)


@pytest.mark.parametrize(
    "env",
    [
        {"BIND": "0.0.0.0"},  # noqa: S104 - that is what is refused
        {"BIND": "::"},
        {"BIND": "192.0.2.10:8000"},
        {"GUNICORN_CMD_ARGS": "--workers 2 --bind=0.0.0.0:8000"},
    ],
)
def test_the_environment_is_asked_where_a_server_listens(env: dict[str, str]) -> None:
    with pytest.raises(ImproperlyConfigured, match="DEBUG is on"):
        start("manage.py serve", debug=True, **env)
    start("manage.py serve", **env)


def test_a_local_bind_in_the_environment_does_not_excuse_a_server_that_never_reads_it() -> None:
    start("manage.py serve", debug=True, BIND="127.0.0.1")
    with pytest.raises(ImproperlyConfigured, match="DEBUG is on"):
        start("waitress-serve config.wsgi:application", debug=True, BIND="127.0.0.1")


def test_gunicorn_listens_to_everybody_when_the_environment_names_a_port() -> None:
    with pytest.raises(ImproperlyConfigured, match="DEBUG is on"):
        start("gunicorn config.wsgi", debug=True, PORT="8000")
    start("gunicorn -b 127.0.0.1:8000 config.wsgi", debug=True, PORT="8000")


@pytest.mark.parametrize("hosts", [["*"], ["blog.example", "*"], [" * "], ["."], ["*.example"]])
@pytest.mark.parametrize("debug", [True, False])
def test_a_host_list_that_lets_everybody_through_is_refused(hosts: list[str], debug: bool) -> None:
    with pytest.raises(ImproperlyConfigured, match="ALLOWED_HOSTS"):
        start(hosts=hosts, debug=debug)


def test_no_host_at_all_is_refused_outside_debug() -> None:
    with pytest.raises(ImproperlyConfigured, match="ALLOWED_HOSTS is not set"):
        start(hosts=[])
    start(hosts=[], debug=True)
    start(hosts=[".blog.example"])


@pytest.mark.parametrize(
    ("key", "says"),
    [
        ("", "is not set"),
        ("short", "too short"),
        (KEY[:49], "too short"),
        ("a" * 80, "too uniform"),
        ("abcdefg" * 10, "too uniform"),
        ("django-insecure-" + KEY, "sample"),
        ("ChangeMe-" + KEY, "sample"),
        ("replace-this-" + KEY, "sample"),
        ("your-secret-key-here-" + KEY, "sample"),
        ("debug-only-gatepost-on-loopback-never-in-production-0123456789", "sample"),
    ],
)
def test_a_missing_short_or_sample_key_is_refused_outside_debug(key: str, says: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=re.escape(says)):
        start(key=key)


def test_the_refusal_does_not_print_the_key() -> None:
    with pytest.raises(ImproperlyConfigured) as refusal:
        start(key="django-insecure-" + KEY)
    assert KEY not in str(refusal.value)


def test_a_proper_start_passes() -> None:
    start("gunicorn --bind 0.0.0.0:8000 config.wsgi")


@pytest.mark.parametrize("share", [-0.1, 1.1, 5, float("nan")])
def test_a_share_is_from_0_to_1(share: float) -> None:
    with pytest.raises(ImproperlyConfigured, match="AUDIT_SHARE is"):
        refuse_odd_shares(AUDIT_SHARE=share)
    refuse_odd_shares(AUDIT_SHARE=0, OTHER_SHARE=1)


@pytest.mark.parametrize("limit", [0, 0.001, 1, 15])
def test_a_limit_lies_between_nothing_and_everything(limit: float) -> None:
    with pytest.raises(ImproperlyConfigured, match=r"as in 0\.15 for 15 %"):
        refuse_odd_shares(X_LIMIT=limit)
    refuse_odd_shares(X_LIMIT=0.15)
