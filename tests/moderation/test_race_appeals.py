"""Two moderators answer one appeal at the same moment: one wins, the other is told; and one appeal is asked once."""

import pytest
from django.utils import timezone

from blog.models import Post, User
from moderation import appeals
from moderation.actors import person
from moderation.decisions import Conflict
from moderation.models import Appeal, Decision
from tests import cast
from tests.moderation.asking import asked, rejected
from tests.together import in_step, together

ROUNDS = 12


@pytest.mark.django_db(transaction=True)
def test_of_grant_and_deny_at_once_one_wins_and_the_other_is_told(post: Post, moderator: User, editor: User) -> None:
    chief = cast.person("chief", "Editors")
    made = [asked(rejected(post, moderator)) for _ in range(ROUNDS)]

    def grant(pk: int) -> Appeal:
        version = Appeal.objects.values_list("comment__version", flat=True).get(pk=pk)
        return appeals.grant(pk, seen=version, actor=person(editor), answer="Yes.", now=timezone.now())

    def deny(pk: int) -> Appeal:
        return appeals.deny(pk, actor=person(chief), answer="No.", now=timezone.now())

    for appeal, *both in zip(made, *in_step([(appeal.pk,) for appeal in made], grant, deny), strict=True):
        (won,) = [outcome for outcome in both if isinstance(outcome, Appeal)]
        (lost,) = [outcome for outcome in both if isinstance(outcome, appeals.AlreadyAnswered | Conflict)]
        appeal.refresh_from_db()
        assert (appeal.state, appeal.answer) == (won.state, won.answer), lost
        approved = Decision.objects.filter(comment=appeal.comment_id, action="approve").count()
        assert approved == (appeal.state == "granted")


@pytest.mark.django_db(transaction=True)
def test_a_form_sent_twice_at_once_asks_once(post: Post, moderator: User) -> None:
    for _ in range(ROUNDS):
        comment = rejected(post, moderator)
        both = together(lambda c=comment: asked(c), lambda c=comment: asked(c))
        assert Appeal.objects.filter(comment=comment).count() == 1
        assert sum(isinstance(outcome, appeals.AlreadyAppealed) for outcome in both) == 1
