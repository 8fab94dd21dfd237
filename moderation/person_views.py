"""The desk's page about somebody: what came from them, what was decided, what is held against them."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from comments.models import Comment, Reason
from comments.submission import ChangeRefused
from moderation import cleanups, decisions, people, sanctions
from moderation.access import desk_view
from moderation.actors import person as acting
from moderation.forms import MOST_KEY
from moderation.models import PersonNote, Sanction
from moderation.people import Person
from moderation.person_forms import CLEANUPS, DAYS, NoteForm, SanctionForm
from moderation.records import record_of


@desk_view
@require_safe
def person_page(request: HttpRequest, kind: str, number: int) -> HttpResponse:
    """Everything about one browser, account or network. `from` in the query is the comment that one came from."""
    return _page(request, _person(kind, number))


@desk_view
@require_POST
def sanction(request: HttpRequest, kind: str, number: int) -> HttpResponse:
    """Hold something against them; with a ban, put away what they sent if that was asked for."""
    somebody, form = _person(kind, number), SanctionForm(request.POST)
    if not form.is_valid():
        return _page(request, somebody, sanction_form=form, status=422)
    wanted, actor, now = form.cleaned_data, acting(request.user), timezone.now()
    comment = _from(somebody, wanted["comment"])
    try:
        made = sanctions.impose(
            somebody,
            wanted["kind"],
            actor=actor,
            reason=wanted["reason"],
            message=wanted["message"],
            private=wanted["private"],
            until=form.until(now),
            comment=comment,
            now=now,
        )
        says = f"{made.get_kind_display()}: {somebody.label}."
        if made.kind == Sanction.Kind.BAN and wanted["cleanup_days"]:
            action = wanted["cleanup"] or cleanups.ACTIONS[0]
            batch = cleanups.clean_up(made, somebody, action, int(wanted["cleanup_days"]), actor=actor, now=now)
            says += cleanups.says(batch, "put away")
    except decisions.NotAllowed as refusal:
        raise PermissionDenied(str(refusal)) from None
    except ChangeRefused as refusal:
        form.add_error(None, str(refusal))
        return _page(request, somebody, sanction_form=form, status=422)
    messages.success(request, says)
    return _see(somebody)


@desk_view
@require_POST
def note(request: HttpRequest, kind: str, number: int) -> HttpResponse:
    """Note something down for the other moderators."""
    somebody, form = _person(kind, number), NoteForm(request.POST)
    if not form.is_valid():
        return _page(request, somebody, note_form=form, status=422)
    comment = _from(somebody, form.cleaned_data["comment"])
    PersonNote.objects.create(
        **somebody.columns,
        comment=comment,
        text=form.cleaned_data["text"],
        made_at=timezone.now(),
        made_by=request.user,
        made_by_name=str(request.user)[:80],
    )
    messages.success(request, "Noted.")
    return _see(somebody)


def _page(request: HttpRequest, somebody: Person, status: int = 200, **forms: object) -> HttpResponse:
    came_from = request.GET.get("from") or request.POST.get("comment") or ""
    usable = came_from.isascii() and came_from.isdigit() and len(came_from) < 19
    comment = somebody.comments.filter(pk=int(came_from)).first() if usable else None
    now = timezone.now()
    context = {
        "person": somebody,
        "record": record_of(somebody, now),
        "came_from": comment or somebody.comments.exclude(status=Comment.Status.ERASED).order_by("-pk").first(),
        "kinds": [(kind, label) for kind, label in Sanction.Kind.choices if _fits(kind, somebody)],
        "reasons": Reason.choices,
        "days": DAYS[1:],
        "cleanups": CLEANUPS,
        "back": "",
        **forms,
    }
    return render(request, "moderation/person.html", context, status=status)


def _from(somebody: Person, number: int | None) -> Comment | None:
    """The comment of theirs that led to an act; a network needs one, because it is named by it."""
    number = number or (somebody.number if somebody.kind == people.NETWORK else None)
    return somebody.comments.filter(pk=number).first() if number else None


def _fits(kind: str, somebody: Person) -> bool:
    return kind != Sanction.Kind.WARN or somebody.kind != people.NETWORK


def _person(kind: str, number: int) -> Person:
    try:
        if kind in people.KINDS and number <= MOST_KEY:
            return people.find(kind, number)
    except people.NoSuchPerson:
        pass
    raise Http404


def _see(somebody: Person) -> HttpResponse:
    response = HttpResponseRedirect(somebody.address)
    response.status_code = 303
    return response
