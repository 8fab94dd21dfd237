"""The addresses of the desk."""

from django.urls import path

from moderation import batch_views, log_views, rule_views, views
from moderation import batch_views, log_views, news_views, views

app_name = "moderation"
urlpatterns = [
    path("", views.queue_page, name="queue"),
    path("comments/<int:comment_id>/", views.item_page, name="item"),
    path("comments/<int:comment_id>/decisions/", views.decide, name="decide"),
    path("comments/<int:comment_id>/erase/", views.erase, name="erase"),
    path("decisions/<int:decision_id>/undo/", views.undo, name="undo"),
    path("batches/", batch_views.decide_batch, name="batch"),
    path("batches/<uuid:key>/undo/", batch_views.undo_batch, name="undo_batch"),
    path("log/", log_views.log_page, name="log"),
    path("log.csv", log_views.log_csv, name="log_csv"),
    path("rules/", rule_views.rules_page, name="rules"),
    path("rules/new/", rule_views.new_rule, name="rule_new"),
    path("rules/<int:rule_id>/", rule_views.rule_page, name="rule"),
    path("rules/<int:rule_id>/replay/", rule_views.replay_rule, name="rule_replay"),
    path("rules/<int:rule_id>/on/", rule_views.switch_on_rule, name="rule_on"),
    path("rules/<int:rule_id>/retire/", rule_views.retire_rule, name="rule_retire"),
    path("rules/<int:rule_id>/discard/", rule_views.discard_rule, name="rule_discard"),
    path("ahead/", views.ahead, name="ahead"),
    path("news/", news_views.news_since, name="news"),
]
