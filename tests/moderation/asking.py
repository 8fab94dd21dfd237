"""What the tests of appeals and sanctions do: refuse a comment, ask again from its private page, hold something."""

from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from blog.models import User
from comments.models import Comment, Sender
from moderation import actors, appeals, decisions, people, sanctions
from moderation.models import Appeal, Decision, Sanction
from tests import cast


def act(comment: Comment, action: str, who: User | None, **changes: object) -> Decision:
    """One decision about the comment as it stands now; by the policy if `who` is None."""
    comment.refresh_from_db()
    actor = actors.person(who) if who else actors.system("policy-2")
    return decisions.decide(comment.pk, action, seen=comment.version, actor=actor, **changes)


def rejected(post, who: User, **changes: object) -> Comment:
    """A comment that this person refused as off the topic."""
    comment = cast.comment(post, "pending")
    act(comment, "reject", who, **{"reason": "off_topic", **changes})
    comment.refresh_from_db()
    return comment


def asked(comment: Comment, text: str = "Please look again.", sanction: int | None = None) -> Appeal:
    """The author asks again about the decision under which the comment stands, or about a sanction."""
    comment.refresh_from_db()
    about = {"sanction": sanction} if sanction else {"decision": appeals.appealable(comment).pk}
    return appeals.file(comment.pk, text, now=timezone.now(), **about)


def grant(appeal: Appeal, who: User, answer: str = "You are right.") -> Appeal:
    version = Comment.objects.values_list("version", flat=True).get(pk=appeal.comment_id)
    return appeals.grant(appeal.pk, seen=version, actor=actors.person(who), answer=answer, now=timezone.now())


def deny(appeal: Appeal, who: User, answer: str = "It stays.") -> Appeal:
    return appeals.deny(appeal.pk, actor=actors.person(who), answer=answer, now=timezone.now())


def undo(comment: Comment, who: User) -> Decision:
    """Take back the latest decision about it."""
    latest = decisions.latest_decision(comment)
    return decisions.undo(latest.pk, seen=latest.to_version, actor=actors.person(who))


def ask(client: Client, comment: Comment, text: str = "Please look again.", **fields: object) -> HttpResponse:
    """Send the form of the private page."""
    return client.post(reverse("appeals:appeal", args=[comment.capability]), {"body": text, **fields})


def hold(kind: str, sender: Sender, by: User, **changes: object) -> Sanction:
    """Hold something against a browser."""
    if kind == "suspend":
        changes.setdefault("until", timezone.now() + timedelta(days=7))
    given = {"reason": "harassment", "now": timezone.now(), **changes}
    return sanctions.impose(people.find("browser", sender.pk), kind, actor=actors.person(by), **given)


def browser(sender: Sender) -> Client:
    """A browser that holds this sender's token."""
    client = Client()
    client.cookies[settings.SENDER_COOKIE_NAME] = signing.Signer(salt="comments.sender").sign(sender.key)
    return client
