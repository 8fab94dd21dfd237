"""Findings of before name their rules in words only; the migration reads the numbers out of those."""

from importlib import import_module

from django.apps import apps

from blog.models import Post
from moderation.models import Rule, Signal
from tests import cast
from tests.moderation.desk import reviewed

MIGRATION = import_module("moderation.migrations.0013_rules")


def test_findings_are_given_their_rules(post: Post, monkeypatch) -> None:
    monkeypatch.setattr(MIGRATION, "CHUNK", 2)
    rule = Rule.objects.create(kind="word", text="casino", effect="hold")
    says = [
        f"blocklist word “casino” (rule {rule.pk})",
        "blocklist word “gone” (rule 987654)",
        f"blocklist phrase “a (rule 987654)” (rule {rule.pk})",
        f"blocklist word “cut off” (rule {rule.pk}",
        f"blocklist word “casino” (rule {rule.pk})",
    ]
    reviewed(cast.comment(post), *(("rule_hold", 3.0, words, []) for words in says))
    reviewed(cast.comment(post), ("links_few", 1.0, f"1 link (rule {rule.pk})", []))
    MIGRATION.name_the_rules(apps, None)
    found = dict(Signal.objects.order_by("pk").values_list("pk", "rule"))
    assert list(found.values()) == [rule.pk, None, rule.pk, None, rule.pk, None]
