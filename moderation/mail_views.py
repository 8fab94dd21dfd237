"""The digest's settings page, and the page behind its links: GET shows the comment, POST decides as that moderator."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from blog.models import User
from comments import mail_links
from comments.mail_links import LinkRefused
from comments.models import Comment, Reason
from comments.status_page import private
from moderation import decisions
from moderation.access import desk_view, may_moderate
from moderation.actors import person
from moderation.digest import DECIDE, DECIDE_DAYS, must_log_in
from moderation.mail_forms import DeskMailForm, MailDecisionForm
from moderation.models import DeskMail


@desk_view
@require_http_methods(["GET", "HEAD", "POST"])
def settings_page(request: HttpRequest) -> HttpResponse:
    """How often the digest comes, for whoever is logged in."""
    wish = DeskMail.objects.filter(user=request.user).first() or DeskMail(user=request.user)
    form = DeskMailForm(request.POST if request.method == "POST" else None, instance=wish)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, "Your mail is set.")
        return redirect("moderation:mail")
    return render(request, "moderation/mail.html", {"form": form}, status=422 if form.errors else 200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def decide_by_mail(request: HttpRequest, token: str) -> HttpResponse:
    """Decide without a log-in, as the moderator to whom the link was mailed, about the comment as it was then."""
    try:
        user_id, comment_id, version = mail_links.read(DECIDE, token, timezone.now(), DECIDE_DAYS)
    except (LinkRefused, ValueError) as refusal:
        return _refused(request, str(refusal))
    user = User.objects.filter(pk=user_id).first()
    comment = Comment.objects.select_related("post", "parent").filter(pk=comment_id).first()
    if user is None or comment is None or not may_moderate(user):
        return _refused(request, "This link is not good any more.")
    if must_log_in(user):
        return HttpResponseRedirect(reverse("moderation:item", args=[comment.pk]))
    if comment.version != version:
        return _page(request, user, comment, conflict=decisions.Conflict(comment, decisions.latest_decision(comment)))
    if request.method != "POST":
        return _page(request, user, comment)
    form = MailDecisionForm(request.POST)
    if not form.is_valid():
        return _page(request, user, comment, form=form)
    try:
        done = decisions.decide(comment_id, seen=version, actor=person(user), **form.cleaned_data)
    except decisions.Conflict as conflict:
        return _page(request, user, comment, conflict=conflict)
    except decisions.DecisionError as refusal:
        form.add_error(None, str(refusal))
        return _page(request, user, comment, form=form)
    return _page(request, user, comment, done=done)


def _page(request: HttpRequest, user: User, comment: Comment, **more) -> HttpResponse:
    form = more.get("form")
    context = {"user": user, "comment": comment, "reasons": Reason.choices, **more}
    status = 409 if "conflict" in more else 422 if form is not None else 200
    return private(render(request, "moderation/decide_by_mail.html", context, status=status))


def _refused(request: HttpRequest, words: str) -> HttpResponse:
    """403 and not 404: the address is known to be one of the desk's, and tells nothing about any comment."""
    return private(render(request, "moderation/mail_refused.html", {"words": words}, status=403))
