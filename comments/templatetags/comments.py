"""How templates of any app show comments: `comment_thread`, `comment_count` and `post_jsonld`."""

import json
from urllib.parse import urlencode

from django import template
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe

from blog.models import Post
from blog.pieces import later
from blog.structured import post_data
from comments import threads
from comments.empty_form import empty_form
from comments.lines import PLACE, lines
from comments.models.comment import LARGEST_ID
from comments.rows import rows
from comments.senders import sender_of
from comments.structured import comments_json

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
    report_address = reverse(report, args=[PLACE]) if report else ""
    write, is_open = reverse("comments:submit", args=[post.pk]), post.takes_comments(now)
    found = lines(post, page)
    return {
        "lines": found,
        "rows": later(context, rows(found, is_open=is_open, write=write, report=report_address)),
        "count": post.published_comments,
        "previous": _address(post, order, before=page.before) if page.before else "",
        "next": _address(post, order, after=page.after) if page.after else "",
        "oldest": _address(post, threads.OLDEST),
        "newest": _address(post, threads.NEWEST),
        "is_newest": order == threads.NEWEST,
        "open": is_open,
        "form": empty_form(request, post, now) if is_open else "",
    }


def _address(post: Post, order: str, **cursor: str) -> str:
    query = ({} if order == threads.OLDEST else {"order": order}) | cursor
    return post.get_absolute_url() + (f"?{urlencode(query)}" if query else "") + "#comments"


@register.simple_tag(takes_context=True)
def post_jsonld(context, post: Post, thread: dict) -> str:
    """The post and the public comments of this page as a schema.org script element, safe inside HTML."""
    data = post_data(post)
    data["commentCount"] = post.published_comments
    text = json.dumps(data, ensure_ascii=False)
    if comments := comments_json(thread["lines"]):
        text = f'{text[:-1]}, "comment": [{comments}]}}'
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return later(context, mark_safe(f'<script type="application/ld+json">{text}</script>'))  # noqa: S308 - escaped above
