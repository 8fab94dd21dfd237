"""Whatever staff, or somebody in their place, sends to any address of the admin and the desk: no answer is an error
of ours, and none of it takes away the way in."""

from collections import defaultdict

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from blog.models import Post, User
from comments.models import Comment
from tests import cast
from tests.payloads import CHARACTERS, SCRIPTS, TEMPLATES
from tests.staff_addresses import patterns
from tests.staff_world import World

LEFT_OUT = {"admin/logout/", "admin/login/", "admin/password_change/"}  # they end the session that asks on
HUGE = ["0", "-1", "1", "2", "9" * 10, "9" * 18, "9" * 19, "9" * 30, "9" * 5000, "1.5", "1e3", "²", "１"]
WORDS = [
    "", " ", "on", "true", "None", "null", "__all__", "pending", "approve", "reject", "erase", "spam", "other", "hate",
    "draft", "published", "page", "post", "word", "domain", "phrase", "2026-01-01", "0001-01-01", "9999-12-31",
    "2026-13-45", "9999-12-31T23:59", "0001-01-01T00:00", "2026-03-29T02:30", "10:1", "1:1", "1:9999999999", ":", "1:",
    "do_approve", "do_reject", "delete_selected", "publish_ticked", "switch_on", "forget_second_factor", "-pk", "1.-2",
    "title__startswith", "tab=spam&q=x", "//evil.example", "a" * 300, "a-b_c", "admin", "../..", "%00", "%", "_", "'",
    "11111111-1111-4111-8111-111111111111", "12345678", "=cmd|' /C calc'!A0",
]  # fmt: skip
TEXTS = st.one_of(
    st.sampled_from([*HUGE, *WORDS, *CHARACTERS, *SCRIPTS[:6], *TEMPLATES]),
    st.text(max_size=20).map(lambda text: text.encode("utf-8", "replace").decode()),
)
# What no form shows: read from the admin's own code and ours.
QUIET = [
    "action", "_selected_action", "select_across", "index", "q", "o", "p", "e", "all", "_popup", "_to_field", "_facets",
    "_changelist_filters", "status", "author", "tag", "month", "status__exact", "kind__exact", "enabled__exact", "page",
    "old", "new", "part", "term", "app_label", "model_name", "field_name", "tab", "links", "post", "signal", "sender",
    "network", "after", "before", "who", "reason", "since", "until", "comment", "batch", "seen", "item", "note", "back",
    "next", "_publish", "_unpublish", "_save", "_addanother", "_continue", "_saveasnew", "code", "password1",
    "password2", "usable_password", "unset-password", "title", "source", "summary", "slug", "tags_typed", "mode",
    "published_at", "kind", "text", "effect", "enabled", "name", "display_name", "about", "no_picture", "username",
    "email", "is_active", "is_superuser", "groups", "permissions", "user_permissions", "form-TOTAL_FORMS",
    "form-INITIAL_FORMS", "form-0-id", "revisions-TOTAL_FORMS", "language", "csrfmiddlewaretoken", "version",
]  # fmt: skip
PAIRS = st.lists(st.tuples(st.sampled_from(QUIET), TEXTS), max_size=12)
FILES = st.none() | st.binary(max_size=60)


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["moderator", "editor", "chief"])
def test_nothing_that_is_sent_to_a_staff_address_is_answered_with_an_error_of_ours(who: str) -> None:
    world = World()
    client = cast.logged_in(getattr(world, who))
    asked = [pattern for pattern in patterns() if pattern not in LEFT_OUT]
    assert len(asked) > 50
    codes = defaultdict(set)

    @settings(max_examples=max(200, settings.default.max_examples), suppress_health_check=list(HealthCheck))
    @given(st.sampled_from(asked), st.none() | st.sampled_from(HUGE), PAIRS, PAIRS, st.booleans(), FILES)
    def ask(pattern: str, odd: str | None, query: list, fields: list, posts: bool, file: bytes | None) -> None:
        path, data, known = world.path(pattern, odd), defaultdict(list), defaultdict(list)
        for name, value in fields:
            data[name].append(value)
        for name, value in query:
            known[name].append(value)
        with transaction.atomic():
            if posts and file is not None:
                data["new_picture"] = SimpleUploadedFile("picture.png", file)
            answer = client.post(path, data, query_params=known) if posts else client.get(path, known)
            body = b"".join(answer.streaming_content) if answer.streaming else answer.content
            assert answer.status_code < 500, path
            assert b"Traceback" not in body
            codes[answer.status_code].add(pattern)
            transaction.set_rollback(True)

    ask()
    assert {200, 302, 404} <= set(codes)
    assert Post.objects.count() == 2 and User.objects.count() == 4 and Comment.objects.count() == 3
