"""Readers' reports, and notices of illegal content: rows of their own beside the decisions, which stay as they are."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import comments.models.senders


class Migration(migrations.Migration):
    dependencies = [
        ("blog", "0004_one_display_name"),
        ("comments", "0002_urgency"),
        ("moderation", "0009_campaigns"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="IllegalContentNotice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("capability", models.CharField(default=comments.models.senders.new_key, max_length=32, unique=True)),
                (
                    "form_key",
                    models.CharField(help_text="A form that is sent twice is one notice.", max_length=64, unique=True),
                ),
                ("why", models.TextField(blank=True, max_length=5000)),
                ("name", models.CharField(blank=True, max_length=120)),
                ("email", models.EmailField(blank=True, max_length=254)),
                (
                    "against_children",
                    models.BooleanField(
                        default=False, help_text="About an offence against children: name and e-mail are not asked for."
                    ),
                ),
                ("good_faith", models.BooleanField(default=True)),
                (
                    "state",
                    models.CharField(choices=[("open", "Open"), ("decided", "Decided")], default="open", max_length=7),
                ),
                (
                    "outcome",
                    models.CharField(
                        blank=True, choices=[("removed", "Taken off the site"), ("none", "No action")], max_length=7
                    ),
                ),
                ("answer", models.TextField(blank=True, max_length=2000)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("decided_at", models.DateTimeField(null=True)),
                ("decided_by_name", models.CharField(blank=True, max_length=80)),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="NoticedContent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "address",
                    models.CharField(help_text="As it was on the notice's day, without the site.", max_length=300),
                ),
                (
                    "revision",
                    models.PositiveIntegerField(default=1, help_text="The text of the comment that was public then."),
                ),
                (
                    "comment",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="noticed",
                        to="comments.comment",
                    ),
                ),
                (
                    "decision",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="noticed",
                        to="moderation.decision",
                    ),
                ),
                (
                    "notice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="contents",
                        to="moderation.illegalcontentnotice",
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="noticed", to="blog.post"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Report",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "revision",
                    models.PositiveIntegerField(help_text="The text that was public when the reader complained."),
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
                ("words", models.TextField(blank=True, max_length=1000)),
                (
                    "network",
                    models.CharField(
                        blank=True, help_text="Keyed hash of the address prefix; empty for staff.", max_length=64
                    ),
                ),
                ("weight", models.FloatField(help_text="By the reporter's record then; an unknown reporter weighs 1.")),
                (
                    "fresh",
                    models.BooleanField(default=True, help_text="The browser's token was new and had no record."),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "Open"), ("upheld", "Upheld"), ("dismissed", "Dismissed"), ("moot", "Moot")],
                        default="open",
                        max_length=9,
                    ),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("decided_at", models.DateTimeField(null=True)),
                ("decided_by_name", models.CharField(blank=True, max_length=80)),
                (
                    "comment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="reports", to="comments.comment"
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="reports_decided",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "decision",
                    models.ForeignKey(
                        help_text="What settled it last, or the undo that opened it again; none where it was dismissed by itself.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reports",
                        to="moderation.decision",
                    ),
                ),
                (
                    "sender",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="reports",
                        to="comments.sender",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="reports",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="illegalcontentnotice",
            index=models.Index(
                models.F("state"), models.OrderBy(models.F("id"), descending=True), name="moderation_notice_by_state"
            ),
        ),
        migrations.AddConstraint(
            model_name="illegalcontentnotice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decided_at", None), ("outcome", ""), ("state", "open")),
                    models.Q(("decided_at__isnull", False), ("outcome__in", ["removed", "none"]), ("state", "decided")),
                    _connector="OR",
                ),
                name="moderation_notice_decided_whole",
            ),
        ),
        migrations.AddIndex(
            model_name="report",
            index=models.Index(fields=["comment", "state"], name="moderation_report_comment"),
        ),
        migrations.AddIndex(
            model_name="report",
            index=models.Index(fields=["sender", "state"], name="moderation_report_sender"),
        ),
        migrations.AddIndex(
            model_name="report",
            index=models.Index(fields=["user", "state"], name="moderation_report_user"),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.UniqueConstraint(
                fields=("comment", "revision", "sender"), name="moderation_report_once_a_sender"
            ),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.UniqueConstraint(
                condition=models.Q(("network", ""), _negated=True),
                fields=("comment", "revision", "network"),
                name="moderation_report_once_a_network",
            ),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.UniqueConstraint(
                fields=("comment", "revision", "user"), name="moderation_report_once_a_user"
            ),
        ),
    ]
