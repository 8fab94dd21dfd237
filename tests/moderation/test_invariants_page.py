"""The public page follows the decisions exactly: its count, its texts, and the time at which it last changed."""

from tests.moderation.histories import Moment, Step


def public(moment: Moment, post: int) -> dict[int, tuple]:
    """What a stranger reads below a post."""
    return {
        key: (row["name"], row["html"], row["body"], row["edited_at"])
        for key, row in moment.comments.items()
        if row["post_id"] == post and row["status"] == "published"
    }


def test_the_posts_count_equals_a_recount(steps: list[Step]) -> None:
    for step in steps:
        for post, row in step.became.posts.items():
            assert row["published_comments"] == len(public(step.became, post))


def test_the_page_has_changed_exactly_when_its_content_has(steps: list[Step]) -> None:
    for step in steps:
        for post, row in step.became.posts.items():
            was = step.was.posts[post]
            changed = public(step.became, post) != public(step.was, post)
            assert row["page_changed_at"] == (step.now if changed else was["page_changed_at"])


def test_a_decision_writes_nothing_that_an_author_edits(steps: list[Step]) -> None:
    for step in steps:
        for post, row in step.became.posts.items():
            changed = {name for name, value in row.items() if value != step.was.posts[post][name]}
            assert changed <= {"published_comments", "page_changed_at"}


def test_an_edit_leaves_the_public_text_until_it_is_accepted(steps: list[Step]) -> None:
    for step in steps:
        stays_public = step.row_before["status"] == step.row["status"] == "published"
        if stays_public and step.what not in ("accept_edit", "undo"):
            assert (step.row["body"], step.row["html"]) == (step.row_before["body"], step.row_before["html"])


def test_the_text_shown_is_the_text_of_the_revision_that_stands(steps: list[Step]) -> None:
    for step in steps:
        row = step.row
        texts = {(text["comment_id"], text["number"]): text for text in step.became.revisions.values()}
        stands = texts[step.comment, row["revision"]]
        assert (row["body"], row["html"]) == (stands["body"], stands["html"])
