from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.utils import timezone

from blog.models import Post, User
from blog.search import PAGE_SIZE, forget_post, index_post, search
from tests import cast


def indexed() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM blog_search")
        return cursor.fetchone()[0]


def test_drafts_are_not_in_the_index_and_so_move_no_ranking(author: User) -> None:
    index_post(cast.draft(author, source="secret"))
    assert indexed() == 0


def test_indexing_again_replaces(post: Post) -> None:
    for words in ("first words", "second words"):
        post.source = words
        post.render()
        index_post(post)
    post.save()
    assert indexed() == 1
    assert search("first", timezone.now()).total == 0
    assert search("second", timezone.now()).total == 1


def test_a_deleted_post_leaves_the_index(post: Post) -> None:
    index_post(post)
    Post.objects.all().delete()
    assert indexed() == 0


def test_forgetting_what_is_not_there_is_no_error(db: None) -> None:
    forget_post(1)


def test_the_whole_index_is_made_anew(author: User, post: Post, capsys) -> None:
    cast.draft(author)
    call_command("reindex_search")
    assert "1 posts and pages" in capsys.readouterr().out
    assert indexed() == 1


def test_a_very_long_post_is_indexed(author: User) -> None:
    words = " ".join(f"w{number}" for number in range(200_000))
    made = cast.post(author)
    made.text = f"anchor {words}"
    made.save()
    index_post(made)
    assert search("anchor", timezone.now()).total == 1


def test_pages_of_results_cost_the_same(author: User, reader: Client, django_assert_max_num_queries) -> None:
    for _ in range(PAGE_SIZE + 3):
        index_post(cast.post(author, source="common"))
    for page, hits in ((1, PAGE_SIZE), (2, 3)):
        with django_assert_max_num_queries(6):
            said = reader.get(f"/search/?q=common&page={page}").content.decode()
        assert said.count('class="hit"') == hits
    assert "13 results" in said
