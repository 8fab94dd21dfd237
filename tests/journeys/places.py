"""A small site with one of everything, and the addresses at which people meet its pages."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from blog.models import Post, Tag, User
from comments import markup
from comments.models import Comment
from moderation import screening
from tests import cast

SOURCE = """An opening paragraph with a [link](https://elsewhere.example/), *stress* and `code`.

## A heading

| gate | hinges |
|---|---|
| oak | 2 |

```python
def swing(gate: str) -> bool:
    return gate != "stuck"  # a comment
```

> A quotation.

- one
- two
"""
BODY = "Said with **weight** and https://a-link.example/with/a/path.\n\n> quoted\n\n`code`"


def site(author: User) -> Post:
    """Make a post with a thread, a queue of several kinds, a page and a tag; return the post."""
    post = cast.post(author, title="On hinges", source=SOURCE, published_at=timezone.now() - timedelta(days=2))
    cast.post(author, title="Before it", published_at=timezone.now() - timedelta(days=9))
    cast.post(author, kind=Post.Kind.PAGE, title="About", slug="about")
    tag = Tag.objects.create(name="Iron", slug="iron")
    post.tags.add(tag)
    parent = None
    for number in range(9):
        parent = cast.comment(post, parent=parent, name=f"Reader {number}", body=BODY, html=markup.render(BODY))
    hidden = cast.comment(post, Comment.Status.REJECTED, name="Refused")
    cast.comment(post, parent=hidden, name="Orphan", website="https://site.example/")
    cast.comment(post, user=author, name=str(author), body="From the author.")
    for body in (
        "An honest question?",
        "Buy at https://gold.example/ https://gold.example/b",
        "V i a g r a for \u0430ll",
    ):
        waiting = cast.comment(post, Comment.Status.PENDING, name="Waiting", body=body)
        screening.screen(waiting.pk)
    cast.comment(post, Comment.Status.SPAM, name="Filed")
    return post


def public(author: User) -> list[str]:
    """Every kind of page that a stranger can open, on a fresh site."""
    post = site(author)
    waiting = Comment.objects.filter(status=Comment.Status.PENDING).first()
    rejected = Comment.objects.get(status=Comment.Status.REJECTED)
    reply = Comment.objects.filter(status=Comment.Status.PUBLISHED).first()
    year, month = post.address
    return [
        "/",
        post.get_absolute_url(),
        f"{post.get_absolute_url()}?order=newest",
        f"/{year}/",
        f"/{year}/{month}/",
        "/tag/iron/",
        author.get_absolute_url(),
        "/about/",
        "/search/",
        "/search/?q=hinges",
        "/search/?q=nothing-of-the-kind",
        "/no-such-page/",
        reverse("comments:submit", args=[post.pk]),
        reverse("comments:submit", args=[post.pk]) + f"?parent={reply.pk}",
        waiting.status_address,
        rejected.status_address,
        reply.status_address,
        reverse("admin:login"),
    ]


def staff(post: Post) -> list[str]:
    """Every kind of page that an editor works on."""
    waiting = Comment.objects.filter(status=Comment.Status.PENDING).first()
    queue = reverse("moderation:queue")
    return [
        queue,
        *(f"{queue}?tab={tab}" for tab in ("spam", "rejected", "published", "all")),
        f"{queue}?order=oldest&focus={waiting.pk}",
        f"{queue}?q=nothing-of-the-kind",
        reverse("moderation:item", args=[waiting.pk]),
        reverse("moderation:log"),
        reverse("admin:index"),
        reverse("admin:blog_post_changelist"),
        reverse("admin:blog_post_add"),
        reverse("admin:blog_post_change", args=[post.pk]),
        reverse("admin:blog_post_history", args=[post.pk]),
        reverse("admin:blog_tag_changelist"),
        reverse("admin:moderation_rule_changelist"),
        reverse("admin:moderation_rule_add"),
        reverse("admin:comments_comment_changelist"),
    ]
