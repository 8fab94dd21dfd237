"""The groups Authors and Editors, with exactly the permissions on posts that they need."""

from django.contrib.auth.management import create_permissions
from django.db import migrations

AUTHORS = ["add_post", "change_post", "delete_post", "view_post", "add_tag", "view_tag"]
EDITORS = [*AUTHORS, "change_tag", "delete_tag", "edit_every_post", "view_user"]


def make_groups(apps, schema_editor):
    using = schema_editor.connection.alias
    # Permissions are otherwise made after the last migration, which is too late to hand them out here.
    config = apps.get_app_config("blog")
    config.models_module = True
    create_permissions(config, apps=apps, verbosity=0, using=using)
    config.models_module = None
    Group, Permission = apps.get_model("auth", "Group"), apps.get_model("auth", "Permission")
    for name, codenames in (("Authors", AUTHORS), ("Editors", EDITORS)):
        group, _ = Group.objects.using(using).get_or_create(name=name)
        group.permissions.add(
            *Permission.objects.using(using).filter(content_type__app_label="blog", codename__in=codenames)
        )


class Migration(migrations.Migration):
    dependencies = [
        ("blog", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [migrations.RunPython(make_groups, migrations.RunPython.noop)]
