"""A bucket as Django's storage, which says in one way that it cannot be reached, and soon."""

from collections.abc import Iterator
from contextlib import contextmanager

from boto3.exceptions import Boto3Error
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.conf import settings
from django.core.files import File
from django.core.files.base import ContentFile
from django.utils.encoding import filepath_to_uri
from storages.backends.s3 import S3Storage
from storages.utils import clean_name

from config.media import StoreUnreachable

CONNECT_SECONDS, READ_SECONDS, TRIES = 2, 4, 1
NOT_THERE = ("NoSuchKey", "404")


class SteadyS3(S3Storage):
    """Pictures in a bucket that stays private: the site hands them out itself, under the same addresses as before.

    Its keys come from where boto3 looks for them: the environment or the machine's role. To open, save, delete and ask
    whether something exists raises StoreUnreachable where the store does not answer or refuses, and to open
    FileNotFoundError for what is not there. Pictures have names that cannot be guessed, so none is written over.
    """

    def __init__(self, **options: object) -> None:
        # A store of one's own has no host name for each bucket.
        style = "path" if options.get("endpoint_url") else "auto"
        client = Config(
            connect_timeout=CONNECT_SECONDS,
            read_timeout=READ_SECONDS,
            retries={"total_max_attempts": TRIES, "mode": "standard"},
            s3={"addressing_style": style},
            signature_version="s3v4",
            # Stores other than Amazon's do not all know the newer checksums.
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",
        )
        super().__init__(client_config=client, file_overwrite=True, default_acl=None, **options)

    def _open(self, name: str, mode: str = "rb") -> File:
        """The whole file, read now and not when half an answer has been sent."""
        with _told():
            try:
                answer = self.bucket.Object(self._normalize_name(clean_name(name))).get()
            except ClientError as error:
                if error.response["Error"]["Code"] in NOT_THERE:
                    raise FileNotFoundError(name) from error
                raise
            return ContentFile(answer["Body"].read(), name)

    def _save(self, name: str, content: File) -> str:
        with _told():
            return super()._save(name, content)

    def delete(self, name: str) -> None:
        with _told():
            super().delete(name)

    def exists(self, name: str) -> bool:
        with _told():
            return super().exists(name)

    def url(self, name: str, **ignored: object) -> str:
        """The site's own address, as for a picture in a folder: pages load nothing from elsewhere."""
        return f"{settings.MEDIA_URL}{filepath_to_uri(name)}"


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except (BotoCoreError, Boto3Error, ClientError) as error:
        raise StoreUnreachable(f"The store of pictures: {error}") from error
