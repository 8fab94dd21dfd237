"""System checks: what the filter cannot work without is found before anything is served, not by a queue that fills."""

from django.conf import settings
from django.core.checks import Error, register

from moderation import installed_filter
from moderation.classifier.prior import UnreadablePrior
from moderation.strictness import STRICTNESS


@register()
def strictness_is_known(app_configs, **kwargs) -> list[Error]:
    """FILTER_STRICTNESS is a word of the table."""
    if settings.FILTER_STRICTNESS in STRICTNESS:
        return []
    known = ", ".join(STRICTNESS)
    return [Error(f"FILTER_STRICTNESS = {settings.FILTER_STRICTNESS!r} is not one of {known}.", id="moderation.E001")]


@register()
def prior_is_readable(app_configs, **kwargs) -> list[Error]:
    """The file that ships with the product is there and of this version."""
    try:
        installed_filter.prior()
    except (OSError, UnreadablePrior) as error:
        hint = "Until then every comment waits for a person. Install the product anew, or make it with build_prior."
        return [Error(f"The filter's prior cannot be read: {error}", hint=hint, id="moderation.E002")]
    return []
