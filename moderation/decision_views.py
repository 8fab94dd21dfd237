"""The page of one decision."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from moderation.access import desk_view
from moderation.before_after import before_after
from moderation.forms import MOST_KEY


@desk_view
@require_safe
def decision_page(request: HttpRequest, decision_id: int) -> HttpResponse:
    """The state before and after one act, and whether its row is as it was written."""
    act = before_after(decision_id) if decision_id <= MOST_KEY else None
    if act is None:
        raise Http404
    return render(request, "moderation/decision.html", {"act": act, "decision": act.decision})
