"""Batches are stored, so that they can be stopped, gone on with and taken back whatever their size.

The decisions of earlier batches get a row too. And the words beside decisions are guarded by triggers like the
decisions: they may only ever be emptied, once.
"""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models
from django.db.models import Count, Max, Min

from moderation import append_only


def guard_words(apps, schema_editor):
    append_only.install(schema_editor.connection)


def store_earlier(apps, schema_editor):
    """Give the batches that were only a key in their decisions a row, finished, with what it takes back."""
    Decision, Batch = apps.get_model("moderation", "Decision"), apps.get_model("moderation", "Batch")
    found = Decision.objects.exclude(batch=None).values("batch")
    taken = set()
    for row in found.annotate(first=Min("pk"), last=Max("pk"), n=Count("pk")).order_by("first").iterator():
        first = Decision.objects.select_related("reverses").get(pk=row["first"])
        reverses = first.reverses.batch if first.reverses else None
        if reverses in taken:
            reverses = None
        taken.add(reverses)
        Batch.objects.create(
            id=row["batch"], action=first.action, reason=first.reason, actor_id=_there(apps, first.actor_id),
            actor_name=first.actor_name, reverses_id=reverses, until=row["last"], cursor=row["last"], since=row["first"],
            total=row["n"], done=row["n"], state="finished", created_at=first.created_at, finished_at=first.created_at,
        )  # fmt: skip


def _there(apps, user_id):
    """The account, unless it was deleted since."""
    return apps.get_model("blog", "User").objects.filter(pk=user_id).values_list("pk", flat=True).first()


class Migration(migrations.Migration):
    dependencies = [
        ("comments", "0002_urgency"),
        ("moderation", "0006_words_apart"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Batch",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "action",
                    models.CharField(
                        choices=[
                            ("approve", "Approved"),
                            ("reject", "Rejected"),
                            ("spam", "Marked as spam"),
                            ("not_spam", "Marked as no spam"),
                            ("hold", "Held"),
                            ("edit", "Edited"),
                            ("accept_edit", "Edit accepted"),
                            ("refuse_edit", "Edit refused"),
                            ("withdraw", "Withdrawn"),
                            ("erase", "Erased"),
                            ("undo", "Undone"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("spam", "Spam"),
                            ("advertising", "Advertising"),
                            ("off_topic", "Off the topic"),
                            ("harassment", "Harassment"),
                            ("hate", "Hate"),
                            ("threat", "Threat"),
                            ("sexual", "Sexual content"),
                            ("personal_data", "Personal data of somebody"),
                            ("impersonation", "Impersonation"),
                            ("misinformation", "Misinformation"),
                            ("illegal", "Illegal content"),
                            ("duplicate", "Said already"),
                            ("low_effort", "Adds nothing"),
                            ("other", "Another reason (say which)"),
                        ],
                        max_length=16,
                    ),
                ),
                ("note", models.TextField(blank=True, max_length=1000)),
                ("message", models.TextField(blank=True, max_length=1000)),
                ("actor_name", models.CharField(max_length=80)),
                (
                    "chosen",
                    models.JSONField(help_text="The filter of the queue; null for ticked rows and an undo.", null=True),
                ),
                (
                    "until",
                    models.BigIntegerField(
                        default=0, help_text="Highest number of a comment then; of a decision for an undo."
                    ),
                ),
                ("since", models.BigIntegerField(default=0, help_text="Number of the latest decision then.")),
                (
                    "cursor",
                    models.BigIntegerField(default=0, help_text="Everything up to this number has been dealt with."),
                ),
                ("total", models.PositiveIntegerField(default=0, help_text="How many there were to do.")),
                (
                    "at_least",
                    models.BooleanField(default=False, help_text="The total was counted no further than its limit."),
                ),
                ("done", models.PositiveIntegerField(default=0)),
                ("refused", models.PositiveIntegerField(default=0)),
                (
                    "state",
                    models.CharField(
                        choices=[("running", "Running"), ("stopped", "Stopped"), ("finished", "Finished")],
                        default="running",
                        max_length=8,
                    ),
                ),
                ("why", models.CharField(blank=True, help_text="Why it stopped by itself.", max_length=200)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("finished_at", models.DateTimeField(null=True)),
            ],
            options={
                "verbose_name_plural": "batches",
            },
        ),
        migrations.CreateModel(
            name="BatchItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "seen",
                    models.PositiveIntegerField(
                        help_text="The version that the page showed, of a ticked row.", null=True
                    ),
                ),
                ("why", models.CharField(blank=True, help_text="Why the comment was left as it is.", max_length=200)),
            ],
        ),
        migrations.RemoveIndex(
            model_name="decision",
            name="moderation_decision_batch",
        ),
        migrations.AddIndex(
            model_name="decision",
            index=models.Index(
                condition=models.Q(("batch__isnull", False)),
                fields=["batch", "id"],
                name="moderation_decision_in_batch",
            ),
        ),
        migrations.AddField(
            model_name="batch",
            name="actor",
            field=models.ForeignKey(
                help_text="Who ordered it.",
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="batch",
            name="reverses",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="reversed_by",
                to="moderation.batch",
            ),
        ),
        migrations.AddField(
            model_name="batchitem",
            name="batch",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="items", to="moderation.batch"
            ),
        ),
        migrations.AddField(
            model_name="batchitem",
            name="comment",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="comments.comment"
            ),
        ),
        migrations.AddIndex(
            model_name="batch",
            index=models.Index(fields=["-created_at"], name="moderation_batch_newest"),
        ),
        migrations.AddIndex(
            model_name="batch",
            index=models.Index(
                condition=models.Q(("state", "running")), fields=["created_at"], name="moderation_batch_running"
            ),
        ),
        migrations.AddIndex(
            model_name="batchitem",
            index=models.Index(
                condition=models.Q(("why", ""), _negated=True),
                fields=["batch", "id"],
                name="moderation_batch_refused",
            ),
        ),
        migrations.AddConstraint(
            model_name="batchitem",
            constraint=models.UniqueConstraint(fields=("batch", "comment"), name="moderation_batch_item_once"),
        ),
        migrations.RunPython(store_earlier, migrations.RunPython.noop),
        migrations.RunPython(guard_words, migrations.RunPython.noop),
    ]
