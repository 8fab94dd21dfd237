"""System checks: the ways upward that settings name by dotted path must resolve before anything is served."""

from django.conf import settings
from django.core.checks import Error, register
from django.core.mail.message import sanitize_address
from django.utils.module_loading import import_string

from blog.models import Post


@register()
def upward_ways_resolve(app_configs, **kwargs) -> list[Error]:
    """COMMENT_SCREENER, COMMENT_DECIDER and COMMENT_GATE are dotted paths of callables."""
    errors = []
    for number, name in ((1, "COMMENT_SCREENER"), (2, "COMMENT_DECIDER"), (4, "COMMENT_GATE")):
        path = getattr(settings, name, "")
        try:
            found = import_string(path)
        except ImportError as error:
            errors.append(
                Error(
                    f"{name} = {path!r} does not resolve: {error}",
                    hint="New comments would only wait.",
                    id=f"comments.E00{number}",
                )
            )
        else:
            if not callable(found):
                errors.append(Error(f"{name} = {path!r} is not callable.", id=f"comments.E00{number}"))
    return errors


@register()
def moderation_mode_is_known(app_configs, **kwargs) -> list[Error]:
    """COMMENTS_MODERATION_MODE is one of the modes that a post can have."""
    known = [mode for mode in Post.Mode.values if mode]
    if settings.COMMENTS_MODERATION_MODE in known:
        return []
    return [
        Error(
            f"COMMENTS_MODERATION_MODE = {settings.COMMENTS_MODERATION_MODE!r} is not one of {', '.join(known)}.",
            id="comments.E003",
        )
    ]


@register()
def sender_is_an_address(app_configs, **kwargs) -> list[Error]:
    """MAIL_FROM is one address, as in "The Blog <noreply@blog.example>"."""
    try:
        sanitize_address(settings.DEFAULT_FROM_EMAIL, "utf-8")
    except (ValueError, UnicodeError) as error:
        return [Error(f"MAIL_FROM cannot be used: {error}", id="comments.E005")]
    return []


@register()
def letters_resolve(app_configs, **kwargs) -> list[Error]:
    """Every kind of notice has somebody who writes it."""
    errors = []
    for kind, path in settings.NOTICE_LETTERS.items():
        try:
            import_string(path)
        except ImportError as error:
            errors.append(Error(f"NOTICE_LETTERS[{kind!r}] = {path!r} does not resolve: {error}", id="comments.E004"))
    return errors
