"""The desk's list of what is held against people, and lifting it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from moderation import cleanups, decisions, people, sanctions
from moderation.access import desk_view
from moderation.actors import person
from moderation.forms import MOST_KEY
from moderation.models import Sanction
from moderation.pages import page_of
from moderation.person_forms import LiftForm, PeopleFilter
from moderation.records import Held

SIZE = 25


@desk_view
@require_safe
def people_page(request: HttpRequest) -> HttpResponse:
    """What is in force against anybody, or what is over; newest first."""
    form = PeopleFilter(request.GET)
    if not form.is_valid():
        raise Http404
    return _list(request, **form.cleaned_data)


@desk_view
@require_POST
def lift(request: HttpRequest, sanction_id: int) -> HttpResponse:
    """End a sanction; the row stays. With a ban, put back what its clean-up put away, if that was asked for."""
    form, actor, now = LiftForm(request.POST), person(request.user), timezone.now()
    if sanction_id > MOST_KEY or not form.is_valid():
        raise Http404
    try:
        ended = sanctions.end(sanction_id, actor=actor, now=now)
    except Sanction.DoesNotExist:
        raise Http404 from None
    except decisions.NotAllowed as refusal:
        raise PermissionDenied(str(refusal)) from None
    except sanctions.SanctionRefused as refusal:
        return _list(request, refusal=str(refusal), status=409)
    says = f"Lifted: {ended.get_kind_display().lower()}."
    batch = cleanups.take_back(ended, actor=actor, now=now) if form.cleaned_data["undo_cleanup"] else None
    if batch:
        says += cleanups.says(batch, "put back")
    messages.success(request, says)
    somebody = people.of_sanction(ended)
    response = HttpResponseRedirect(somebody.address if somebody else reverse("moderation:people"))
    response.status_code = 303
    return response


def _list(
    request: HttpRequest,
    tab: str = "now",
    after: int | None = None,
    before: int | None = None,
    refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    now = timezone.now()
    over = Q(ended_at__isnull=False) | Q(until__lte=now)
    rows = Sanction.objects.in_force(now) if tab == "now" else Sanction.objects.filter(over)
    page = page_of([rows], size=SIZE, descending=True, after=after, before=before)
    found = Sanction.objects.select_related("comment", "user", "sender").in_bulk(page.ids)
    context = {
        "tab": tab,
        "rows": [
            (Held(found[pk], found[pk].is_in_force(now)), people.of_sanction(found[pk]))
            for pk in page.ids
            if pk in found
        ],
        "page": page,
        "refusal": refusal,
    }
    return render(request, "moderation/people.html", context, status=status)
