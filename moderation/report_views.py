"""The page on which a reader reports a comment, and the one that says thanks."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from blog.models import Post
from comments import flood
from comments.models import Comment, Sender
from comments.models.comment import LARGEST_ID
from comments.origin import client_address, network_of
from comments.senders import remember, sender_of
from comments.writing import staff_of
from moderation import filing
from moderation.reader_forms import ReportForm

TWICE = "This form came with a field twice. Please send it again."


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, comment_id: int) -> HttpResponse:
    """The comment, the reasons, and a field for words (GET); a report (POST).

    Everybody is thanked alike: who reports a second time, and whoever the report is of no weight from.
    """
    now = timezone.now()
    comment = public_comment(comment_id)
    if comment is None:
        return gone(request)
    if request.method != "POST":
        return report_page(request, comment, ReportForm())
    form = ReportForm(request.POST)
    if came_twice(request, form.single):
        form.add_error(None, TWICE)
    if not form.is_valid():
        return report_page(request, comment, form, status=422)
    user, network = staff_of(request), network_of(client_address(request), now)
    sender = None if user else sender_of(request) or Sender(created_at=now)
    said = form.cleaned_data
    try:
        if user is None:
            flood.take({"report_network": network, "report_comment": str(comment.pk), "report_site": ""}, now)
        if not form.by_machine:
            filing.file(comment.pk, filing.Complaint(said["reason"], said["body"], sender, user, network), now)
    except flood.TooFast as refusal:
        form.add_error(None, too_fast_words("reports", refusal))
        response = report_page(request, comment, form, status=429)
        response.headers["Retry-After"] = str(refusal.retry_after)
        return response
    except Comment.DoesNotExist:
        return gone(request)
    response = HttpResponseRedirect(f"{reverse('reports:thanks')}?on={comment.post_id}")
    response.status_code = 303
    if sender:
        # Also where nothing was stored: that a network has reported before is nobody's business.
        remember(response, sender)
    return response


@never_cache
@require_safe
def thanks(request: HttpRequest) -> HttpResponse:
    """What happens next. It knows nothing of the report or the comment, which may be off the page by now."""
    number = request.GET.get("on", "")
    post = None
    if number.isascii() and number.isdigit() and len(number) < 19:
        post = Post.objects.published().posts().filter(pk=int(number)).only("kind", "title", "slug", "month").first()
    return _unlisted(render(request, "reports/thanks.html", {"post": post}))


def public_comment(comment_id: int) -> Comment | None:
    """The comment if a stranger may read it. Hidden and absent ones are all the same: None."""
    if comment_id > LARGEST_ID:
        return None
    return Comment.objects.published().select_related("post").defer("post__source", "post__html", "post__text").filter(
        pk=comment_id
    ).first()  # fmt: skip


def report_page(request: HttpRequest, comment: Comment, form: ReportForm, *, status: int = 200) -> HttpResponse:
    """The form below the comment that it is about."""
    return _unlisted(render(request, "reports/report.html", {"comment": comment, "form": form}, status=status))


def gone(request: HttpRequest) -> HttpResponse:
    """404 for hidden and absent comments alike, with the text that was sent."""
    context = {"text": request.POST.get("body", "")[:20_000]}
    return _unlisted(render(request, "reports/gone.html", context, status=404))


def came_twice(request: HttpRequest, single: tuple[str, ...]) -> bool:
    return any(len(request.POST.getlist(name)) > 1 for name in single)


def too_fast_words(what: str, refusal: flood.TooFast) -> str:
    return (
        f"Many {what} came in just now. Please wait {refusal.retry_after} seconds and send again; your text is below."
    )


def _unlisted(response: HttpResponse) -> HttpResponse:
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response
