"""What the author of a comment does on its private page beyond the comment itself: ask again, acknowledge a warning."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from comments import flood
from comments.models import Comment
from comments.origin import client_address, network_of
from comments.status_page import own, private, status_page
from comments.submission import ChangeRefused
from moderation import appeals, sanctions
from moderation.answer_forms import AppealForm


@never_cache
@require_POST
def appeal(request: HttpRequest, capability: str) -> HttpResponse:
    """Ask again. Also who is banned may: it is how they are heard."""
    comment, now = own(capability), timezone.now()
    form = AppealForm(request.POST)
    if any(len(request.POST.getlist(name)) > 1 for name in form.fields):
        form.add_error(None, "This form came with a field twice. Please send it again.")
    if not form.is_valid():
        return status_page(request, comment, appeal=form, status=422)
    wanted = form.cleaned_data
    try:
        flood.take({"network": network_of(client_address(request), now), "site": ""}, now)
        appeals.file(comment.pk, wanted["body"], decision=wanted["decision"], sanction=wanted["sanction"], now=now)
    except flood.TooFast as refusal:
        form.add_error(None, f"That was fast. Please wait {refusal.retry_after} seconds and send again.")
        response = status_page(request, comment, appeal=form, status=429)
        response.headers["Retry-After"] = str(refusal.retry_after)
        return response
    except ChangeRefused as refusal:
        comment.refresh_from_db()
        return status_page(request, comment, refusal=str(refusal), kept=wanted["body"], status=409)
    return _see(comment)


@never_cache
@require_POST
def understood(request: HttpRequest, capability: str) -> HttpResponse:
    """Its author has read the warnings that the page shows."""
    comment = own(capability)
    sanctions.acknowledge(comment, timezone.now())
    return _see(comment)


def _see(comment: Comment) -> HttpResponse:
    response = HttpResponseRedirect(comment.status_address)
    response.status_code = 303
    return private(response)
