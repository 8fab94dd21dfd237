"""The screener: gathers what is known about a comment once, lets every filter look at it, and acts on the verdict.

Named by the setting COMMENT_SCREENER. The comment is stored and pending before this runs, so whatever breaks here
leaves it in the queue.
"""

import logging
from datetime import datetime
from time import perf_counter

from django.conf import settings
from django.db import transaction
from django.db.models import Count, Exists, OuterRef, Q
from django.utils import timezone

from comments.models import Comment, Sender
from moderation import (
    automation,
    decisions,
    erasure,
    fingerprint,
    joining_campaigns,
    ranking,
    rule_numbers,
    sanctions,
    standing_orders,
)
from moderation.actors import system
from moderation.classifying import classify
from moderation.filters.duplicates import ALIKE, SAME
from moderation.filters.evidence import Alike, Evidence, RuleFact, SenderFacts
from moderation.filters.reading import TextReading
from moderation.models import Decision, Fingerprint, Review, Rule, Signal
from moderation.verdict import POLICY, Verdict, judge, stand_back

log = logging.getLogger(__name__)
CANDIDATES = 200
BAND_COLUMNS = [f"band{number}" for number in range(fingerprint.BANDS)]
TEXTS = ("name", "email", "website", "body")
RULE_COLUMNS = ("pk", "kind", "text", "effect")
# Looking is no approval: who refuses an edit leaves the comment public, and earns its sender nothing.
APPROVED = Q(
    Exists(
        Decision.objects.filter(
            comment=OuterRef("pk"),
            actor_kind=Decision.ActorKind.PERSON,
            action__in=[Decision.Action.APPROVE, Decision.Action.ACCEPT_EDIT],
            reversed_by__isnull=True,
        )
    ),
    status=Comment.Status.PUBLISHED,
    reviewed_at__isnull=False,
)


def screen(comment_id: int, now: datetime | None = None) -> Review:
    """Judge the newest text of a comment and act: publish it, file it as spam, or leave it to a person.

    Returns the Review, whose signals say why. Raises Comment.DoesNotExist.
    """
    comment = Comment.objects.select_related("post", "sender", "user").get(pk=comment_id)
    now = now or timezone.now()
    started = perf_counter()
    try:
        body = text_to_judge(comment)
        printed = fingerprint.print_of(body)
        evidence, signals = classify(comment, gather(comment, body.text, printed), body, printed, now)
        trusted, strictness = is_trusted(comment.sender), settings.FILTER_STRICTNESS
        judged = judge(
            signals, mode=comment.post.moderation_mode, trusted=trusted, staff=evidence.staff, strictness=strictness
        )
        # What staff write is published because of who wrote it: nothing there that the machine could get wrong.
        stepped_back = {} if evidence.staff else automation.stood_back()
        verdict = stand_back(judged, stepped_back)
        milliseconds = (perf_counter() - started) * 1000
        if milliseconds > settings.SCREENING_SECONDS * 1000:
            raise TimeoutError(f"The screening took {milliseconds:.0f} ms.")
    except Exception as error:
        log.exception("Screening comment %s failed; it waits for a person.", comment_id)
        review = _failed(comment, error, (perf_counter() - started) * 1000)
    else:
        withheld = judged.outcome if verdict is not judged else ""
        facts = evidence.as_json() | {"stepped_back": stepped_back, "strictness": strictness}
        review = _record(comment, facts, signals, verdict, trusted, milliseconds, withheld)
        try:
            card = joining_campaigns.join(comment, evidence.body, now, trusted=trusted or evidence.staff)
        except joining_campaigns.NoCardWorkedOut:
            pass  # it might belong to a card under an order, so it waits
        else:
            if card is None or not standing_orders.carry_out(comment, card, now, review.pk):
                _act(comment, verdict, signals, review)
    ranking.try_to_refresh(comment_id, now)
    return review


def text_to_judge(comment: Comment) -> TextReading:
    """The newest text of a comment. 1 query."""
    return TextReading("body", comment.revisions.get(number=comment.proposed_revision or comment.revision).body)


def gather(comment: Comment, body: str, printed: fingerprint.Print) -> Evidence:
    """Everything that the filters may know, in a constant number of queries."""
    return Evidence(
        name=comment.name,
        email=comment.email,
        website=comment.website,
        body=body,
        post_title=comment.post.title,
        # An edit comes from the status page, where no clock runs: the time of the first form stands.
        seconds_on_form=comment.seconds_on_form,
        honeypot=comment.honeypot,
        is_reply=comment.parent_id is not None,
        staff=bool(comment.user and comment.user.is_staff and comment.user.is_active),
        sender=_history(comment),
        alike=_alike(comment, printed),
        rules=rules_on(),
        hold_always=sanctions.always_holds(comment),
    )


def rules_on() -> tuple[RuleFact, ...]:
    """The rules in force, in the order of their numbers."""
    return tuple(RuleFact(*row) for row in Rule.objects.on().order_by("pk").values_list(*RULE_COLUMNS))


def is_trusted(sender: Sender | None) -> bool:
    """A sender is trusted while a comment of theirs is public that a person approved, and none that a person refused.

    The sender is who holds the browser's signed token; a typed name or address earns nothing.
    """
    if sender is None:
        return False
    theirs = Comment.objects.filter(sender=sender)
    refused = theirs.filter(reviewed_at__isnull=False, status__in=[Comment.Status.SPAM, Comment.Status.REJECTED])
    return theirs.filter(APPROVED).exists() and not refused.exists()


def _history(comment: Comment) -> SenderFacts:
    if comment.sender_id is None:
        return SenderFacts(False, 0, 0, 0, 0)
    status, judged = Comment.Status, Q(reviewed_at__isnull=False)
    counts = (
        Comment.objects.filter(sender_id=comment.sender_id)
        .exclude(pk=comment.pk)
        .aggregate(
            published=Count("pk", filter=APPROVED),
            refused=Count("pk", filter=judged & Q(status=status.REJECTED)),
            spam=Count("pk", filter=judged & Q(status=status.SPAM)),
            pending=Count("pk", filter=Q(status=status.PENDING)),
        )
    )
    return SenderFacts(known=any(counts.values()), **counts)


def _alike(comment: Comment, printed: fingerprint.Print) -> tuple[Alike, ...]:
    """Earlier comments anywhere on the site with nearly this text; remembers this one's fingerprint on the way."""
    digest, signature = printed.digest, printed.signature
    bands = dict(zip(BAND_COLUMNS, printed.minhash.bands, strict=True)) if printed.minhash else {}
    same = Q(digest=digest)
    for name, band in bands.items():
        same |= Q(**{name: band})
    near = []
    candidates = Fingerprint.objects.filter(same).exclude(pk=comment.pk).select_related("comment").order_by("-pk")
    for other in candidates[:CANDIDATES]:
        likeness = SAME if other.digest == digest else fingerprint.likeness(signature, other.signature)
        if likeness >= ALIKE:
            near.append(
                Alike(
                    comment_id=other.pk,
                    status=other.comment.status,
                    same_sender=comment.sender_id is not None and other.comment.sender_id == comment.sender_id,
                    same_post=other.comment.post_id == comment.post_id,
                    likeness=round(likeness, 2),
                    judged_by_person=other.comment.reviewed_at is not None,
                )
            )
    columns = {"digest": digest, "signature": signature, **dict.fromkeys(BAND_COLUMNS), **bands}
    Fingerprint.objects.update_or_create(comment=comment, defaults=columns)
    return tuple(near)


def _record(
    comment: Comment,
    facts: dict,
    signals: list,
    verdict: Verdict,
    trusted: bool,
    milliseconds: float,
    withheld: str,
) -> Review:
    facts = {name: value for name, value in facts.items() if name not in TEXTS}
    facts["rules"] = rule_numbers.stretches(rule[0] for rule in facts["rules"])
    with transaction.atomic():
        now = Comment.objects.select_for_update().only("status").get(pk=comment.pk)
        review = Review.objects.create(
            comment=comment,
            revision=comment.proposed_revision or comment.revision,
            policy=POLICY,
            mode=comment.post.moderation_mode,
            trusted=trusted,
            outcome=verdict.outcome,
            withheld=withheld,
            score=verdict.score,
            why=list(verdict.why),
            facts=facts,
            milliseconds=milliseconds,
        )
        Signal.objects.bulk_create(
            Signal(
                review=review,
                code=signal.code,
                weight=signal.weight,
                says=signal.says[:300],
                spans=[span.as_json() for span in signal.spans],
                rule_id=signal.rule,
            )
            for signal in signals
        )
        if now.status == Comment.Status.ERASED:
            # Erased while the filters looked: what they found and the fingerprint are of the text that must be gone.
            erasure.destroy_content(comment, on_request=True)
    return review


def _failed(comment: Comment, error: Exception, milliseconds: float) -> Review:
    return Review.objects.create(
        comment=comment,
        revision=comment.proposed_revision or comment.revision,
        policy=POLICY,
        mode=comment.post.moderation_mode,
        outcome=Review.Outcome.HOLD,
        why=["The screening broke; a person must look."],
        error=f"{type(error).__name__}: {error}"[:300],
        milliseconds=milliseconds,
    )


def _act(comment: Comment, verdict: Verdict, signals: list, review: Review) -> None:
    """Carry out the verdict through the one door. An edit of a public text is published or waits, nothing else."""
    if verdict.outcome == "publish":
        action = "accept_edit" if comment.proposed_revision else "approve"
    elif verdict.outcome == "spam" and comment.status == Comment.Status.PENDING:
        action = "spam"
    else:
        return
    try:
        decisions.decide(
            comment.pk,
            action,
            seen=comment.version,
            actor=system(POLICY),
            signals=[(signal.code, signal.weight) for signal in signals],
            review=review.pk,
        )
    except decisions.DecisionError as refused:
        # A person or the comment's author was faster; their word stands.
        log.info("The policy's “%s” for comment %s came too late: %s", action, comment.pk, refused)
