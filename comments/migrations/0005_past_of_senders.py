from django.db import migrations, models


def _index(status: str, **judged: bool) -> migrations.AddIndex:
    condition = models.Q(*sorted({"status": status, **judged}.items()))
    return migrations.AddIndex(
        "comment", models.Index(fields=["sender", "id"], condition=condition, name=f"comments_sender_{status}")
    )


class Migration(migrations.Migration):
    dependencies = [("comments", "0004_desk")]

    operations = [
        _index("pending"),
        *(_index(status, reviewed_at__isnull=False) for status in ("published", "rejected", "spam")),
    ]
