"""The screener: gathers what is known about a comment once, lets every filter look at it, and acts on the verdict.

Named by the setting COMMENT_SCREENER. The comment is stored and pending before this runs, so whatever breaks here
leaves it in the queue.
"""

import logging
from datetime import datetime
from time import perf_counter

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from blog.prepared import Prepared
from blog.stored import Stored
from comments.models import Comment
from moderation import (
    automation,
    decisions,
    erasure,
    fingerprint,
    joining_campaigns,
    ranking,
    rule_numbers,
    standing_orders,
)
from moderation.actors import system
from moderation.classifying import classify
from moderation.filters.evidence import Evidence
from moderation.gathering import comment_to_screen, gather, is_trusted, text_to_judge
from moderation.models import Review, Signal
from moderation.verdict import POLICY, Verdict, judge, stand_back

log = logging.getLogger(__name__)
TEXTS = ("name", "email", "website", "body")


def screen(comment_id: int, now: datetime | None = None) -> Review:
    """Judge the newest text of a comment and act: publish it, file it as spam, or leave it to a person.

    Returns the Review, whose signals say why. Raises Comment.DoesNotExist.
    """
    started = perf_counter()
    comment, worth = comment_to_screen(comment_id)
    now = now or timezone.now()
    ranked = False
    try:
        body = text_to_judge(comment)
        printed = fingerprint.print_of(body)
        evidence, signals = classify(comment, gather(comment, body.text, printed, worth), body, printed, now)
        trusted, strictness = worth.past and is_trusted(comment.sender), settings.FILTER_STRICTNESS
        judged = judge(
            signals, mode=comment.post.moderation_mode, trusted=trusted, staff=evidence.staff, strictness=strictness
        )
        # What staff write is published because of who wrote it: nothing there that the machine could get wrong.
        stepped_back = automation.stood_back() if worth.stepped_back and not evidence.staff else {}
        verdict = stand_back(judged, stepped_back)
        milliseconds = (perf_counter() - started) * 1000
        if milliseconds > settings.SCREENING_SECONDS * 1000:
            raise TimeoutError(f"The screening took {milliseconds:.0f} ms.")
    except Exception as error:
        log.exception("Screening comment %s failed; it waits for a person.", comment_id)
        review = _failed(comment, error, (perf_counter() - started) * 1000)
    else:
        review = Review(
            comment=comment,
            revision=comment.proposed_revision or comment.revision,
            policy=POLICY,
            mode=comment.post.moderation_mode,
            trusted=trusted,
            outcome=verdict.outcome,
            withheld=judged.outcome if verdict is not judged else "",
            score=verdict.score,
            why=list(verdict.why),
            facts=_facts(evidence) | {"stepped_back": stepped_back, "strictness": strictness},
            milliseconds=milliseconds,
        )
        action = _action(comment, verdict)
        ranked = _record(review, signals, ranking.try_new(comment, review, now) if action is None else None)
        try:
            card = joining_campaigns.join(
                comment, evidence.body, now, trusted=trusted or evidence.staff, printed=printed
            )
        except joining_campaigns.NoCardWorkedOut:
            pass  # it might belong to a card under an order, so it waits
        else:
            if (card is None or not standing_orders.carry_out(comment, card, now, review.pk)) and action:
                _act(comment, action, signals, review)
    if not ranked:
        ranking.try_to_refresh(comment_id, now, review)
    return review


def _facts(evidence: Evidence) -> dict:
    facts = {name: value for name, value in evidence.as_json().items() if name not in TEXTS}
    facts["rules"] = rule_numbers.stretches(rule[0] for rule in facts["rules"])
    return facts


def _record(review: Review, signals: list, urgency: float | None) -> bool:
    """Store what the screening found, and rank the comment if it has an `urgency` and still waits. True if so."""
    comment = review.comment
    with transaction.atomic():
        ranked = urgency is not None and Comment.objects.rank_new(comment.pk, urgency)  # locks it, as the other does
        erased = not ranked and _LOCKED.rows(comment=comment.pk) == [(Comment.Status.ERASED,)]
        _REVIEWS.one(review)
        _SIGNALS.many(
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
        if erased:
            # Erased while the filters looked: what they found and the fingerprint are of the text that must be gone.
            erasure.destroy_content(comment, on_request=True)
    return ranked


_LOCKED = Prepared(
    Comment,
    lambda comment: Comment.objects.select_for_update().filter(pk=comment).values_list("status"),
    comment=919_191,
)
_REVIEWS, _SIGNALS = Stored(Review), Stored(Signal)


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


def _action(comment: Comment, verdict: Verdict) -> str | None:
    """What the verdict does to the comment, if anything. An edit of a public text is published or waits."""
    if verdict.outcome == "publish":
        return "accept_edit" if comment.proposed_revision else "approve"
    return "spam" if verdict.outcome == "spam" and comment.status == Comment.Status.PENDING else None


def _act(comment: Comment, action: str, signals: list, review: Review) -> None:
    """Carry out the verdict through the one door."""
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
