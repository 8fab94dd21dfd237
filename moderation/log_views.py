"""The pages of the log."""

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from moderation import log
from moderation.access import desk_view
from moderation.forms import LogFilter


@desk_view
@require_safe
def log_page(request: HttpRequest) -> HttpResponse:
    """Decisions, newest first. A filter that cannot be read is said beside its field, and no rows are shown."""
    form = LogFilter(request.GET, log.people())
    found = log.read(form.cleaned_data) if form.is_valid() else None
    return render(request, "moderation/log.html", {"form": form, "log": found}, status=200 if found else 422)


@desk_view
@require_safe
def log_csv(request: HttpRequest) -> HttpResponse:
    """The same decisions as a file, all of them."""
    form = LogFilter(request.GET, log.people())
    if not form.is_valid():
        return render(request, "moderation/log.html", {"form": form, "log": None}, status=422)
    response = StreamingHttpResponse(log.csv_lines(form.cleaned_data), content_type="text/csv; charset=utf-8")
    day = timezone.localdate().isoformat()
    response.headers["Content-Disposition"] = f'attachment; filename="decisions-{day}.csv"'
    return response
