"""The pages of the blocklist: the list, a new rule, one rule with its replay, and what is done to it."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from moderation import foresight, rule_pages, rulebook
from moderation.access import desk_view
from moderation.forms import MOST_KEY
from moderation.models import Rule
from moderation.rule_forms import DAYS, ReplayForm, RuleFilter, RuleForm
from moderation.rule_hits import Hits, hits_of


@desk_view
@require_safe
def rules_page(request: HttpRequest) -> HttpResponse:
    """The rules of one state, newest first, with what they do."""
    _need(request, "view_rule")
    form = RuleFilter(request.GET)
    if not form.is_valid() and set(form.errors) != {"q"}:
        raise Http404
    chosen = {"q": "", **form.cleaned_data}
    found = rule_pages.read(chosen, timezone.now())
    return render(request, "moderation/rules.html", {"list": found, "form": form, "chosen": chosen})


@desk_view
@require_http_methods(["GET", "HEAD", "POST"])
def new_rule(request: HttpRequest) -> HttpResponse:
    """Write a draft, alone or after another rule (`like`)."""
    _need(request, "add_rule")
    like = _like(request.POST.get("like") or request.GET.get("like", ""))
    if request.method != "POST":
        start = {name: getattr(like, name) for name in ("kind", "text", "effect")} if like else {"kind": "word"}
        form = RuleForm(initial={"effect": Rule.Effect.HOLD, **start}, like=like)
        return render(request, "moderation/rule_new.html", {"form": form, "like": like})
    form = RuleForm(request.POST, like=like)
    if not form.is_valid():
        return render(request, "moderation/rule_new.html", {"form": form, "like": like}, status=422)
    predecessor = like if like and not like.is_draft else None
    made = rulebook.draft(**form.cleaned_data, by=request.user, predecessor=predecessor, now=timezone.now())
    messages.success(
        request, "The rule is written. It does nothing yet: see what it would have done, then switch it on."
    )
    return _to(made)


@desk_view
@require_safe
def rule_page(request: HttpRequest, rule_id: int) -> HttpResponse:
    """One rule: what it says, what it hits, and what switching it on or retiring it would change."""
    _need(request, "view_rule")
    return _page(request, _rule(rule_id))


@desk_view
@require_POST
def replay_rule(request: HttpRequest, rule_id: int) -> HttpResponse:
    """Look at recorded comments for a few seconds, from the newest back; or go on where the last look ended."""
    _need(request, "view_rule")
    rule, form = _rule(rule_id), ReplayForm(request.POST)
    if not form.is_valid():
        raise Http404
    if rule.state == Rule.State.RETIRED:
        return _page(request, rule, "A retired rule stays so; write a new one like it and look at that.", 409)
    replay = getattr(rule, "replay", None)
    if form.anew or replay is None or replay.retiring != rule.is_on:
        replay = foresight.begin(rule, form.far_back, by=request.user, now=timezone.now())
    foresight.go_on(replay)
    return _to(rule, "#replay")


@desk_view
@require_POST
def switch_on_rule(request: HttpRequest, rule_id: int) -> HttpResponse:
    """Put a draft in force, by who has seen the numbers on its page."""
    return _act(request, rule_id, "change_rule", rulebook.switch_on, "The rule is in force from the next comment on.")


@desk_view
@require_POST
def retire_rule(request: HttpRequest, rule_id: int) -> HttpResponse:
    """Take a rule out of force for good."""
    return _act(request, rule_id, "change_rule", rulebook.retire, "The rule is retired.")


@desk_view
@require_POST
def discard_rule(request: HttpRequest, rule_id: int) -> HttpResponse:
    """Throw a draft away."""
    _need(request, "delete_rule")
    rule = _rule(rule_id)
    try:
        rulebook.discard(rule.pk)
    except rulebook.RuleRefused as refusal:
        return _page(request, rule, str(refusal), 409)
    except Rule.DoesNotExist:
        raise Http404 from None
    messages.success(request, "The draft is deleted.")
    return _see_other(reverse("moderation:rules") + "?state=draft")


def _act(request: HttpRequest, rule_id: int, right: str, act: Callable[..., Rule], says: str) -> HttpResponse:
    """Do it if the page that was looked at still tells the truth; the numbers seen come along as a stamp."""
    _need(request, right)
    rule = _rule(rule_id)
    if request.POST.get("seen", "") != _stamp(rule):
        return _page(request, rule, "What it would change was counted anew meanwhile. Please look again.", 409)
    try:
        done = act(rule.pk, by=request.user, now=timezone.now())
    except rulebook.RuleRefused as refusal:
        return _page(request, _rule(rule_id), str(refusal), 409)
    except Rule.DoesNotExist:
        raise Http404 from None
    messages.success(request, says)
    return _to(done)


def _page(request: HttpRequest, rule: Rule, trouble: str = "", status: int = 200) -> HttpResponse:
    replay = getattr(rule, "replay", None)
    shown = (
        rule_pages.in_words(replay) if replay and replay.retiring == rule.is_on and rule.state != "retired" else None
    )
    context = {
        "rule": rule,
        "hits": hits_of([rule.pk], timezone.now()).get(rule.pk, Hits()) if not rule.is_draft else None,
        "latest": rule_pages.latest_hits(rule) if not rule.is_draft else [],
        "shown": shown,
        "stamp": _stamp(rule),
        "successors": list(rule.successors.order_by("pk")[:20]),
        "days": DAYS,
        "trouble": trouble,
    }
    return render(request, "moderation/rule.html", context, status=status)


def _stamp(rule: Rule) -> str:
    """The numbers of a replay in short, so that a button acts on what was shown."""
    replay = getattr(rule, "replay", None)
    return f"{replay.looked}-{replay.hits}-{replay.against}" if replay and replay.retiring == rule.is_on else "none"


def _rule(rule_id: int) -> Rule:
    related = ("replay", "replay__started_by", "predecessor", "created_by", "on_by", "retired_by")
    rule = Rule.objects.select_related(*related).filter(pk=rule_id).first() if rule_id <= MOST_KEY else None
    if rule is None:
        raise Http404
    return rule


def _like(number: str) -> Rule | None:
    if not number:
        return None
    if not (number.isascii() and number.isdigit() and len(number) < 19):
        raise Http404
    return _rule(int(number))


def _need(request: HttpRequest, right: str) -> None:
    if not request.user.has_perm(f"moderation.{right}"):
        raise PermissionDenied


def _to(rule: Rule, place: str = "") -> HttpResponse:
    return _see_other(reverse("moderation:rule", args=[rule.pk]) + place)


def _see_other(address: str) -> HttpResponse:
    response = HttpResponseRedirect(address)
    response.status_code = 303
    return response
