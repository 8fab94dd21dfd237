"""The comments of a page in the words of schema.org, for search engines and other machines."""

import json
from itertools import islice

from django.urls import reverse

from blog.shapes import mark
from blog.site import absolute
from comments.lines import PLACE, Line

MOST = 100  # a thread of a thousand on one page is told twice to nobody's use; `commentCount` has their number
MARKS = {name: mark(name) for name in ("stamp", "name", "text")}
quoted = json.JSONEncoder(ensure_ascii=False).encode


def comments_json(lines: list[Line]) -> str:
    """The public comments among the lines of a thread, at most MOST, as the items of a JSON list.

    One comment is written by `json` with marks, and the others are filled in.
    """
    pattern = _pattern()
    public = (line for line in lines if not line.tombstone and not line.own)
    return ",\n".join(
        [
            pattern
            % {
                "id": line.id,
                "stamp": line.stamp,
                "name": quoted(line.by),
                "text": quoted(line.said),
            }
            for line in islice(public, MOST)
        ]
    )


def _pattern() -> str:
    address = absolute(reverse("comments:permalink", args=[PLACE]))
    comment = {
        "@type": "Comment",
        "@id": address,
        "url": address,
        "dateCreated": MARKS["stamp"],
        "author": {"@type": "Person", "name": MARKS["name"]},
        "text": MARKS["text"],
    }
    text = quoted(comment).replace("%", "%%").replace(str(PLACE), "%(id)s").replace(MARKS["stamp"], "%(stamp)s")
    for name in ("name", "text"):
        text = text.replace(f'"{MARKS[name]}"', f"%({name})s")
    return text
