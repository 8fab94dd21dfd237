"""What the desk's script is told after an act: the same facts as the pages say, as JSON. All of it is text."""

from django.forms import Form
from django.http import HttpRequest, JsonResponse
from django.urls import reverse

from blog.models import User
from comments.models import Comment
from moderation import decisions
from moderation.log import reason_label
from moderation.models import Decision


def wanted(request: HttpRequest) -> bool:
    """Whether the request asks for JSON above all. A form that a browser sends never does."""
    return request.get_preferred_type(["text/html", "application/json"]) == "application/json"


def done(decision: Decision, says: str) -> JsonResponse:
    """200: what was done, and what takes it back."""
    address = reverse("moderation:undo", args=[decision.pk])
    return JsonResponse({"says": says, "undo": address, "seen": decision.to_version})


def refused(form: Form) -> JsonResponse:
    """422: what is wrong with what was sent."""
    wrong = [error for errors in form.errors.values() for error in errors]
    return JsonResponse({"says": " ".join(["Nothing was decided.", *wrong])}, status=422)


def conflict(found: decisions.Conflict, comment: Comment, act: str, viewer: User) -> JsonResponse:
    """409: who was faster, and what to do now."""
    told = told_of(found.latest) if found.latest else {"says": "The comment has changed since you opened it"}
    yours = " It was you, perhaps in another window." if found.latest and found.latest.actor_id == viewer.pk else ""
    return JsonResponse({**told, "more": f"Your “{act}” was not carried out.{yours} {what_now(comment)}"}, status=409)


def told_of(decision: Decision) -> dict[str, str]:
    """ "Approved by Mo" and when; the script puts the age between this and `more`."""
    why = f" ({reason_label(decision.reason).lower()})" if decision.reason else ""
    says = f"{decision.get_action_display()} by {decision.actor_name}{why}"
    return {"says": says, "at": decision.created_at.isoformat(timespec="milliseconds")}


def what_now(comment: Comment) -> str:
    """What a moderator can do about a comment that somebody else decided about."""
    if comment.status == Comment.Status.ERASED:
        return "The content is gone for good; go on to the next one."
    now = comment.get_status_display().lower() + (", with an edit that waits" if comment.proposed_revision else "")
    return f"It is {now} now. If you agree, go on to the next one; if not, decide again below."
