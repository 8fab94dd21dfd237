"""What people taught the filter: one row a judgement, and the states of the model that were made of them."""

from django.db import models
from django.db.models import Q

from comments.models import Comment
from moderation.models.check import Check
from moderation.models.decision import Decision

#: What the fold must take in, or take out again: `live` is how it should be, `applied` how it was folded.
CHANGED = Q(live=True, applied=False) | Q(live=False, applied=True)


class LessonQuerySet(models.QuerySet):
    def changed(self) -> "LessonQuerySet":
        """Those that were folded another way than they stand now; a new one is among them."""
        return self.filter(CHANGED)


class Lesson(models.Model):
    """A person's word that a text is spam, or is not. The rows are the truth, and the model is folded from them.

    Its number is its place in the order of lessons, for ever: what was undone and brought back is where it was.
    """

    class Source(models.TextChoices):
        DECISION = "decision", "Decision"
        CHECK = "check", "Blind check"
        ARCHIVE = "archive", "Archive"

    source = models.CharField(max_length=8, choices=Source)
    comment = models.ForeignKey(Comment, null=True, on_delete=models.PROTECT, related_name="+")
    revision = models.PositiveIntegerField(null=True, help_text="The text that was judged.")
    spam = models.BooleanField(help_text="What the person said: spam, or ham.")
    # DO_NOTHING: that no decision is deleted is the database's own rule, and its refusal is the one to hear.
    decision = models.ForeignKey(Decision, null=True, on_delete=models.DO_NOTHING, related_name="+", db_index=False)
    blind_check = models.ForeignKey(Check, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    archive = models.CharField(max_length=80, blank=True, help_text="Name of the archive that it came with.")
    row_digest = models.CharField(max_length=64, blank=True, help_text="Of an archive's row, so that it is read once.")
    live = models.BooleanField(default=True, help_text="It counts: neither taken back nor superseded nor forgotten.")
    applied = models.BooleanField(default=False, help_text="It counted when the learner last came past it.")
    forgotten = models.BooleanField(default=False, help_text="Its features are gone and must not come back.")
    turned_by = models.ForeignKey(
        Decision, null=True, on_delete=models.DO_NOTHING, related_name="+",
        help_text="The decision that last made it live or not; undoing that one turns it back.",
    )  # fmt: skip
    features = models.BinaryField(null=True, help_text="Packed; stored when it is first applied.")
    features_version = models.PositiveSmallIntegerField(null=True)
    created_at = models.DateTimeField()

    objects = LessonQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["comment", "revision"], condition=Q(live=True), name="moderation_lesson_one_live"
            ),
            models.UniqueConstraint(
                fields=["row_digest"], condition=~Q(row_digest=""), name="moderation_lesson_row_once"
            ),
            models.CheckConstraint(
                name="moderation_lesson_forgotten",
                condition=Q(forgotten=False) | Q(live=False, features__isnull=True),
            ),
        ]
        indexes = [
            models.Index(fields=["id"], condition=CHANGED, name="moderation_lesson_changed"),
            models.Index(fields=["archive", "id"], condition=~Q(archive=""), name="moderation_lesson_archive"),
        ]

    def __str__(self) -> str:
        return f"lesson {self.pk}: {'spam' if self.spam else 'ham'}"


class Snapshot(models.Model):
    """The model after some lesson, as bytes. A row never changes but for `sound`."""

    number = models.PositiveBigIntegerField(primary_key=True)
    place = models.BigIntegerField(help_text="Number of the last lesson that the fold came past; 0 before the first.")
    lessons = models.PositiveIntegerField(help_text="How many lessons it learned.")
    spam = models.PositiveIntegerField(help_text="How many of them were of spam.")
    archived_spam = models.PositiveIntegerField(help_text="How many of these came from archives.")
    archived_ham = models.PositiveIntegerField(help_text="How many lessons of ham came from archives.")
    mark = models.PositiveIntegerField(null=True, help_text="Which checkpoint it is, counted from 1; null if none.")
    state = models.BinaryField()
    digest = models.CharField(max_length=64, help_text="SHA-256 of the state.")
    prior_digest = models.CharField(max_length=64)
    features_version = models.PositiveSmallIntegerField()
    sound = models.BooleanField(default=True, help_text="False once a lesson in it changed: nothing is built upon it.")
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"snapshot {self.number} of {self.lessons} lessons"


class LearnerHead(models.Model):
    """The one row (number 1) that says which snapshot was made last, and which one the site judges by."""

    last = models.PositiveBigIntegerField(default=0, help_text="Number of the latest snapshot.")
    published = models.ForeignKey(Snapshot, null=True, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"snapshot {self.published_id or 0} of {self.last}"
