"""The news that an open page of the queue asks for every ten seconds."""

import re
from dataclasses import asdict

from django import forms
from django.http import Http404, HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from comments.models import Comment
from moderation import claims, news
from moderation.access import desk_view
from moderation.forms import MOST_KEY, KeyField

NUMBERS = re.compile(r"[1-9][0-9]{0,18}(?:,[1-9][0-9]{0,18})*", re.ASCII)


class NewsForm(forms.Form):
    """Which news: after which decision, about which comments, and which of them is open in front of the moderator."""

    after = forms.IntegerField(min_value=0, max_value=MOST_KEY)
    shown = forms.CharField(required=False, max_length=20 * news.MOST_SHOWN)
    open = KeyField()

    def clean_shown(self) -> list[int]:
        typed = self.cleaned_data["shown"]
        if typed and not NUMBERS.fullmatch(typed):
            raise forms.ValidationError("These are no numbers.")
        return [number for number in map(int, typed.split(",") if typed else ()) if number <= MOST_KEY]


@desk_view
@require_http_methods(["GET", "HEAD", "POST"])
def news_since(request: HttpRequest) -> JsonResponse:
    """Tell what is new. GET only tells; POST also renews the claim on the comment that is `open`."""
    form = NewsForm(request.POST if request.method == "POST" else request.GET)
    if not form.is_valid():
        raise Http404
    asked, now = form.cleaned_data, timezone.now()
    opened = asked["open"]
    if request.method == "POST" and opened and Comment.objects.filter(pk=opened).exists():
        claims.open_for(request.user, opened, now)
    return JsonResponse(asdict(news.since(asked["after"], asked["shown"], request.user, now)))
