"""Of two authors who edit at once the second is told by whom, and nothing of either is lost."""

import threading

import pytest
from django.db import connection

from blog.editing import EditConflict, publish, save_post
from blog.models import Post, User
from tests import cast


def test_the_second_is_told_who_saved_and_when(author: User, editor: User) -> None:
    mine = save_post(Post(author=author, title="T", source="first"), by=author, seen=None)
    theirs = Post.objects.get(pk=mine.pk)
    theirs.source = "theirs"
    save_post(theirs, by=editor, seen=1)
    mine.source = "mine"
    with pytest.raises(EditConflict) as told:
        save_post(mine, by=author, seen=1)
    assert (told.value.saved_by, told.value.version) == ("Editor", 2)
    assert told.value.saved_at == theirs.revisions.get(number=2).saved_at
    stored = Post.objects.get()
    assert (stored.source, stored.version, stored.revisions.count()) == ("theirs", 2, 2)


def test_saving_with_the_version_that_was_then_shown_is_a_choice(author: User) -> None:
    public = cast.post(author)
    save_post(Post.objects.get(), by=author, seen=1)
    public.source = "mine after all"
    save_post(public, by=author, seen=2)
    assert Post.objects.get().source == "mine after all"


def test_an_existing_post_is_never_saved_unseen(author: User) -> None:
    with pytest.raises(EditConflict):
        save_post(cast.post(author), by=author, seen=None)


def test_publishing_what_somebody_changed_is_a_conflict_too(author: User, editor: User) -> None:
    held = cast.draft(author)
    save_post(Post.objects.get(), by=editor, seen=1)
    with pytest.raises(EditConflict):
        publish(held, author)
    assert Post.objects.get().status == Post.Status.DRAFT


@pytest.mark.django_db(transaction=True)
def test_of_eight_who_save_at_the_same_moment_one_wins() -> None:
    author = cast.person("author", "Authors")
    made = save_post(Post(author=author, title="T", source="first"), by=author, seen=None)
    start, outcomes = threading.Barrier(8), []

    def save(number: int) -> None:
        try:
            held = Post.objects.get(pk=made.pk)
            held.source = f"writer {number}"
            start.wait(10)
            save_post(held, by=author, seen=1)
            outcomes.append(held.source)
        except EditConflict as conflict:
            outcomes.append(conflict)
        finally:
            connection.close()

    threads = [threading.Thread(target=save, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    winners = [outcome for outcome in outcomes if isinstance(outcome, str)]
    assert (len(outcomes), len(winners)) == (8, 1)
    stored = Post.objects.get()
    assert (stored.source, stored.version, stored.revisions.count()) == (winners[0], 2, 2)
