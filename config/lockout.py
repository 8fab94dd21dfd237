"""How failed log-ins are counted and answered: by account and address, and by address alone with more patience.

Counting by the pair keeps a stranger from locking somebody else out: what comes from another address does not count.
"""

import ipaddress
import math

from axes.handlers.database import AxesDatabaseHandler
from axes.helpers import get_cool_off
from axes.models import AccessAttempt
from django.db.models import Max, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from comments.origin import client_address

#: So many failures of one address, over all accounts, count like one of one account. Colleagues share an address.
ADDRESS_PATIENCE = 5
IPV6_PREFIX = 64  # bits; one household has the rest to itself


def address(request: HttpRequest) -> str:
    """What stands for the visitor's address when failures are counted: IPv6 by its network."""
    ip = ipaddress.ip_address(client_address(request))
    if ip.version == 6:
        return str(ipaddress.ip_network((ip, IPV6_PREFIX), strict=False).network_address)
    return str(ip)


class LoginFailures(AxesDatabaseHandler):
    """Counts for one account from one address, as set up, and slows an address that tries many accounts."""

    def get_failures(self, request: HttpRequest, credentials: dict | None = None) -> int:
        of_account = super().get_failures(request, credentials)
        return max(
            of_account, (_recent(request).aggregate(n=Sum("failures_since_start"))["n"] or 0) // ADDRESS_PATIENCE
        )


def locked_out(request: HttpRequest, response: HttpResponse | None, credentials: dict | None) -> HttpResponse:
    """The answer to a log-in that came too often: 429, and when to come back."""
    latest = _recent(request).aggregate(latest=Max("attempt_time"))["latest"] or timezone.now()
    seconds = max(1, math.ceil((latest + get_cool_off(request) - timezone.now()).total_seconds()))
    answer = render(request, "429.html", {"retry_after": seconds, "minutes": math.ceil(seconds / 60)}, status=429)
    answer.headers["Retry-After"] = str(seconds)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _recent(request: HttpRequest):
    since = timezone.now() - get_cool_off(request)
    return AccessAttempt.objects.filter(ip_address=address(request), attempt_time__gte=since)
