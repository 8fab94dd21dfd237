"""Staff set up their own second factor and remove it with a code; where it is required, nothing opens before it."""

import re

import pytest
from django.test import Client
from django_otp.oath import totp
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice
from pytest_django import Settings

from blog.models import User
from tests import cast

HOME = "/admin/second-factor/"


def code_of(device: TOTPDevice) -> str:
    return f"{totp(device.bin_key):06d}"


def enrol(client: Client) -> list[str]:
    client.post(HOME + "start/")
    device = TOTPDevice.objects.get(confirmed=False)
    return client.post(HOME + "confirm/", {"code": code_of(device)}).context["codes"]


def unslowed() -> None:
    """Forget the code that was just used and any wait after wrong ones."""
    TOTPDevice.objects.update(last_t=-1, throttling_failure_count=0, throttling_failure_timestamp=None)


def test_the_secret_is_shown_as_picture_and_text_without_inline_style(as_author: Client) -> None:
    as_author.post(HOME + "start/")
    page = as_author.get(HOME)
    svg = re.search(r"<svg.*?</svg>", page.text, re.DOTALL)[0]
    assert "style" not in svg
    assert page.context["secret"] in page.text
    assert "no-store" in page["Cache-Control"]


def test_looking_at_the_page_sets_up_nothing(as_author: Client) -> None:
    as_author.get(HOME)
    assert not TOTPDevice.objects.exists()
    for path in ("start/", "confirm/", "codes/", "remove/"):
        assert as_author.get(HOME + path).status_code == 405


def test_a_device_counts_only_after_its_first_code(as_author: Client, author: User) -> None:
    as_author.post(HOME + "start/")
    assert as_author.post(HOME + "confirm/", {"code": "000000"}).status_code == 422
    assert not TOTPDevice.objects.filter(confirmed=True).exists()
    unslowed()
    assert as_author.post(HOME + "confirm/", {"code": code_of(TOTPDevice.objects.get())}).status_code == 200
    assert as_author.get("/admin/").status_code == 200


def test_ten_recovery_codes_are_shown_once(as_author: Client) -> None:
    codes = enrol(as_author)
    assert len(set(codes)) == 10
    page = as_author.get(HOME).text
    assert not any(code in page for code in codes)
    assert "10 recovery codes left" in page


def test_setting_up_shuts_out_the_other_sessions(as_author: Client, author: User) -> None:
    other = cast.logged_in(author)
    enrol(as_author)
    assert other.get("/admin/").status_code == 302
    for path in ("", "start/", "confirm/", "codes/", "remove/"):
        assert other.post(HOME + path, {"code": "000000"}).status_code == 302
    assert TOTPDevice.objects.filter(confirmed=True).count() == 1


def test_a_second_set_up_does_not_replace_the_first(as_author: Client) -> None:
    enrol(as_author)
    key = TOTPDevice.objects.get().key
    as_author.post(HOME + "start/")
    assert TOTPDevice.objects.get().key == key


def test_removing_takes_a_code(as_author: Client) -> None:
    enrol(as_author)
    unslowed()
    assert as_author.post(HOME + "remove/", {"code": "000000"}).status_code == 422
    assert TOTPDevice.objects.exists()
    unslowed()
    as_author.post(HOME + "remove/", {"code": code_of(TOTPDevice.objects.get())})
    assert not TOTPDevice.objects.exists()
    assert not StaticToken.objects.exists()


def test_new_recovery_codes_replace_the_old(as_author: Client) -> None:
    old = enrol(as_author)
    new = as_author.post(HOME + "codes/", {"code": old[0]}).context["codes"]
    assert len(new) == 10
    assert not set(old) & set(StaticToken.objects.values_list("token", flat=True))


def test_a_superuser_frees_who_lost_the_device(as_author: Client, author: User, admin_client: Client) -> None:
    enrol(as_author)
    data = {"action": "forget_second_factor", "_selected_action": [str(author.pk)]}
    admin_client.post("/admin/blog/user/", data)
    assert not TOTPDevice.objects.exists()


@pytest.mark.parametrize("path", ["/admin/", "/admin/blog/post/", "/admin/profile/", "/admin/password_change/"])
def test_where_it_is_required_there_is_no_way_past_the_set_up(as_author: Client, settings: Settings, path: str) -> None:
    settings.STAFF_SECOND_FACTOR_REQUIRED = True
    assert as_author.get(path, follow=True).redirect_chain[-1][0] == HOME
    enrol(as_author)
    assert as_author.get(path).status_code == 200


def test_where_it_is_required_one_can_still_leave(as_author: Client, settings: Settings) -> None:
    settings.STAFF_SECOND_FACTOR_REQUIRED = True
    assert as_author.post("/admin/logout/").status_code == 200
    assert "_auth_user_id" not in as_author.session


@pytest.mark.parametrize("who", ["reader", "as_stranger"])
def test_others_have_no_such_page(who: str, request: pytest.FixtureRequest) -> None:
    client: Client = request.getfixturevalue(who)
    for path in ("", "start/", "confirm/", "codes/", "remove/"):
        answer = client.post(HOME + path) if path else client.get(HOME)
        assert answer["Location"].startswith("/admin/login/")
    assert not TOTPDevice.objects.exists()


def test_the_account_of_a_recovery_code_is_its_owners_alone(as_author: Client, as_editor: Client) -> None:
    codes = enrol(as_author)
    as_editor.post(HOME + "start/")
    device = TOTPDevice.objects.get(confirmed=False)
    as_editor.post(HOME + "confirm/", {"code": code_of(device)})
    assert as_editor.post(HOME + "remove/", {"code": codes[1]}).status_code == 422
    assert TOTPDevice.objects.filter(confirmed=True).count() == 2
