"""The search index, a table beside the posts: FTS5 on SQLite, a tsvector with GIN on PostgreSQL.

No foreign key, but a trigger that forgets a deleted post: the table is unknown to Django, and a key from an unknown
table would forbid PostgreSQL to empty the posts, which is what `manage.py flush` does. A later migration that remakes
blog_post on SQLite drops the trigger with the old table and must make it again; until then only rows are
left over, which the search's filter hides and `manage.py reindex_search` removes.
"""

from django.db import migrations

MAKE = {
    "sqlite": [
        "CREATE VIRTUAL TABLE blog_search USING fts5(title, body, tokenize = 'porter unicode61 remove_diacritics 2')",
        """
        CREATE TRIGGER blog_search_forget AFTER DELETE ON blog_post
        BEGIN DELETE FROM blog_search WHERE rowid = old.id; END
        """,
    ],
    "postgresql": [
        """
        CREATE TABLE blog_search (
            post_id bigint PRIMARY KEY, title text NOT NULL, body text NOT NULL, document tsvector NOT NULL
        )
        """,
        "CREATE INDEX blog_search_document ON blog_search USING gin (document)",
        """
        CREATE FUNCTION blog_search_forget() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
            IF TG_OP = 'TRUNCATE' THEN DELETE FROM blog_search;
            ELSE DELETE FROM blog_search WHERE post_id = OLD.id; END IF;
            RETURN NULL;
        END $$
        """,
        """
        CREATE TRIGGER blog_search_forget AFTER DELETE ON blog_post
        FOR EACH ROW EXECUTE FUNCTION blog_search_forget()
        """,
        """
        CREATE TRIGGER blog_search_forget_all AFTER TRUNCATE ON blog_post
        FOR EACH STATEMENT EXECUTE FUNCTION blog_search_forget()
        """,
    ],
}
UNMAKE = {
    "sqlite": ["DROP TRIGGER blog_search_forget", "DROP TABLE blog_search"],
    "postgresql": [
        "DROP TRIGGER blog_search_forget ON blog_post",
        "DROP TRIGGER blog_search_forget_all ON blog_post",
        "DROP FUNCTION blog_search_forget",
        "DROP TABLE blog_search",
    ],
}


def make(apps, schema_editor):
    for statement in MAKE[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def unmake(apps, schema_editor):
    for statement in UNMAKE[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("blog", "0002_groups")]
    operations = [migrations.RunPython(make, unmake)]
