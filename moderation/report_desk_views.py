"""The desk's page of reported comments: decide about one, or dismiss its reports and take that back."""

from datetime import UTC, datetime, timedelta

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from comments.models import Comment, Reason
from moderation import decisions, dismissing, queue, report_desk, views
from moderation.access import desk_view
from moderation.forms import MOST_KEY, SeenForm
from moderation.report_desk_forms import DismissForm, ReportsFilter

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
TICK = timedelta(microseconds=1)
LATEST = 2**52  # microseconds; the year 2112


@desk_view
@require_safe
def reports_page(request: HttpRequest) -> HttpResponse:
    """Comments with open reports, the most urgent first."""
    form = ReportsFilter(request.GET)
    if not form.is_valid():
        raise Http404
    return _page(request, form.cleaned_data["after"])


@desk_view
@require_POST
def decide(request: HttpRequest, comment_id: int) -> HttpResponse:
    """Decide as the queue does, and come back to the reports instead of the queue."""
    response = views.decide(request, comment_id)
    return _back() if response.status_code == 303 else response


@desk_view
@require_POST
def dismiss(request: HttpRequest, comment_id: int) -> HttpResponse:
    """Dismiss the reports that the moderator saw; the comment stays as it is."""
    form = DismissForm(request.POST)
    if comment_id > MOST_KEY:
        raise Http404
    if not form.is_valid():
        return _refused(request, "Nothing was dismissed; please look at the reports again.", 422)
    seen, last = form.cleaned_data["seen"], form.cleaned_data["last"]
    try:
        done = dismissing.dismiss(comment_id, seen=seen, last=last, by=request.user, now=timezone.now())
    except (decisions.Conflict, dismissing.NothingOpen) as refusal:
        return _refused(request, f"{refusal} Nothing was dismissed.", 409)
    except Comment.DoesNotExist:
        raise Http404 from None
    except decisions.NotAllowed as refusal:
        raise PermissionDenied(str(refusal)) from None
    number = f"{done.reports} report{'' if done.reports == 1 else 's'}"
    says = f"Dismissed {number} of {done.comment.name or 'a comment'} on “{done.comment.post.title}”."
    messages.success(request, says, extra_tags=f"undo-dismissal {comment_id} {(done.at - EPOCH) // TICK} {seen}")
    if "back" in request.POST:  # from the queue
        return views.see_other(queue.place_from(request.POST["back"]), "")
    return _back()


@desk_view
@require_POST
def reopen(request: HttpRequest, comment_id: int, at: int) -> HttpResponse:
    """Take back a dismissal, named by its moment in microseconds since 1970."""
    form = SeenForm(request.POST)
    if comment_id > MOST_KEY or at > LATEST:
        raise Http404
    if not form.is_valid():
        return _refused(request, "Nothing was changed; please look at the comment again.", 422)
    moment, seen = EPOCH + at * TICK, form.cleaned_data["seen"]
    try:
        number = dismissing.reopen(comment_id, seen=seen, at=moment, by=request.user, now=timezone.now())
    except (decisions.Conflict, dismissing.NothingOpen) as refusal:
        return _refused(request, f"{refusal} Nothing was changed.", 409)
    except Comment.DoesNotExist:
        raise Http404 from None
    except decisions.NotAllowed as refusal:
        raise PermissionDenied(str(refusal)) from None
    messages.success(request, f"Undone. {number} report{' is' if number == 1 else 's are'} open again.")
    return _back()


def _page(
    request: HttpRequest, after: tuple[float, int] | None = None, *, refusal: str = "", status: int = 200
) -> HttpResponse:
    context = {"page": report_desk.read(after), "reasons": Reason.choices, "refusal": refusal}
    return render(request, "moderation/reports.html", context, status=status)


def _refused(request: HttpRequest, refusal: str, status: int) -> HttpResponse:
    """The list as it stands now, and above it what was not done and why."""
    return _page(request, refusal=refusal, status=status)


def _back() -> HttpResponse:
    response = HttpResponseRedirect(reverse("moderation:reports"))
    response.status_code = 303
    return response
