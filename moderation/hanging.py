"""What hangs on comments about which somebody decides: nearly always nothing, so all of it is asked for at once.

Nine questions of a decision were nine statements that found nothing.
"""

from django.db.models import Model, OuterRef, QuerySet

from blog.counting import is_there
from blog.prepared import Prepared
from comments.models import AuthorMail, Comment, Notice, Subscription
from moderation.models import Appeal, CampaignMember, Check, Claim, Lesson, Report

PK, PARENT = OuterRef("pk"), OuterRef("parent")


def _of(model: type[Model], comment: OuterRef = PK, **more: object) -> QuerySet:
    """What hangs on a comment, by the index of comments.

    Where a thousand reports are about few comments, PostgreSQL takes one for soon found by “equal”, and reads them all
    for each comment that has none.
    """
    return model.objects.filter(comment__gte=comment, comment__lte=comment, **more).order_by("comment_id")


HANGS = {
    "claims": (_of(Claim),),
    "reports": (_of(Report),),
    "checks": (_of(Check, answer="", void=""),),
    "lessons": (_of(Lesson),),
    "members": (_of(CampaignMember),),
    "appeals": (_of(Appeal),),
    "notices": (_of(Notice),),
    "followers": (_of(Subscription, ended_at=None), _of(Subscription, PARENT, ended_at=None)),
    "silent": (AuthorMail.objects.filter(user=OuterRef("post__author")).order_by(),),
}
NAMES = [name for name, asked in HANGS.items() for _ in asked]


def hanging_on(ids: list[int]) -> dict[str, set[int]]:
    """By what it is, the comments on which some of it hangs.

    "lessons", "reports" and "notices" are any, whatever their state; "checks" are open; "followers" want mail about
    the comment or about answers to its parent; "silent" means that the author of its post wants no mail.
    """
    found: dict[str, set[int]] = {name: set() for name in HANGS}
    for pk, *there in _HANGING.values(ids):
        for name, hangs in zip(NAMES, there, strict=True):
            if hangs:
                found[name].add(pk)
    return found


_HANGING = Prepared(
    Comment,
    lambda ids: Comment.objects.filter(pk__in=ids).values_list(
        "pk", *(is_there(rows) for asked in HANGS.values() for rows in asked)
    ),
)
