"""The group Moderators; Editors may do what they do, and may erase."""

from django.contrib.auth.management import create_permissions
from django.db import migrations

MODERATORS = [
    ("comments", "view_comment"),
    ("moderation", "decide"),
    ("moderation", "view_decision"),
    ("moderation", "add_rule"),
    ("moderation", "change_rule"),
    ("moderation", "delete_rule"),
    ("moderation", "view_rule"),
]
EDITORS = [*MODERATORS, ("moderation", "erase")]


def make_groups(apps, schema_editor):
    using = schema_editor.connection.alias
    for label in ("comments", "moderation"):
        config = apps.get_app_config(label)
        config.models_module = True
        create_permissions(config, apps=apps, verbosity=0, using=using)
        config.models_module = None
    Group, Permission = apps.get_model("auth", "Group"), apps.get_model("auth", "Permission")
    for name, wanted in (("Moderators", MODERATORS), ("Editors", EDITORS)):
        group, _ = Group.objects.using(using).get_or_create(name=name)
        for label, codename in wanted:
            group.permissions.add(Permission.objects.using(using).get(content_type__app_label=label, codename=codename))


class Migration(migrations.Migration):
    dependencies = [
        ("moderation", "0002_append_only"),
        ("comments", "0001_initial"),
        ("blog", "0002_groups"),
    ]
    operations = [migrations.RunPython(make_groups, migrations.RunPython.noop)]
