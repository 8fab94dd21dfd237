"""The desk's pages about single comments: the queue, one comment, deciding, undoing, erasing."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from comments.models import Comment, Reason
from moderation import claims, decisions, people, queue, script_answers
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
    """A list and one item in focus. A search that cannot be read is said beside it; any other odd word is 404.

    Opening an item claims it, although this is a GET: a claim is a note about the moderator, is gone after two minutes
    and decides nothing. A page that the browser only fetches ahead claims nothing.
    """
    context = _queue(request)
    opened = context["queue"].focus
    if opened and request.method == "GET" and "prefetch" not in request.headers.get("Sec-Purpose", ""):
        claims.open_for(request.user, opened.comment.pk, timezone.now())
    return render(request, "moderation/queue.html", context)


@desk_view
@require_safe
def ahead(request: HttpRequest) -> HttpResponse:
    """The same page with every item ready, for the script to show without waiting. Claims nothing."""
    return render(request, "moderation/ahead.html", _queue(request, ahead=True))


@desk_view
@require_safe
def item_page(request: HttpRequest, comment_id: int) -> HttpResponse:
    """One comment with its whole past."""
    answer = _item(request, comment_id, queue.place_from(request.GET.urlencode()))
    if request.method == "GET":
        claims.open_for(request.user, comment_id, timezone.now())
    return answer


@desk_view
@require_POST
def decide(request: HttpRequest, comment_id: int) -> HttpResponse:
    """Do one act; then back to the queue, to the comment that came after this one."""
    back = queue.place_from(request.POST.get("back", ""))
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return _refused(request, comment_id, back, form)
    wanted = form.cleaned_data
    try:
        decision = decisions.decide(comment_id, actor=person(request.user), **wanted)
    except decisions.Conflict as conflict:
        return _conflict(request, conflict, wanted["seen"], back, form)
    except (decisions.Impossible, decisions.ReasonMissing) as refusal:
        form.add_error(None, str(refusal))
        return _refused(request, comment_id, back, form)
    except (Comment.DoesNotExist, decisions.NotAllowed) as refusal:
        raise _closed(refusal) from None
    if script_answers.wanted(request):
        return script_answers.done(decision, said(decision))
    announce(request, decision)
    following = request.POST.get("next", "")
    return see_other(back, following if _number(following) and queue.still_listed(back, _number(following)) else "")


@desk_view
@require_POST
def undo(request: HttpRequest, decision_id: int) -> HttpResponse:
    """Put a comment back into the state before its latest decision."""
    back = queue.place_from(request.POST.get("back", ""))
    form = SeenForm(request.POST)
    if not form.is_valid():
        return _refused(request, _comment_of(decision_id), back, form)
    seen = form.cleaned_data["seen"]
    try:
        undone = decisions.undo(decision_id, seen=seen, actor=person(request.user))
    except decisions.Conflict as conflict:
        return _conflict(request, conflict, seen, back)
    except decisions.NothingToUndo as refusal:
        form.add_error(None, str(refusal))
        return _refused(request, _comment_of(decision_id), back, form)
    except Decision.DoesNotExist:
        raise Http404 from None
    except (Comment.DoesNotExist, decisions.NotAllowed) as refusal:
        raise _closed(refusal) from None
    if script_answers.wanted(request):
        return script_answers.done(undone, said(undone))
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


def said(decision: Decision) -> str:
    """What was done, in words for the person who did it."""
    comment = decision.comment
    if decision.action == Decision.Action.UNDO:
        return f"Undone. {comment.name} on “{comment.post.title}” is {decision.get_to_status_display().lower()} again."
    return f"{decision.get_action_display()}: {comment.name or 'a comment'} on “{comment.post.title}”."


def announce(request: HttpRequest, decision: Decision) -> None:
    """Say on the next page what was done. The tag tells the template what its Undo button undoes."""
    messages.success(request, said(decision), extra_tags=f"undo {decision.pk} {decision.to_version}")


def see_other(place: str, focus: str) -> HttpResponse:
    """303 to the queue, to a comment on it if `focus` is the number of one."""
    response = HttpResponseRedirect(queue.with_focus(place, _number(focus)))
    response.status_code = 303
    return response


def _number(text: str) -> int | None:
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 20 else 0
    return number if 0 < number <= MOST_KEY else None


def _queue(request: HttpRequest, *, ahead: bool = False) -> dict:
    form = QueueFilter(request.GET)
    if not form.is_valid() and set(form.errors) != {"q"}:
        raise Http404
    chosen = {"q": "", **form.cleaned_data}
    try:
        found = queue.read(chosen, request.user, timezone.now(), ahead=ahead)
    except queue.NoSuchItem:
        raise Http404 from None
    return {"queue": found, "form": form, "reasons": Reason.choices, "chosen": chosen, "back": found.place}


def _refused(request: HttpRequest, comment_id: int, back: str, form: DecisionForm | SeenForm) -> HttpResponse:
    """422: the comment's page with what is wrong with the form, or the same in words for the script."""
    if script_answers.wanted(request):
        return script_answers.refused(form)
    return _item(request, comment_id, back, form, status=422)


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
    wanted = VERBS.get(form.cleaned_data["action"]) if form else "Undo"
    if script_answers.wanted(request):
        return script_answers.conflict(conflict, item.comment, wanted, request.user)
    context = {
        "item": item,
        "conflict": conflict,
        "since": meanwhile(item.comment, seen),
        "wanted": wanted,
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


def _comment_of(decision_id: int) -> int:
    """The comment that a decision was about. Raises Http404."""
    for pk in Decision.objects.filter(pk=decision_id).values_list("comment", flat=True):
        return pk
    raise Http404


def _closed(refusal: Exception) -> Exception:
    return PermissionDenied(str(refusal)) if isinstance(refusal, decisions.NotAllowed) else Http404()
