"""Undoing a batch, and the log of one, look decisions up by the batch's key."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("moderation", "0003_groups")]
    operations = [
        migrations.AddIndex(
            model_name="decision",
            index=models.Index(
                fields=["batch"], condition=models.Q(("batch__isnull", False)), name="moderation_decision_batch"
            ),
        ),
    ]
