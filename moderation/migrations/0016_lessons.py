"""What people taught the filter, and the snapshots of the model that are made of it."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("comments", "0003_mail"),
        ("moderation", "0015_desk_mail"),
    ]

    operations = [
        migrations.CreateModel(
            name="Snapshot",
            fields=[
                ("number", models.PositiveBigIntegerField(primary_key=True, serialize=False)),
                (
                    "place",
                    models.BigIntegerField(
                        help_text="Number of the last lesson that the fold came past; 0 before the first."
                    ),
                ),
                ("lessons", models.PositiveIntegerField(help_text="How many lessons it learned.")),
                ("spam", models.PositiveIntegerField(help_text="How many of them were of spam.")),
                ("archived_spam", models.PositiveIntegerField(help_text="How many of these came from archives.")),
                ("archived_ham", models.PositiveIntegerField(help_text="How many lessons of ham came from archives.")),
                (
                    "mark",
                    models.PositiveIntegerField(
                        help_text="Which checkpoint it is, counted from 1; null if none.", null=True
                    ),
                ),
                ("state", models.BinaryField()),
                ("digest", models.CharField(help_text="SHA-256 of the state.", max_length=64)),
                ("prior_digest", models.CharField(max_length=64)),
                ("features_version", models.PositiveSmallIntegerField()),
                (
                    "sound",
                    models.BooleanField(
                        default=True, help_text="False once a lesson in it changed: nothing is built upon it."
                    ),
                ),
                ("created_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="LearnerHead",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("last", models.PositiveBigIntegerField(default=0, help_text="Number of the latest snapshot.")),
                (
                    "published",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="moderation.snapshot",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Lesson",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "source",
                    models.CharField(
                        choices=[("decision", "Decision"), ("check", "Blind check"), ("archive", "Archive")],
                        max_length=8,
                    ),
                ),
                ("revision", models.PositiveIntegerField(help_text="The text that was judged.", null=True)),
                ("spam", models.BooleanField(help_text="What the person said: spam, or ham.")),
                (
                    "archive",
                    models.CharField(blank=True, help_text="Name of the archive that it came with.", max_length=80),
                ),
                (
                    "row_digest",
                    models.CharField(
                        blank=True, help_text="Of an archive's row, so that it is read once.", max_length=64
                    ),
                ),
                (
                    "live",
                    models.BooleanField(
                        default=True, help_text="It counts: neither taken back nor superseded nor forgotten."
                    ),
                ),
                (
                    "applied",
                    models.BooleanField(default=False, help_text="It counted when the learner last came past it."),
                ),
                (
                    "forgotten",
                    models.BooleanField(default=False, help_text="Its features are gone and must not come back."),
                ),
                ("features", models.BinaryField(help_text="Packed; stored when it is first applied.", null=True)),
                ("features_version", models.PositiveSmallIntegerField(null=True)),
                ("created_at", models.DateTimeField()),
                (
                    "blind_check",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="moderation.check",
                    ),
                ),
                (
                    "comment",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="comments.comment"
                    ),
                ),
                (
                    "decision",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="moderation.decision",
                    ),
                ),
                (
                    "turned_by",
                    models.ForeignKey(
                        help_text="The decision that last made it live or not; undoing that one turns it back.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="moderation.decision",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(
                            models.Q(("applied", False), ("live", True)),
                            models.Q(("applied", True), ("live", False)),
                            _connector="OR",
                        ),
                        fields=["id"],
                        name="moderation_lesson_changed",
                    ),
                    models.Index(
                        condition=models.Q(("archive", ""), _negated=True),
                        fields=["archive", "id"],
                        name="moderation_lesson_archive",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("live", True)),
                        fields=("comment", "revision"),
                        name="moderation_lesson_one_live",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("row_digest", ""), _negated=True),
                        fields=("row_digest",),
                        name="moderation_lesson_row_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("forgotten", False), models.Q(("features__isnull", True), ("live", False)), _connector="OR"
                        ),
                        name="moderation_lesson_forgotten",
                    ),
                ],
            },
        ),
    ]
