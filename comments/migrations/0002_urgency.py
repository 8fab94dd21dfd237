"""What waits is ordered by how much it needs a person, and reports are counted."""

from django.conf import settings
from django.db import migrations, models

import comments.models.comment


def rank_by_age(apps, schema_editor):
    """What waits already is as urgent as it is old."""
    Comment = apps.get_model("comments", "Comment")
    waiting = Comment.objects.filter(models.Q(status="pending") | models.Q(proposed_revision__isnull=False))
    rows = []
    for row in waiting.only("pk", "created_at").iterator(chunk_size=1000):
        row.urgency = comments.models.comment.by_age(row.created_at)
        rows.append(row)
        if len(rows) == 1000:
            Comment.objects.bulk_update(rows, ["urgency"])
            rows = []
    Comment.objects.bulk_update(rows, ["urgency"])


class Migration(migrations.Migration):
    dependencies = [
        ("blog", "0004_one_display_name"),
        ("comments", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="comment",
            name="open_reports",
            field=models.PositiveIntegerField(default=0, editable=False, help_text="Readers' complaints not decided."),
        ),
        migrations.AddField(
            model_name="comment",
            name="urgency",
            field=models.FloatField(
                default=comments.models.comment.by_age_now,
                editable=False,
                help_text="Binary logarithm; `by_age` says of what.",
            ),
        ),
        migrations.AddIndex(
            model_name="comment",
            index=models.Index(
                models.OrderBy(models.F("urgency"), descending=True),
                models.OrderBy(models.F("id"), descending=True),
                condition=models.Q(("status", "pending")),
                name="comments_urgent_pending",
            ),
        ),
        migrations.AddIndex(
            model_name="comment",
            index=models.Index(
                models.OrderBy(models.F("urgency"), descending=True),
                models.OrderBy(models.F("id"), descending=True),
                condition=models.Q(("proposed_revision__isnull", False)),
                name="comments_urgent_edit",
            ),
        ),
        migrations.AddIndex(
            model_name="comment",
            index=models.Index(
                models.OrderBy(models.F("urgency"), descending=True),
                models.OrderBy(models.F("id"), descending=True),
                condition=models.Q(("open_reports__gt", 0)),
                name="comments_urgent_reported",
            ),
        ),
        migrations.RunPython(rank_by_age, migrations.RunPython.noop),
    ]
