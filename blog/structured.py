"""A post in the words of schema.org, for search engines and other machines."""

from django.conf import settings

from blog.models import Post
from blog.site import absolute


def post_data(post: Post) -> dict:
    """A BlogPosting with absolute addresses; the template tag that prints it adds the public comments."""
    address = absolute(post.get_absolute_url())
    data = {
        "@context": "https://schema.org",
        "@type": "BlogPosting",
        "@id": address,
        "url": address,
        "mainEntityOfPage": address,
        "headline": post.title,
        "description": post.lead,
        "author": {
            "@type": "Person",
            "name": str(post.author),
            "url": absolute(post.author.get_absolute_url()),
        },
        "publisher": {"@type": "Organization", "name": settings.SITE_NAME, "url": absolute("/")},
        "wordCount": len(post.text.split()),
        "isAccessibleForFree": True,
    }
    if post.published_at:
        data["datePublished"] = post.published_at.isoformat()
        data["dateModified"] = max(post.updated_at, post.published_at).isoformat()
    tags = [tag.name for tag in post.shown_tags]
    if tags:
        data["keywords"] = tags
    return data
