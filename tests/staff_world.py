"""A site with one of everything that staff can ask for, and the people who ask."""

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone

from blog.models import Post, Tag
from comments.models import Sender
from moderation.models import Appeal, Batch, Decision, Rule, Sanction
from tests import cast
from tests.moderation.desk import decide, reviewed
from tests.staff_addresses import filled


class World:
    """One of everything that staff can ask for."""

    def __init__(self) -> None:
        self.editor, self.moderator = cast.person("editor", "Editors"), cast.person("moderator", "Moderators")
        self.author = cast.person("author", "Authors")
        self.chief = cast.person("chief", "Editors", is_superuser=True)
        self.post, self.draft = cast.post(self.author), cast.draft(self.author)
        tag = Tag.objects.create(name="tag", slug="tag")
        self.post.tags.add(tag)
        self.post.revisions.create(
            number=1, title="x", slug="x", source="x", saved_by_name="x", saved_at=timezone.now()
        )
        rule = Rule.objects.create(kind="word", text="casino", effect="hold")
        self.comment = cast.comment(self.post, "pending", sender=Sender.objects.create(), network="1:ab")
        reviewed(self.comment, ("links_few", 1.0, "1 link", [["body", 0, 3]]))
        decided = cast.comment(self.post, "pending")
        decide(cast.logged_in(self.moderator), decided, "approve")
        made = Decision.objects.get()
        browser = {"sender_id": self.comment.sender_id, "comment": self.comment, "reason": "spam", "made_by_name": "x"}
        sanction = Sanction.objects.create(kind="ban", **browser)
        appeal = Appeal.objects.create(sanction=sanction, comment=self.comment, text="Please look again.")
        batch = Batch.objects.create(action="spam", actor=self.moderator, actor_name="Moderator", state="stopped")
        self.numbers = {
            "post": self.post.pk, "tag": tag.pk, "rule": rule.pk, "comment": self.comment.pk, "author": self.author.pk,
            "group": self.author.groups.get().pk,
        }  # fmt: skip
        self.keys = {
            "post_id": self.post.pk, "number": 1, "comment_id": self.comment.pk, "decision_id": made.pk,
            "key": batch.pk, "sender_id": self.comment.sender_id,
            "appeal_id": appeal.pk, "sanction_id": sanction.pk, "kind": "browser",
            "content_type_id": ContentType.objects.get_for_model(Post).pk, "id": self.author.pk,
            ("moderation/people/", "number"): self.comment.sender_id,
            "app_label": "blog", "url": "no/such/page", "admin/r/": self.post.pk,
            "admin/blog/post/": self.post.pk, "admin/blog/tag/": tag.pk,
            "admin/auth/group/": self.author.groups.get().pk, "admin/blog/user/": self.author.pk,
            "admin/moderation/rule/": rule.pk, "admin/comments/comment/": self.comment.pk,
        }  # fmt: skip

    def path(self, pattern: str, odd: str | None) -> str:
        """An address of the pattern, about what there is, or with an odd number in it."""
        keys = self.keys
        return filled(
            pattern,
            lambda where, name: odd or keys.get((_list(where), name)) or keys.get(name) or keys.get(_list(where), 1),
        )


def _list(pattern: str) -> str:
    return pattern.partition("<")[0]
