"""The desk's pages about appeals: what waits for an answer, and answering one."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from comments.models import Comment
from comments.submission import ChangeRefused
from moderation import appeals, decisions, people
from moderation.access import desk_view
from moderation.actors import person
from moderation.appeal_forms import GRANT, AnswerForm, AppealsFilter
from moderation.forms import MOST_KEY
from moderation.histories import past_of
from moderation.items import gather
from moderation.models import Appeal
from moderation.pages import count_up_to, page_of

SIZE = 25
MOST_COUNTED = 99


@desk_view
@require_safe
def appeals_page(request: HttpRequest) -> HttpResponse:
    """Open appeals, oldest first, or answered ones, newest first."""
    form = AppealsFilter(request.GET)
    if not form.is_valid():
        raise Http404
    chosen = form.cleaned_data
    is_open = chosen["tab"] == "open"
    rows = Appeal.objects.open() if is_open else Appeal.objects.exclude(state=Appeal.State.OPEN)
    page = page_of([rows], size=SIZE, descending=not is_open, after=chosen["after"], before=chosen["before"])
    context = {
        "tab": chosen["tab"],
        "appeals": _in_order(page.ids),
        "page": page,
        "count": count_up_to([Appeal.objects.open()], MOST_COUNTED),
    }
    return render(request, "moderation/appeals.html", context)


@desk_view
@require_safe
def appeal_page(request: HttpRequest, appeal_id: int) -> HttpResponse:
    """One appeal, what it is about, and what is known of who sent it."""
    return _appeal(request, appeal_id)


@desk_view
@require_POST
def answer(request: HttpRequest, appeal_id: int) -> HttpResponse:
    """Grant or deny, with words. A refusal of the domain is said above the form, with what was typed in it."""
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _appeal(request, appeal_id, form, status=422)
    wanted, actor, now = form.cleaned_data, person(request.user), timezone.now()
    try:
        if wanted["verdict"] == GRANT:
            appeals.grant(appeal_id, seen=wanted["seen"], actor=actor, answer=wanted["answer"], now=now)
        else:
            appeals.deny(appeal_id, actor=actor, answer=wanted["answer"], now=now)
    except (Appeal.DoesNotExist, Comment.DoesNotExist):
        raise Http404 from None
    except decisions.NotAllowed as refusal:
        raise PermissionDenied(str(refusal)) from None
    except ChangeRefused as refusal:
        form.add_error(None, str(refusal))
        form.data = form.data.copy()
        form.data["seen"] = _comment_version(appeal_id)
        status = 409 if isinstance(refusal, appeals.AlreadyAnswered | decisions.Conflict) else 422
        return _appeal(request, appeal_id, form, status=status)
    messages.success(request, "The appeal was granted." if wanted["verdict"] == GRANT else "The appeal was denied.")
    response = HttpResponseRedirect(reverse("moderation:appeals"))
    response.status_code = 303
    return response


def _appeal(request: HttpRequest, appeal_id: int, form: AnswerForm | None = None, status: int = 200) -> HttpResponse:
    found = _with_all(Appeal.objects.filter(pk=appeal_id)).first() if appeal_id <= MOST_KEY else None
    if found is None:
        raise Http404
    (item,) = gather([found.comment_id])
    context = {
        "appeal": found,
        "item": item,
        "past": past_of(item.comment),
        "known": people.of([item.comment], timezone.now())[item.comment.pk],
        "form": form,
        "own": found.is_open and appeals.is_own(found, request.user) and appeals.colleagues(request.user),
        "back": "",
    }
    return render(request, "moderation/appeal.html", context, status=status)


def _in_order(ids: list[int]) -> list[Appeal]:
    found = {appeal.pk: appeal for appeal in _with_all(Appeal.objects.filter(pk__in=ids))}
    return [found[pk] for pk in ids if pk in found]


def _with_all(rows: QuerySet) -> QuerySet:
    return rows.select_related("decision__words", "sanction", "comment__post", "decided_by").defer(
        "comment__html", "comment__post__source", "comment__post__html", "comment__post__text", "decided_by__about"
    )


def _comment_version(appeal_id: int) -> int:
    return Appeal.objects.values_list("comment__version", flat=True).get(pk=appeal_id)
