"""Atom feeds of what readers said: the whole site's, and one post's. Public comments only."""

from datetime import datetime

from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils import timezone

from blog.feeds import SiteFeed
from blog.kept import Keeping
from blog.models import Post
from blog.prepared import Prepared
from blog.site import absolute
from blog.versions import NOW, Version, post_version, site_version
from comments.models import Comment

LENGTH = 50


def talk_version(now: datetime, query: dict[str, str]) -> Version | None:
    """The version of the site's feed of comments: which they are, and the changes that each has seen."""
    site = site_version(now, query)
    return site and Version((*site.parts, tuple(_NEWEST.rows(now=now))))


class CommentsFeed(SiteFeed):
    """The newest published comments of the site."""

    title = "Comments"
    subtitle = "What readers say"
    keeping = Keeping(talk_version)
    description_template = None

    def link(self) -> str:
        return absolute("/")

    def feed_url(self) -> str:
        return absolute(reverse("comments:feed"))

    def items(self):
        return _newest(Comment.objects.published())

    def item_title(self, comment: Comment) -> str:
        return f"{comment.name} on “{comment.post.title}”"

    def item_description(self, comment: Comment) -> str:
        return comment.html

    def item_link(self, comment: Comment) -> str:
        return absolute(comment.get_absolute_url())

    def item_guid(self, comment: Comment) -> str:
        return self.item_link(comment)

    def item_author_name(self, comment: Comment) -> str:
        return comment.name

    def item_pubdate(self, comment: Comment):
        return comment.published_at

    def item_updateddate(self, comment: Comment):
        return max(comment.published_at, comment.edited_at or comment.published_at)


class PostCommentsFeed(CommentsFeed):
    """The newest published comments of one post; a hidden post has none, as an absent one."""

    keeping = Keeping(post_version)

    def get_object(self, request: HttpRequest, year: str, month: str, slug: str) -> Post:
        post = Post.objects.published(timezone.now()).posts().filter(slug=slug, month=f"{year}-{month}-01").first()
        if post is None:
            raise Http404
        return post

    def title(self, post: Post) -> str:
        return f"Comments on “{post.title}”"

    def link(self, post: Post) -> str:
        return absolute(post.get_absolute_url())

    def feed_url(self, post: Post) -> str:
        return absolute(reverse("comments:post_feed", args=[*post.address, post.slug]))

    def items(self, post: Post) -> list[Comment]:
        # A range of one: see moderation/around.py. The post is known to be public, and one that is asked for beside its
        # comments may be looked for among all of them.
        below = Comment.objects.filter(post__gte=post.pk, post__lte=post.pk, status=Comment.Status.PUBLISHED)
        found = list(below.order_by("post", "-published_at", "-pk")[:LENGTH])
        for comment in found:
            comment.post = post
        return found


def _newest(comments: QuerySet[Comment]) -> QuerySet[Comment]:
    return comments.select_related("post").order_by("-published_at", "-pk")[:LENGTH]


_NEWEST = Prepared(Comment, lambda now: _newest(Comment.objects.published(now)).values_list("pk", "version"), now=NOW)
