"""After an editor erased a comment at the desk, its words are on no page, in no file, log line, index or session."""

import io
import logging

import pytest
from django.apps import apps
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from blog import search
from blog.models import Post
from comments.models import Comment
from config.logs import OneLineFormatter
from tests import cast
from tests.comments.sending import edit, send
from tests.moderation.complaints import notice_about, report, states
from tests.moderation.desk import decide, html

pytestmark = pytest.mark.django_db
WORDS = ("zanzibar", "quokka", "marzipan", "tintinnabulation", "rutabaga", "kohlrabi")
NAME, MAIL, SITE, TEXT, EDITED, AGENT = WORDS


@pytest.fixture
def log() -> io.StringIO:
    """What the site logs meanwhile, as it stands in the file."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(OneLineFormatter("{message}", style="{"))
    logging.getLogger().addHandler(handler)
    yield written
    logging.getLogger().removeHandler(handler)


def left(text: str) -> list[str]:
    return [word for word in WORDS if word in text.lower()]


def test_nothing_that_was_written_is_left(
    post: Post, as_moderator: Client, as_editor: Client, reader: Client, log: io.StringIO
) -> None:
    reader.defaults["HTTP_USER_AGENT"] = f"Browser {AGENT}"
    typed = {"name": f"Mx {NAME}", "email": f"{MAIL}@mail.example", "website": f"https://{SITE}.example/"}
    send(reader, post, body=f"A word: {TEXT}, and https://www.{TEXT}.example/", **typed)
    comment = Comment.objects.get()
    decide(as_moderator, comment, "approve")
    edit(reader, comment, f"Now it is {EDITED}.")
    comment.refresh_from_db()
    decide(as_moderator, comment, "accept_edit")
    report(comment, words=f"It says {TEXT}.")
    notice = notice_about(comment, why=f"It is against the law to say {TEXT}.")
    reply = cast.comment(post, parent=comment, body="An answer that stays.")
    search.index_post(post)
    comment.refresh_from_db()
    assert set(left(html(as_editor.get(f"/moderation/comments/{comment.pk}/")))) == set(WORDS)
    status = comment.status_address
    assert as_editor.post(f"/moderation/comments/{comment.pk}/erase/", {"seen": comment.version}).status_code == 303

    stored = "\n".join(str(row) for model in apps.get_models() for row in model.objects.values())
    assert left(stored) == []
    # The message of the moderator's last act names the comment; it waits for their next page and no longer.
    as_moderator.get("/moderation/")
    assert left(str([session.get_decoded() for session in Session.objects.all()])) == []
    for address in ("/", post.get_absolute_url(), "/comments/feed/", f"{post.get_absolute_url()}feed/", "/sitemap.xml"):
        assert left(html(reader.get(address))) == [], address
    for word in WORDS:
        assert search.search(word, timezone.now()).total == 0
    for client in (as_moderator, as_editor):
        pages = ("/moderation/?tab=all", "/moderation/log/", "/moderation/reports/", "/moderation/notices/")
        for address in (*pages, f"/moderation/comments/{comment.pk}/", f"/moderation/notices/{notice.pk}/"):
            assert left(html(client.get(address))) == [], address
        assert left(html(client.get("/admin/comments/comment/"))) == []
        assert left(b"".join(client.get("/moderation/log.csv").streaming_content).decode()) == []
    assert reader.get(status).status_code == 404
    assert left(html(reader.get(notice.status_address))) == []
    assert states(comment) == ["moot"]
    assert left(log.getvalue()) == []
    page = html(reader.get(post.get_absolute_url()))
    assert "An answer that stays." in page
    assert "This comment is not shown." in page
    assert Comment.objects.get(pk=reply.pk).parent_id == comment.pk
