"""What a lesson is learned from: features of the text that was judged, extracted once and then kept.

Kept, because the fold must not depend on texts: they change hands, and the retention of spam destroys them.
"""

import logging
from collections.abc import Iterable
from dataclasses import replace

from django.db import transaction

from comments.models import Comment, Revision
from moderation import around, installed_filter
from moderation.classifier.features import VERSION, Features, UnreadableFeatures
from moderation.filters.context import NOWHERE, Context
from moderation.filters.evidence import STRANGER, UNHURRIED, Evidence
from moderation.filters.reading import TextReading
from moderation.gathering import as_sent
from moderation.models import Lesson, Review
from moderation.replay import NotReplayable, with_texts

log = logging.getLogger(__name__)
Text = tuple[int, int]  # a comment's number, and the number of a revision


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

    Texts that are gone are missing from the result. In 2 queries, and 2 more where something was not recorded.
    """
    recorded: dict[Text, Evidence] = {}
    reviews = list(with_texts(Review.objects.filter(comment__in={comment for comment, _ in texts}).order_by("pk")))
    for one in reviews:
        text = (one.review.comment_id, one.review.revision)
        if text in texts:
            try:
                recorded[text] = one.evidence
            except NotReplayable:
                continue
    complete = {text: known for text, known in recorded.items() if known.context != NOWHERE}
    if texts == set(complete):
        return complete
    screened = {one.review.comment_id for one in reviews}
    return complete | _from_rows(texts - set(complete), recorded, screened)


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


def _from_rows(texts: set[Text], recorded: dict[Text, Evidence], screened: set[int]) -> dict[Text, Evidence]:
    """Evidence with what can still be measured today: what a comment has to do with its post.

    Not its memory and what else arrived: the site knows its later comments by now, perhaps this one too. Nor the talk
    below the post: it moves with every decision, and a lesson must not depend on when the learner came to it.

    Args:
        recorded: of some of these texts what was recorded before anything around a comment was.
        screened: comments of which any screening was recorded, one that broke too.
    """
    rows = Comment.objects.filter(pk__in={comment for comment, _ in texts}).exclude(status=Comment.Status.ERASED)
    comments = {comment.pk: comment for comment in rows.select_related("post", "user")}
    found = {}
    for revision in Revision.objects.filter(comment__in=comments):
        text, comment = (revision.comment_id, revision.number), comments[revision.comment_id]
        if text in texts:
            known = recorded.get(text) or _plain(comment, revision.body, by_form=comment.pk in screened)
            found[text] = replace(known, context=_around(comment, known.body))
    return found


def _around(comment: Comment, body: str) -> Context:
    post = around.profile_of(comment.post)
    return Context(post_script=post.script, relevance=post.measure(TextReading("body", body)))


def _plain(comment: Comment, body: str, *, by_form: bool) -> Evidence:
    """What `gathering.gather` would know, without the sender's history, which was another one then.

    Args:
        by_form: whether the comment came by the form, and not by an import.
    """
    seconds = comment.seconds_on_form if by_form else (comment.seconds_on_form or UNHURRIED)
    return as_sent(comment, body, seconds_on_form=seconds, sender=STRANGER, alike=(), rules=())


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
