"""What a reader does: send a comment, edit it, withdraw it. Stored first, judged after."""

import logging
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.module_loading import import_string

from blog.models import Post, User
from blog.prepared import Prepared
from blog.stored import Stored
from comments import gate, subscriptions
from comments.models import Comment, Revision, Sender
from comments.models.comment import by_age
from comments.origin import Origin
from comments.paths import new_step

log = logging.getLogger(__name__)
TRIES = 3


class ChangeRefused(Exception):
    """What the sender wanted is not possible now. The message is for them."""


class KeyUsed(ChangeRefused):
    """The form was used for another text already."""


class AlreadyStored(Exception):
    """The same form arrived twice at once; `comment` is what the other one stored, and judges."""

    def __init__(self, comment: Comment) -> None:
        super().__init__(f"stored already as comment {comment.pk}")
        self.comment = comment


@dataclass(frozen=True, slots=True)
class Draft:
    """What was typed, cleaned: `html` is the body rendered, `notify` asks for mail about what becomes of it."""

    name: str
    email: str
    website: str
    body: str
    html: str
    notify: bool = False


class NotTaken(ChangeRefused):
    """Nothing comes in from this person now; `barred` says why. Nothing was stored."""

    def __init__(self, barred: gate.Barred) -> None:
        super().__init__(barred.says)
        self.barred = barred


def submit(
    post: Post, parent: Comment | None, draft: Draft, origin: Origin, key: str, now: datetime, *, is_new: bool = False
) -> Comment:
    """Store a comment as pending, then let the screener judge it. Returns it as it stands after that.

    `is_new` says that `is_repeat` was asked before, and said no.

    The same `key` with the same text gives the comment that is there already; with another text it raises KeyUsed.
    Raises NotTaken when the gate refuses the person. Whatever happens to the gate or to the screener, the comment is
    stored and stays pending.
    """
    comment = None if is_new else _already(key, draft)
    if comment is None:
        judged = _may_be_judged(origin.user, origin.sender, origin.network, now)
        try:
            comment = store(post, parent, draft, origin, key, now)
            if judged:
                _screen(comment)
        except AlreadyStored as other:
            comment = other.comment
    return _stands(comment)


def _stands(comment: Comment) -> Comment:
    """A comment as it stands now, under the post and from the sender that it was stored with.

    Raises Comment.DoesNotExist.
    """
    found = _AS_IT_STANDS.object(number=comment.pk)
    if found is None:
        raise Comment.DoesNotExist(f"Comment {comment.pk} is gone.")
    found.post, found.sender = comment.post, comment.sender
    return found


_AS_IT_STANDS = Prepared(Comment, lambda number: Comment.objects.filter(pk=number), number=919_191)


def edit(
    comment: Comment, body: str, html: str, seen: int, seconds: float | None, now: datetime, *, network: str = ""
) -> Comment:
    """Store a new revision and let it be judged; a published text stays until the new one passes.

    `network` is where the edit comes from. Raises NotTaken when the gate refuses the person, and ChangeRefused when the
    comment changed since the sender saw version `seen`, or can no longer be edited.
    """
    judged = _may_be_judged(comment.user, comment.sender, network, now)
    with transaction.atomic():
        locked = Comment.objects.select_for_update().get(pk=comment.pk)
        number = (locked.revisions.order_by("-number").values_list("number", flat=True).first() or 0) + 1
        Revision.objects.create(
            comment=locked, number=number, body=body, html=html, seconds_on_form=seconds, created_at=now
        )
        _decider()(locked.pk, "edit", seen=seen, revision=number, now=now)
    if judged:
        _screen(comment)
    return Comment.objects.select_related("post").get(pk=comment.pk)


def withdraw(comment: Comment, seen: int, now: datetime) -> None:
    """Take a comment back, as its author. Raises ChangeRefused."""
    _decider()(comment.pk, "withdraw", seen=seen, now=now)


def is_repeat(key: str) -> bool:
    """Whether a comment from the form with this key is stored."""
    return bool(_SENT.rows(key=key))


_SENT = Prepared(
    Comment, lambda key: Comment.objects.filter(submission_key=key).values_list("pk")[:1], key="an-example"
)


def _may_be_judged(user: User | None, sender: Sender | None, network: str, now: datetime) -> bool:
    """Ask the gate. False when it broke: then automation must not let the text through. Raises NotTaken."""
    try:
        barred = gate.barred(user=user, sender=sender, network=network, now=now)
    except gate.GateBroken:
        return False
    if barred:
        raise NotTaken(barred)
    return True


def _already(key: str, draft: Draft) -> Comment | None:
    if not is_repeat(key):
        return None
    found = Comment.objects.filter(submission_key=key).first()
    if found and not found.revisions.filter(number=1, body=draft.body).exists():
        raise KeyUsed("This form has been sent before with another text. Please send it again; your text is below.")
    return found


def _within_depth(parent: Comment | None) -> Comment | None:
    """Depth is bounded: a reply to a comment on the last level attaches beside it."""
    while parent is not None and parent.depth + 1 >= settings.COMMENTS_MAX_DEPTH:
        parent = parent.parent
    return parent


def store(post: Post, parent: Comment | None, draft: Draft, origin: Origin, key: str, now: datetime) -> Comment:
    """Insert a pending comment and its first revision; nothing has judged it yet.

    `now` becomes its date and its place among its siblings. Raises KeyUsed or AlreadyStored.
    """
    parent = _within_depth(parent)
    for attempt in range(TRIES):
        path = (parent.path if parent else "") + new_step(now)
        try:
            with transaction.atomic():
                sender = origin.sender or (None if origin.user else _SENDERS.one(Sender(created_at=now)))
                comment = Comment(
                    post=post,
                    parent=parent,
                    path=path,
                    thread=path[:12],
                    depth=parent.depth + 1 if parent else 0,
                    name=draft.name,
                    email=draft.email,
                    website=draft.website,
                    body=draft.body,
                    html=draft.html,
                    user=origin.user,
                    sender=sender,
                    network=origin.network,
                    user_agent=origin.user_agent,
                    seconds_on_form=origin.seconds_on_form,
                    honeypot=origin.honeypot,
                    submission_key=key,
                    urgency=by_age(now),
                    created_at=now,
                )
                _COMMENTS.one(comment)
                _REVISIONS.one(
                    Revision(
                        comment=comment,
                        number=1,
                        body=draft.body,
                        html=draft.html,
                        seconds_on_form=origin.seconds_on_form,
                        created_at=now,
                    )
                )
                if draft.notify:
                    subscriptions.ask(comment, draft.email, now)
                return comment
        except IntegrityError:
            # Either the same form arrived twice at once, or two steps collided in one microsecond.
            found = _already(key, draft)
            if found:
                raise AlreadyStored(found) from None
            if attempt == TRIES - 1:
                raise
    raise AssertionError("unreachable")


_SENDERS, _COMMENTS, _REVISIONS = Stored(Sender), Stored(Comment), Stored(Revision)


def _screen(comment: Comment) -> None:
    """Call the screener; whatever it does, the comment is stored, and waits unless the screener decided."""
    try:
        import_string(settings.COMMENT_SCREENER)(comment.pk)
    except Exception:
        # Fails closed: pending comments are the queue, so a broken screener only means that people look at more.
        log.exception("The screener failed; comment %s waits for a person.", comment.pk)


def _decider():
    return import_string(settings.COMMENT_DECIDER)
