"""What a reader asks of the comments: write one, find one, see what became of one's own, change it, take it back."""

from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from comments import flood, refusals, stamps, submission
from comments.forms import CommentForm, EditForm
from comments.models import Comment
from comments.origin import Origin, client_address, network_of
from comments.senders import remember, sender_of
from comments.writing import LARGEST_ID, blank_form, open_post, staff_of, write_page

SINGLE = ("parent", "stamp", "body", "name", "email", "website", "subject")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def submit(request: HttpRequest, post_id: int) -> HttpResponse:
    """The form on a page of its own (GET), or a comment sent from any form (POST)."""
    now = timezone.now()
    post = open_post(post_id, now)
    if post is None:
        return refusals.not_open(request)
    user = staff_of(request)
    if request.method != "POST":
        return write_page(request, post, blank_form(request, post, now))
    form = CommentForm(request.POST, post=post, user=user)
    if any(len(request.POST.getlist(name)) > 1 for name in SINGLE):
        form.add_error(None, "This form came with a field twice. Please send it again.")
    stamp = None
    try:
        stamp = stamps.read(request.POST.get("stamp", ""), post.pk, now)
    except stamps.StampRefused as refusal:
        form.add_error(None, str(refusal))
    if not form.is_valid():
        form.restamp(now)
        return write_page(request, post, form, status=422)
    if "preview" in request.POST:
        return write_page(request, post, form, preview=form.html)
    network = network_of(client_address(request), now)
    try:
        if user is None:
            flood.take({"network": network, "post": str(post.pk), "site": ""}, now)
        comment = submission.submit(
            post,
            form.cleaned_data["parent"],
            form.draft(),
            _origin(request, form, user, network, stamp),
            stamp.key,
            now,
        )
    except flood.TooFast as refusal:
        return refusals.too_fast(request, post, form, refusal)
    except submission.ChangeRefused as refusal:
        form.add_error(None, str(refusal))
        form.restamp(now)
        return write_page(request, post, form, status=422)
    response = HttpResponseRedirect(comment.get_absolute_url() if comment.is_published else comment.status_address)
    response.status_code = 303
    if comment.sender:
        remember(response, comment.sender)
    return response


def _origin(request: HttpRequest, form: CommentForm, user, network: str, stamp: stamps.Stamp) -> Origin:
    agent = "".join(letter for letter in request.META.get("HTTP_USER_AGENT", "") if letter.isprintable())
    return Origin(
        network=network,
        user_agent=agent.encode("utf-8", "ignore").decode()[:200],
        user=user,
        sender=None if user else sender_of(request),
        seconds_on_form=stamp.seconds,
        honeypot=bool(form.cleaned_data["subject"]),
    )


@require_GET
def permalink(request: HttpRequest, comment_id: int) -> HttpResponse:
    """Lead to the page of the thread on which a public comment stands; for any other id there is nothing here."""
    if comment_id > LARGEST_ID:
        raise Http404
    comment = get_object_or_404(Comment.objects.published().select_related("post"), pk=comment_id)
    query = urlencode({"c": comment.pk})
    response = HttpResponseRedirect(f"{comment.post.get_absolute_url()}?{query}#c-{comment.pk}")
    response.headers["Cache-Control"] = "private, no-cache"
    return response


def _private(response: HttpResponse) -> HttpResponse:
    """The address of a status page is its key: no cache, no search engine and no other site may learn it."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    # Not "no-referrer": with that, the page's own forms are sent with "Origin: null", which the CSRF check refuses.
    response.headers["Referrer-Policy"] = "same-origin"
    return response


def _own(capability: str) -> Comment:
    if len(capability) > 32 or "\x00" in capability:
        raise Http404
    return get_object_or_404(Comment.objects.select_related("post"), capability=capability)


def _status_page(
    request: HttpRequest, comment: Comment, form: EditForm | None = None, status: int = 200
) -> HttpResponse:
    newest = comment.revisions.order_by("-number").first()
    if form is None:
        form = EditForm(initial={"seen": comment.version, "body": newest.body if newest else comment.body})
    context = {
        "comment": comment,
        "form": form,
        "edit_open": status != 200,
        "proposed": newest if comment.proposed_revision else None,
        "changeable": comment.status in (Comment.Status.PENDING, Comment.Status.PUBLISHED),
        "post_public": comment.post.is_public(),
        "retention_days": settings.SPAM_RETENTION_DAYS,
    }
    return _private(render(request, "comments/status.html", context, status=status))


@require_http_methods(["GET", "HEAD"])
def status(request: HttpRequest, capability: str) -> HttpResponse:
    """What became of a comment, for who holds its private address."""
    return _status_page(request, _own(capability))


@require_POST
def edit(request: HttpRequest, capability: str) -> HttpResponse:
    """A new text, judged like a new comment."""
    comment, now = _own(capability), timezone.now()
    form = EditForm(request.POST)
    if not form.is_valid():
        return _status_page(request, comment, form, status=422)
    try:
        if not comment.user_id:
            flood.take({"network": network_of(client_address(request), now), "site": ""}, now)
        submission.edit(comment, form.cleaned_data["body"], form.html, form.cleaned_data["seen"], None, now)
    except flood.TooFast as refusal:
        form.add_error(
            None,
            f"That was fast. Please wait {refusal.retry_after} seconds and send again; your text is below.",
        )
        response = _status_page(request, comment, form, status=429)
        response.headers["Retry-After"] = str(refusal.retry_after)
        return response
    except submission.ChangeRefused as refusal:
        comment.refresh_from_db()
        form.data = form.data.copy()
        form.data["seen"] = comment.version
        form.add_error(None, f"{refusal} Look at its state below; your new text is kept in the form.")
        return _status_page(request, comment, form, status=409)
    return _see(comment)


@require_POST
def withdraw(request: HttpRequest, capability: str) -> HttpResponse:
    """Take a comment back for good."""
    comment = _own(capability)
    try:
        submission.withdraw(comment, comment.version, timezone.now())
    except submission.ChangeRefused:
        comment.refresh_from_db()
        return _status_page(request, comment, status=409)
    return _see(comment)


def _see(comment: Comment) -> HttpResponse:
    response = HttpResponseRedirect(comment.status_address)
    response.status_code = 303
    return _private(response)
