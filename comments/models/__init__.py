"""What readers say: comments, the texts they had, and who sent them as far as that was proven."""

from comments.models.comment import Comment, CommentQuerySet, Revision
from comments.models.door import Bucket, NetworkKey
from comments.models.reasons import Reason
from comments.models.senders import Sender, new_key

__all__ = [
    "Bucket",
    "Comment",
    "CommentQuerySet",
    "NetworkKey",
    "Reason",
    "Revision",
    "Sender",
    "new_key",
]
