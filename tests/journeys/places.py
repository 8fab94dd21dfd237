"""A small site with one of everything, and the addresses at which people meet its pages."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from blog.models import Post, Tag, User
from comments import markup
from comments.models import Comment
from moderation import screening
from moderation.models import Check, DayTally
from tests import cast
from tests.moderation.automatic import acted

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
    _automation(post)
    return post


def _automation(post: Post) -> None:
    """What the machine did, drawn and partly answered, so that the plots of numbers have something to show."""
    for number, action in enumerate(["approve", "spam", "approve", "approve", "spam"]):
        made = acted(post, action, name=f"Drawn {number}", body=BODY, html=markup.render(BODY))
        at = timezone.now()
        end = {"answer": "refuse" if number == 2 else "publish", "settled_at": at} if number > 1 else {}
        side = "spam" if action == "spam" else "publish"
        Check.objects.create(decision=made, comment=made.comment, machine=side, revision=1, drawn_at=at, **end)
    last_month = timezone.localdate().replace(day=1) - timedelta(days=1)
    for name in ("act.approve.person", "act.reject.person", "act.spam.system", "reason.spam", "wait.person.40"):
        DayTally.objects.create(day=last_month, name=name, count=7)


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
        "/transparency/",
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
        reverse("moderation:item", args=[waiting.pk]),
        reverse("moderation:log"),
        reverse("moderation:checks"),
        *(reverse("moderation:check", args=[check.pk]) for check in Check.objects.exclude(answer="")),
        reverse("moderation:numbers"),
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
