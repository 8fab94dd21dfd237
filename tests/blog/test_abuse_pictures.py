"""What an account uploads as its picture: refused in words, or drawn anew with nothing of it left, in bounded time."""

import struct
import time
import zlib
from io import BytesIO

import pytest
from django.core.files.storage import default_storage
from django.test import Client
from PIL import Image

from blog.models import User

pytestmark = pytest.mark.django_db
PAGE = "/admin/profile/"
CANARY = b"<script>alert('canary')</script>"
NAMES = ["../../x.png", "..\\..\\x.png", "/etc/passwd", "a.php.jpg", "x" * 250 + ".png", "é\u202egnp.exe", "a\x00b.png",
         "", ".htaccess", "con.png", "x.svg", "x.html", "{{ 7|add:35 }}.png", "a\r\nSet-Cookie: x=1.png"]  # fmt: skip


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width: int, height: int, data: bytes = b"", extra: bytes = b"") -> bytes:
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = chunk(b"IHDR", header) + extra + chunk(b"IDAT", data or zlib.compress(b"\x00" * 100)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


def small(kind: str = "PNG", **options: object) -> bytes:
    out = BytesIO()
    Image.new("RGB", (40, 30), "green").save(out, kind, **options)
    return out.getvalue()


def many_frames() -> bytes:
    out = BytesIO()
    frames = [Image.new("P", (2, 2), number % 256) for number in range(10_000)]
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:], duration=1)
    return out.getvalue()


def with_place() -> bytes:
    exif = Image.Exif()
    exif[0x010E] = "canary"
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[2] = (52.0, 31.0, 12.0)
    return small("JPEG", exif=exif, comment=CANARY)


REFUSED = {
    "a PNG of 50,000 by 50,000": lambda: png(50_000, 50_000),
    "a PNG that unpacks to 200 MB": lambda: png(8_000, 8_000, zlib.compress(b"\x00" * 200_000_000)),
    "a PNG of no size": lambda: png(0, 0),
    "a text chunk that unpacks to 50 MB": lambda: png(
        9, 9, extra=chunk(b"zTXt", b"a\x00\x00" + zlib.compress(b"x" * 50_000_000)) * 3
    ),
    "an SVG": lambda: b"<svg xmlns='http://www.w3.org/2000/svg'>" + CANARY + b"</svg>",
    "a page": lambda: b"<!doctype html>" + CANARY,
    "PostScript": lambda: b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\nshowpage",
    "a TIFF": lambda: small("TIFF"),
    "a BMP": lambda: small("BMP"),
    "an icon": lambda: small("ICO"),
    "half a JPEG": lambda: small("JPEG")[:300],
    "a JPEG of 65,500 by 65,500": lambda: small("JPEG").replace(b"\x00\x1e\x00\x28", b"\xff\xdc\xff\xdc", 1),
    "nothing": lambda: b"",
    "noise": lambda: bytes(range(256)) * 40,
}
DRAWN_ANEW = {
    "a GIF of 10,000 frames": many_frames,
    "a JPEG that says where it was taken": with_place,
    "a JPEG that is a page too": lambda: small("JPEG") + CANARY,
    "a GIF that is a script too": lambda: small("GIF") + b";/*" + CANARY,
    "a PNG with a page in it": lambda: png(9, 9, zlib.compress(b"\x00" * 252), chunk(b"tEXt", b"a\x00" + CANARY)),
    "a picture of one pixel by many": lambda: png(1, 9000, zlib.compress(b"\x00" * 36_000)),
}  # fmt: skip


def send(client: Client, content: bytes, name: str = "a.png", kind: str = "image/png"):
    """Send the form as bytes: Django's own client tidies the name of the file before it sends it."""
    typed = name.replace("\\", "\\\\").replace('"', '\\"')
    body = (
        '--edge\r\nContent-Disposition: form-data; name="display_name"\r\n\r\nMira\r\n'
        f'--edge\r\nContent-Disposition: form-data; name="new_picture"; filename="{typed}"\r\n'
        f"Content-Type: {kind}\r\n\r\n"
    ).encode() + content + b"\r\n--edge--\r\n"  # fmt: skip
    began = time.process_time()
    answer = client.generic("POST", PAGE, body, content_type="multipart/form-data; boundary=edge")
    assert time.process_time() - began < 5
    return answer


@pytest.mark.parametrize("what", REFUSED)
def test_what_cannot_be_a_picture_is_refused(what: str, as_author: Client, author: User) -> None:
    answer = send(as_author, REFUSED[what]())
    assert answer.status_code == 422
    assert "new_picture" in answer.context["form"].errors
    assert not User.objects.get(pk=author.pk).avatar


@pytest.mark.parametrize("what", DRAWN_ANEW)
def test_nothing_of_the_file_is_left(what: str, as_author: Client, author: User, reader: Client) -> None:
    assert send(as_author, DRAWN_ANEW[what]()).status_code == 302
    avatar = User.objects.get(pk=author.pk).avatar
    with default_storage.open(avatar.name) as file:
        stored = file.read()
    assert b"canary" not in stored
    assert len(stored) < 100_000
    with Image.open(BytesIO(stored)) as image:
        assert (image.format, image.size, image.n_frames, dict(image.getexif())) == ("WEBP", (256, 256), 1, {})
    answer = reader.get(avatar.url)
    assert b"".join(answer.streaming_content) == stored
    assert answer.headers["Content-Type"] == "image/webp"


@pytest.mark.parametrize("name", NAMES)
def test_the_name_of_the_file_means_nothing(name: str, as_author: Client, author: User) -> None:
    answer = send(as_author, small(), name, "text/html")
    assert answer.status_code in (302, 422)
    avatar = User.objects.get(pk=author.pk).avatar
    # A browser that was given no file sends one without a name.
    assert bool(avatar) == (answer.status_code == 302 and name != "")
    if avatar:
        folder, _, stored = avatar.name.partition("/")
        assert folder == "avatars"
        assert len(stored) == 27
        assert stored.endswith(".webp")


def test_a_picture_larger_than_the_limit_is_refused(as_author: Client, author: User) -> None:
    assert send(as_author, small() + b"x" * 4_000_001).status_code == 422
    assert not User.objects.get(pk=author.pk).avatar


def test_text_in_the_place_of_the_picture_is_none(as_author: Client, author: User) -> None:
    assert as_author.post(PAGE, {"display_name": "Mira", "new_picture": "../../etc/passwd"}).status_code == 302
    assert not User.objects.get(pk=author.pk).avatar
