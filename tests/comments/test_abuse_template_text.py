"""Template language in a field is text: typed, kept, refused, previewed, answered or searched for."""

import pytest
from django.template import Context, Template
from django.test import Client
from django.utils import timezone

from blog.models import Post
from comments.forms import CommentForm, EditForm
from comments.models import Comment
from tests import cast
from tests.comments.sending import address, edit, send

SUM, RESULT = "{{ 7000000|add:35000042 }}", "42000042"
TYPED = [
    "{{ 7|add:35 }}",
    "{% debug %}",
    "{% load x %}{{ settings.SECRET_KEY }}",
    "{# x #}",
    "{% verbatim %}{{ 7|add:35 }}{% endverbatim %}",
]
FIELDS = ["body", "name", "email", "website", "parent", "stamp", "subject"]
pytestmark = pytest.mark.usefixtures("patient_door")


def assert_typed(page: str, typed: str) -> None:
    assert RESULT not in page
    assert "SECRET" not in page.replace(typed, "")
    assert "Traceback" not in page


@pytest.mark.parametrize("typed", TYPED)
@pytest.mark.parametrize("field", FIELDS)
def test_a_refused_form_gives_it_back_as_typed(reader: Client, post: Post, field: str, typed: str) -> None:
    page = send(reader, post, **{"website": "no address", field: typed}).content.decode()
    assert "no address" in page or field == "website"
    if field in ("body", "name", "email", "website", "subject"):
        assert typed in page.replace("&#x27;", "'")


@pytest.mark.parametrize("typed", TYPED)
def test_preview_page_status_and_queue_show_it_as_typed(
    reader: Client, post: Post, as_moderator: Client, typed: str
) -> None:
    preview = send(reader, post, body=f"a {typed} b", name=f"Cora {typed}", preview="1").content.decode()
    assert preview.count(typed) >= 3
    send(reader, post, body=f"a {typed} b", name=f"Cora {typed}")
    comment = Comment.objects.get()
    edit(reader, comment, f"c {typed} d")
    pages = [reader.get(comment.status_address), as_moderator.get("/moderation/")]
    Comment.objects.update(status="published", published_at=timezone.now())
    pages += [
        reader.get(place)
        for place in (post.get_absolute_url(), f"{address(post)}?parent={comment.pk}", "/comments/feed/")
    ]
    for answer in pages:
        assert answer.status_code == 200
        assert typed in answer.content.decode()


def test_nothing_is_reckoned_anywhere(reader: Client, post: Post) -> None:
    seen = [send(reader, post, **{field: SUM, "preview": "1"}).content.decode() for field in FIELDS]
    seen += [reader.get("/search/", {"q": SUM}).content.decode(), reader.get(f"/{SUM}/").content.decode()]
    seen += [
        reader.get(address(post), {"parent": SUM}).content.decode(),
        reader.get("/", {"page": SUM}).content.decode(),
    ]
    Post.objects.update(mode="closed")
    seen.append(send(reader, post, body=SUM).content.decode())
    for page in seen:
        assert_typed(page, SUM)


@pytest.mark.parametrize("form", ["comment", "edit"])
def test_as_initial_value_label_help_and_error_it_is_text(post: Post, form: str) -> None:
    made = CommentForm(post=post, user=None) if form == "comment" else EditForm()
    for name, field in made.fields.items():
        made.initial[name] = field.label = field.help_text = SUM
    bound = CommentForm({}, post=post, user=None) if form == "comment" else EditForm({})
    for name in [*bound.fields, None]:
        bound.add_error(name, SUM)
    for one in (made, bound):
        for _ in range(2):  # what a first rendering inserted must not be run by the second
            shown = Template("{% load crispy_forms_tags %}{% crispy form %}").render(Context({"form": one}))
            assert SUM in shown
            assert RESULT not in shown


def test_no_form_shows_the_visitor_before(post: Post) -> None:
    first = send(Client(), post, body="The first visitor's words", website="no address").content.decode()
    assert "The first visitor" in first
    for page in (post.get_absolute_url(), address(post), cast.comment(post, "pending").status_address):
        assert "The first visitor" not in Client().get(page).content.decode()
