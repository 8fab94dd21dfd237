"""Erasing empties what was written about a person; what was imposed stays in force."""

import pytest
from django.utils import timezone

from blog.models import User
from comments.models import Comment, Sender
from moderation import sanctions
from moderation.models import PersonNote, Sanction
from tests import cast
from tests.moderation.asking import act, hold

pytestmark = pytest.mark.django_db


@pytest.fixture
def sender(db: None) -> Sender:
    return Sender.objects.create()


def note(sender: Sender, comment: Comment | None, text: str) -> PersonNote:
    return PersonNote.objects.create(sender=sender, comment=comment, text=text, made_by_name="Moderator")


def texts() -> list[str]:
    return list(PersonNote.objects.order_by("pk").values_list("text", flat=True))


def test_a_note_from_a_comment_is_emptied_with_it_and_the_rest_with_the_last_one(
    post, sender: Sender, moderator: User, editor: User
) -> None:
    first, last = cast.comment(post, sender=sender), cast.comment(post, "pending", sender=sender)
    note(sender, first, "quotes the first")
    note(sender, None, "about the person")
    hold("ban", sender, moderator, message="to them", private="to us", comment=last)
    act(first, "erase", editor)
    assert texts() == ["", "about the person"]
    assert Sanction.objects.get().message == "to them"
    act(last, "erase", editor)
    assert texts() == ["", ""]
    assert PersonNote.objects.filter(redacted_at__isnull=False).count() == 2
    held = Sanction.objects.get()
    assert (held.message, held.private, held.reason) == ("", "", "harassment")
    barred = sanctions.refusal_for(user=None, sender=sender, network="", now=timezone.now())
    assert (barred.reason, barred.message, barred.ask) == ("Harassment", "", "")


def test_erasing_somebody_elses_comment_empties_nothing(post, sender: Sender, moderator: User, editor: User) -> None:
    note(sender, cast.comment(post, sender=sender), "stays")
    act(cast.comment(post, sender=Sender.objects.create()), "erase", editor)
    act(cast.comment(post), "erase", editor)
    assert texts() == ["stays"]


def test_notes_about_a_network_go_with_its_last_comment(post, editor: User) -> None:
    one, two = (cast.comment(post, network="777:ab") for _ in range(2))
    PersonNote.objects.create(network="777:ab", text="noisy", made_by_name="Moderator")
    act(one, "erase", editor)
    assert texts() == ["noisy"]
    act(two, "erase", editor)
    assert texts() == [""]
