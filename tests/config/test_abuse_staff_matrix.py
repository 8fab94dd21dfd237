"""Who gets what at every address of the admin and the desk: all of them, read from the URLconf, against all roles.

An address that is not in OPEN_TO fails the first test, so a new one cannot come without saying whom it is for.
"""

import pytest
from django.apps import apps
from django.test import Client

from blog.models import User
from tests import cast
from tests.staff_addresses import patterns
from tests.staff_world import World

pytestmark = pytest.mark.django_db
STAFF = {"author", "other author", "moderator", "editor", "chief"}
WRITERS = {"author", "other author", "editor", "chief"}
OF_POST = {"author", "editor", "chief"}
CHIEFS = {"editor", "chief"}
DESK = {"moderator", "editor", "chief"}
CHIEF = {"chief"}
#: To whom an address says anything but "log in", "not you" and "not found".
OPEN_TO = {
    "admin/": STAFF,
    "admin/login/": {"everybody"},
    "admin/logout/": {"everybody"},
    "admin/password_change/": STAFF,
    "admin/password_change/done/": STAFF,
    "admin/jsi18n/": STAFF,
    "admin/autocomplete/": set(),
    "admin/profile/": STAFF,
    "admin/second-factor/": STAFF,
    "admin/second-factor/start/": STAFF,
    "admin/second-factor/confirm/": STAFF,
    "admin/second-factor/codes/": STAFF,
    "admin/second-factor/remove/": STAFF,
    "admin/r/<content_type_id>/<object_id>/": OF_POST,
    "admin/<url>": set(),
    "admin/<app_label>/": WRITERS,
    "admin/blog/post/": WRITERS,
    "admin/blog/post/add/": WRITERS,
    "admin/blog/post/preview/": WRITERS,
    "admin/blog/post/<post_id>/preview/": OF_POST,
    "admin/blog/post/<post_id>/history/<number>/restore/": OF_POST,
    "admin/blog/post/<object_id>/history/": OF_POST,
    "admin/blog/post/<object_id>/delete/": OF_POST,
    "admin/blog/post/<object_id>/change/": OF_POST,
    "admin/blog/tag/": WRITERS,
    "admin/blog/tag/add/": WRITERS,
    "admin/blog/tag/<object_id>/history/": WRITERS,
    "admin/blog/tag/<object_id>/delete/": CHIEFS,
    "admin/blog/tag/<object_id>/change/": WRITERS,
    "admin/moderation/rule/": DESK,
    "admin/moderation/rule/add/": DESK,
    "admin/moderation/rule/<object_id>/history/": DESK,
    "admin/moderation/rule/<object_id>/delete/": DESK,
    "admin/moderation/rule/<object_id>/change/": DESK,
    "admin/comments/comment/": DESK,
    "admin/comments/comment/add/": set(),
    "admin/comments/comment/<object_id>/history/": DESK,
    "admin/comments/comment/<object_id>/delete/": set(),
    "admin/comments/comment/<object_id>/change/": DESK,
    **{
        f"admin/{model}/{page}": CHIEF
        for model in ("auth/group", "blog/user")
        for page in ("", "add/", "<object_id>/history/", "<object_id>/delete/", "<object_id>/change/")
    },
    "admin/blog/user/<id>/password/": CHIEF,
    # Only lead to the page above, whoever asks; that one is guarded.
    **{f"admin/{model}/<object_id>/": STAFF for model in ("auth/group", "blog/post", "blog/tag", "blog/user")},
    **{f"admin/{model}/<object_id>/": STAFF for model in ("moderation/rule", "comments/comment")},
    "moderation/": DESK,
    "moderation/comments/<comment_id>/": DESK,
    "moderation/comments/<comment_id>/decisions/": DESK,
    "moderation/comments/<comment_id>/erase/": CHIEFS,
    "moderation/decisions/<decision_id>/": DESK,
    "moderation/decisions/<decision_id>/undo/": DESK,
    "moderation/batches/": DESK,
    "moderation/batches/all/": DESK,
    "moderation/batches/<key>/": DESK,
    "moderation/batches/<key>/continue/": DESK,
    "moderation/batches/<key>/stop/": DESK,
    "moderation/batches/<key>/undo/": DESK,
    "moderation/senders/<sender_id>/erase/": CHIEFS,
    "moderation/campaigns/": DESK,
    "moderation/campaigns/<campaign_id>/": DESK,
    "moderation/campaigns/<campaign_id>/decisions/": DESK,
    "moderation/campaigns/<campaign_id>/dissolve/": DESK,
    "moderation/campaigns/orders/<order_id>/end/": DESK,
    "moderation/log/": DESK,
    "moderation/log.csv": DESK,
    "moderation/rules/": DESK,
    "moderation/rules/new/": DESK,
    **{f"moderation/rules/<rule_id>/{page}": DESK for page in ("", "replay/", "on/", "retire/", "discard/")},
    "moderation/reports/": DESK,
    "moderation/reports/<comment_id>/decisions/": DESK,
    "moderation/reports/<comment_id>/dismissals/": DESK,
    "moderation/reports/<comment_id>/dismissals/<at>/undo/": DESK,
    "moderation/notices/": DESK,
    "moderation/notices/<notice_id>/": DESK,
    "moderation/mail/": DESK,
    "moderation/mail/<token>/": set(),  # a signed link alone opens it: tests/moderation/test_decide_by_mail.py
    "moderation/ahead/": DESK,
    "moderation/news/": DESK,
    "moderation/checks/": DESK,
    "moderation/checks/<check_id>/": DESK,
    "moderation/checks/<check_id>/decisions/": DESK,
    "moderation/numbers/": DESK,
    "moderation/filter/": DESK,
    "moderation/automation/": DESK,
    "moderation/appeals/": DESK,
    "moderation/appeals/<appeal_id>/": DESK,
    "moderation/appeals/<appeal_id>/answer/": DESK,
    "moderation/people/": DESK,
    "moderation/people/<kind>/<number>/": DESK,
    "moderation/people/<kind>/<number>/sanctions/": DESK,
    "moderation/people/<kind>/<number>/notes/": DESK,
    "moderation/sanctions/<sanction_id>/lift/": DESK,
}
# Open to them, but without a word of what is asked for there is nothing.
ABSENT = {"moderation/news/"}
FORMS = [
    {},
    {"post": "yes", "action": "approve", "seen": "1", "item": "1:1", "title": "Mine", "source": "x", "name": "x"},
    {"action": "delete_selected", "_selected_action": "1", "username": "x", "is_superuser": "on", "_publish": "1"},
]


def browsers(world: World) -> dict[str, Client]:
    """Everybody, each in a browser of their own; the inactive and the demoted logged in while they still could."""
    inactive, demoted = cast.person("inactive", "Editors"), cast.person("demoted", "Editors", is_superuser=True)
    found = {
        "nobody": Client(),
        "a reader with an account": cast.logged_in(cast.person("reader")),
        "inactive": cast.logged_in(inactive),
        "demoted": cast.logged_in(demoted),
        "author": cast.logged_in(world.author),
        "other author": cast.logged_in(cast.person("other-author", "Authors")),
        "moderator": cast.logged_in(world.moderator),
        "editor": cast.logged_in(world.editor),
        "chief": cast.logged_in(world.chief),
    }
    User.objects.filter(pk=inactive.pk).update(is_active=False)
    User.objects.filter(pk=demoted.pk).update(is_staff=False, is_superuser=False)
    demoted.groups.clear()
    return found


def stored() -> dict[str, list]:
    """Every row but those of sessions, which a request may move on."""
    models = [model for model in apps.get_models() if model._meta.app_label != "sessions"]
    return {model._meta.label: list(model.objects.order_by("pk").values()) for model in models}


def test_every_staff_address_says_whom_it_is_for() -> None:
    assert set(patterns()) == set(OPEN_TO)


@pytest.mark.parametrize("number", range(4))
def test_everybody_else_is_refused_and_changes_nothing(number: int) -> None:
    world = World()
    clients, before = browsers(world), stored()
    for pattern in sorted(OPEN_TO)[number::4]:
        if "everybody" in OPEN_TO[pattern]:
            continue
        for who in set(clients) - OPEN_TO[pattern]:
            for ask in (clients[who].get, *(_posting(clients[who], form) for form in FORMS)):
                answer = ask(world.path(pattern, None))
                assert answer.status_code in (302, 403, 404, 405), (who, pattern)
                if answer.status_code == 302:
                    assert answer.headers["Location"].startswith("/admin/login/"), (who, pattern)
                    assert who not in STAFF, (who, pattern)
                assert world.draft.title not in answer.content.decode()
        assert stored() == before, pattern


@pytest.mark.parametrize("who", sorted(STAFF))
def test_who_is_meant_gets_in(who: str) -> None:
    world = World()
    client = browsers(world)[who]
    for pattern, allowed in OPEN_TO.items():
        if who in allowed and pattern not in ABSENT:
            answer = client.get(world.path(pattern, None))
            assert answer.status_code in (200, 302, 405), pattern
            assert not answer.headers.get("Location", "").startswith("/admin/login/"), pattern


def _posting(client: Client, form: dict):
    return lambda path: client.post(path, form)
