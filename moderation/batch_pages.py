"""The page of one batch, and what can be done about it there: go on, stop, take everything back."""

import uuid

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from moderation import batches, decisions, matching, queue
from moderation.access import desk_view
from moderation.actors import person
from moderation.batch_forms import PageForm
from moderation.batch_views import SECONDS, to_page
from moderation.items import gather
from moderation.models import Batch, Decision
from moderation.pages import page_of

SIZE = 50


@desk_view
@require_safe
def batch_page(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """How far a batch came, what was left as it is and why, and the acts."""
    batch = get_object_or_404(Batch.objects.select_related("reverses", "reversed_by"), pk=key)
    form = PageForm(request.GET)
    if not form.is_valid():
        raise Http404
    refused = batch.items.exclude(why="")
    page = page_of([refused], size=SIZE, descending=False, after=form.cleaned_data["item"])
    rows = list(refused.filter(pk__in=page.ids).order_by("pk"))
    items = {item.comment.pk: item for item in gather(row.comment_id for row in rows)}
    first = Decision.objects.filter(batch=batch.pk).select_related("words").order_by("pk").first()
    chosen = matching.whole(batch.chosen) if batch.chosen is not None else None
    context = {
        "batch": batch,
        "first": first,
        "tab": queue.TABS[chosen["tab"]][0] if chosen else "",
        "narrowings": queue.narrowings(chosen) if chosen else [],
        "refused": [(row, items.get(row.comment_id)) for row in rows],
        "next": page.next,
        "from_start": form.cleaned_data["item"] is None,
        "undoable": batch.done > 0 and batch.action != Decision.Action.ERASE and not hasattr(batch, "reversed_by"),
        "back": queue.place_from(request.GET.urlencode()),
    }
    return render(request, "moderation/batch.html", context)


@desk_view
@require_POST
def continue_batch(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Work on a batch for a moment; a stopped one goes on."""
    batch = get_object_or_404(Batch, pk=key)
    batches.resume(batch.pk)
    return to_page(batches.run(batch.pk, now=timezone.now(), seconds=SECONDS), _back(request))


@desk_view
@require_POST
def stop_batch(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Let a batch rest where it is."""
    batch = get_object_or_404(Batch, pk=key)
    batches.stop(batch.pk)
    return to_page(batch, _back(request))


@desk_view
@require_POST
def undo_batch(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Take back every decision of a batch that is still the latest about its comment, by a batch of its own."""
    actor, now = person(request.user), timezone.now()
    try:
        batch = batches.start_undo(key, actor=actor, now=now)
    except Batch.DoesNotExist:
        raise Http404 from None
    except decisions.NothingToUndo:
        return to_page(Batch(pk=key), _back(request))  # that page says so and offers no Undo
    except decisions.NotAllowed as refusal:
        raise PermissionDenied(str(refusal)) from None
    return to_page(batches.run(batch.pk, now=now, seconds=SECONDS), _back(request))


def _back(request: HttpRequest) -> str:
    return queue.place_from(request.POST.get("back", ""))
