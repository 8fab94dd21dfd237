"""The admin pages of the blog: where authors write."""

from blog.admin import groups, posts, tags, users

__all__ = ["groups", "posts", "tags", "users"]
