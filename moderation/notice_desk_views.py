"""The desk's pages of notices of illegal content: the lists, and one notice with its answer."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from comments.models import Comment
from moderation import decisions, illegal
from moderation.access import desk_view
from moderation.forms import MOST_KEY
from moderation.items import gather
from moderation.models import IllegalContentNotice
from moderation.pages import page_of
from moderation.report_desk_forms import AnswerForm, NoticesFilter

SIZE = 25
STATE, S = IllegalContentNotice.State, Comment.Status


@desk_view
@require_safe
def notices_page(request: HttpRequest) -> HttpResponse:
    """Open notices, the oldest first, or decided ones, the newest first."""
    form = NoticesFilter(request.GET)
    if not form.is_valid():
        raise Http404
    tab = form.cleaned_data["tab"]
    page = page_of(
        [IllegalContentNotice.objects.filter(state=tab)],
        size=SIZE,
        descending=tab == STATE.DECIDED,
        after=form.cleaned_data["after"],
        before=form.cleaned_data["before"],
    )
    found = IllegalContentNotice.objects.prefetch_related("contents").defer("answer").in_bulk(page.ids)
    context = {"notices": [found[pk] for pk in page.ids if pk in found], "tab": tab, "page": page}
    return render(request, "moderation/notices.html", context)


@desk_view
@require_http_methods(["GET", "HEAD", "POST"])
def notice_page(request: HttpRequest, notice_id: int) -> HttpResponse:
    """One notice and what it is about (GET); the moderator's decision and answer (POST)."""
    notice = get_object_or_404(IllegalContentNotice, pk=min(notice_id, MOST_KEY))
    if request.method != "POST":
        return _page(request, notice)
    form = AnswerForm(request.POST, removable=_removable(notice))
    if not form.is_valid():
        return _page(request, notice, form, status=422)
    said = form.cleaned_data
    try:
        illegal.answer(
            notice.pk,
            outcome=said["outcome"],
            words=said["answer"],
            remove=said["remove"],
            by=request.user,
            now=timezone.now(),
        )
    except (decisions.Conflict, illegal.AnsweredAlready) as refusal:
        form.add_error(None, f"{refusal} The notice is shown as it is now.")
        notice.refresh_from_db()
        return _page(request, notice, form, status=409)
    except (illegal.StillPublic, decisions.Impossible) as refusal:
        form.add_error(None, str(refusal))
        return _page(request, notice, form, status=422)
    except decisions.NotAllowed as refusal:
        raise PermissionDenied(str(refusal)) from None
    messages.success(request, f"Notice {notice.pk} is answered.")
    response = HttpResponseRedirect(reverse("moderation:notices"))
    response.status_code = 303
    return response


def _removable(notice: IllegalContentNotice) -> bool:
    return notice.contents.filter(comment__status__in=[S.PENDING, S.PUBLISHED]).exists()


def _page(
    request: HttpRequest, notice: IllegalContentNotice, form: AnswerForm | None = None, status: int = 200
) -> HttpResponse:
    contents = list(notice.contents.select_related("post", "decision").order_by("pk"))
    items = {item.comment.pk: item for item in gather(content.comment_id for content in contents if content.comment_id)}
    rows = [(content, items.get(content.comment_id)) for content in contents]
    removable = {pk for pk, item in items.items() if item.comment.status in (S.PENDING, S.PUBLISHED)}
    context = {
        "notice": notice,
        "rows": rows,
        "removable": removable,
        "form": form,
        "outcomes": IllegalContentNotice.Outcome.choices,
    }
    return render(request, "moderation/notice.html", context, status=status)
