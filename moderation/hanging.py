"""What hangs on comments about which somebody decides: nearly always nothing, so all of it is asked for at once.

Nine questions of a decision were nine statements that found nothing.
"""

from django.db.models import OuterRef, Q

from blog.counting import is_there
from blog.prepared import Prepared
from comments.models import AuthorMail, Comment, Notice, Subscription
from moderation.models import Appeal, CampaignMember, Check, Claim, Lesson, Report

PK = OuterRef("pk")
HANGS = {
    "claims": Claim.objects.filter(comment=PK),
    "reports": Report.objects.filter(comment=PK),
    "checks": Check.objects.filter(comment=PK, answer="", void=""),
    "lessons": Lesson.objects.filter(comment=PK),
    "members": CampaignMember.objects.filter(comment=PK),
    "appeals": Appeal.objects.filter(comment=PK),
    "notices": Notice.objects.filter(comment=PK),
    "followers": Subscription.objects.filter(Q(comment=PK) | Q(comment=OuterRef("parent")), ended_at=None),
    "silent": AuthorMail.objects.filter(user=OuterRef("post__author")),
}


def hanging_on(ids: list[int]) -> dict[str, set[int]]:
    """By what it is, the comments on which some of it hangs.

    "lessons", "reports" and "notices" are any, whatever their state; "checks" are open; "followers" want mail about
    the comment or about answers to its parent; "silent" means that the author of its post wants no mail.
    """
    found: dict[str, set[int]] = {name: set() for name in HANGS}
    for pk, *there in _HANGING.values(ids):
        for name, hangs in zip(HANGS, there, strict=True):
            if hangs:
                found[name].add(pk)
    return found


_HANGING = Prepared(
    Comment,
    lambda ids: Comment.objects.filter(pk__in=ids).values_list(
        "pk", *(is_there(rows.order_by()) for rows in HANGS.values())
    ),
)
