"""What each moderator wants by mail, and when the last digest went."""

import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("moderation", "0014_checks"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="DeskMail",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "interval",
                    models.CharField(
                        choices=[
                            ("off", "Never"),
                            ("daily", "Once a day, if something waits"),
                            ("waiting", "When something has waited for too long"),
                        ],
                        default="daily",
                        max_length=7,
                    ),
                ),
                (
                    "hours",
                    models.PositiveSmallIntegerField(
                        default=12,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(720),
                        ],
                    ),
                ),
                ("last_at", models.DateTimeField(editable=False, null=True)),
                (
                    "ignored",
                    models.PositiveSmallIntegerField(
                        default=0, editable=False, help_text="Digests in a row after which nobody decided anything."
                    ),
                ),
                (
                    "user",
                    models.OneToOneField(
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
    ]
