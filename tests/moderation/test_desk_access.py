"""Who may enter the desk: every address of it, enumerated, against everybody who may not, and those who may."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from django_otp.plugins.otp_totp.models import TOTPDevice

from blog.models import User
from comments.models import Comment
from moderation import urls
from moderation.models import Decision
from tests import cast
from tests.moderation.desk import status_of

pytestmark = pytest.mark.django_db
ARGUMENTS = {
    "rule_id": 1,
    "comment_id": 1,
    "decision_id": 1,
    "notice_id": 1,
    "check_id": 1,
    "at": 1,
    "campaign_id": 1,
    "order_id": 1,
    "appeal_id": 1,
    "sanction_id": 1,
    "kind": "browser",
    "number": 1,
    "sender_id": 1,
    "token": "forged",
    "key": "11111111-1111-4111-8111-111111111111",
}
#: Addresses that change something, and so take no GET.
CHANGING = [
    *("decide", "undo", "undo_batch", "continue_batch", "stop_batch"),
    *("report_decide", "dismiss_reports", "reopen_reports"),
    *("rule_replay", "rule_on", "rule_retire", "rule_discard"),
    *("decide_check", "automation"),
    *("answer", "sanction", "note", "lift"),
]
#: Lists of the desk.
LISTS = [
    *("queue", "log", "log_csv"),
    *("reports", "notices"),
    *("rules", "rule_new"),
    *("checks", "numbers", "filter"),
    *("appeals", "people"),
]
NAMES = [pattern.name for pattern in urls.urlpatterns]
#: Open to who holds a signed link and to nobody else, logged in or not: test_decide_by_mail.py tells more.
BY_LINK = {"decide_by_mail"}


def address(name: str, comment: Comment | None = None) -> str:
    pattern = next(pattern for pattern in urls.urlpatterns if pattern.name == name)
    wanted = {key: ARGUMENTS[key] for key in pattern.pattern.converters}
    if comment and "comment_id" in wanted:
        wanted["comment_id"] = comment.pk
    return reverse(f"moderation:{name}", kwargs=wanted)


def inactive() -> Client:
    user = cast.person("inactive", "Moderators")
    client = cast.logged_in(user)
    User.objects.filter(pk=user.pk).update(is_active=False)
    return client


def demoted() -> Client:
    user = cast.person("demoted", "Moderators")
    client = cast.logged_in(user)
    assert client.get("/moderation/").status_code == 200
    user.groups.remove(Group.objects.get(name="Moderators"))
    return client


def no_longer_staff() -> Client:
    user = cast.person("left", "Moderators")
    client = cast.logged_in(user)
    User.objects.filter(pk=user.pk).update(is_staff=False)
    return client


REFUSED: dict[str, Callable[[], Client]] = {
    "a stranger": Client,
    "a reader with an account": lambda: cast.logged_in(cast.person("reader")),
    "an author": lambda: cast.logged_in(cast.person("writer", "Authors")),
    "an inactive moderator": inactive,
    "a moderator demoted in another tab": demoted,
    "a moderator who left the staff": no_longer_staff,
}


@pytest.mark.parametrize("who", REFUSED)
def test_nobody_else_gets_in_and_nothing_changes(who: str, post) -> None:
    comment = cast.comment(post, "pending", body="canary-of-the-desk")
    client = REFUSED[who]()
    for name in NAMES:
        for method in ("get", "post"):
            response = getattr(client, method)(address(name, comment), {"action": "approve", "seen": 1})
            assert response.status_code in (302, 403), (name, method)
            assert "canary" not in response.content.decode()
            if response.status_code == 302:
                assert response.headers["Location"].startswith(reverse("admin:login")), name
    assert status_of(comment) == "pending"
    assert not Decision.objects.exists()


@pytest.mark.parametrize("name", [name for name in NAMES if name not in BY_LINK])
def test_moderators_and_editors_get_in(name: str, as_moderator: Client, as_editor: Client) -> None:
    for client in (as_moderator, as_editor):
        answer = client.get(address(name)).status_code
        assert answer in (200, 404, 405) or (name in ("erase", "erase_sender") and answer == 403)


def test_what_changes_something_takes_no_get(as_editor: Client, post) -> None:
    comment = cast.comment(post, "pending")
    for name in CHANGING:
        for method in ("get", "head", "options"):
            assert getattr(as_editor, method)(address(name, comment)).status_code == 405, (name, method)
    assert as_editor.get(address("erase", comment)).status_code == 200
    assert status_of(comment) == "pending"


def test_nothing_changes_without_the_token_of_the_form(moderator: User, post) -> None:
    comment = cast.comment(post, "pending")
    client = Client(enforce_csrf_checks=True)
    client.force_login(moderator)
    for name in (*CHANGING, "batch", "batch_all", "erase", "erase_sender", "checks"):
        assert client.post(address(name, comment), {"action": "approve", "seen": 1}).status_code == 403, name
    assert status_of(comment) == "pending"


def test_a_session_without_the_second_factor_of_the_account_is_sent_to_the_log_in(moderator: User) -> None:
    client = cast.logged_in(moderator)
    TOTPDevice.objects.create(user=moderator, confirmed=True)
    for name in NAMES:
        if name in BY_LINK:
            continue
        response = client.get(address(name))
        assert response.status_code == 302, name
        assert response.headers["Location"].startswith(reverse("admin:login"))


def test_after_the_log_in_comes_the_page_that_was_asked_for_and_no_act() -> None:
    asked = Client().get("/moderation/?tab=spam&q=x")
    assert asked.headers["Location"].endswith("?next=/moderation/%3Ftab%3Dspam%26q%3Dx")
    acted = Client().post("/moderation/batches/")
    assert acted.headers["Location"].endswith("?next=/moderation/")


def test_no_cache_and_no_search_engine_keeps_a_page(as_moderator: Client) -> None:
    for name in LISTS:
        response = as_moderator.get(address(name))
        assert "no-store" in response.headers["Cache-Control"]
        assert "private" in response.headers["Cache-Control"]
        assert response.headers["X-Robots-Tag"].startswith("noindex")
