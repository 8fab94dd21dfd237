"""Over random histories: no mail about a comment that is not public, but to its author and moderators; none twice."""

from collections import Counter
from datetime import timedelta
from random import Random

import pytest
from django.utils import timezone

from blog.models import Post, User
from comments import outbox
from comments.models import Comment, Notice
from moderation.actors import person, sender
from moderation.decisions import DecisionError, decide, latest_decision, undo
from tests.comments.submissions import send
from tests.post_office import Office, subscribed

pytestmark = pytest.mark.django_db
ACTS = ("approve", "approve", "reject", "spam", "not_spam", "hold", "withdraw", "undo", "undo")


@pytest.mark.parametrize("seed", range(8))
def test_no_history_makes_a_mail_too_early_or_twice(
    seed: int, post: Post, moderator: User, office: Office, settings
) -> None:
    settings.COMMENT_SCREENER = "tests.moderation.histories.look_away"
    chance, now = Random(seed), timezone.now()
    parent = subscribed(post, key="parent", now=now)
    decide(parent.pk, "approve", seen=1, actor=person(moderator), now=now)
    words = {}
    for number in range(4):
        word = f"canary{number}word"
        reply = send(post, f"An answer with {word} in it.", parent=parent, key=str(number), now=now)
        words[reply.pk] = word
    told: Counter[tuple[str, str]] = Counter()
    for _ in range(60):
        now += timedelta(seconds=chance.choice([5, 30, 90, 4000]))
        act, comment = chance.choice(ACTS), Comment.objects.get(pk=chance.choice([parent.pk, *words]))
        try:
            if act == "undo":
                latest = latest_decision(comment)
                if latest:
                    undo(latest.pk, seen=comment.version, actor=person(moderator), now=now)
            else:
                actor = sender() if act == "withdraw" else person(moderator)
                reason = "off_topic" if act == "reject" else ""
                decide(comment.pk, act, seen=comment.version, actor=actor, reason=reason, now=now)
        except DecisionError:
            pass
        if chance.random() < 0.3:
            Post.objects.filter(pk=post.pk).update(status=chance.choice(["draft", "published", "published"]))
        office.mails.clear()
        outbox.send_due(now)
        public = set(Comment.objects.published(now).values_list("pk", flat=True))
        for mail in office.mails:
            text = mail.get_content()
            for key, word in words.items():
                if word in text:
                    assert key in public, (mail["Subject"], now)
                    told[mail["To"], word] += 1
    assert all(times == 1 for times in told.values()), told
    assert Notice.objects.filter(state="sending").count() == 0
    assert told or seed
