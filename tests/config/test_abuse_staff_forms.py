"""Every form of the admin and the desk, filled in properly but for one field: kept or refused, never broken."""

from html.parser import HTMLParser
from urllib.parse import urlencode

import pytest
from django.db import transaction
from django.test import Client

from tests import cast
from tests.staff_world import World

ODD = ["", "9" * 19, "9" * 5000, "²", "9999-12-31T23:59", "ß" * 300, "a, " * 300, "a\x00b", "\ud800"]


class Forms(HTMLParser):
    """The forms of a page: where each goes and what a browser would send."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.forms: list[tuple[str, str, dict[str, list[str]]]] = []
        self._select, self._area = "", ""
        self.feed(page)

    def handle_starttag(self, tag: str, attributes: list) -> None:
        given = dict(attributes)
        name = given.get("name") or ""
        if tag == "form":
            self.forms.append((given.get("method") or "get", given.get("action") or "", {}))
        if not self.forms:
            return
        fields = self.forms[-1][2]
        if tag == "select":
            self._select = name
            fields.setdefault(name, [])
        elif tag == "option" and self._select and (not fields[self._select] or "selected" in given):
            fields[self._select] = [given.get("value") or ""]
        elif tag == "textarea":
            self._area = name
            fields[name] = [""]
        elif name and tag in ("input", "button"):
            fields.setdefault(name, []).append(given.get("value") or "on")

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self._select = ""
        if tag == "textarea":
            self._area = ""

    def handle_data(self, data: str) -> None:
        if self._area:
            self.forms[-1][2][self._area][0] += data


PAGES = {
    "editor": [
        "/admin/blog/post/add/", "/admin/blog/post/{post}/change/", "/admin/blog/post/", "/admin/blog/tag/add/",
        "/admin/blog/tag/{tag}/change/", "/admin/blog/tag/", "/admin/profile/", "/admin/password_change/",
        "/admin/blog/post/{post}/history/", "/admin/blog/post/{post}/history/1/restore/",
        "/moderation/comments/{comment}/erase/", "/admin/second-factor/",
    ],
    "moderator": [
        "/moderation/", "/moderation/?tab=all", "/moderation/comments/{comment}/", "/moderation/log/",
        "/moderation/rules/", "/moderation/rules/new/", "/moderation/rules/{rule}/", "/moderation/reports/",
        "/moderation/mail/", "/moderation/batches/all/",
        "/admin/comments/comment/",
    ],
    "chief": [
        "/admin/blog/user/add/", "/admin/blog/user/{author}/change/", "/admin/blog/user/", "/admin/auth/group/add/",
        "/admin/auth/group/{group}/change/", "/admin/blog/user/{author}/password/",
    ],
}  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize(("who", "page"), [(who, page) for who, pages in PAGES.items() for page in pages])
def test_one_odd_field_breaks_no_form(who: str, page: str) -> None:
    world = World()
    client = cast.logged_in(getattr(world, who))
    address = page.format(**world.numbers)
    answer = client.get(address)
    assert answer.status_code == 200
    forms = {(form[0], *form[2]): form for form in Forms(answer.content.decode()).forms if "logout" not in form[1]}
    assert forms
    for method, action, fields in forms.values():
        for name in fields:
            for odd in ODD:
                _send(client, method, action or address, {**fields, name: [odd, *fields[name][1:]]})
        _send(client, method, action or address, {name: [*values, *values] for name, values in fields.items()})
        _send(client, method, action or address, {})


def _send(client: Client, method: str, address: str, fields: dict[str, list[str]]) -> None:
    sent = {
        name.encode(): [value.encode("utf-8", "surrogatepass") for value in values] for name, values in fields.items()
    }
    content = urlencode(sent, doseq=True)
    with transaction.atomic():
        if method == "get":
            answer = client.get(f"{address.partition('?')[0]}?{content}")
        else:
            answer = client.post(address, content, content_type="application/x-www-form-urlencoded")
        assert answer.status_code < 500
        transaction.set_rollback(True)
