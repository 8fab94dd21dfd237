"""The pages of blind checks: one comment and one question, and only then what the machine did."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from comments.models import Comment, Reason
from moderation import checks, decisions
from moderation.access import desk_view
from moderation.actors import person
from moderation.blind import Blind, shown_blind
from moderation.forms import MOST_KEY, DecisionForm
from moderation.models import Check
from moderation.trust_forms import AnswerForm
from moderation.views import announce

MOST_COUNTED = 99


@desk_view
@require_http_methods(["GET", "HEAD", "POST"])
def checks_page(request: HttpRequest) -> HttpResponse:
    """GET asks about one comment; POST takes the answer and leads to what the machine did."""
    if request.method != "POST":
        return _ask(request)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _ask(request, "Choose one of the three answers.", status=422)
    said = form.cleaned_data
    try:
        check = checks.answer(said["check"], request.user, said["answer"], timezone.now())
    except Check.DoesNotExist:
        raise Http404 from None
    except checks.Settled as settled:
        return _ask(request, str(settled), status=409)
    return _see_other("moderation:check", check.pk)


@desk_view
@require_safe
def check_page(request: HttpRequest, check_id: int) -> HttpResponse:
    """What the machine did and what the answer was. A check that waits for its answer has no page: 404."""
    return _reveal(request, check_id)


@desk_view
@require_POST
def decide_check(request: HttpRequest, check_id: int) -> HttpResponse:
    """Decide about the comment of an answered check, in the light of what was said there."""
    check = _answered(check_id)
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return _reveal(request, check_id, form, status=422)
    wanted = {name: form.cleaned_data[name] for name in ("action", "seen", "reason", "note")}
    try:
        decision = decisions.decide(check.comment_id, actor=person(request.user), **wanted)
    except decisions.NotAllowed as refusal:
        raise PermissionDenied(str(refusal)) from None
    except decisions.DecisionError as refusal:
        form.add_error(None, str(refusal))
        status = 409 if isinstance(refusal, decisions.Conflict) else 422
        return _reveal(request, check_id, form, status=status)
    announce(request, decision)
    return _see_other("moderation:checks")


def _ask(request: HttpRequest, trouble: str = "", status: int = 200) -> HttpResponse:
    check = checks.next_for(request.user, timezone.now())
    blind: Blind | None = shown_blind(check) if check else None
    context = {
        "check": blind,
        "answers": Check.Answer.choices,
        "waiting": checks.count_open(MOST_COUNTED),
        "trouble": trouble,
    }
    return render(request, "moderation/checks.html", context, status=status)


def _reveal(request: HttpRequest, check_id: int, form: DecisionForm | None = None, status: int = 200) -> HttpResponse:
    check = _answered(check_id)
    comment = check.comment
    context = {
        "check": check,
        "blind": shown_blind(check),
        "comment": comment,
        # A decision is offered about the text that was judged, where the machine left it; else the comment's own page.
        "offers": check.wrong and comment.status == checks.STAYS[check.machine] and _unchanged(check),
        "unchanged": _unchanged(check),
        "waiting": checks.count_open(MOST_COUNTED),
        "form": form,
        "reasons": Reason.choices,
    }
    return render(request, "moderation/check.html", context, status=status)


def _unchanged(check: Check) -> bool:
    comment: Comment = check.comment
    return comment.proposed_revision is None and comment.revision == check.revision


def _answered(check_id: int) -> Check:
    if check_id > MOST_KEY:
        raise Http404
    rows = Check.objects.exclude(answer="").select_related("comment__post", "decision", "answered_by")
    check = rows.filter(pk=check_id).first()
    if check is None:
        raise Http404
    return check


def _see_other(name: str, *arguments: object) -> HttpResponseRedirect:
    response = redirect(name, *arguments)
    response.status_code = 303
    return response
