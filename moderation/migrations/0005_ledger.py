"""Decisions are chained by digests, and the words that people wrote beside them stand apart."""

import secrets

import django.db.models.deletion
from django.db import migrations, models

from moderation import append_only


def lift_triggers(apps, schema_editor):
    append_only.remove(schema_editor.connection)


def chain(apps, schema_editor):
    """Give the decisions that are there their place in the chain, in the order of their numbers."""
    from moderation import ledger

    Decision = apps.get_model("moderation", "Decision")
    Words, Head = apps.get_model("moderation", "DecisionWords"), apps.get_model("moderation", "LedgerHead")
    previous, last = "", 0
    for decision in Decision.objects.order_by("pk").iterator(chunk_size=500):
        if decision.note:
            words = Words(decision=decision, note=decision.note, message="", salt=secrets.token_hex(16))
            words.save(force_insert=True)
            decision.commitment = ledger.commitment_of(words)
        decision.previous = previous
        ledger.put_in_order(decision)
        decision.digest = previous = ledger.digest_of(decision)
        decision.save(update_fields=["commitment", "previous", "digest", *ledger.JSON_COLUMNS])
        last = decision.pk
    Head.objects.update_or_create(pk=1, defaults={"last": last, "digest": previous})


class Migration(migrations.Migration):
    dependencies = [
        ("moderation", "0004_batch_index"),
    ]

    operations = [
        migrations.RunPython(lift_triggers, migrations.RunPython.noop),
        migrations.CreateModel(
            name="DecisionWords",
            fields=[
                (
                    "decision",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="words",
                        serialize=False,
                        to="moderation.decision",
                    ),
                ),
                ("note", models.TextField(blank=True, help_text="For the log alone.", max_length=1000)),
                ("message", models.TextField(blank=True, help_text="To the comment's author.", max_length=1000)),
                ("salt", models.CharField(blank=True, max_length=32)),
                ("redacted_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="LedgerHead",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("last", models.BigIntegerField(default=0, help_text="Number of the latest decision.")),
                ("digest", models.CharField(blank=True, max_length=64)),
            ],
        ),
        migrations.AddField(
            model_name="decision",
            name="commitment",
            field=models.CharField(
                blank=True, help_text="Salted digest of the words, if there are any.", max_length=64
            ),
        ),
        migrations.AddField(
            model_name="decision",
            name="digest",
            field=models.CharField(
                blank=True, help_text="Digest of this row; ledger.py says over what.", max_length=64
            ),
        ),
        migrations.AddField(
            model_name="decision",
            name="format",
            field=models.PositiveSmallIntegerField(
                default=1, help_text="Which columns the digest covers: ledger.FORMATS."
            ),
        ),
        migrations.AddField(
            model_name="decision",
            name="previous",
            field=models.CharField(blank=True, help_text="Digest of the decision before this one.", max_length=64),
        ),
        migrations.AddField(
            model_name="decision",
            name="review",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="moderation.review"
            ),
        ),
        migrations.AddField(
            model_name="decision",
            name="standing",
            field=models.BooleanField(
                default=False, help_text="Carried out later, on the order that a person gave for alike comments."
            ),
        ),
        migrations.RunPython(chain, migrations.RunPython.noop),
    ]
