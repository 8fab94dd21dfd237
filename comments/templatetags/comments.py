"""How templates of any app show comments: `comment_thread`, `comment_count` and `post_jsonld`."""

import json
from urllib.parse import urlencode

from django import template
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe

from blog.kept import is_known
from blog.models import Post
from blog.site import absolute
from blog.structured import post_data
from comments import threads
from comments.lines import PLACE, lines, permalink_of
from comments.models import Comment
from comments.senders import sender_of
from comments.writing import LARGEST_ID, blank_form

register = template.Library()


@register.simple_tag(takes_context=True)
def comment_thread(context, post: Post, report: str = "") -> dict:
    """The page of the post's thread that the request asks for, with its form. A cursor that is none answers 404.

    `report` is the name of the address at which a comment is reported; without one, none is linked.
    """
    request, now = context["request"], timezone.now()
    query = request.GET
    around = query.get("c")
    if around is not None and not (around.isascii() and around.isdigit() and 0 < int(around[:30]) <= LARGEST_ID):
        raise Http404
    order = query.get("order", threads.OLDEST)
    sender = sender_of(request)
    try:
        page = threads.read_page(
            post,
            order=order,
            after=query.get("after", ""),
            before=query.get("before", ""),
            around=int(around) if around else None,
            sender=sender,
        )
    except threads.NoSuchPage as error:
        raise Http404 from error
    return {
        "page": page,
        "lines": lines(post, page, reverse(report, args=[PLACE]) if report else ""),
        "write": reverse("comments:submit", args=[post.pk]),
        "count": post.published_comments,
        "previous": _address(post, order, before=page.before) if page.before else "",
        "next": _address(post, order, after=page.after) if page.after else "",
        "oldest": _address(post, threads.OLDEST),
        "newest": _address(post, threads.NEWEST),
        "is_newest": order == threads.NEWEST,
        "open": post.takes_comments(now),
        # Who is known gets a page of their own, so its form can have a token of their own.
        "known": is_known(request),
        "form": blank_form(request, post, now) if post.takes_comments(now) else None,
    }


def _address(post: Post, order: str, **cursor: str) -> str:
    query = ({} if order == threads.OLDEST else {"order": order}) | cursor
    return post.get_absolute_url() + (f"?{urlencode(query)}" if query else "") + "#comments"


@register.simple_tag
def comment_count(post: Post) -> str:
    """The number of published comments in words: "No comments", "1 comment", "12 comments"."""
    number = post.published_comments
    return {0: "No comments", 1: "1 comment"}.get(number, f"{number:,} comments")


@register.simple_tag
def post_jsonld(post: Post, thread: dict) -> str:
    """The post and the public comments of this page as a schema.org script element, safe inside HTML."""
    data = post_data(post)
    data["commentCount"] = post.published_comments
    comments = [row.comment for row in thread["page"].rows if row.comment and row.comment.is_published]
    if comments:
        permalink = absolute(reverse("comments:permalink", args=[PLACE]))
        data["comment"] = [_comment_data(comment, permalink_of(permalink, comment.pk)) for comment in comments]
    text = json.dumps(data, ensure_ascii=False)
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return mark_safe(f'<script type="application/ld+json">{text}</script>')  # noqa: S308 - escaped above


def _comment_data(comment: Comment, address: str) -> dict:
    return {
        "@type": "Comment",
        "@id": address,
        "url": address,
        "dateCreated": comment.created_at.isoformat(),
        "author": {"@type": "Person", "name": comment.name},
        "text": comment.body,
    }
