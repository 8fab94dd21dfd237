"""Destroying a comment's content for good, at the person's request or when the retention of spam ends."""

from comments.models import Comment, Revision, new_key
from moderation import ledger, people
from moderation.models import Appeal, Batch, Decision, Fingerprint, Review, Signal


def destroy_content(comment: Comment) -> None:
    """Blank everything that a person wrote or that points to them; the row keeps the place in the thread.

    Decisions hold codes and numbers only, and the words beside them are redacted, so the ledger stays whole. Called by
    `decisions.decide`, in its transaction.
    """
    Revision.objects.filter(comment=comment).update(body="", html="", seconds_on_form=None)
    Signal.objects.filter(review__comment=comment).delete()
    Review.objects.filter(comment=comment).update(why=[], facts={}, error="")
    Fingerprint.objects.filter(comment=comment).delete()
    moment = ledger.redact(comment)
    # A batch that rests still has its words; one that runs is locked by its runner, and forgets them when it ends.
    keys = Decision.objects.filter(comment=comment).exclude(batch=None).values("batch")
    for batch in Batch.objects.filter(pk__in=keys, state=Batch.State.STOPPED):
        batch.end(moment, "A comment of it was erased, and what was written about it with it.")
        batch.save()
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
