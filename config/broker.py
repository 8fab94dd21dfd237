"""Which broker carries background tasks: a table of the database, or one that BROKER_URL names."""

from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured


def broker_of(url: str) -> dict:
    """The part of Q_CLUSTER that names the broker. Raises ImproperlyConfigured for an address of no known kind."""
    scheme = urlsplit(url).scheme
    if not url:
        return {"orm": "default"}
    if scheme in ("redis", "rediss", "unix"):
        return {"redis": url}
    if scheme == "sqs":
        # The keys come from where boto3 looks for them: the environment or the machine's role.
        return {"sqs": {"aws_region": urlsplit(url).netloc}}
    raise ImproperlyConfigured(f"BROKER_URL begins with {scheme!r}; leave it out, or give redis://… or sqs://region.")
