from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("comments", "0003_mail")]

    operations = [
        migrations.AddIndex(
            model_name="comment",
            index=models.Index(
                fields=["id"], condition=models.Q(("open_reports__gt", 0)), name="comments_waiting_reported"
            ),
        ),
        migrations.AddIndex(
            model_name="comment",
            index=models.Index(
                fields=["parent"], condition=models.Q(("status", "published")), name="comments_public_replies"
            ),
        ),
        migrations.AddIndex(
            model_name="comment",
            index=models.Index(
                models.F("post"),
                models.OrderBy(models.F("urgency"), descending=True),
                models.OrderBy(models.F("id"), descending=True),
                condition=models.Q(("status", "pending")),
                name="comments_post_pending",
            ),
        ),
    ]
