"""What near-duplicates are found by is found with the newest first."""

from django.db import migrations, models

from blog.column_indexes import drop

BANDS = [f"band{number}" for number in range(8)]
COLUMNS = ["digest", *BANDS]


class Migration(migrations.Migration):
    dependencies = [("moderation", "0017_desk")]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunPython(drop("moderation", "Fingerprint", COLUMNS), migrations.RunPython.noop)
            ],
            state_operations=[
                migrations.AlterField("fingerprint", "digest", models.CharField(max_length=64)),
                *(migrations.AlterField("fingerprint", name, models.PositiveIntegerField(null=True)) for name in BANDS),
            ],
        ),
        *(
            migrations.AddIndex("fingerprint", models.Index(fields=[name, "comment"], name=f"moderation_alike_{name}"))
            for name in COLUMNS
        ),
    ]
