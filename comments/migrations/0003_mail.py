"""Addresses, subscriptions and the outbox: what is due by mail is a row, written where its reason arises."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import comments.models.mail
import comments.models.senders


class Migration(migrations.Migration):
    dependencies = [
        ("comments", "0002_urgency"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Address",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "email",
                    models.EmailField(
                        help_text="Normalised: small letters, host in ASCII.", max_length=254, unique=True
                    ),
                ),
                (
                    "key",
                    models.CharField(
                        default=comments.models.senders.new_key,
                        help_text="Opens the page for its owner.",
                        max_length=32,
                        unique=True,
                    ),
                ),
                ("proven_at", models.DateTimeField(null=True)),
                (
                    "questions",
                    models.PositiveIntegerField(default=0, help_text="How often it was asked whether it is theirs."),
                ),
                ("asked_at", models.DateTimeField(help_text="When it was last asked.", null=True)),
                (
                    "refusals",
                    models.PositiveSmallIntegerField(default=0, help_text="Mails in a row that it did not take."),
                ),
                (
                    "stopped",
                    models.CharField(
                        blank=True,
                        choices=[("", "Open"), ("owner", "Its owner wants no mail"), ("refused", "It takes no mail")],
                        default="",
                        max_length=7,
                    ),
                ),
                ("stopped_at", models.DateTimeField(null=True)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "verbose_name_plural": "addresses",
            },
        ),
        migrations.CreateModel(
            name="AuthorMail",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ended_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Subscription",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("confirmed_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "address",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="subscriptions", to="comments.address"
                    ),
                ),
                (
                    "comment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="subscriptions", to="comments.comment"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Notice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(help_text="A key of the setting NOTICE_LETTERS.", max_length=12)),
                ("key", models.CharField(max_length=80, unique=True)),
                ("decision_id", models.BigIntegerField(null=True)),
                ("due_at", models.DateTimeField()),
                (
                    "next_try_at",
                    models.DateTimeField(help_text="Not before; of a row being sent: when it counts as lost."),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("due", "Due"),
                            ("sending", "Being sent"),
                            ("sent", "Sent"),
                            ("cancelled", "Cancelled"),
                            ("failed", "Failed"),
                        ],
                        default="due",
                        max_length=9,
                    ),
                ),
                ("attempts", models.PositiveIntegerField(default=0)),
                ("message_id", models.CharField(default=comments.models.mail.new_message_id, max_length=255)),
                ("sent_at", models.DateTimeField(null=True)),
                ("error", models.CharField(blank=True, max_length=200)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "comment",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notices",
                        to="comments.comment",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "subscription",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notices",
                        to="comments.subscription",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="subscription",
            constraint=models.UniqueConstraint(fields=("address", "comment"), name="comments_subscribed_once"),
        ),
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(
                condition=models.Q(("state__in", ["due", "sending"])),
                fields=["next_try_at", "id"],
                name="comments_notice_open",
            ),
        ),
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(
                condition=models.Q(("state", "sent")), fields=["user", "sent_at"], name="comments_notice_of_user"
            ),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("subscription__isnull", False), ("user__isnull", True)),
                    models.Q(("subscription__isnull", True), ("user__isnull", False)),
                    _connector="OR",
                ),
                name="comments_notice_has_recipient",
            ),
        ),
    ]
