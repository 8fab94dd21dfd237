"""A comment that comes in is written to no index that nothing is found by."""

import pytest
from django.db import connection
from django.db.models import Model

from comments.models import Comment, Sender
from moderation.models import Fingerprint

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("model", [Comment, Sender, Fingerprint])
def test_each_index_is_the_models_own_or_leads_to_what_a_row_points_to(model: type[Model]) -> None:
    with connection.cursor() as cursor:
        found = connection.introspection.get_constraints(cursor, model._meta.db_table)
    plain = {name: one["columns"] for name, one in found.items() if one["index"] and not one["unique"]}
    pointing = [[field.column] for field in model._meta.concrete_fields if field.db_index]
    own = {index.name for index in model._meta.indexes}
    assert {name for name, columns in plain.items() if name in own or columns not in pointing} == own
