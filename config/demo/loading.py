"""Loads the demo's content through the same doors as the site's own people use: posts through `blog.editing`, comments
stored pending, approved by the moderator's decision or judged by the screener."""

import json
import random
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.contrib.auth.models import Group
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from blog import editing
from blog.models import Post, Tag, User
from comments import markup, submission
from comments.links import clean_website
from comments.models import Comment, Notice, Sender
from comments.names import clean_name
from comments.origin import Origin, network_of
from comments.text import check
from config.demo import desk_life
from moderation import decisions, screening
from moderation.actors import person
from moderation.models import Rule

HERE = Path(__file__).parent
PEOPLE = {
    "author": (
        "Wren Tolliver",
        "Authors",
        "Writes about the garden, small computers and paths. Keeps the allotment diary.",
    ),
    "editor": (
        "Odile Marchbank",
        "Editors",
        "Edits this magazine and writes about bread, history and the council.",
    ),
    "moderator": ("Moss", "Moderators", "Reads every comment, most of them twice."),
}
RULES = (
    ("phrase", "game gold", "hold", "Sold below half the posts in spring."),
    ("word", "casino", "hold", "Adverts."),
)


@dataclass(slots=True)
class Made:
    """How much was loaded."""

    posts: int = 0
    published: int = 0
    pending: int = 0
    status_page: str = ""


@transaction.atomic
def load(now: datetime | None = None) -> Made | None:
    """Load everything into an empty site, or nothing if it breaks; None if there are posts already."""
    now = now or timezone.now()
    people = {username: _person(username) for username in PEOPLE}
    if Post.objects.exists():
        return None
    made = Made()
    for file in sorted([*(HERE / "pages").glob("*.md"), *(HERE / "posts").glob("*.md")]):
        _post(file, people, now)
        made.posts += 1
    for kind, text, effect, note in RULES:
        Rule.objects.create(kind=kind, text=text, effect=effect, note=note, created_by=people["moderator"])
    loader = _Comments(people, now)
    made.published = loader.threads(_json("threads.json")) + loader.many(_json("lines.json"))
    loader.queue(_json("queue.json"))
    Notice.objects.all().delete()  # what was said weeks ago is no news to anybody
    told = desk_life.load(people, now)
    made.status_page = told.status_address if told else ""
    made.pending = Comment.objects.pending().count()
    return made


def address_of(slug: str) -> str:
    """Path of a demo post, or of the front page if somebody removed it."""
    post = Post.objects.filter(slug=slug).first()
    return post.get_absolute_url() if post else "/"


def _json(name: str):
    return json.loads((HERE / name).read_text(encoding="utf-8"))


def _person(username: str) -> User:
    name, group, about = PEOPLE[username]
    user, made = User.objects.get_or_create(
        username=username,
        defaults={
            "display_name": name,
            "slug": slugify(name),
            "about": about,
            "email": f"{username}@gatepost.example",
            "is_staff": True,
        },
    )
    if made:
        user.set_password(username)
        user.save(update_fields=["password"])
        user.groups.add(Group.objects.get(name=group))
    return user


def _post(file: Path, people: dict[str, User], now: datetime) -> None:
    _, front, source = file.read_text(encoding="utf-8").split("---\n", 2)
    fields = {key.strip(): value.strip() for key, _, value in (line.partition(":") for line in front.splitlines())}
    published_at = now - timedelta(days=int(fields["days_ago"]))
    if int(fields["days_ago"]) > 0:
        published_at -= timedelta(hours=sum(map(ord, fields["slug"])) % 7, minutes=len(fields["slug"]))
    author = people[fields["author"]]
    post = Post(
        kind=Post.Kind.PAGE if file.parent.name == "pages" else Post.Kind.POST,
        author=author,
        title=fields["title"],
        slug=fields["slug"],
        summary=fields["summary"],
        source=source.strip() + "\n",
        status=fields["status"],
        published_at=published_at if fields["status"] == Post.Status.PUBLISHED else None,
        mode=fields["mode"],
    )
    editing.save_post(post, by=author, seen=None, now=min(published_at, now))
    names = [name.strip() for name in fields["tags"].split(",") if name.strip()]
    post.tags.set([Tag.objects.get_or_create(slug=slugify(name), defaults={"name": name})[0] for name in names])


class _Comments:
    """Writes comments in the past, each with a key of its own."""

    def __init__(self, people: dict[str, User], now: datetime) -> None:
        self.people, self.now, self.number = people, now, 0
        self.senders: dict[str, Sender] = {}
        self.posts = {post.slug: post for post in Post.objects.all()}
        self.random = random.Random(2009)  # noqa: S311 - the same demo everywhere

    def threads(self, entries: list[dict]) -> int:
        return sum(self._thread(self.posts[entry["post"]], None, entry) for entry in entries)

    def _thread(self, post: Post, parent: Comment | None, entry: dict) -> int:
        moment = min(post.published_at + timedelta(minutes=entry["minutes_after"]), self.now - timedelta(minutes=9))
        comment = self._approved(post, parent, entry, moment)
        return 1 + sum(self._thread(post, comment, reply) for reply in entry.get("replies", []))

    def many(self, lines: dict, count: int = 300) -> int:
        """Three hundred comments from the lines of one subject, the same on every machine."""
        post, choose = self.posts[lines["post"]], self.random.choice
        minutes = int((self.now - post.published_at).total_seconds() // 60) - 30
        moments = sorted(
            post.published_at + timedelta(minutes=5 + int(minutes * self.random.random() ** 2)) for _ in range(count)
        )
        open_comments: list[Comment] = []
        for moment in moments:
            reply = bool(open_comments) and self.random.random() < 0.55
            if reply:
                text = choose(lines["replies"]) if self.random.random() < 0.6 else choose(lines["middles"])
            else:
                middle = " ".join(self.random.sample(lines["middles"], self.random.choice((0, 1, 1, 2, 3))))
                text = f"{choose(lines['openings'])} {middle}\n\n{choose(lines['closings'])}"
            parent = choose(open_comments[-25:]) if reply else None
            comment = self._approved(post, parent, {"name": choose(lines["names"]), "body": text}, moment)
            if comment.depth < 8:
                open_comments.append(comment)
        return count

    def queue(self, entries: list[dict]) -> None:
        """What waits: stored like any comment and judged by the screener, so that the queue shows real findings."""
        for entry in entries:
            post = self.posts[entry["post"]]
            parent = None
            if entry.get("parent"):
                parent = post.comments.filter(status=Comment.Status.PUBLISHED).order_by("-path").first()
            moment = max(self.now - timedelta(minutes=entry["minutes_ago"]), post.published_at + timedelta(minutes=1))
            comment = self._store(post, parent, entry, moment)
            screening.screen(comment.pk)
            if entry.get("edited_waiting"):
                body = comment.body + "\n\nEdited: a word was missing, sorry."
                submission.edit(
                    comment, body, markup.render(body), comment.version, None, moment + timedelta(minutes=2)
                )

    def _approved(self, post: Post, parent: Comment | None, entry: dict, moment: datetime) -> Comment:
        comment = self._store(post, parent, entry, moment)
        decisions.decide(
            comment.pk,
            "approve",
            seen=comment.version,
            actor=person(self.people["moderator"]),
            now=moment + timedelta(minutes=7),
        )
        return comment

    def _store(self, post: Post, parent: Comment | None, entry: dict, moment: datetime) -> Comment:
        self.number += 1
        user = self.people[entry["staff"]] if entry.get("staff") else None
        body = check(entry["body"])
        draft = submission.Draft(
            name=clean_name(entry["name"]),
            email=entry.get("email", ""),
            website=clean_website(entry["website"]) if entry.get("website") else "",
            body=body,
            html=markup.render(body),
        )
        origin = Origin(
            network=network_of(f"192.0.2.{self.number % 250}", self.now),
            user_agent="Demo",
            user=user,
            sender=None if user else self._sender(draft.name),
            seconds_on_form=entry.get("seconds_on_form", 95.0),
            honeypot=entry.get("honeypot", False),
        )
        return submission.store(post, parent, draft, origin, f"demo-{self.number}", moment)

    def _sender(self, name: str) -> Sender:
        if name not in self.senders:
            self.senders[name] = Sender.objects.create(created_at=self.now)
        return self.senders[name]
