"""The private page on which a comment's author sees what became of it; its address is the key to it."""

from django.conf import settings
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from comments.forms import EditForm
from comments.models import Comment

LONGEST_CAPABILITY = 32


def own(capability: str) -> Comment:
    """The comment that a private address is about. Raises Http404."""
    if len(capability) > LONGEST_CAPABILITY or "\x00" in capability:
        raise Http404
    return get_object_or_404(Comment.objects.select_related("post"), capability=capability)


def status_page(
    request: HttpRequest,
    comment: Comment,
    form: EditForm | None = None,
    *,
    status: int = 200,
    refusal: str = "",
    kept: str = "",
    appeal: Form | None = None,
) -> HttpResponse:
    """The page; after a `refusal`, with its words and, of a `form` that was sent, the text.

    `kept` is any other text that was sent and not stored; `appeal` the form of another app that comes back with errors.
    """
    newest = comment.revisions.order_by("-number").first()
    if form is None:
        form = EditForm(initial={"seen": comment.version, "body": newest.body if newest else comment.body})
    context = {
        "comment": comment,
        "form": form,
        "edit_open": form.is_bound,
        "refusal": refusal,
        "kept": kept,
        "appeal": appeal,
        "proposed": newest if comment.proposed_revision else None,
        "changeable": comment.status in (Comment.Status.PENDING, Comment.Status.PUBLISHED),
        "post_public": comment.post.is_public(),
        "retention_days": settings.SPAM_RETENTION_DAYS,
        "mail": comment.subscriptions.filter(ended_at=None).first(),
    }
    return private(render(request, "comments/status.html", context, status=status))


def private(response: HttpResponse) -> HttpResponse:
    """The address of a status page is its key: no cache, no search engine and no other site may learn it."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    # Not "no-referrer": with that, the page's own forms are sent with "Origin: null", which the CSRF check refuses.
    response.headers["Referrer-Policy"] = "same-origin"
    return response
