"""The environment of a real site, for `check --deploy`: the variables README.md shows, invented values."""

import os
import secrets

KEPT = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "SYSTEMROOT")
"""What a process needs of this machine; everything else of the shell stays out, above all DEBUG."""

SITE = {
    "DEBUG": "0",
    "SITE_URL": "https://blog.example",
    "SITE_NAME": "The Blog",
    "ALLOWED_HOSTS": "blog.example",
    "DATABASE_URL": "postgres://gatepost:secret@127.0.0.1:5432/gatepost",
    "TRUSTED_PROXIES": "127.0.0.1",
    "EMAIL_URL": "smtp+tls://blog:secret@mail.example:587",
    "MAIL_FROM": "The Blog <noreply@blog.example>",
    "STAFF_SECOND_FACTOR_REQUIRED": "1",
}


def production_environment() -> dict[str, str]:
    """Return the whole environment of a production process, with a key of its own."""
    kept = {name: os.environ[name] for name in KEPT if name in os.environ}
    return {**kept, **SITE, "SECRET_KEY": secrets.token_urlsafe(64)}
