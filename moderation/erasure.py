"""Destroying a comment's content for good, at the person's request or when the retention of spam ends."""

from django.db.models import Exists, OuterRef

from comments import subscriptions
from comments.models import Comment, Revision, new_key
from moderation import joining_campaigns, ledger, lessons, people
from moderation.models import (
    Appeal,
    Batch,
    Decision,
    Fingerprint,
    IllegalContentNotice,
    NoticedContent,
    Report,
    Review,
    Signal,
)


def destroy_content(comment: Comment, *, on_request: bool) -> None:
    """Blank everything that a person wrote or that points to them; the row keeps the place in the thread.

    Decisions hold codes and numbers only, and the words beside them are redacted, so the ledger stays whole. Called by
    `decisions.decide`, in its transaction.

    Args:
        on_request: a person asked for it, so the filter must forget what only this comment taught it. When retention
            ends nobody asked: the text goes and the lesson's hashed features stay, or the filter would forget every
            spam after SPAM_RETENTION_DAYS.
    """
    Revision.objects.filter(comment=comment).update(body="", html="", seconds_on_form=None)
    Signal.objects.filter(review__comment=comment).delete()
    Review.objects.filter(comment=comment).update(why=[], facts={}, error="")
    Fingerprint.objects.filter(comment=comment).delete()
    joining_campaigns.forget(comment)
    if on_request:
        lessons.forget(comment)
    moment = ledger.redact(comment)
    # A batch that rests still has its words; one that runs is locked by its runner, and forgets them when it ends.
    keys = Decision.objects.filter(comment=comment).exclude(batch=None).values_list("batch", flat=True)
    resting = Batch.objects.filter(state=Batch.State.STOPPED)
    for batch in resting.filter(pk__in=list(keys)):
        batch.end(moment, "A comment of it was erased, and what was written about it with it.")
        # By itself and only if it rests still: whoever goes on with it meanwhile must not lose what they counted.
        ended = ("state", "finished_at", "why", "note", "message", "chosen")
        resting.filter(pk=batch.pk).update(**{name: getattr(batch, name) for name in ended})
    # Others wrote these about the text, and may have quoted it. Who reported stays, without a network: it is the
    # reporter's record and points to nobody else.
    Report.objects.filter(comment=comment).update(words="", network="")
    about_it = IllegalContentNotice.objects.filter(contents__comment=comment)
    others = NoticedContent.objects.filter(notice=OuterRef("pk")).exclude(comment=comment)
    # An open notice about other content too keeps its grounds until it is answered.
    about_it.exclude(Exists(others), state=IllegalContentNotice.State.OPEN).update(why="")
    subscriptions.forget_comment(comment)
    Appeal.objects.filter(comment=comment).update(text="", answer="")
    people.forget(comment)
    Comment.objects.filter(pk=comment.pk).update(
        name="",
        email="",
        website="",
        body="",
        html="",
        user=None,
        sender=None,
        network="",
        user_agent="",
        seconds_on_form=None,
        submission_key=None,
        capability=new_key(),
    )
