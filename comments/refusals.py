"""Answers that refuse a comment and give the text back: nothing that somebody wrote is lost to an error page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import Resolver404, resolve
from django.utils import timezone
from django.views.csrf import csrf_failure as plain_csrf_failure

from blog.models import Post
from comments.flood import TooFast
from comments.forms import CommentForm, EditForm
from comments.gate import Barred
from comments.status_page import own, status_page
from comments.writing import open_post, staff_of, write_page

UNVERIFIED = "We could not verify that this came from our own page, so nothing was changed."


def not_open(request: HttpRequest) -> HttpResponse:
    """The post is hidden, closed or absent; the answer is the same for all three, and holds the text."""
    context = {"text": request.POST.get("body", "")[:20_000]}
    return render(request, "comments/not_open.html", context, status=404)


def too_fast(request: HttpRequest, post: Post, form: CommentForm, refusal: TooFast) -> HttpResponse:
    """429 with the form, the text in it, and when to try again."""
    form.add_error(
        None,
        f"Many comments came in just now. Please wait {refusal.retry_after} seconds and send again; "
        "your text is below.",
    )
    form.restamp(timezone.now())
    response = write_page(request, post, form, status=429)
    response.headers["Retry-After"] = str(refusal.retry_after)
    return response


def barred(request: HttpRequest, why: Barred, text: str, ask: str = "") -> HttpResponse:
    """403: this person may not write here now. It says why, until when and how to ask again, and holds the text."""
    context = {"why": why, "ask": ask or why.ask, "text": text}
    return render(request, "comments/barred.html", context, status=403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A comment whose form lost its token comes back with its text and a fresh token; elsewhere the plain 403 page."""
    try:
        match = resolve(request.path_info)
    except Resolver404:
        return plain_csrf_failure(request, reason, template_name="403.html")
    if match.view_name == "comments:submit":
        now = timezone.now()
        post = open_post(match.kwargs["post_id"], now)
        if post is None:
            return not_open(request)
        form = CommentForm(request.POST, post=post, user=staff_of(request))
        form.add_error(
            None,
            f"{UNVERIFIED} Please send it again; your text is below.",
        )
        form.restamp(now)
        return write_page(request, post, form, status=403)
    if "capability" in match.kwargs:  # also of what other apps put on the private page
        comment, words = own(match.kwargs["capability"]), f"{UNVERIFIED} Please send it again."
        if match.view_name == "comments:edit":
            return status_page(request, comment, EditForm(request.POST), status=403, refusal=words)
        return status_page(request, comment, status=403, refusal=words, kept=request.POST.get("body", "")[:20_000])
    return render(request, "comments/csrf.html", {"text": request.POST.get("body", "")[:20_000]}, status=403)
