"""A small site with one of everything, and the addresses at which people meet its pages."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from blog.models import Post, Tag, User
from comments import markup
from comments.models import Comment, Sender
from moderation import batches, screening
from moderation.actors import person
from moderation.models import Appeal, Decision, Sanction
from moderation.ticks import Ticked
from tests import cast
from tests.moderation import asking

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
        *private(post),
        reverse("comments:rules"),
        reverse("admin:login"),
    ]


def private(post: Post) -> list[str]:
    """The private pages of comments that were refused, asked about, answered, warned and banned."""
    first, second = cast.person("first-moderator", "Moderators"), cast.person("second-moderator", "Moderators")
    refused = asking.rejected(post, first, message="Please\nstay with the post.")
    waits, answered = asking.rejected(post, first), asking.rejected(post, first)
    asking.asked(waits)
    asking.deny(asking.asked(answered), second)
    held = [cast.comment(post, sender=Sender.objects.create()) for _ in range(2)]
    for kind, comment in zip(("warn", "ban"), held, strict=True):
        asking.hold(kind, comment.sender, first, message="To you.", private="To us.", comment=comment)
    return [comment.status_address for comment in (refused, waits, answered, *held)]


def batch_pages(post: Post) -> list[str]:
    """The pages of orders about many comments, one ended with a conflict and one at rest, and of a decision."""
    actor, now, sender = person(cast.person("batcher", "Moderators")), timezone.now(), Sender.objects.create()
    filed = [cast.comment(post, Comment.Status.SPAM, sender=sender) for _ in range(3)]
    rows = [Ticked(comment.pk, 1 + at % 2) for at, comment in enumerate(filed)]
    ended = batches.start("not_spam", actor=actor, rows=rows, note="Read again.", now=now)
    batches.run(ended.pk, now=now, seconds=9)
    rests = batches.start("spam", actor=actor, chosen={"tab": "published", "q": "said", "post": post.pk}, now=now)
    batches.run_chunk(rests.pk, now, 2)
    batches.stop(rests.pk)
    return [
        reverse("moderation:batch"),
        reverse("moderation:batch_page", args=[ended.pk]),
        reverse("moderation:batch_page", args=[rests.pk]),
        reverse("moderation:batch_all") + "?q=a",
        reverse("moderation:erase_sender", args=[sender.pk]),
        reverse("moderation:decision", args=[Decision.objects.filter(batch=ended.pk).earliest("pk").pk]),
    ]


def staff(post: Post) -> list[str]:
    """Every kind of page that an editor works on."""
    waiting = Comment.objects.filter(status=Comment.Status.PENDING).first()
    queue = reverse("moderation:queue")
    private(post)
    waits, answered = Appeal.objects.order_by("pk")
    banned = Sanction.objects.get(kind="ban")
    network = cast.comment(post, network="9000:ab")
    return [
        reverse("moderation:appeals"),
        reverse("moderation:appeals") + "?tab=decided",
        reverse("moderation:appeal", args=[waits.pk]),
        reverse("moderation:appeal", args=[answered.pk]),
        reverse("moderation:people"),
        reverse("moderation:person", args=["browser", banned.sender_id]),
        reverse("moderation:person", args=["network", network.pk]),
        queue,
        *(f"{queue}?tab={tab}" for tab in ("spam", "rejected", "published", "all")),
        reverse("moderation:item", args=[waiting.pk]),
        reverse("moderation:log"),
        *batch_pages(post),
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
