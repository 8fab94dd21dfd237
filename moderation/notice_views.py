"""The form for notices of illegal content, and the private page that says what became of one."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from blog.site import absolute
from comments import flood, stamps
from comments.origin import client_address, network_of
from comments.status_page import LONGEST_CAPABILITY, private
from comments.submission import KeyUsed
from moderation import illegal
from moderation.models import IllegalContentNotice
from moderation.reader_forms import NOTICE_STAMP, NoticeForm
from moderation.report_views import TWICE, came_twice, public_comment, too_fast_words


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def notice(request: HttpRequest) -> HttpResponse:
    """The form (GET, with `?comment=` about that comment), or a notice (POST)."""
    now = timezone.now()
    if request.method != "POST":
        return notice_page(request, _blank(request, now))
    form = NoticeForm(request.POST, now=now)
    if came_twice(request, form.single):
        form.add_error(None, TWICE)
    stamp = None
    try:
        stamp = stamps.read(request.POST.get("stamp", ""), NOTICE_STAMP, now)
    except stamps.StampRefused as refusal:
        form.add_error(None, str(refusal))
    if not form.is_valid():
        form.restamp()
        return notice_page(request, form, status=422)
    said = form.cleaned_data
    try:
        # Who sends the same form again, after a time-out or by a double click, gets the notice that is stored.
        if not IllegalContentNotice.objects.filter(form_key=stamp.key).exists():
            flood.take({"notice_network": network_of(client_address(request), now), "notice_site": ""}, now)
    except flood.TooFast as refusal:
        form.add_error(None, too_fast_words("notices", refusal))
        response = notice_page(request, form, status=429)
        response.headers["Retry-After"] = str(refusal.retry_after)
        return response
    what = illegal.Said(form.targets, said["body"], said["name"], said["email"], said["against_children"])
    try:
        made = illegal.receive(what, stamp.key, now)
    except KeyUsed as refusal:
        form.add_error(None, str(refusal))
        form.restamp()
        return notice_page(request, form, status=422)
    response = HttpResponseRedirect(made.status_address)
    response.status_code = 303
    return private(response)


@require_safe
def notice_status(request: HttpRequest, capability: str) -> HttpResponse:
    """What became of a notice, for who holds its private address."""
    if len(capability) > LONGEST_CAPABILITY or "\x00" in capability:
        raise Http404
    found = get_object_or_404(IllegalContentNotice, capability=capability)
    context = {"notice": found, "contents": found.contents.order_by("pk")}
    return private(render(request, "reports/notice_status.html", context))


def notice_page(request: HttpRequest, form: NoticeForm, *, status: int = 200) -> HttpResponse:
    """The form on its page."""
    response = render(request, "reports/notice.html", {"form": form}, status=status)
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _blank(request: HttpRequest, now) -> NoticeForm:
    number = request.GET.get("comment", "")
    comment = public_comment(int(number)) if number.isascii() and number.isdigit() and len(number) < 20 else None
    initial = {"stamp": stamps.make(NOTICE_STAMP, now)}
    if comment:
        initial["addresses"] = absolute(comment.get_absolute_url())
    return NoticeForm(initial=initial, now=now)
