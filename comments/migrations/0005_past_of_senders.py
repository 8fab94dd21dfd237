"""What a sender has sent is found in the order in which it came, and counted no further than it is asked for.

A sender's own index, and those by which PostgreSQL would search for how a secret begins, are of no use and cost each
comment that comes in.
"""

from django.db import migrations, models
from django.db.models import deletion

from blog.column_indexes import drop

NOTHING = migrations.RunPython.noop


def _judged(status: str) -> migrations.AddIndex:
    condition = models.Q(("reviewed_at__isnull", False), ("status", status))
    return migrations.AddIndex(
        "comment", models.Index(fields=["sender", "id"], condition=condition, name=f"comments_sender_{status}")
    )


class Migration(migrations.Migration):
    dependencies = [("comments", "0004_desk")]

    operations = [
        migrations.AddIndex("comment", models.Index(fields=["sender", "id"], name="comments_of_sender")),
        migrations.AddIndex(
            "comment", models.Index(fields=["sender", "status", "id"], name="comments_of_sender_by_status")
        ),
        migrations.RemoveIndex("comment", "comments_by_sender"),
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunPython(
                    drop("comments", "Comment", ["sender_id", "capability", "submission_key"]), NOTHING
                ),
                migrations.RunPython(drop("comments", "Sender", ["key"]), NOTHING),
            ],
            state_operations=[
                migrations.AlterField(
                    "comment",
                    "sender",
                    models.ForeignKey(
                        null=True,
                        blank=True,
                        db_index=False,
                        on_delete=deletion.SET_NULL,
                        related_name="comments",
                        to="comments.sender",
                    ),
                ),
            ],
        ),
        *map(_judged, ("published", "rejected", "spam")),
    ]
