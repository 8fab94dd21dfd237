"""What hangs on comments is looked up for each of them, also where thousands of reports are about five others."""

import pytest
from django.db import connection
from django.utils import timezone

from comments.models import Comment, Sender
from moderation.hanging import hanging_on
from moderation.models import Report
from tests.large.asked import statements_run, work
from tests.large.site import Site

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
CHUNK = 200
MOST = {"sqlite": 400, "postgresql": 2_000}


def test_reports_about_others_are_not_read(large: Site, vendor: str) -> None:
    senders = Sender.objects.bulk_create([Sender() for _ in range(1_000)])
    given = {"revision": 1, "reason": "spam", "weight": 1.0, "state": "dismissed", "decided_at": timezone.now()}
    reported = Comment.objects.filter(status="published").order_by("pk")[:5]
    Report.objects.bulk_create([Report(comment=one, sender=each, **given) for one in reported for each in senders])
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE moderation_report")
    ids = list(Comment.objects.filter(status="pending").order_by("pk").values_list("pk", flat=True)[:CHUNK])
    (asked,) = statements_run(lambda: hanging_on(ids))
    assert work(asked) <= MOST[vendor]
