"""The app's start: its system checks are registered."""

from django.apps import AppConfig


class ModerationConfig(AppConfig):
    name = "moderation"

    def ready(self) -> None:
        from moderation import setting_checks  # noqa: F401 - registers the checks
