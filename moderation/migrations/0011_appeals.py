"""Appeals: the author of a refused comment asks again, once for a decision."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("comments", "0002_urgency"),
        ("moderation", "0010_reports"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Appeal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.TextField(max_length=2000)),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "Open"), ("granted", "Granted"), ("denied", "Denied")],
                        default="open",
                        max_length=7,
                    ),
                ),
                ("answer", models.TextField(blank=True, help_text="To the comment's author.", max_length=1000)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("decided_at", models.DateTimeField(null=True)),
                (
                    "decided_by_name",
                    models.CharField(blank=True, help_text="Stays when the account goes.", max_length=80),
                ),
                (
                    "comment",
                    models.ForeignKey(
                        help_text="From whose private page it was sent.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="appeals",
                        to="comments.comment",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "decision",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="appeal", to="moderation.decision"
                    ),
                ),
                (
                    "result",
                    models.ForeignKey(
                        help_text="What granted it; undone, it reopens.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="moderation.decision",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(condition=models.Q(("state", "open")), fields=["id"], name="moderation_appeal_open"),
                    models.Index(
                        condition=models.Q(("state", "open"), _negated=True),
                        fields=["-id"],
                        name="moderation_appeal_decided",
                    ),
                    models.Index(fields=["comment", "-id"], name="moderation_appeal_of"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at__isnull", True), ("state", "open")),
                            models.Q(models.Q(("state", "open"), _negated=True), ("decided_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="moderation_appeal_answered",
                    )
                ],
            },
        ),
    ]
