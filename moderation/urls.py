"""The addresses of the desk."""

from django.urls import path

from moderation import (
    batch_pages,
    batch_views,
    decision_views,
    log_views,
    mail_views,
    news_views,
    notice_desk_views,
    report_desk_views,
    rule_views,
    views,
)

app_name = "moderation"
urlpatterns = [
    path("", views.queue_page, name="queue"),
    path("comments/<int:comment_id>/", views.item_page, name="item"),
    path("comments/<int:comment_id>/decisions/", views.decide, name="decide"),
    path("comments/<int:comment_id>/erase/", views.erase, name="erase"),
    path("decisions/<int:decision_id>/undo/", views.undo, name="undo"),
    path("batches/", batch_views.batches_page, name="batch"),
    path("batches/<uuid:key>/undo/", batch_pages.undo_batch, name="undo_batch"),
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
    path("batches/all/", batch_views.batch_all, name="batch_all"),
    path("batches/<uuid:key>/", batch_pages.batch_page, name="batch_page"),
    path("batches/<uuid:key>/continue/", batch_pages.continue_batch, name="continue_batch"),
    path("batches/<uuid:key>/stop/", batch_pages.stop_batch, name="stop_batch"),
    path("senders/<int:sender_id>/erase/", batch_views.erase_sender, name="erase_sender"),
    path("decisions/<int:decision_id>/", decision_views.decision_page, name="decision"),
    path("reports/", report_desk_views.reports_page, name="reports"),
    path("reports/<int:comment_id>/decisions/", report_desk_views.decide, name="report_decide"),
    path("reports/<int:comment_id>/dismissals/", report_desk_views.dismiss, name="dismiss_reports"),
    path("reports/<int:comment_id>/dismissals/<int:at>/undo/", report_desk_views.reopen, name="reopen_reports"),
    path("notices/", notice_desk_views.notices_page, name="notices"),
    path("notices/<int:notice_id>/", notice_desk_views.notice_page, name="notice"),
    path("mail/", mail_views.settings_page, name="mail"),
    path("mail/<str:token>/", mail_views.decide_by_mail, name="decide_by_mail"),
]
