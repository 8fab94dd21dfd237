"""What near-duplicates are found by is found with the newest first.

SQLite would copy the table nine times to take an index off a column; so the indexes of columns are dropped by name.
"""

from django.db import migrations, models

BANDS = [f"band{number}" for number in range(8)]
COLUMNS = ["digest", *BANDS]


def drop_indexes_of_columns(apps, schema_editor) -> None:
    connection = schema_editor.connection
    table = apps.get_model("moderation", "Fingerprint")._meta.db_table
    with connection.cursor() as cursor:
        found = connection.introspection.get_constraints(cursor, table)
    for name, index in found.items():
        if index["index"] and not index["unique"] and len(index["columns"]) == 1 and index["columns"][0] in COLUMNS:
            schema_editor.execute(f"DROP INDEX {schema_editor.quote_name(name)}")


def make_indexes_of_columns(apps, schema_editor) -> None:
    model = apps.get_model("moderation", "Fingerprint")
    for name in COLUMNS:
        schema_editor.add_index(model, models.Index(fields=[name], name=f"moderation_fingerprint_{name}"))


class Migration(migrations.Migration):
    dependencies = [("moderation", "0017_desk")]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunPython(drop_indexes_of_columns, make_indexes_of_columns)],
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
