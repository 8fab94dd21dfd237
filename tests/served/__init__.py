"""The site as a process of its own, with a view beside it that says hello."""
