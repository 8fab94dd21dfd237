"""What a reader asks of the comments: write one, find one, see what became of one's own, change it, take it back."""

from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from blog.freshness import same_for_all
from comments import flood, refusals, stamps, submission
from comments.forms import CommentForm, EditForm
from comments.house_rules import RULES
from comments.models import Comment
from comments.models.comment import LARGEST_ID
from comments.origin import Origin, client_address, network_of
from comments.same_site import is_from_here
from comments.senders import remember, sender_of
from comments.status_page import own, private, status_page
from comments.writing import blank_form, open_post, staff_of, write_page

SINGLE = ("parent", "stamp", "body", "name", "email", "website", "subject", "seen", "notify")
TWICE = "This form came with a field twice. Please send it again."
# In our own words: the refusal itself names the moderator, which is not for readers.
CHANGED = "The comment has changed since you opened this page, and this is how it stands now. Nothing was changed."


@csrf_exempt  # of Django's check alone: see comments/same_site.py
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
        return write_page(request, post, blank_form(request, post, now, request.GET.get("parent", "")))
    if not is_from_here(request):
        return refusals.csrf_failure(request)
    form = CommentForm(request.POST, post=post, user=user)
    if _came_twice(request):
        form.add_error(None, TWICE)
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
    draft, parent = form.draft(), form.cleaned_data["parent"]
    key = stamp.key_for(network, str(parent and parent.pk), draft.name, draft.email, draft.website, draft.body)
    try:
        # Who sends the same form again, after a time-out or by a double click, gets the comment that is stored.
        is_new = not submission.is_repeat(key)
        if user is None and is_new:
            flood.take({"network": network, "post": str(post.pk), "site": ""}, now)
        origin = _origin(request, form, user, network, stamp)
        comment = submission.submit(post, parent, draft, origin, key, now, is_new=is_new)
    except flood.TooFast as refusal:
        return refusals.too_fast(request, post, form, refusal)
    except submission.NotTaken as refusal:
        return refusals.barred(request, refusal.barred, form.cleaned_data["body"])
    except submission.ChangeRefused as refusal:
        form.add_error(None, str(refusal))
        form.restamp(now)
        return write_page(request, post, form, status=422)
    response = HttpResponseRedirect(comment.get_absolute_url() if comment.is_published else comment.status_address)
    response.status_code = 303
    if comment.sender:
        remember(response, comment.sender)
    return response


def _came_twice(request: HttpRequest) -> bool:
    return any(len(request.POST.getlist(name)) > 1 for name in SINGLE)


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


@require_safe
def permalink(request: HttpRequest, comment_id: int) -> HttpResponse:
    """Lead to the page of the thread on which a public comment stands; for any other id there is nothing here."""
    if comment_id > LARGEST_ID:
        raise Http404
    comment = get_object_or_404(Comment.objects.published().select_related("post"), pk=comment_id)
    query = urlencode({"c": comment.pk})
    response = HttpResponseRedirect(f"{comment.post.get_absolute_url()}?{query}#c-{comment.pk}")
    response.headers["Cache-Control"] = "private, no-cache"
    return response


@same_for_all
def rules(request: HttpRequest) -> HttpResponse:
    """The house rules: for what a comment can be refused."""
    return render(request, "comments/rules.html", {"rules": RULES.values()})


@require_safe
def status(request: HttpRequest, capability: str) -> HttpResponse:
    """What became of a comment, for who holds its private address."""
    return status_page(request, own(capability))


@require_POST
def edit(request: HttpRequest, capability: str) -> HttpResponse:
    """A new text, judged like a new comment."""
    comment, now = own(capability), timezone.now()
    form = EditForm(request.POST)
    if _came_twice(request):
        form.add_error(None, TWICE)
    if not form.is_valid():
        return status_page(request, comment, form, status=422)
    wanted, network = form.cleaned_data, network_of(client_address(request), now)
    try:
        if not comment.user_id:
            flood.take({"network": network, "site": ""}, now)
        submission.edit(comment, wanted["body"], form.html, wanted["seen"], None, now, network=network)
    except flood.TooFast as refusal:
        words = f"That was fast. Please wait {refusal.retry_after} seconds and send again; your text is below."
        response = status_page(request, comment, form, status=429, refusal=words)
        response.headers["Retry-After"] = str(refusal.retry_after)
        return response
    except submission.NotTaken as refusal:
        return private(refusals.barred(request, refusal.barred, wanted["body"], comment.status_address))
    except submission.ChangeRefused:
        comment.refresh_from_db()
        form.data = form.data.copy()
        form.data["seen"] = comment.version
        return status_page(request, comment, form, status=409, refusal=f"{CHANGED} Your new text is kept below.")
    return _see(comment)


@require_POST
def withdraw(request: HttpRequest, capability: str) -> HttpResponse:
    """Take a comment back for good."""
    comment = own(capability)
    try:
        submission.withdraw(comment, comment.version, timezone.now())
    except submission.ChangeRefused:
        comment.refresh_from_db()
        return status_page(request, comment, status=409, refusal=CHANGED)
    return _see(comment)


def _see(comment: Comment) -> HttpResponse:
    response = HttpResponseRedirect(comment.status_address)
    response.status_code = 303
    return private(response)
