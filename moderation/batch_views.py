"""Deciding about the ticked rows of the queue, and taking a whole batch back."""

import uuid

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST

from comments.models import Reason
from moderation import batches, decisions, queue
from moderation.access import desk_view
from moderation.actors import person
from moderation.forms import BatchForm
from moderation.items import gather
from moderation.models import Decision
from moderation.views import see_other


@desk_view
@require_POST
def decide_batch(request: HttpRequest) -> HttpResponse:
    """One act about everything ticked. Whatever could not be done is listed, with why."""
    back = queue.place_from(request.POST.get("back", ""))
    rows, left_out = batches.read_ticked(request.POST.getlist("item"))
    form = BatchForm(request.POST)
    if not rows:
        messages.warning(request, "Nothing was ticked, so nothing was done.")
        return see_other(back, "")
    if not form.is_valid():
        items = {item.comment.pk: item for item in gather(row.comment_id for row in rows)}
        ticked = [(row, items.get(row.comment_id)) for row in rows]
        context = {"form": form, "back": back, "reasons": Reason.choices, "ticked": ticked}
        return render(request, "moderation/batch_again.html", context, status=422)
    try:
        batch = batches.decide_all(rows, actor=person(request.user), now=timezone.now(), **form.cleaned_data)
    except decisions.NotAllowed as refusal:
        raise PermissionDenied(str(refusal)) from None
    return _result(request, batch, back, left_out)


@desk_view
@require_POST
def undo_batch(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Take back every decision of a batch that is still the latest about its comment."""
    back = queue.place_from(request.POST.get("back", ""))
    try:
        batch = batches.undo_all(key, actor=person(request.user), now=timezone.now())
    except batches.NoSuchBatch:
        raise Http404 from None
    except decisions.NotAllowed as refusal:
        raise PermissionDenied(str(refusal)) from None
    return _result(request, batch, back)


def _result(request: HttpRequest, batch: batches.Batch, back: str, left_out: int = 0) -> HttpResponse:
    """All done: back to the queue with a message. Otherwise a page that lists what was not done; 409 if nothing was."""
    if not batch.refused and not left_out:
        says = f"{says_of(batch.done[0])}: {count(len(batch.done))}."
        messages.success(request, says, extra_tags=f"undo-batch {batch.key}")
        return see_other(back, "")
    refused = {refusal.comment_id: refusal for refusal in batch.refused}
    items = {item.comment.pk: item for item in gather(refused)}
    context = {
        "batch": batch,
        "did": says_of(batch.done[0]) if batch.done else "",
        "refused": [(refusal, items.get(pk)) for pk, refusal in refused.items()],
        "left_out": left_out,
        "most": batches.MOST,
        "back": back,
    }
    return render(request, "moderation/batch.html", context, status=200 if batch.done else 409)


def says_of(decision: Decision) -> str:
    """The act in words, as the log says it."""
    return decision.get_action_display()


def count(number: int) -> str:
    return "1 comment" if number == 1 else f"{number} comments"
