"""The word that changes with whatever the heads and lists of public pages show; triggers write it.

A later migration that remakes blog_post, blog_tag or blog_user on SQLite drops their triggers with the old table and
must make them again; tests/blog/test_site_version.py tells.
"""

import secrets

from django.db import migrations, models
from django.db.models import F, Q
from django.utils import timezone

WATCHED = {
    "blog_post": (
        "kind, author_id, title, slug, summary, source, html, text, status, published_at, month, mode, updated_at, version"
    ),
    "blog_tag": "name, slug",
    "blog_user": "username, display_name, slug, about, avatar",
    "blog_post_tags": "",
}
WRITE = """
    INSERT INTO blog_siteversion (id, word) VALUES (1, {word})
    ON CONFLICT (id) DO UPDATE SET word = excluded.word;
"""
ON_POSTGRESQL = """
CREATE FUNCTION blog_site_changed() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    {write}
    RETURN NULL;
END $$
"""


def make(apps, schema_editor):
    vendor = schema_editor.connection.vendor
    if vendor == "postgresql":
        schema_editor.execute(
            ON_POSTGRESQL.format(write=WRITE.format(word="replace(gen_random_uuid()::text, '-', '')"))
        )
    for table, columns in WATCHED.items():
        if vendor == "postgresql":
            change = f"OR UPDATE OF {columns}" if columns else ""
            schema_editor.execute(
                f"CREATE TRIGGER {table}_site_changed AFTER INSERT OR DELETE {change} ON {table} "
                "FOR EACH STATEMENT EXECUTE FUNCTION blog_site_changed()"
            )
            continue
        # SQLite knows one event a trigger.
        for event in ("INSERT", "DELETE", *([f"UPDATE OF {columns}"] if columns else [])):
            schema_editor.execute(
                f"CREATE TRIGGER {table}_site_changed_{event.split()[0].lower()} AFTER {event} ON {table} "
                f"BEGIN {WRITE.format(word='lower(hex(randomblob(16)))')} END"
            )
    apps.get_model("blog", "SiteVersion").objects.using(schema_editor.connection.alias).create(
        id=1, word=secrets.token_hex(16)
    )


def unmake(apps, schema_editor):
    vendor = schema_editor.connection.vendor
    for table, columns in WATCHED.items():
        if vendor == "postgresql":
            schema_editor.execute(f"DROP TRIGGER {table}_site_changed ON {table}")
            continue
        for event in ("insert", "delete", *(["update"] if columns else [])):
            schema_editor.execute(f"DROP TRIGGER {table}_site_changed_{event}")
    if vendor == "postgresql":
        schema_editor.execute("DROP FUNCTION blog_site_changed")


class Migration(migrations.Migration):
    dependencies = [("blog", "0004_one_display_name")]
    operations = [
        migrations.CreateModel(
            name="SiteVersion",
            fields=[
                ("id", models.PositiveSmallIntegerField(primary_key=True, serialize=False)),
                ("word", models.CharField(max_length=32)),
            ],
        ),
        migrations.AlterField(
            model_name="post",
            name="page_changed_at",
            field=models.DateTimeField(
                default=timezone.now,
                editable=False,
                help_text="When the public page last changed: its version, never twice.",
            ),
        ),
        migrations.AddIndex(
            model_name="post",
            index=models.Index(F("published_at").desc(), condition=Q(status="published"), name="blog_post_newest"),
        ),
        migrations.RunPython(make, unmake),
    ]
