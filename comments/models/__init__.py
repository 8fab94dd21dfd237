"""What readers say: comments, the texts they had, who sent them as far as that was proven, and who is told of what."""

from comments.models.comment import Comment, CommentQuerySet, Revision
from comments.models.door import Bucket, NetworkKey
from comments.models.mail import Address, AuthorMail, Notice, Subscription
from comments.models.reasons import Reason
from comments.models.senders import Sender, new_key

__all__ = [
    "Address",
    "AuthorMail",
    "Bucket",
    "Comment",
    "CommentQuerySet",
    "NetworkKey",
    "Notice",
    "Reason",
    "Revision",
    "Sender",
    "Subscription",
    "new_key",
]
