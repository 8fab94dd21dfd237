"""What the site refuses to start with. Called at the end of settings, before anything is served."""

import ipaddress
import re
from collections.abc import Mapping, Sequence

from django.core.exceptions import ImproperlyConfigured

SAMPLE_KEY_MARKS = (
    "django-insecure",
    "changeme",
    "change-me",
    "sample",
    "example",
    "secret-key",
    "your-",
    "replace",
    "debug-only",
)
BIND_OPTIONS = ("-b", "--bind", "--listen", "--host", "--http", "--http-socket", "--addrport")
PUBLIC = "0.0.0.0"  # noqa: S104 - the name of what is refused


def refuse_odd_shares(**shares: float) -> None:
    """Raise ImproperlyConfigured for a setting that is no share: from 0 to 1, and limits between the two."""
    for name, share in shares.items():
        limit = name.endswith("_LIMIT")
        if not (0.005 <= share < 1 if limit else 0 <= share <= 1):
            raise ImproperlyConfigured(
                f"{name} is {share}; it is a share {'of at least 0.005 and under 1' if limit else 'from 0 to 1'}, "
                "as in 0.15 for 15 %."
            )


def refuse_unsafe_start(
    *, debug: bool, secret_key: str, allowed_hosts: Sequence[str], argv: Sequence[str], env: Mapping[str, str]
) -> None:
    """Raise ImproperlyConfigured for a start that would expose the site.

    Refused are: DEBUG on an address that other machines can reach, a missing, short or sample secret key
    outside DEBUG, and an `ALLOWED_HOSTS` that lets every host name through.
    """
    if any(host.strip() in {"*", "."} or host.strip().startswith("*") for host in allowed_hosts):
        raise ImproperlyConfigured(
            "ALLOWED_HOSTS must list the site's own host names; '*' lets anyone choose the name."
        )
    if debug:
        for bind in _binds(argv, env):
            if not _is_loopback(bind):
                raise ImproperlyConfigured(
                    f"DEBUG is on and the server would listen on {bind!r}, which other machines can reach. "
                    "Turn DEBUG off or listen on 127.0.0.1."
                )
        return
    if not secret_key:
        raise ImproperlyConfigured(
            "SECRET_KEY is not set. Make one with: python -c 'import secrets; print(secrets.token_urlsafe(50))'"
        )
    if len(secret_key) < 50 or len(set(secret_key)) < 10:
        raise ImproperlyConfigured("SECRET_KEY is too short or too uniform; use at least 50 random characters.")
    if any(mark in secret_key.lower() for mark in SAMPLE_KEY_MARKS):
        raise ImproperlyConfigured("SECRET_KEY looks like a sample from a document; make your own.")
    if not allowed_hosts:
        raise ImproperlyConfigured("ALLOWED_HOSTS is not set; list the site's host names, separated by commas.")


def refuse_unreadable_proxies(proxies: Sequence[str]) -> None:
    """Raise ImproperlyConfigured for an entry that is no address and no network: every request is compared with it."""
    for entry in proxies:
        try:
            ipaddress.ip_network(entry, strict=False)
        except ValueError as error:
            raise ImproperlyConfigured(
                f"TRUSTED_PROXIES has {entry!r} in it; addresses and networks, as in 127.0.0.1,10.0.0.0/8."
            ) from error


def _binds(argv: Sequence[str], env: Mapping[str, str]) -> list[str]:
    """The addresses that the command line or the environment asks a server to listen on."""
    words = [*argv, *env.get("GUNICORN_CMD_ARGS", "").split()]
    found = []
    for position, word in enumerate(words):
        option, equals, value = word.partition("=")
        if option in BIND_OPTIONS:
            found.append(value if equals else next(iter(words[position + 1 : position + 2]), ""))
        elif word.startswith("-b") and len(word) > 2 and not word.startswith("--"):
            found.append(word[2:])
    if "runserver" in words:
        rest = [word for word in words[words.index("runserver") + 1 :] if not word.startswith("-")]
        # An address ends in a port or is all numbers; "--settings config.settings" has a dot too.
        found += [word for word in rest if re.search(r":\d+$|^[\d.]*\.[\d.]*$|^\[", word)]
    told = [bind for bind in found if bind] or _default_binds(words, env)
    return [*told, env["BIND"]] if env.get("BIND") else told


def _default_binds(words: Sequence[str], env: Mapping[str, str]) -> list[str]:
    """Where a server listens that was not told: some listen to everybody."""
    program = words[0].replace("\\", "/").rsplit("/", 1)[-1] if words else ""
    if program in {"waitress-serve", "uwsgi"} or (program == "gunicorn" and env.get("PORT")):
        return [PUBLIC]
    return []


def _is_loopback(bind: str) -> bool:
    if bind.startswith(("unix:", "/")):
        return True
    with_port = re.fullmatch(r"(\[.*\]|[^:]*):\d+", bind)
    host = (with_port[1] if with_port else bind).strip("[]")
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
