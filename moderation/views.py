"""The desk's pages about single comments: the queue, one comment, deciding, undoing, erasing."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from comments.models import Comment, Reason
from moderation import decisions, people, queue
from moderation.access import desk_view
from moderation.actors import person
from moderation.conflicts import meanwhile
from moderation.forms import MOST_KEY, VERBS, DecisionForm, QueueFilter, SeenForm
from moderation.histories import past_of
from moderation.items import Item, gather
from moderation.models import Decision


@desk_view
@require_safe
def queue_page(request: HttpRequest) -> HttpResponse:
    """The tabs of the desk. A search that cannot be read is said beside it; any other odd word is 404."""
    form = QueueFilter(request.GET)
    if not form.is_valid() and set(form.errors) != {"q"}:
        raise Http404
    chosen = {"q": "", **form.cleaned_data}
    context = {"queue": queue.read(chosen), "form": form, "reasons": Reason.choices, "chosen": chosen}
    return render(request, "moderation/queue.html", context)


@desk_view
@require_safe
def item_page(request: HttpRequest, comment_id: int) -> HttpResponse:
    """One comment with its whole past."""
    return _item(request, comment_id, queue.place_from(request.GET.urlencode()))


@desk_view
@require_POST
def decide(request: HttpRequest, comment_id: int) -> HttpResponse:
    """Do one act; then back to the queue, to the comment that came after this one."""
    back = queue.place_from(request.POST.get("back", ""))
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return _item(request, comment_id, back, form, status=422)
    wanted = form.cleaned_data
    try:
        decision = decisions.decide(comment_id, actor=person(request.user), **wanted)
    except decisions.Conflict as conflict:
        return _conflict(request, conflict, wanted["seen"], back, form)
    except (decisions.Impossible, decisions.ReasonMissing) as refusal:
        form.add_error(None, str(refusal))
        return _item(request, comment_id, back, form, status=422)
    except (Comment.DoesNotExist, decisions.NotAllowed) as refusal:
        raise _closed(refusal) from None
    announce(request, decision)
    return see_other(back, request.POST.get("next", ""))


@desk_view
@require_POST
def undo(request: HttpRequest, decision_id: int) -> HttpResponse:
    """Put a comment back into the state before its latest decision."""
    back = queue.place_from(request.POST.get("back", ""))
    form = SeenForm(request.POST)
    decision = Decision.objects.filter(pk=decision_id).only("comment_id").first()
    if decision is None:
        raise Http404
    if not form.is_valid():
        return _item(request, decision.comment_id, back, form, status=422)
    seen = form.cleaned_data["seen"]
    try:
        undone = decisions.undo(decision_id, seen=seen, actor=person(request.user))
    except decisions.Conflict as conflict:
        return _conflict(request, conflict, seen, back)
    except decisions.NothingToUndo as refusal:
        form.add_error(None, str(refusal))
        return _item(request, decision.comment_id, back, form, status=422)
    except (Comment.DoesNotExist, decisions.NotAllowed) as refusal:
        raise _closed(refusal) from None
    announce(request, undone)
    return see_other(back, str(undone.comment_id))


@desk_view
@require_http_methods(["GET", "HEAD", "POST"])
def erase(request: HttpRequest, comment_id: int) -> HttpResponse:
    """Destroy a comment's content for good: GET asks, POST does it."""
    if not request.user.has_perm("moderation.erase"):
        raise PermissionDenied
    item = _gathered(comment_id)
    form = SeenForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        status = 200 if request.method != "POST" else 422
        return render(request, "moderation/erase.html", {"item": item, "form": form}, status=status)
    seen = form.cleaned_data["seen"]
    try:
        decisions.decide(comment_id, Decision.Action.ERASE, seen=seen, actor=person(request.user))
    except decisions.Conflict as conflict:
        return _conflict(request, conflict, seen, "")
    except decisions.Impossible as refusal:
        form.add_error(None, str(refusal))
        return render(request, "moderation/erase.html", {"item": item, "form": form}, status=422)
    except (Comment.DoesNotExist, decisions.NotAllowed) as refusal:
        raise _closed(refusal) from None
    messages.success(request, f"Comment {comment_id} was erased.")
    return see_other("", "")


def announce(request: HttpRequest, decision: Decision) -> None:
    """Say on the next page what was done. The tag tells the template what its Undo button undoes."""
    comment = decision.comment
    says = f"{decision.get_action_display()}: {comment.name or 'a comment'} on “{comment.post.title}”."
    if decision.action == Decision.Action.UNDO:
        says = f"Undone. {comment.name} on “{comment.post.title}” is {decision.get_to_status_display().lower()} again."
    messages.success(request, says, extra_tags=f"undo {decision.pk} {decision.to_version}")


def see_other(place: str, focus: str) -> HttpResponse:
    """303 to the queue, to a comment on it if `focus` is the number of one."""
    number = focus if focus.isascii() and focus.isdigit() and len(focus) < 20 else ""
    address = reverse("moderation:queue") + (f"?{place}" if place else "") + (f"#c-{number}" if number else "")
    response = HttpResponseRedirect(address)
    response.status_code = 303
    return response


def _item(
    request: HttpRequest, comment_id: int, back: str, form: DecisionForm | SeenForm | None = None, status: int = 200
) -> HttpResponse:
    item = _gathered(comment_id)
    known = people.of([item.comment], timezone.now())[item.comment.pk]
    context = {"item": item, "past": past_of(item.comment), "back": back, "form": form, "reasons": Reason.choices}
    context |= {"known": known}
    return render(request, "moderation/item.html", context, status=status)


def _conflict(
    request: HttpRequest, conflict: decisions.Conflict, seen: int, back: str, form: DecisionForm | None = None
) -> HttpResponse:
    """409: who did what and when, how the text changed, and the act once more for the comment as it is now."""
    item = _gathered(conflict.comment.pk)
    context = {
        "item": item,
        "conflict": conflict,
        "since": meanwhile(item.comment, seen),
        "wanted": VERBS.get(form.cleaned_data["action"]) if form else "Undo",
        "form": form,
        "back": back,
        "reasons": Reason.choices,
    }
    return render(request, "moderation/conflict.html", context, status=409)


def _gathered(comment_id: int) -> Item:
    items = gather([comment_id]) if comment_id <= MOST_KEY else []
    if not items:
        raise Http404
    return items[0]


def _closed(refusal: Exception) -> Exception:
    return PermissionDenied(str(refusal)) if isinstance(refusal, decisions.NotAllowed) else Http404()
