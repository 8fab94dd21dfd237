"""Blind checks of what the machine decided, whether it may act at all, and counts by day.

Editors may let automation act again; its history is append-only like the decisions.
"""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.contrib.auth.management import create_permissions
from django.db import migrations, models

from moderation import append_only


def install(apps, schema_editor):
    append_only.install(schema_editor.connection)


def let_editors_resume(apps, schema_editor):
    using = schema_editor.connection.alias
    config = apps.get_app_config("moderation")
    config.models_module = True
    create_permissions(config, apps=apps, verbosity=0, using=using)
    config.models_module = None
    Group, Permission = apps.get_model("auth", "Group"), apps.get_model("auth", "Permission")
    editors, _ = Group.objects.using(using).get_or_create(name="Editors")
    editors.permissions.add(
        Permission.objects.using(using).get(content_type__app_label="moderation", codename="resume_automation")
    )


class Migration(migrations.Migration):
    dependencies = [
        ("comments", "0002_urgency"),
        ("moderation", "0013_rules"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Automation",
            fields=[
                (
                    "side",
                    models.CharField(
                        choices=[("publish", "Publishing"), ("spam", "Filing as spam")],
                        max_length=7,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("stepped_back", models.BooleanField(default=False, help_text="It holds what it would have done.")),
                (
                    "on_trial",
                    models.BooleanField(default=True, help_text="Too few checks yet to say how often it errs."),
                ),
                ("since", models.DateTimeField(help_text="Checks drawn before this moment do not count.", null=True)),
                ("changed_at", models.DateTimeField(null=True)),
                ("reason", models.CharField(blank=True, help_text="Of the latest change, in words.", max_length=400)),
            ],
            options={
                "permissions": [("resume_automation", "Can let automation act again, or make it step back")],
            },
        ),
        migrations.CreateModel(
            name="AutomationChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "side",
                    models.CharField(choices=[("publish", "Publishing"), ("spam", "Filing as spam")], max_length=7),
                ),
                ("stepped_back", models.BooleanField()),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("by_name", models.CharField(help_text="The person's name then, or “system”.", max_length=80)),
                ("why", models.CharField(max_length=400)),
            ],
        ),
        migrations.CreateModel(
            name="Check",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "machine",
                    models.CharField(
                        choices=[("publish", "Publishing"), ("spam", "Filing as spam")],
                        help_text="What the machine did.",
                        max_length=7,
                    ),
                ),
                ("revision", models.PositiveIntegerField(help_text="The text that was judged.")),
                ("drawn_at", models.DateTimeField()),
                (
                    "answer",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("publish", "Yes, publish it"),
                            ("refuse", "No, keep it off the page"),
                            ("unsure", "I can’t tell"),
                        ],
                        max_length=7,
                    ),
                ),
                (
                    "void",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("overturned", "A person took the machine's decision back"),
                            ("decided", "A person decided about the comment and left it where it was"),
                            ("withdrawn", "Its author took the comment back"),
                            ("erased", "The content was erased"),
                        ],
                        max_length=10,
                    ),
                ),
                ("settled_at", models.DateTimeField(help_text="When it was answered or became void.", null=True)),
                ("claimed_until", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="DayTally",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField()),
                ("name", models.CharField(max_length=60)),
                ("count", models.PositiveBigIntegerField(default=0)),
            ],
        ),
        migrations.AddField(
            model_name="review",
            name="withheld",
            field=models.CharField(
                blank=True,
                choices=[("publish", "Publish"), ("hold", "Hold"), ("spam", "Spam")],
                help_text="What the policy came to while automation stood back.",
                max_length=7,
            ),
        ),
        migrations.AddIndex(
            model_name="review",
            index=models.Index(
                condition=models.Q(("withheld", ""), _negated=True),
                fields=["withheld", "-id"],
                name="moderation_review_withheld",
            ),
        ),
        migrations.AddField(
            model_name="automationchange",
            name="by",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="check",
            name="answered_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="check",
            name="claimed_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="check",
            name="comment",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="comments.comment"
            ),
        ),
        migrations.AddField(
            model_name="check",
            name="decision",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT, related_name="check_drawn", to="moderation.decision"
            ),
        ),
        migrations.AddConstraint(
            model_name="daytally",
            constraint=models.UniqueConstraint(fields=("day", "name"), name="moderation_tally_once"),
        ),
        migrations.AddIndex(
            model_name="check",
            index=models.Index(
                condition=models.Q(("answer", ""), ("void", "")), fields=["id"], name="moderation_check_open"
            ),
        ),
        migrations.AddIndex(
            model_name="check",
            index=models.Index(
                condition=models.Q(("answer", ""), ("void", "")), fields=["comment"], name="moderation_check_open_of"
            ),
        ),
        migrations.AddIndex(
            model_name="check",
            index=models.Index(
                condition=models.Q(("settled_at__isnull", False)),
                fields=["machine", "-settled_at"],
                name="moderation_check_settled_at",
            ),
        ),
        migrations.AddConstraint(
            model_name="check",
            constraint=models.CheckConstraint(
                condition=models.Q(("answer", ""), ("void", ""), _connector="OR"), name="moderation_check_one_end"
            ),
        ),
        migrations.AddConstraint(
            model_name="check",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("answer", ""), ("settled_at__isnull", True), ("void", "")),
                    models.Q(models.Q(("answer", ""), ("void", ""), _negated=True), ("settled_at__isnull", False)),
                    _connector="OR",
                ),
                name="moderation_check_settled",
            ),
        ),
        migrations.RunPython(install, migrations.RunPython.noop),
        migrations.RunPython(let_editors_resume, migrations.RunPython.noop),
    ]
