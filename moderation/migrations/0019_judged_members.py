from django.db import migrations, models

REFUSED = ("spam", "rejected")


def mark(apps, schema_editor) -> None:
    """Members that people refused before this."""
    members = apps.get_model("moderation", "CampaignMember").objects
    for status in REFUSED:
        refused = apps.get_model("comments", "Comment").objects.filter(status=status, reviewed_at__isnull=False)
        members.filter(comment__in=refused.values("pk")).update(judged=status)


class Migration(migrations.Migration):
    dependencies = [("moderation", "0018_alike"), ("comments", "0005_past_of_senders")]

    operations = [
        migrations.AddField(
            "campaignmember",
            "judged",
            models.CharField(max_length=12, blank=True, default="", help_text="Refused by a person: spam or rejected."),
        ),
        migrations.RunPython(mark, migrations.RunPython.noop),
        *(
            migrations.AddIndex(
                "campaignmember",
                models.Index(
                    fields=["campaign", "comment"],
                    condition=models.Q(("judged", status)),
                    name=f"moderation_campaign_{status}",
                ),
            )
            for status in REFUSED
        ),
    ]
