"""The production environment that README.md shows, read from there: so the check holds for what people copy."""

import os
import re
import secrets
from pathlib import Path

README = Path(__file__).resolve().parent.parent / "README.md"
HEADING = "A production environment, complete"
ASSIGNMENT = re.compile(r"^    ([A-Z_]+)=(.*?)(?:\s+#.*)?$", re.MULTILINE)
KEPT = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR")
"""What a process needs of this machine; everything else of the shell stays out, above all DEBUG."""


class NoProductionEnvironment(Exception):
    """README.md no longer shows the block that this module reads."""


def production_environment() -> dict[str, str]:
    """Return the whole environment of a production process, README's ellipses filled with secrets of its own.

    Raises:
        NoProductionEnvironment: README.md has no such block, or one without key and address.
    """
    _, _, rest = README.read_text().partition(HEADING)
    block = re.search(r"\n\n((?:    .*\n)+)", rest)
    shown = {name: value.strip('"') for name, value in ASSIGNMENT.findall(block[1])} if block else {}
    if not {"SECRET_KEY", "SITE_URL", "ALLOWED_HOSTS"} <= set(shown):
        raise NoProductionEnvironment(f'README.md shows no settings under "{HEADING}"')
    filled = {name: value.replace("…", secrets.token_urlsafe(50)) for name, value in shown.items()}
    return {**{name: os.environ[name] for name in KEPT if name in os.environ}, **filled}
