"""Near-duplicates form cards: who belongs to which, what they are told by, and the orders that stand about them.

Comments from before have no card; they wait in the queue as they did.
"""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("comments", "0002_urgency"),
        ("moderation", "0008_batches"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CampaignTraces",
            fields=[
                (
                    "comment",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="campaign_traces",
                        serialize=False,
                        to="comments.comment",
                    ),
                ),
                ("words", models.PositiveIntegerField()),
                ("linked", models.BooleanField()),
                ("phrases", models.TextField(blank=True)),
                ("pairs", models.TextField(blank=True)),
                ("hosts", models.TextField(blank=True)),
                ("contacts", models.TextField(blank=True)),
            ],
        ),
        migrations.CreateModel(
            name="Campaign",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "latest_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, help_text="When its latest member arrived."
                    ),
                ),
                (
                    "size",
                    models.PositiveIntegerField(default=0, help_text="Members, as counted when the latest one joined."),
                ),
                ("dissolved_at", models.DateTimeField(null=True)),
                ("dissolved_by", models.CharField(blank=True, help_text="The person's name then.", max_length=80)),
                (
                    "merged_into",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="moderation.campaign",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="CampaignKey",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.BigIntegerField()),
                ("at", models.DateTimeField(help_text="When the comment arrived.")),
                (
                    "comment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="campaign_keys", to="comments.comment"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="CampaignMember",
            fields=[
                (
                    "comment",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="campaign_membership",
                        serialize=False,
                        to="comments.comment",
                    ),
                ),
                ("waits", models.BooleanField(default=True)),
                ("apart", models.BooleanField(default=False, help_text="A person said that it is of no campaign.")),
                ("joined_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "campaign",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="members",
                        to="moderation.campaign",
                    ),
                ),
                (
                    "former",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="moderation.campaign",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="StandingOrder",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
                ("given_at", models.DateTimeField()),
                ("until", models.DateTimeField()),
                ("ended_at", models.DateTimeField(help_text="When it was ended before its time.", null=True)),
                (
                    "batch",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="standing_order",
                        to="moderation.batch",
                    ),
                ),
                (
                    "campaign",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="orders", to="moderation.campaign"
                    ),
                ),
                (
                    "given_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="campaign",
            index=models.Index(
                condition=models.Q(("dissolved_at__isnull", True), ("merged_into__isnull", True)),
                fields=["-size", "-id"],
                name="moderation_campaign_largest",
            ),
        ),
        migrations.AddIndex(
            model_name="campaign",
            index=models.Index(
                condition=models.Q(("dissolved_at__isnull", True), ("merged_into__isnull", True)),
                fields=["-latest_at", "-id"],
                name="moderation_campaign_latest",
            ),
        ),
        migrations.AddIndex(
            model_name="campaignkey",
            index=models.Index(fields=["key", "-at"], name="moderation_campaign_key"),
        ),
        migrations.AddIndex(
            model_name="campaignmember",
            index=models.Index(fields=["campaign", "comment"], name="moderation_campaign_members"),
        ),
        migrations.AddIndex(
            model_name="campaignmember",
            index=models.Index(
                condition=models.Q(("waits", True)), fields=["campaign", "comment"], name="moderation_campaign_waiting"
            ),
        ),
        migrations.AddIndex(
            model_name="standingorder",
            index=models.Index(
                condition=models.Q(("ended_at__isnull", True)),
                fields=["campaign", "until"],
                name="moderation_order_standing",
            ),
        ),
        migrations.AddConstraint(
            model_name="standingorder",
            constraint=models.CheckConstraint(
                condition=models.Q(("action__in", ["spam", "reject"])), name="moderation_order_refuses"
            ),
        ),
    ]
