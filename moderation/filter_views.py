"""The filter's page: its state, its record, what weighs most, and what another setting would do."""

from datetime import datetime

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from moderation import filter_record, filter_state, filter_workload, heavy_words, numbers, screened
from moderation.access import desk_view
from moderation.filter_forms import FilterForm
from moderation.strictness import NORMAL, STRICTNESS


@desk_view
@require_safe
def filter_page(request: HttpRequest) -> HttpResponse:
    """Everything about the filter on one page; changes nothing."""
    form = FilterForm(request.GET)
    if not form.is_valid():
        raise Http404
    asked = form.cleaned_data
    return render(request, "moderation/filter.html", _context(asked["days"], asked["strictness"], timezone.now()))


def setting() -> str:
    """The strictness that the site has; the policy holds everything by one that is none, and the page shows normal."""
    word = settings.FILTER_STRICTNESS
    return word if word in STRICTNESS else NORMAL


def _context(days: int, other: str, now: datetime) -> dict:
    word = setting()
    state, newest, judged = filter_state.read(now), screened.recent(days, now), screened.judged(now)
    recent = newest.screenings
    tried = filter_workload.tries(recent, STRICTNESS[word])
    return {
        "state": state,
        "paired_says": filter_state.PAIRED_SAYS,
        "setting": word,
        "unknown_setting": settings.FILTER_STRICTNESS if word != settings.FILTER_STRICTNESS else "",
        "record": filter_record.record(judged, STRICTNESS[word]),
        "calibration": filter_record.calibration(judged),
        "judged_is_cut": len(judged) >= screened.MOST_JUDGED,
        "weeks": screened.WEEKS,
        "days": days,
        "periods": numbers.PERIODS,
        "recent": len(recent),
        "recent_judged": sum(one.spam is not None for one in recent),
        "recent_is_cut": newest.cut,
        "tried": tried,
        "tried_differ": len({(one.published, one.held, one.filed) for one in tried}) > 1,
        "tried_stacks": filter_workload.stacks(tried),
        "series": filter_workload.SERIES,
        "settings": filter_workload.settings_beside(recent, word),
        "what_if": filter_workload.what_if(recent, word, other) if other and other != word else None,
        "other": other,
        "heavy": heavy_words.read(state.learner) if state.learner else None,
    }
