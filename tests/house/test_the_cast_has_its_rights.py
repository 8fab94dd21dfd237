"""The people of the cast may do what their groups may, and the stranger nothing."""

import pytest
from django.test import Client

from blog.models import User

RIGHTS = {
    "author": {"blog.change_post"},
    "editor": {"blog.change_post", "blog.edit_every_post", "moderation.decide"},
    "moderator": {"moderation.decide"},
    "stranger": set(),
}
ASKED = {right for rights in RIGHTS.values() for right in rights}


@pytest.mark.parametrize("name", RIGHTS)
def test_each_has_exactly_the_rights_of_the_part(name: str, request: pytest.FixtureRequest) -> None:
    user: User = request.getfixturevalue(name)
    assert {right for right in ASKED if user.has_perm(right)} == RIGHTS[name]
    assert user.is_staff == bool(RIGHTS[name])


def test_a_client_of_the_cast_is_logged_in(as_author: Client, author: User, reader: Client) -> None:
    assert as_author.session["_auth_user_id"] == str(author.pk)
    assert "_auth_user_id" not in reader.session
