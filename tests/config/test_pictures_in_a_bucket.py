"""Pictures of authors may lie in a bucket that machines share; where it is away, the rest of the site is there."""

import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from http.client import HTTPConnection
from threading import Thread
from urllib.parse import urlsplit

import boto3
import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import OperationalError, connection
from django.test import Client
from moto.server import ThreadedMotoServer
from pytest_django import Settings

from blog.models import Post, User
from config import s3_media
from config.media import StoreUnreachable, storage_of
from tests.blog.test_admin_profile import PAGE, picture

NAME = "A" * 22 + ".webp"


class Bucket:
    """A store that speaks S3, with one bucket in it."""

    def __init__(self) -> None:
        self._server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
        self._server.start()
        self.endpoint = "http://{}:{}".format(*self._server.get_host_and_port())
        place = urlsplit(self.endpoint)
        asking = HTTPConnection(place.hostname, place.port)
        asking.request("POST", "/moto-api/reset")  # its memory outlasts a server
        asking.getresponse()
        asking.close()
        self.client = boto3.client("s3", endpoint_url=self.endpoint, region_name="us-east-1")
        self.client.create_bucket(Bucket="pictures")

    def names(self) -> list[str]:
        return [each["Key"] for each in self.client.list_objects_v2(Bucket="pictures").get("Contents", [])]

    def end(self) -> None:
        self._server.stop()


@pytest.fixture
def bucket(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Bucket]:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "invented")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "invented too")
    found = Bucket()
    store = storage_of(f"s3://pictures/of/authors?region=us-east-1&endpoint={found.endpoint}")
    settings.STORAGES = {**settings.STORAGES, "default": store}
    yield found
    found.end()


@pytest.mark.django_db(transaction=True)
def test_a_picture_lies_in_the_bucket_and_is_handed_out_by_the_site(
    bucket: Bucket, as_author: Client, author: User, reader: Client
) -> None:
    as_author.post(PAGE, {"display_name": "Mira", "new_picture": picture()})
    stored = User.objects.get(pk=author.pk).avatar
    assert bucket.names() == [f"of/authors/{stored.name}"]
    assert stored.url == f"/media/{stored.name}"
    assert f'src="/media/{stored.name}"' in as_author.get(PAGE).content.decode()
    answer = reader.get(stored.url)
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/webp")
    assert answer["Content-Length"] == str(len(b"".join(answer.streaming_content)))
    assert "immutable" in answer["Cache-Control"]
    as_author.post(PAGE, {"display_name": "Mira", "no_picture": "on"})
    assert bucket.names() == []
    assert reader.get(stored.url).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_a_store_that_is_away_costs_its_pictures_and_nothing_else(
    bucket: Bucket, as_author: Client, author: User, post: Post, reader: Client
) -> None:
    bucket.end()
    reader.raise_request_exception = as_author.raise_request_exception = False
    asked = reader.get(f"/media/avatars/{NAME}")
    sent = as_author.post(PAGE, {"display_name": "Mira", "new_picture": picture()})
    for answer in (asked, sent):
        assert (answer.status_code, answer["Retry-After"], answer["Cache-Control"]) == (503, "30", "no-store")
    assert (User.objects.get(pk=author.pk).display_name, User.objects.get(pk=author.pk).avatar.name) == ("Author", "")
    assert reader.get(post.get_absolute_url()).status_code == 200


@pytest.mark.django_db(transaction=True)
def test_who_takes_a_picture_away_while_the_store_is_away_has_none_all_the_same(
    bucket: Bucket, as_author: Client, author: User
) -> None:
    as_author.post(PAGE, {"display_name": "Mira", "new_picture": picture()})
    bucket.end()
    assert as_author.post(PAGE, {"display_name": "Mira", "no_picture": "on"}).status_code == 302
    assert not User.objects.get(pk=author.pk).avatar


@pytest.mark.django_db
def test_a_bucket_that_is_none_is_told_from_a_picture_that_is_none(bucket: Bucket, reader: Client) -> None:
    assert reader.get(f"/media/avatars/{NAME}").status_code == 404
    bucket.client.delete_bucket(Bucket="pictures")
    with pytest.raises(StoreUnreachable, match="NoSuchBucket"):
        default_storage.save("a.webp", ContentFile(b"one"))


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("pictures", "s3://bucket/folder"),
        ("https://store.example/pictures", "s3://bucket/folder"),
        ("s3:///pictures", "s3://bucket/folder"),
        ("s3://key:secret@pictures", "AWS_SECRET_ACCESS_KEY"),
        ("https://key:secret@store.example/pictures", "AWS_SECRET_ACCESS_KEY"),
        ("s3://pictures?acl=public", "acl"),
    ],
)
def test_an_address_that_cannot_be_meant_is_refused_in_words(url: str, why: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=why) as refused:
        storage_of(url)
    assert "secret@" not in str(refused.value)


class Halting:
    """A store that takes a request, and answers with half of what it announces, or with nothing."""

    def __init__(self, answer: bytes) -> None:
        self._listening = socket.create_server(("127.0.0.1", 0))
        self._answer, self.endpoint = answer, f"http://127.0.0.1:{self._listening.getsockname()[1]}"
        self._held: list[socket.socket] = []
        Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        with suppress(OSError):
            while True:
                one, _ = self._listening.accept()
                self._held.append(one)
                one.recv(65536)
                one.sendall(self._answer)
                if self._answer:
                    one.close()

    def end(self) -> None:
        self._listening.close()
        for one in self._held:
            one.close()


HALF = b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\nContent-Type: image/webp\r\n\r\nhalf of it"


@pytest.fixture(params=[HALF, b""], ids=["half an answer", "no answer"])
def halting(request: pytest.FixtureRequest, bucket: Bucket, settings: Settings, monkeypatch) -> Iterator[Halting]:
    monkeypatch.setattr(s3_media, "READ_SECONDS", 0.5)
    found = Halting(request.param)
    store = storage_of(f"s3://pictures?region=us-east-1&endpoint={found.endpoint}")
    settings.STORAGES = {**settings.STORAGES, "default": store}
    yield found
    found.end()


@pytest.mark.django_db
def test_a_store_that_stops_in_the_middle_is_told_so(halting: Halting, reader: Client) -> None:
    reader.raise_request_exception = False
    assert reader.get(f"/media/avatars/{NAME}").status_code == 503


@pytest.mark.django_db(transaction=True)
def test_nobody_waits_for_a_store_that_is_slow(
    bucket: Bucket, as_author: Client, author: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, inside = s3_media.SteadyS3._save, []

    def saving(*given: object) -> str:
        inside.append(connection.in_atomic_block)
        return real(*given)

    monkeypatch.setattr(s3_media.SteadyS3, "_save", saving)
    assert as_author.post(PAGE, {"display_name": "Mira", "new_picture": picture()}).status_code == 302
    assert inside == [False]
    assert len(bucket.names()) == 1


@pytest.mark.django_db(transaction=True)
def test_a_picture_whose_account_is_not_saved_goes_again(
    bucket: Bucket, as_author: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaking(*given: object, **more: object) -> None:
        raise OperationalError("the database is in trouble")

    monkeypatch.setattr(User, "save", breaking)
    as_author.raise_request_exception = False
    assert as_author.post(PAGE, {"display_name": "Mira", "new_picture": picture()}).status_code == 503
    assert bucket.names() == []


def test_a_site_with_a_folder_loads_nothing_of_it() -> None:
    code = "import django, sys; django.setup(); print([name for name in sys.modules if name.startswith('boto')])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
