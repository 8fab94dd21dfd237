"""With 100,000 comments a submission with its screening, a decision and its undo look at few rows."""

import pytest
from django.test import Client

from comments.models import Comment
from moderation.models import Decision, Review
from tests.comments.sending import send
from tests.large.asked import statements_of
from tests.large.site import REPEATED_TEXT, Site
from tests.large.test_no_page_walks_a_table import MOST, faults
from tests.moderation import asking

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
TEXTS = {
    "new": "Nobody here has said a word yet about the hinge that my neighbour forged from an old plough last winter.",
    "of the flood": "A letter about gates, number 7, with a few more words that make it a comment.",
    "sent fifteen thousand times": REPEATED_TEXT,
}


@pytest.mark.parametrize("where", ["discussed", "flooded"])
@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_a_submission(text: str, where: str, large: Site, vendor: str) -> None:
    asked = statements_of(lambda: send(Client(), getattr(large, where), body=text), 303)
    assert Review.objects.filter(comment=Comment.objects.latest("pk"), error="").exists()
    assert faults(asked, vendor, MOST) == []


@pytest.mark.parametrize("name", ["sender", "regular"])
def test_a_submission_of_a_browser_that_sent_tens_of_thousands(name: str, large: Site, vendor: str) -> None:
    sender = getattr(large, name)
    asked = statements_of(lambda: send(asking.browser(sender), large.discussed, body=TEXTS["new"]), 303)
    assert Review.objects.filter(comment=Comment.objects.latest("pk"), comment__sender=sender, error="").exists()
    assert faults(asked, vendor, MOST) == []


def test_a_decision_and_its_undo(large: Site, moderating: Client, vendor: str) -> None:
    waiting = Comment.objects.filter(status="pending", campaign_membership__isnull=False).order_by("pk")[40]
    act = {"action": "approve", "seen": waiting.version, "back": ""}
    asked = statements_of(lambda: moderating.post(f"/moderation/comments/{waiting.pk}/decisions/", act), 302, 303)
    decision = Decision.objects.get(comment=waiting)
    back = {"seen": decision.to_version, "back": ""}
    asked += statements_of(lambda: moderating.post(f"/moderation/decisions/{decision.pk}/undo/", back), 302, 303)
    assert faults(asked, vendor, MOST) == []
