"""The page of numbers, and what editors may do about the automation there."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from moderation import automation, numbers, trust
from moderation.access import desk_view
from moderation.models import AutomationChange
from moderation.trust_forms import AutomationForm, PeriodForm

MOST_CHANGES = 10


@desk_view
@require_safe
def numbers_page(request: HttpRequest) -> HttpResponse:
    """What waits, what was decided, how fast and by whom, and how often the machine errs."""
    form = PeriodForm(request.GET)
    if not form.is_valid():
        raise Http404
    return _page(request, form.cleaned_data["days"])


@desk_view
@require_POST
def change_automation(request: HttpRequest) -> HttpResponse:
    """Let one side of the automation act again, or make it hold; with a reason that stays in its history."""
    if not request.user.has_perm("moderation.resume_automation"):
        raise PermissionDenied
    form = AutomationForm(request.POST)
    if not form.is_valid():
        return _page(request, numbers.PERIODS[0], form, status=422)
    said = form.cleaned_data
    act = automation.resume if said["act"] == AutomationForm.RESUME else automation.step_back
    try:
        act(said["side"], request.user, said["why"], timezone.now())
    except automation.AlreadySo as refused:
        messages.warning(request, str(refused))
    response = redirect("moderation:numbers")
    response.status_code = 303
    return response


def _page(request: HttpRequest, days: int, form: AutomationForm | None = None, status: int = 200) -> HttpResponse:
    context = {
        "numbers": numbers.read(days, timezone.now()),
        "sides": trust.both(),
        "changes": AutomationChange.objects.order_by("-pk")[:MOST_CHANGES],
        "days": days,
        "periods": numbers.PERIODS,
        "form": form,
    }
    return render(request, "moderation/numbers.html", context, status=status)
