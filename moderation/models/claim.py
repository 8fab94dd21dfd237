"""Who has a comment open right now."""

from django.conf import settings
from django.db import models

from comments.models import Comment


class Claim(models.Model):
    """A moderator has a comment open, until a moment that they move on. It tells the others and stops nobody."""

    comment = models.OneToOneField(Comment, primary_key=True, on_delete=models.CASCADE, related_name="claim")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    until = models.DateTimeField()

    def __str__(self) -> str:
        return f"comment {self.comment_id} is open at {self.user_id}"
