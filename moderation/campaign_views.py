"""The desk's pages of campaigns: the list of cards, one card, and the acts about it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from comments.models import Comment, Reason
from moderation import batches, campaign_cards, decisions, joining_campaigns, matching, standing_orders
from moderation.access import desk_view
from moderation.actors import person
from moderation.campaign_forms import CampaignForm, CardsForm, MembersForm
from moderation.forms import MOST_KEY
from moderation.models import Batch, Campaign, CampaignMember, Decision, StandingOrder
from moderation.pages import page_of

SIZE = 25
SECONDS = 2  # that the act may take of the request that orders it


@desk_view
@require_safe
def campaigns_page(request: HttpRequest) -> HttpResponse:
    """The cards of which something waits, the largest or the latest first."""
    form = CardsForm(request.GET)
    if not form.is_valid():
        raise Http404
    order, everything = form.cleaned_data["order"], form.cleaned_data["all"]
    context = {
        "rows": campaign_cards.listed(order, everything, timezone.now()),
        "order": order,
        "everything": everything,
        "most": campaign_cards.LISTED,
    }
    return render(request, "moderation/campaigns.html", context)


@desk_view
@require_safe
def campaign_page(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """One card: what its members share, the one form, and the members. A merged card leads to the one it went into."""
    campaign = _campaign(campaign_id)
    if campaign.merged_into_id:
        return redirect("moderation:campaign", campaign.merged_into_id)
    return _card(request, campaign)


@desk_view
@require_POST
def decide_campaign(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """One act about all members that wait, as a batch; a refusal also stands for those that arrive in the next day."""
    campaign = _campaign(campaign_id)
    form = CampaignForm(request.POST)
    if campaign.merged_into_id or campaign.dissolved_at:
        messages.warning(request, "Nothing was done: this card changed since you opened it.")
        return _to(campaign)
    if not form.is_valid():
        return _card(request, campaign, form, status=422)
    try:
        batch = _ordered(campaign, form.cleaned_data, request)
    except decisions.NotAllowed as refusal:
        raise PermissionDenied(str(refusal)) from None
    batch = batches.run(batch.pk, now=timezone.now(), seconds=SECONDS)
    if batch.state != Batch.State.FINISHED or batch.refused:
        return _see_other(reverse("moderation:batch_page", args=[batch.pk]))
    says = f"{batch.get_action_display()}: {batch.done} comment{'' if batch.done == 1 else 's'}."
    messages.success(request, says, extra_tags=f"undo-batch {batch.pk}")
    return _to(campaign)


@desk_view
@require_POST
def dissolve_campaign(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """Say that the members of a card have nothing to do with each other."""
    campaign = _campaign(campaign_id)
    if joining_campaigns.dissolve(campaign, str(request.user), timezone.now()):
        messages.success(request, "This is no card any more; its comments stand in the queue one by one.")
    return _to(campaign)


@desk_view
@require_POST
def end_order(request: HttpRequest, order_id: int) -> HttpResponse:
    """End a standing order before its time. What it decided stays."""
    order = (
        StandingOrder.objects.filter(pk=order_id).select_related("campaign").first() if order_id <= MOST_KEY else None
    )
    if order is None:
        raise Http404
    if standing_orders.end(order.pk, timezone.now()):
        messages.success(request, "The order has ended. Comments that arrive from now on wait for a person.")
    return _to(order.campaign)


def _ordered(campaign: Campaign, wanted: dict, request: HttpRequest) -> Batch:
    """Store the batch, and the order that stands, in one transaction: nothing can arrive between the two.

    A refusal takes in what arrived since the page was shown, as it will take in what arrives later; what is published
    was there when the person looked.
    """
    actor, now = person(request.user), timezone.now()
    approves = wanted["action"] == Decision.Action.APPROVE
    rejects = wanted["action"] == Decision.Action.REJECT
    reason, message = (wanted["reason"], wanted["message"]) if rejects else ("", "")
    with transaction.atomic():
        batch = batches.start(
            wanted["action"],
            actor=actor,
            chosen=matching.whole({"card": campaign.pk}),
            until=wanted["until"] if approves else None,
            since=wanted["since"],
            reason=reason,
            note=wanted["note"],
            message=message,
            now=now,
        )
        standing_orders.give(campaign, batch, actor=actor, now=now)
    return batch


def _card(
    request: HttpRequest, campaign: Campaign, form: CampaignForm | None = None, status: int = 200
) -> HttpResponse:
    asked = MembersForm(request.GET)
    if not asked.is_valid():
        raise Http404
    members = CampaignMember.objects.filter(campaign=campaign)
    page = page_of([members], size=SIZE, descending=True, **asked.cleaned_data)
    comments = Comment.objects.select_related("post").defer("html", "post__html", "post__source", "post__text")
    until, since = batches.horizon()
    context = {
        "card": campaign_cards.read(campaign, timezone.now()),
        "campaign": campaign,
        "members": comments.filter(pk__in=page.ids).order_by("-pk"),
        "page": page,
        "from_start": not any(asked.cleaned_data.values()),
        "form": form,
        "until": until,
        "since": since,
        "reasons": Reason.choices,
    }
    return render(request, "moderation/campaign.html", context, status=status)


def _campaign(campaign_id: int) -> Campaign:
    found = Campaign.objects.filter(pk=campaign_id).first() if campaign_id <= MOST_KEY else None
    if found is None:
        raise Http404
    return found


def _to(campaign: Campaign) -> HttpResponse:
    return _see_other(reverse("moderation:campaign", args=[campaign.merged_into_id or campaign.pk]))


def _see_other(address: str) -> HttpResponse:
    response = HttpResponseRedirect(address)
    response.status_code = 303
    return response
