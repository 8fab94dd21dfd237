"""Notices of illegal content: received once, answered once by a person."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from blog.models import User
from comments.models import Comment, Reason
from comments.submission import KeyUsed
from moderation import decisions
from moderation.actors import person
from moderation.models import Decision, IllegalContentNotice, NoticedContent
from moderation.noticed import Target

STATE, OUTCOME, S = IllegalContentNotice.State, IllegalContentNotice.Outcome, Comment.Status
#: Article 17(3)(b): the comment's author is told that a notice led to the decision.
TO_THE_AUTHOR = "Somebody gave notice that this is illegal content, and a moderator looked at it."


@dataclass(frozen=True, slots=True)
class Said:
    """What the notifier says, cleaned."""

    targets: list[Target]
    why: str
    name: str
    email: str
    against_children: bool


class AnsweredAlready(decisions.DecisionError):
    """Another moderator has answered the notice."""


class StillPublic(decisions.DecisionError):
    """The notice is about a post, which is not the moderators' to take down, and which is public still."""


def receive(said: Said, form_key: str, now: datetime) -> IllegalContentNotice:
    """Store a notice with what it is about. The same form sent twice gives the notice that is there already.

    Raises KeyUsed where the form was sent before with another text.
    """
    if already := _already(said, form_key):
        return already
    try:
        with transaction.atomic():
            notice = IllegalContentNotice.objects.create(
                form_key=form_key,
                why=said.why,
                name=said.name,
                email=said.email,
                against_children=said.against_children,
                created_at=now,
            )
            NoticedContent.objects.bulk_create(
                NoticedContent(
                    notice=notice,
                    address=target.address,
                    comment_id=target.comment_id,
                    post_id=target.post_id,
                    revision=target.revision,
                )
                for target in said.targets
            )
    except IntegrityError:
        return _already(said, form_key)  # the same form twice at once
    return notice


def _already(said: Said, form_key: str) -> IllegalContentNotice | None:
    found = IllegalContentNotice.objects.filter(form_key=form_key).first()
    if found and (found.why, found.name, found.email) != (said.why, said.name, said.email):
        raise KeyUsed("This form has been sent before with another text. Please send it again; your text is below.")
    return found


def answer(
    notice_id: int, *, outcome: str, words: str, remove: Mapping[int, int], by: User, now: datetime
) -> IllegalContentNotice:
    """Decide about a notice and answer it.

    `remove` maps the comments to be taken off the site to the versions that the moderator saw; each is rejected by a
    decision of its own, before the notice counts as decided. So where one conflicts, or the machine stops halfway, the
    notice stays open, and answering again goes on. Raises IllegalContentNotice.DoesNotExist, NotAllowed,
    AnsweredAlready, StillPublic, or whatever `decide` raises.
    """
    actor = person(by)
    if not by.is_active or not by.has_perm("moderation.decide"):
        raise decisions.NotAllowed("You may not decide about notices.")
    notice = IllegalContentNotice.objects.get(pk=notice_id)
    _still_open(notice)
    contents = list(notice.contents.select_related("comment", "post"))
    if outcome == OUTCOME.REMOVED:
        standing = [content.post for content in contents if content.post and content.post.is_public(now)]
        if standing and not remove:
            raise StillPublic(f"The post “{standing[0].title}” is public still. Its author or an editor takes it down.")
        for content in contents:
            if content.comment_id in remove and content.comment.status in (S.PENDING, S.PUBLISHED):
                _reject(notice, content, remove[content.comment_id], actor, now)
    with transaction.atomic():
        answered = IllegalContentNotice.objects.filter(pk=notice.pk, state=STATE.OPEN).update(
            state=STATE.DECIDED,
            outcome=outcome,
            answer=words,
            decided_at=now,
            decided_by=by,
            decided_by_name=str(by)[:80],
        )
        notice.refresh_from_db()
        if not answered:
            _still_open(notice)
    return notice


def _reject(notice: IllegalContentNotice, content: NoticedContent, seen: int, actor, now: datetime) -> None:
    decision = decisions.decide(
        content.comment_id,
        Decision.Action.REJECT,
        seen=seen,
        actor=actor,
        reason=Reason.ILLEGAL,
        note=f"Notice of illegal content {notice.pk}.",
        message=TO_THE_AUTHOR,
        now=now,
    )
    NoticedContent.objects.filter(pk=content.pk).update(decision=decision)


def _still_open(notice: IllegalContentNotice) -> None:
    if notice.state != STATE.OPEN:
        raise AnsweredAlready(f"{notice.decided_by_name} answered this notice since you opened it.")
