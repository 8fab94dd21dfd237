"""The old column of notes goes, after its content moved, and the triggers come back."""

from django.db import migrations

from moderation import append_only


def install(apps, schema_editor):
    append_only.install(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("moderation", "0005_ledger")]
    operations = [
        migrations.RemoveField(model_name="decision", name="note"),
        migrations.RunPython(install, migrations.RunPython.noop),
    ]
