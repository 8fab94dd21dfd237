"""What a lesson is learned from: features of the text that was judged, extracted once and then kept.

Kept, because the fold must not depend on texts: they change hands, and the retention of spam destroys them.
"""

import logging
from collections.abc import Iterable

from django.db import transaction

from comments.models import Comment, Revision
from moderation import installed_filter
from moderation.classifier.features import VERSION, Features, UnreadableFeatures
from moderation.filters.evidence import Evidence, SenderFacts
from moderation.models import Lesson, Review
from moderation.replay import NotReplayable, with_texts

log = logging.getLogger(__name__)
Text = tuple[int, int]  # a comment's number, and the number of a revision
NOT_ASKED = SenderFacts(known=False, published=0, refused=0, spam=0, pending=0)


class LessonsHeld(Exception):
    """A decision holds a lesson until its transaction ends; what was to be done with it can be tried again."""


def equip(lessons: Iterable[Lesson]) -> dict[int, Features]:
    """The features of these lessons by their numbers; those that have none of this version get them now.

    A lesson without is one whose text is gone, or that this version cannot see: it is left out. What was found is
    stored, but for lessons that were forgotten meanwhile. In 6 statements, and one for each lesson that is new.
    Raises LessonsHeld.
    """
    found, missing = {}, []
    for lesson in lessons:
        try:
            if lesson.features_version == VERSION and lesson.features is not None:
                found[lesson.pk] = Features.unpack(bytes(lesson.features))
            elif lesson.features_version != VERSION and lesson.comment_id is not None:
                missing.append(lesson)
        except UnreadableFeatures:
            log.exception("The features of lesson %s are damaged; they are taken from its text again.", lesson.pk)
            if lesson.comment_id is not None:
                missing.append(lesson)
    if missing:
        made = _extracted(missing)
        found |= {number: features for number, features in made.items() if features is not None}
        for number in _store({number: features and features.pack() for number, features in made.items()}):
            found.pop(number, None)
    return found


def evidence_of(texts: set[Text]) -> dict[Text, Evidence]:
    """What was known of these texts when they were screened; what their rows say where that was not recorded.

    Texts that are gone are missing from the result.
    """
    recorded: dict[Text, Evidence] = {}
    reviews = Review.objects.filter(comment__in={comment for comment, _ in texts}).order_by("pk")
    for one in with_texts(reviews):
        text = (one.review.comment_id, one.review.revision)
        if text in texts:
            try:
                recorded[text] = one.evidence
            except NotReplayable:
                continue
    return _from_rows(texts - set(recorded)) | recorded


def _extracted(lessons: list[Lesson]) -> dict[int, Features | None]:
    """By number, also None for what cannot be seen; nothing for a lesson whose text is gone."""
    evidence = evidence_of({(lesson.comment_id, lesson.revision) for lesson in lessons})
    made: dict[int, Features | None] = {}
    for lesson in lessons:
        known = evidence.get((lesson.comment_id, lesson.revision))
        if known is None:
            continue
        try:
            made[lesson.pk] = installed_filter.extract(known, lesson.comment_id)
        except Exception:  # one text that breaks the extraction must not end all learning
            log.exception("Lesson %s is left out: its text cannot be turned into features.", lesson.pk)
            made[lesson.pk] = None
    return made


def _from_rows(texts: set[Text]) -> dict[Text, Evidence]:
    if not texts:
        return {}
    rows = Comment.objects.filter(pk__in={comment for comment, _ in texts}).exclude(status=Comment.Status.ERASED)
    comments = {comment.pk: comment for comment in rows.select_related("post", "user")}
    found = {}
    for revision in Revision.objects.filter(comment__in=comments):
        text = (revision.comment_id, revision.number)
        if text in texts:
            found[text] = _plain(comments[revision.comment_id], revision.body)
    return found


def _plain(comment: Comment, body: str) -> Evidence:
    """What `screening.gather` would know, without the sender's history, which was another one then."""
    return Evidence(
        name=comment.name,
        email=comment.email,
        website=comment.website,
        body=body,
        post_title=comment.post.title,
        seconds_on_form=comment.seconds_on_form,
        honeypot=comment.honeypot,
        is_reply=comment.parent_id is not None,
        staff=bool(comment.user and comment.user.is_staff and comment.user.is_active),
        sender=NOT_ASKED,
        alike=(),
        rules=(),
    )


def _store(packed: dict[int, bytes | None]) -> list[int]:
    """Keep features, and return the lessons that were forgotten meanwhile, which must not get any.

    Waits for none that a decision holds, since it would hold others meanwhile; raises LessonsHeld then.
    """
    with transaction.atomic():
        kept = Lesson.objects.filter(pk__in=packed, forgotten=False)
        stored = set(kept.select_for_update(skip_locked=True).values_list("pk", flat=True))
        for number in stored:
            Lesson.objects.filter(pk=number).update(features=packed[number], features_version=VERSION)
    left = [number for number in packed if number not in stored]
    if left and kept.filter(pk__in=left).exists():
        raise LessonsHeld
    return left
