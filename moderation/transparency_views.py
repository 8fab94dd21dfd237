"""The public page of numbers."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from blog.freshness import same_for_all
from moderation import transparency, trust


@same_for_all
def transparency_page(request: HttpRequest) -> HttpResponse:
    """What was decided about comments on this site, month by month. 404 unless TRANSPARENCY_PAGE is on."""
    if not settings.TRANSPARENCY_PAGE:
        raise Http404
    context = {
        "months": transparency.months(timezone.now()),
        "sides": trust.both(),
        "least": transparency.LEAST,
    }
    return render(request, "moderation/transparency.html", context)
