"""A small site with one of everything, and the addresses at which people meet its pages."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from blog.models import Post, Tag, User
from comments import mail_links, markup, reply_mail, subscriptions
from comments.models import Comment, Sender
from moderation import batches, digest, foresight, screening, standing_orders
from moderation.actors import person
from moderation.models import Appeal, Campaign, Check, DayTally, Decision, IllegalContentNotice, Rule, Sanction
from moderation.ticks import Ticked
from tests import cast
from tests.moderation import asking
from tests.moderation.automatic import acted
from tests.moderation.complaints import notice_about, report
from tests.moderation.judged import screened

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
    for number in range(3):
        report(cast.comment(post, name="Reported"), reason="threat", words=f"{BODY} {number}")
    notice_about(cast.comment(post, name="Noticed"), cast.comment(post, name="Noticed too"))
    notice_about(cast.comment(post, name="Left alone"), answer="This is lawful where we are.")
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
    subscription = subscriptions.ask(waiting, "cora@readers.example", timezone.now())
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
        reverse("reports:report", args=[reply.pk]),
        reverse("reports:report", args=[rejected.pk]),
        reverse("reports:thanks") + f"?on={post.pk}",
        reverse("reports:notice") + f"?comment={reply.pk}",
        *(notice.status_address for notice in IllegalContentNotice.objects.all()),
        *private(post),
        reverse("comments:rules"),
        reverse("admin:login"),
        link("comments:mail_confirm", mail_links.CONFIRM, subscription.pk),
        link("comments:mail_stop", mail_links.STOP, reply_mail.OF_SUBSCRIPTION, subscription.pk),
        reverse("comments:mail_stop", args=["forged"]),
        reverse("comments:mail", args=[subscription.address.key]),
        link("moderation:decide_by_mail", digest.DECIDE, moderator().pk, waiting.pk, waiting.version),
        reverse("moderation:decide_by_mail", args=["forged"]),
    ]


def link(name: str, purpose: str, *numbers: int) -> str:
    """A page behind a link in a mail."""
    return reverse(name, args=[mail_links.make(purpose, *numbers, now=timezone.now())])


def moderator() -> User:
    return User.objects.filter(username="moderator").first() or cast.person("moderator", "Moderators")


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


def filter_pages(post: Post) -> list[str]:
    """The filter's page with a record, and with another setting that would have changed something."""
    for number, p in enumerate((0.01, 0.1, 0.2, 0.4, 0.9, 0.97)):
        screened(post, p, None if number == 3 else p > 0.5, days=3 * number, text={"body": f"{BODY} {number % 2}"})
    return [f"{reverse('moderation:filter')}?days=90&strictness={word}" for word in ("strict", "normal")]


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


def campaign_pages(post: Post) -> list[str]:
    """The pages of near-duplicates: the list, a card under a standing order, and one that was dissolved."""
    actor, now = person(cast.person("campaigner", "Moderators")), timezone.now()
    text = "Our clinic restores your hearing within nine weeks, no pill and no operation are needed for it"
    for number in range(4):
        made = cast.comment(post, Comment.Status.PENDING, body=f"Dear {number}, {text} https://gold.example/{number}")
        screening.screen(made.pk)
    card = Campaign.objects.cards().get()
    batch = batches.start("spam", actor=actor, chosen={"tab": "pending", "card": card.pk}, now=now)
    standing_orders.give(card, batch, actor=actor, now=now)
    dissolved = Campaign.objects.create(size=0, dissolved_at=now, dissolved_by="Moderator")
    return [
        reverse("moderation:campaigns"),
        reverse("moderation:campaigns") + "?order=latest&all=1",
        reverse("moderation:campaign", args=[card.pk]),
        reverse("moderation:campaign", args=[dissolved.pk]),
    ]


def staff(post: Post) -> list[str]:
    """Every kind of page that an editor works on."""
    waiting = Comment.objects.filter(status=Comment.Status.PENDING).first()
    queue, (draft, rule) = reverse("moderation:queue"), _rules()
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
        f"{queue}?order=oldest&focus={waiting.pk}",
        f"{queue}?q=nothing-of-the-kind",
        reverse("moderation:item", args=[waiting.pk]),
        reverse("moderation:log"),
        reverse("moderation:reports"),
        reverse("moderation:notices"),
        reverse("moderation:notices") + "?tab=decided",
        *(reverse("moderation:notice", args=[notice.pk]) for notice in IllegalContentNotice.objects.all()),
        reverse("moderation:mail"),
        reverse("moderation:checks"),
        *(reverse("moderation:check", args=[check.pk]) for check in Check.objects.exclude(answer="")),
        reverse("moderation:numbers"),
        reverse("moderation:filter"),
        *filter_pages(post),
        *batch_pages(post),
        *campaign_pages(post),
        reverse("admin:index"),
        reverse("admin:blog_post_changelist"),
        reverse("admin:blog_post_add"),
        reverse("admin:blog_post_change", args=[post.pk]),
        reverse("admin:blog_post_history", args=[post.pk]),
        reverse("admin:blog_tag_changelist"),
        reverse("moderation:rules"),
        reverse("moderation:rules") + "?state=draft",
        reverse("moderation:rule_new"),
        reverse("moderation:rule_new") + f"?like={rule.pk}",
        reverse("moderation:rule", args=[draft.pk]),
        reverse("moderation:rule", args=[rule.pk]),
        reverse("admin:comments_comment_changelist"),
    ]


def _rules() -> tuple[Rule, Rule]:
    """A draft whose replay was made, and a rule in force."""
    draft = Rule.objects.create(kind="pattern", text="gold|weight", effect="spam", state="draft", note="Adverts.")
    rule = Rule.objects.create(kind="word", text="viagra", effect="hold", note="Adverts.")
    foresight.go_on(foresight.begin(draft, None, by=None, now=timezone.now()))
    return draft, rule
