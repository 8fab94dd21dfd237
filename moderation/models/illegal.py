"""Notices of illegal content, by the form that the EU's Digital Services Act asks for in Article 16."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from blog.models import Post
from comments.models import Comment, new_key
from moderation.models.decision import Decision


class IllegalContentNotice(models.Model):
    """One notice: who says that which content is illegal, and why; and what was answered."""

    class State(models.TextChoices):
        OPEN = "open", "Open"
        DECIDED = "decided", "Decided"

    class Outcome(models.TextChoices):
        REMOVED = "removed", "Taken off the site"
        NONE = "none", "No action"

    capability = models.CharField(max_length=32, unique=True, default=new_key)
    form_key = models.CharField(max_length=64, unique=True, help_text="A form that is sent twice is one notice.")
    why = models.TextField(max_length=5000, blank=True)
    name = models.CharField(max_length=120, blank=True)
    email = models.EmailField(max_length=254, blank=True)
    against_children = models.BooleanField(
        default=False, help_text="About an offence against children: name and e-mail are not asked for."
    )
    good_faith = models.BooleanField(default=True)
    state = models.CharField(max_length=7, choices=State, default=State.OPEN)
    outcome = models.CharField(max_length=7, choices=Outcome, blank=True)
    answer = models.TextField(max_length=2000, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    decided_by_name = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="moderation_notice_decided_whole",
                condition=Q(state="open", outcome="", decided_at=None)
                | Q(state="decided", outcome__in=["removed", "none"], decided_at__isnull=False),
            )
        ]
        indexes = [models.Index("state", F("id").desc(), name="moderation_notice_by_state")]

    def __str__(self) -> str:
        return f"notice {self.pk}"

    @property
    def status_address(self) -> str:
        """The private page on which the notifier sees what became of it."""
        return reverse("reports:notice_status", args=[self.capability])


class NoticedContent(models.Model):
    """One piece of content that a notice is about: a comment or a post, and the decision made because of it."""

    notice = models.ForeignKey(IllegalContentNotice, on_delete=models.CASCADE, related_name="contents")
    address = models.CharField(max_length=300, help_text="As it was on the notice's day, without the site.")
    comment = models.ForeignKey(Comment, null=True, on_delete=models.CASCADE, related_name="noticed")
    post = models.ForeignKey(Post, null=True, on_delete=models.SET_NULL, related_name="noticed")
    revision = models.PositiveIntegerField(default=1, help_text="The text of the comment that was public then.")
    decision = models.ForeignKey(Decision, null=True, on_delete=models.PROTECT, related_name="noticed")

    def __str__(self) -> str:
        return self.address
