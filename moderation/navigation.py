"""Where the bar of the desk leads: the places of daily work first, then what one looks up now and then."""

from dataclasses import dataclass
from functools import lru_cache

from django.http import HttpRequest
from django.urls import get_script_prefix, reverse

#: Label, name of the address.
PLACES = (
    ("Queue", "queue"),
    ("Campaigns", "campaigns"),
    ("Reports", "reports"),
    ("Appeals", "appeals"),
    ("Notices", "notices"),
    ("Checks", "checks"),
    ("People", "people"),
    ("Rules", "rules"),
    ("Batches", "batch"),
    ("Filter", "filter"),
    ("Numbers", "numbers"),
    ("Log", "log"),
)


@dataclass(frozen=True, slots=True)
class Place:
    """An entry of the bar; `current` is what the page says of it: "page", "true" for a page below it, or ""."""

    label: str
    address: str
    current: str


def places(request: HttpRequest) -> list[Place]:
    """The bar as it stands on the page that was asked for."""
    found = _addresses(get_script_prefix())
    return [Place(label, address, _current(request.path, address)) for label, address in found]


@lru_cache(maxsize=8)
def _addresses(prefix: str) -> list[tuple[str, str]]:
    """`prefix` is where the site lies: every address begins with it."""
    return [(label, reverse(f"moderation:{name}")) for label, name in PLACES]


def _current(path: str, address: str) -> str:
    if path == address:
        return "page"
    home = reverse("moderation:queue")
    below = path.startswith(f"{home}comments/") if address == home else path.startswith(address)
    return "true" if below else ""
