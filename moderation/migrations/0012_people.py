"""Sanctions and notes, and appeals against sanctions: what is held against somebody is written down and can be answered."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("comments", "0002_urgency"),
        ("moderation", "0011_appeals"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name="appeal",
            name="decision",
            field=models.OneToOneField(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="appeal", to="moderation.decision"
            ),
        ),
        migrations.CreateModel(
            name="PersonNote",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("network", models.CharField(blank=True, max_length=64)),
                ("text", models.TextField(max_length=2000)),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("made_by_name", models.CharField(max_length=80)),
                ("redacted_at", models.DateTimeField(null=True)),
                (
                    "comment",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="comments.comment"
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "sender",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notes",
                        to="comments.sender",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="notes",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Sanction",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("warn", "Warning"),
                            ("hold_always", "Every comment waits"),
                            ("suspend", "Suspended"),
                            ("ban", "Banned"),
                        ],
                        max_length=11,
                    ),
                ),
                (
                    "network",
                    models.CharField(
                        blank=True, help_text="Keyed hash, found only while its key lives.", max_length=64
                    ),
                ),
                (
                    "until",
                    models.DateTimeField(
                        help_text="When it is over by itself; of a network, no later than its key.", null=True
                    ),
                ),
                (
                    "reason",
                    models.CharField(
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
                ("message", models.TextField(blank=True, help_text="To the person.", max_length=1000)),
                ("private", models.TextField(blank=True, help_text="For moderators alone.", max_length=1000)),
                ("cleanup", models.UUIDField(help_text="The batch that put away what the person had sent.", null=True)),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("made_by_name", models.CharField(max_length=80)),
                ("ended_at", models.DateTimeField(null=True)),
                ("ended_by_name", models.CharField(blank=True, max_length=80)),
                (
                    "acknowledged_at",
                    models.DateTimeField(help_text="When the person said that they read a warning.", null=True),
                ),
                (
                    "comment",
                    models.ForeignKey(
                        help_text="From which it was imposed.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="comments.comment",
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "sender",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sanctions",
                        to="comments.sender",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="sanctions",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="appeal",
            name="sanction",
            field=models.OneToOneField(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="appeal", to="moderation.sanction"
            ),
        ),
        migrations.AddConstraint(
            model_name="appeal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decision__isnull", False), ("sanction__isnull", True)),
                    models.Q(("decision__isnull", True), ("sanction__isnull", False)),
                    _connector="OR",
                ),
                name="moderation_appeal_one_cause",
            ),
        ),
        migrations.AddIndex(
            model_name="personnote",
            index=models.Index(
                condition=models.Q(("network", ""), _negated=True), fields=["network"], name="moderation_note_network"
            ),
        ),
        migrations.AddConstraint(
            model_name="personnote",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("network", ""), ("sender__isnull", False), ("user__isnull", True)),
                    models.Q(("network", ""), ("sender__isnull", True), ("user__isnull", False)),
                    models.Q(
                        ("sender__isnull", True), ("user__isnull", True), models.Q(("network", ""), _negated=True)
                    ),
                    _connector="OR",
                ),
                name="moderation_note_one_person",
            ),
        ),
        migrations.AddIndex(
            model_name="sanction",
            index=models.Index(
                condition=models.Q(("network", ""), _negated=True),
                fields=["network"],
                name="moderation_sanction_network",
            ),
        ),
        migrations.AddConstraint(
            model_name="sanction",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("network", ""), ("sender__isnull", False), ("user__isnull", True)),
                    models.Q(("network", ""), ("sender__isnull", True), ("user__isnull", False)),
                    models.Q(
                        ("sender__isnull", True), ("user__isnull", True), models.Q(("network", ""), _negated=True)
                    ),
                    _connector="OR",
                ),
                name="moderation_sanction_one_person",
            ),
        ),
        migrations.AddConstraint(
            model_name="sanction",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "suspend"), ("until__gt", models.F("made_at"))),
                    models.Q(
                        models.Q(("kind", "suspend"), _negated=True),
                        models.Q(("until__isnull", True), models.Q(("network", ""), _negated=True), _connector="OR"),
                    ),
                    _connector="OR",
                ),
                name="moderation_sanction_until",
            ),
        ),
        migrations.AddConstraint(
            model_name="sanction",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("kind", "warn"), _negated=True), ("network", ""), _connector="OR"),
                name="moderation_no_network_is_warned",
            ),
        ),
    ]
