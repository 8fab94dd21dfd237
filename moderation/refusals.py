"""A report or notice whose form lost its token comes back with its text; the rest is the comments' business."""

from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve
from django.utils import timezone

from comments import refusals
from moderation.notice_views import notice_page
from moderation.reader_forms import NoticeForm, ReportForm
from moderation.report_views import gone, public_comment, report_page

AGAIN = f"{refusals.UNVERIFIED} Please send it again; what you wrote is below."


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 with the form, a fresh token and everything that was typed."""
    try:
        match = resolve(request.path_info)
    except Resolver404:
        return refusals.csrf_failure(request, reason)
    if match.view_name == "reports:report":
        comment = public_comment(match.kwargs["comment_id"])
        if comment is None:
            return gone(request)
        form = ReportForm(request.POST)
        form.add_error(None, AGAIN)
        return report_page(request, comment, form, status=403)
    if match.view_name == "reports:notice":
        form = NoticeForm(request.POST, now=timezone.now())
        form.add_error(None, AGAIN)
        form.restamp()
        return notice_page(request, form, status=403)
    return refusals.csrf_failure(request, reason)
