"""Where pictures of authors lie: in a folder of this machine, or in a bucket that all machines share."""

from urllib.parse import parse_qsl, urlsplit

from django.core.exceptions import ImproperlyConfigured

#: What may stand behind the question mark.
_MAY_SAY = {"region", "endpoint"}


class StoreUnreachable(OSError):
    """The bucket did not answer, or not as it should. Nothing was stored; it can be tried again."""


def storage_of(url: str) -> dict:
    """The entry "default" of the setting STORAGES. Raises ImproperlyConfigured for an address of no known kind.

    Args:
        url: `s3://bucket/folder?region=…&endpoint=https://…`, all behind the bucket's name optional; or nothing, for
            the folder that MEDIA_ROOT names. An endpoint is that of a store which speaks S3 and is not Amazon's.
    """
    if not url:
        return {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    parts = urlsplit(url)
    said = dict(parse_qsl(parts.query))
    if "@" in parts.netloc:
        raise ImproperlyConfigured("MEDIA_STORE takes no keys; set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.")
    if parts.scheme != "s3" or not parts.netloc:
        raise ImproperlyConfigured(
            f"MEDIA_STORE begins with {parts.scheme!r}; leave it out, or give s3://bucket/folder."
        )
    if unknown := sorted(said.keys() - _MAY_SAY):
        raise ImproperlyConfigured(f"MEDIA_STORE says {', '.join(unknown)}; it may say region and endpoint.")
    return {
        "BACKEND": "config.s3_media.SteadyS3",
        "OPTIONS": {
            "bucket_name": parts.netloc,
            "location": parts.path.strip("/"),
            "region_name": said.get("region") or None,
            "endpoint_url": said.get("endpoint") or None,
        },
    }
