"""Where a comment comes from: the visitor's address behind trusted proxies, kept only as a keyed hash."""

import hashlib
import hmac
import ipaddress
import secrets
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.http import HttpRequest

from blog.models import User
from blog.prepared import Prepared
from comments.models import NetworkKey, Sender

PERIOD_SECONDS = 30 * 24 * 3600
PREFIX_BITS = {4: 24, 6: 64}
UNKNOWN = "0.0.0.0"  # noqa: S104 - a name for "no address", not one that anything listens on
MAX_HOPS = 50


@dataclass(frozen=True, slots=True)
class Origin:
    """Frozen facts of one submission, gathered once by the view."""

    network: str
    user_agent: str
    user: User | None
    sender: Sender | None
    seconds_on_form: float | None
    honeypot: bool


def client_address(request: HttpRequest) -> str:
    """The visitor's address as text.

    X-Forwarded-For counts only when the peer is a trusted proxy; it is read from the right, and the first address that
    is no trusted proxy is the visitor. Whatever cannot be read ends the walk at the last address that could.
    """
    peer = _parse(request.META.get("REMOTE_ADDR", ""))
    if not comes_through_a_trusted_proxy(request):
        return str(peer) if peer else UNKNOWN
    found, trusted = peer, _trusted()
    hops = request.META.get("HTTP_X_FORWARDED_FOR", "")[-4000:].split(",")[-MAX_HOPS:]
    for hop in reversed(hops):
        address = _parse(hop)
        if address is None:
            break
        found = address
        if not _in(address, trusted):
            break
    return str(found) if found else UNKNOWN


def comes_through_a_trusted_proxy(request: HttpRequest) -> bool:
    """Whether what the request says of another peer, in X-Forwarded-* headers, may be believed."""
    peer, trusted = _parse(request.META.get("REMOTE_ADDR", "")), _trusted()
    # A unix socket has no peer address; who configured a trusted proxy speaks through it.
    return _in(peer, trusted) if peer else bool(trusted)


def network_of(address: str, now: datetime) -> str:
    """A keyed hash of the address's prefix (IPv4 /24, IPv6 /64), under the key of the current period.

    The key is random and lives 30 days; older keys are deleted when a new one is made, so that an old hash can no
    longer be traced to a network by anyone.
    """
    ip = ipaddress.ip_address(address)
    prefix = ipaddress.ip_network((ip, PREFIX_BITS[ip.version]), strict=False)
    period = int(now.timestamp()) // PERIOD_SECONDS
    digest = hmac.new(_period_key(period).encode(), str(prefix).encode(), hashlib.sha256)
    return f"{period}:{digest.hexdigest()[:32]}"


def _period_key(period: int) -> str:
    for (key,) in _KEY.rows(period=period):
        return key
    made, _ = NetworkKey.objects.get_or_create(period=period, defaults={"key": secrets.token_hex(32)})
    NetworkKey.objects.filter(period__lt=period).delete()
    return made.key


_KEY = Prepared(
    NetworkKey,
    lambda period: NetworkKey.objects.filter(period=period).order_by("pk").values_list("key")[:1],
    period=919_191,
)


def _trusted() -> list:
    return [ipaddress.ip_network(entry, strict=False) for entry in settings.TRUSTED_PROXIES]


def _parse(raw: str):
    text = raw.strip().strip("[]")
    try:
        address = ipaddress.ip_address(text.split("%")[0])
    except ValueError:
        return None
    mapped = getattr(address, "ipv4_mapped", None)
    return mapped or address


def _in(address, networks) -> bool:
    return any(address.version == network.version and address in network for network in networks)
