from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("moderation", "0016_lessons")]

    operations = [
        migrations.AddIndex(
            model_name="decision",
            index=models.Index(fields=["actor_kind", "-id"], name="moderation_decision_kind"),
        ),
        migrations.AddIndex(
            model_name="decision",
            index=models.Index(fields=["reason", "-id"], name="moderation_decision_reason"),
        ),
        migrations.AddIndex(
            model_name="decision",
            index=models.Index(
                fields=["reverses"], condition=models.Q(("reverses__isnull", False)), name="moderation_decision_undo"
            ),
        ),
    ]
