"""The admin pages of the blog: where authors write."""

from blog.admin import posts, tags, users

__all__ = ["posts", "tags", "users"]
