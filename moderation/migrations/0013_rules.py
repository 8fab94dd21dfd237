"""Rules are drafts, on, or retired, and are never changed once they were on; findings name the rule that they are of."""

import re

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from moderation import fixed_rules

NUMBERED = re.compile(r" \(rule ([0-9]{1,18})\)\Z")
CHUNK = 1000


def tell_states(apps, schema_editor):
    """A rule that is off may have been on: it counts as retired, so that its number keeps its meaning."""
    Rule = apps.get_model("moderation", "Rule")
    Rule.objects.filter(enabled=False).update(state="retired")


def name_the_rules(apps, schema_editor):
    """The words of a finding end with the number of its rule."""
    Rule, Signal = apps.get_model("moderation", "Rule"), apps.get_model("moderation", "Signal")
    known = set(Rule.objects.values_list("pk", flat=True))
    found = Signal.objects.filter(code__startswith="rule_").only("says").order_by("pk")
    last = 0
    while chunk := list(found.filter(pk__gt=last)[:CHUNK]):
        last = chunk[-1].pk
        named = []
        for signal in chunk:
            number = NUMBERED.search(signal.says)
            if number and int(number[1]) in known:
                signal.rule_id = int(number[1])
                named.append(signal)
        Signal.objects.bulk_update(named, ["rule"])


def fix(apps, schema_editor):
    fixed_rules.install(schema_editor.connection)


def loosen(apps, schema_editor):
    fixed_rules.remove(schema_editor.connection)


def person():
    return models.ForeignKey(
        editable=False,
        null=True,
        on_delete=django.db.models.deletion.SET_NULL,
        related_name="+",
        to=settings.AUTH_USER_MODEL,
    )


class Migration(migrations.Migration):
    dependencies = [
        ("moderation", "0012_people"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="rule", name="moderation_rule_once"),
        migrations.AddField(
            model_name="rule",
            name="state",
            field=models.CharField(
                choices=[("draft", "Draft"), ("on", "On"), ("retired", "Retired")],
                default="on",
                editable=False,
                max_length=7,
            ),
        ),
        migrations.RunPython(tell_states, migrations.RunPython.noop),
        migrations.RemoveField(model_name="rule", name="enabled"),
        migrations.AddField(model_name="rule", name="on_at", field=models.DateTimeField(editable=False, null=True)),
        migrations.AddField(model_name="rule", name="on_by", field=person()),
        migrations.AddField(
            model_name="rule", name="retired_at", field=models.DateTimeField(editable=False, null=True)
        ),
        migrations.AddField(model_name="rule", name="retired_by", field=person()),
        migrations.AddField(
            model_name="rule",
            name="predecessor",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="successors",
                to="moderation.rule",
            ),
        ),
        migrations.AlterField(
            model_name="rule",
            name="kind",
            field=models.CharField(
                choices=[
                    ("word", "Word"),
                    ("phrase", "Phrase"),
                    ("domain", "Domain"),
                    ("address", "E-mail address"),
                    ("pattern", "Pattern"),
                ],
                default="word",
                max_length=7,
            ),
        ),
        migrations.AddIndex(
            model_name="rule", index=models.Index(fields=["state", "-id"], name="moderation_rule_state")
        ),
        migrations.AddConstraint(
            model_name="rule",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "on")), fields=("kind", "text"), name="moderation_rule_once"
            ),
        ),
        migrations.AddField(
            model_name="signal",
            name="rule",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="signals",
                to="moderation.rule",
            ),
        ),
        migrations.AddIndex(
            model_name="signal",
            index=models.Index(
                condition=models.Q(("rule__isnull", False)), fields=["rule", "-id"], name="moderation_signal_rule"
            ),
        ),
        migrations.CreateModel(
            name="Replay",
            fields=[
                (
                    "rule",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="replay",
                        serialize=False,
                        to="moderation.rule",
                    ),
                ),
                ("retiring", models.BooleanField(help_text="Without a rule in force, not with a draft.")),
                ("days", models.PositiveIntegerField(help_text="How far back it goes; null for all.", null=True)),
                (
                    "started_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("started_at", models.DateTimeField()),
                (
                    "place",
                    models.BigIntegerField(
                        help_text="Number of the last screening looked at; newest come first.", null=True
                    ),
                ),
                ("reached", models.DateTimeField(help_text="When that screening was.", null=True)),
                ("finished", models.BooleanField(default=False)),
                ("looked", models.PositiveIntegerField(default=0)),
                (
                    "unreadable",
                    models.PositiveIntegerField(default=0, help_text="Erased, or broken when it was screened."),
                ),
                ("hits", models.PositiveIntegerField(default=0)),
                (
                    "moves",
                    models.JSONField(default=dict, help_text='How many outcomes change, as {"publish>hold": 3}.'),
                ),
                (
                    "against",
                    models.PositiveIntegerField(default=0, help_text="Moves against what a person decided."),
                ),
                (
                    "agreeing",
                    models.PositiveIntegerField(default=0, help_text="Moves towards what a person decided."),
                ),
                (
                    "examples",
                    models.JSONField(
                        default=dict, help_text="Numbers of some screenings by move, and under “against”."
                    ),
                ),
            ],
        ),
        # Last: PostgreSQL changes no table whose rows have foreign keys to check.
        migrations.RunPython(name_the_rules, migrations.RunPython.noop),
        migrations.RunPython(fix, loosen),
    ]
