import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client

NAME = "AAAAAAAAAAAAAAAAAAAAAA.webp"


def test_a_picture_cannot_act_as_a_page(db: None, reader: Client) -> None:
    default_storage.save(f"avatars/{NAME}", ContentFile(b"<script>alert(1)</script>"))
    answer = reader.get(f"/media/avatars/{NAME}")
    assert answer.status_code == 200
    assert b"".join(answer.streaming_content)
    assert answer["Content-Type"] == "image/webp"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Disposition"] == 'inline; filename="avatar.webp"'
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert "immutable" in answer["Cache-Control"]


@pytest.mark.parametrize(
    "name",
    ["", "x.webp", "../settings.py", "%2e%2e/x.webp", NAME.replace("webp", "svg"), "B" * 22 + ".webp", f"{NAME}/"],
)
def test_other_names_are_not_found(name: str, db: None, reader: Client) -> None:
    assert reader.get(f"/media/avatars/{name}").status_code == 404
