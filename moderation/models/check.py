"""Automatic decisions that were drawn by lot, to be judged by a person who does not know what the machine did."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from comments.models import Comment
from moderation.models.decision import Decision


class Check(models.Model):
    """One automatic decision drawn by lot, and the blind answer to "Would you publish this?".

    It is open until it is answered or void. It is void when the comment went another way before anybody answered.
    """

    class Side(models.TextChoices):
        PUBLISH = "publish", "Publishing"
        SPAM = "spam", "Filing as spam"

    class Answer(models.TextChoices):
        PUBLISH = "publish", "Yes, publish it"
        REFUSE = "refuse", "No, keep it off the page"
        UNSURE = "unsure", "I can’t tell"

    class Void(models.TextChoices):
        OVERTURNED = "overturned", "A person took the machine's decision back"
        DECIDED = "decided", "A person decided about the comment and left it where it was"
        WITHDRAWN = "withdrawn", "Its author took the comment back"
        ERASED = "erased", "The content was erased"

    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="check_drawn")
    comment = models.ForeignKey(Comment, on_delete=models.PROTECT, related_name="+")
    machine = models.CharField(max_length=7, choices=Side, help_text="What the machine did.")
    revision = models.PositiveIntegerField(help_text="The text that was judged.")
    drawn_at = models.DateTimeField()
    answer = models.CharField(max_length=7, choices=Answer, blank=True)
    void = models.CharField(max_length=10, choices=Void, blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    settled_at = models.DateTimeField(null=True, help_text="When it was answered or became void.")
    claimed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    claimed_until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="moderation_check_one_end", condition=Q(answer="") | Q(void="")),
            models.CheckConstraint(
                name="moderation_check_settled",
                condition=Q(answer="", void="", settled_at__isnull=True)
                | (~Q(answer="", void="") & Q(settled_at__isnull=False)),
            ),
        ]
        indexes = [
            models.Index(fields=["id"], condition=Q(answer="", void=""), name="moderation_check_open"),
            models.Index(fields=["comment"], condition=Q(answer="", void=""), name="moderation_check_open_of"),
            models.Index(
                fields=["machine", "-settled_at"],
                condition=Q(settled_at__isnull=False),
                name="moderation_check_settled_at",
            ),
        ]

    def __str__(self) -> str:
        return f"check {self.pk} of decision {self.decision_id}"

    @property
    def wrong(self) -> bool:
        """The person would have done the opposite of what the machine did."""
        return self.answer == (self.Answer.REFUSE if self.machine == self.Side.PUBLISH else self.Answer.PUBLISH)
