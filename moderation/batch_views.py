"""Ordering a batch: for the ticked rows, for everything that matches, for everything from one browser."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from comments.models import Reason, Sender
from moderation import batches, decisions, matching, queue
from moderation.access import desk_view
from moderation.actors import person
from moderation.batch_forms import HorizonForm, MatchingForm
from moderation.forms import MOST_KEY, BatchForm, QueueFilter
from moderation.items import gather
from moderation.models import Batch, Decision
from moderation.ticks import MOST, Ticked, read_ticked
from moderation.views import see_other

SECONDS = 2  # that a batch may take of the request that orders it or goes on with it
SAMPLE = 5
LISTED = 50
ERASE = Decision.Action.ERASE


@desk_view
@require_http_methods(["GET", "HEAD", "POST"])
def batches_page(request: HttpRequest) -> HttpResponse:
    """GET: the newest batches. POST: one act about everything ticked; what could not be done is listed."""
    if request.method != "POST":
        newest = Batch.objects.select_related("reverses", "reversed_by").order_by("-created_at")[:LISTED]
        return render(request, "moderation/batches.html", {"batches": newest})
    back = queue.place_from(request.POST.get("back", ""))
    rows, left_out = read_ticked(request.POST.getlist("item"))
    form = BatchForm(request.POST)
    if not rows:
        messages.warning(request, "Nothing was ticked, so nothing was done.")
        return see_other(back, "")
    if not form.is_valid():
        return _ask_again(request, form, rows, back)
    batch = _started(request, rows=rows, **form.cleaned_data)
    if left_out:
        says = f"At most {MOST} comments are taken at once; {left_out} more were left as they are. Tick them again."
        messages.warning(request, says)
    if batch.state == Batch.State.FINISHED and not batch.refused:
        if not batch.done:
            messages.warning(request, "None of the ticked comments is there, so nothing was done.")
        else:
            says = f"{batch.get_action_display()}: {count(batch.done)}."
            messages.success(request, says, extra_tags=f"undo-batch {batch.pk}")
        return see_other(back, "")
    return to_page(batch, back)


@desk_view
@require_http_methods(["GET", "HEAD", "POST"])
def batch_all(request: HttpRequest) -> HttpResponse:
    """One act about everything that matches a filter of the queue. GET says how many and asks, POST does it.

    What came, or was decided, after the page was shown is left alone.
    """
    sent = request.POST.get("back", "") if request.method == "POST" else request.GET.urlencode()
    chosen = QueueFilter(QueryDict(sent[:1000]))
    if not chosen.is_valid():
        raise Http404
    wanted = chosen.cleaned_data
    form = MatchingForm(wanted["tab"], request.POST or None)
    if request.method == "POST" and form.is_valid():
        return to_page(_started(request, chosen=wanted, **form.cleaned_data), queue.place(wanted))
    number, more = matching.count(wanted)
    until, since = batches.horizon()
    context = {
        "form": form,
        "tab": queue.TABS[wanted["tab"]][0],
        "narrowings": queue.narrowings(wanted),
        "number": number,
        "more": more,
        "sample": gather(matching.sample(wanted, SAMPLE)),
        "until": until,
        "since": since,
        "reasons": Reason.choices,
        "back": queue.place({**wanted, "after": None, "before": None}),
    }
    return render(request, "moderation/batch_all.html", context, status=422 if request.method == "POST" else 200)


@desk_view
@require_http_methods(["GET", "HEAD", "POST"])
def erase_sender(request: HttpRequest, sender_id: int) -> HttpResponse:
    """Destroy everything that came from one browser, for good: GET says how much and asks, POST does it."""
    if not request.user.has_perm("moderation.erase"):
        raise PermissionDenied
    if sender_id > MOST_KEY or not Sender.objects.filter(pk=sender_id).exists():
        raise Http404
    wanted = matching.whole({"tab": "all", "sender": sender_id})
    form = HorizonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return to_page(_started(request, action=ERASE, chosen=wanted, **form.cleaned_data), "")
    number, more = matching.count(wanted, ERASE)
    until, since = batches.horizon()
    context = {
        "sender_id": sender_id,
        "number": number,
        "more": more,
        "sample": gather(matching.sample(wanted, SAMPLE)),
        "until": until,
        "since": since,
    }
    return render(request, "moderation/batch_erase.html", context, status=422 if request.method == "POST" else 200)


def _ask_again(request: HttpRequest, form: BatchForm, rows: list[Ticked], back: str) -> HttpResponse:
    items = {item.comment.pk: item for item in gather(row.comment_id for row in rows)}
    ticked = [(row, items.get(row.comment_id)) for row in rows]
    context = {"form": form, "back": back, "reasons": Reason.choices, "ticked": ticked}
    return render(request, "moderation/batch_again.html", context, status=422)


def _started(request: HttpRequest, **order: object) -> Batch:
    """Store the order and work on it for a moment."""
    now = timezone.now()
    try:
        batch = batches.start(actor=person(request.user), now=now, **order)
    except decisions.NotAllowed as refusal:
        raise PermissionDenied(str(refusal)) from None
    return batches.run(batch.pk, now=now, seconds=SECONDS)


def to_page(batch: Batch, back: str) -> HttpResponse:
    """303 to the page of a batch."""
    address = reverse("moderation:batch_page", args=[batch.pk])
    response = HttpResponseRedirect(address + (f"?{back}" if back else ""))
    response.status_code = 303
    return response


def count(number: int) -> str:
    return "1 comment" if number == 1 else f"{number} comments"
